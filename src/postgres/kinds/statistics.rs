//! Extended statistics: `pg_statistic_ext`.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::deparse::Printed;

/// What the planner is to learn about several columns together, or about expressions.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// `CREATE STATISTICS …`, as the server prints it.
    pub definition: Printed,
    /// How many rows ANALYZE looks at, as a target; None where the columns say it.
    pub target: Option<i32>,
}

impl Statistics {
    fn set_target(&self, it: &Subject) -> Step {
        // The word DEFAULT came with PostgreSQL 17; -1 means the same everywhere.
        Step::new(format!("ALTER STATISTICS {it} SET STATISTICS {}", self.target.unwrap_or(-1)))
    }
}

impl Kind for Statistics {
    const NAME: &'static str = "statistics";
    const KEYWORD: &'static str = "STATISTICS";
    const QUERY: &'static str = include_str!("statistics.sql");
    const NAMED: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let definition = self.definition.to_string();
        let create = definition.replacen("CREATE STATISTICS", "CREATE STATISTICS IF NOT EXISTS", 1);
        let target = self.target.is_some().then(|| self.set_target(it));
        std::iter::once(Step::new(create)).chain(target).collect()
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if self.definition == old.definition {
            Alter::InPlace(vec![self.set_target(it)])
        } else {
            Alter::Replace
        }
    }
}
