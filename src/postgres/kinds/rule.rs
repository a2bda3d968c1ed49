//! Rewrite rules, but for those that views are made of: `pg_rewrite`.

use serde::{Deserialize, Serialize};

use super::trigger::{ORIGIN, enabling};
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::deparse::Printed;

/// A rule of a table or view.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The table or view, as the server spells it.
    pub table: String,
    /// The rule's own name, as the server spells it.
    pub name: String,
    /// `CREATE RULE …`, as the server prints it.
    pub definition: Printed,
    /// When it applies: at the `O`rigin of a change, on a `R`eplica, `A`lways, or not at all as `D`isabled.
    pub enabled: char,
}

impl Rule {
    fn define(&self) -> Step {
        Step::new(self.definition.to_string().replacen("CREATE RULE", "CREATE OR REPLACE RULE", 1))
    }

    fn enable(&self) -> Step {
        Step::new(format!("ALTER TABLE {} {} RULE {}", self.table, enabling(self.enabled), self.name))
    }
}

impl Kind for Rule {
    const NAME: &'static str = "rule";
    const KEYWORD: &'static str = "RULE";
    const QUERY: &'static str = include_str!("rule.sql");
    const NAMED: bool = true;

    fn create(&self, _: &Subject) -> Vec<Step> {
        let mut steps = vec![self.define()];
        if self.enabled != ORIGIN {
            steps.push(self.enable());
        }
        steps
    }

    fn alter(&self, old: &Self, _: &Subject) -> Alter {
        let mut steps = vec![];
        if self.definition != old.definition {
            steps.push(self.define());
        }
        if self.enabled != old.enabled {
            steps.push(self.enable());
        }
        Alter::InPlace(steps)
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![Step::new(format!("DROP RULE IF EXISTS {} ON {}", self.name, self.table))]
    }

    fn spelling(&self, _: &Subject) -> String {
        format!("RULE {} ON {}", self.name, self.table)
    }
}
