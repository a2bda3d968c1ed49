//! Triggers, constraint triggers included: `pg_trigger`.
//!
//! A partition's copy of its parent's trigger stands for that one. Only where it is enabled otherwise than its parent's
//! is it an object of its own, which then has no definition and says nothing but that.

use serde::{Deserialize, Serialize};

use super::function::depend_on_extensions;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// A trigger of a table, view or foreign table.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Trigger {
    /// The table, as the server spells it.
    pub table: String,
    /// The trigger's own name, as the server spells it.
    pub name: String,
    /// `CREATE TRIGGER …`, as the server prints it; None where a partition has it from its parent.
    pub definition: Option<String>,
    /// Whether it is a constraint trigger.
    pub constraint: bool,
    /// When it fires: at the `O`rigin of a change, on a `R`eplica, `A`lways, or not at all as `D`isabled.
    pub enabled: char,
    /// Extensions without which it goes.
    pub extensions: Vec<String>,
}

/// The state in which a trigger or rule is made.
pub const ORIGIN: char = 'O';

/// The word that brings a trigger or rule into a state of firing.
pub fn enabling(state: char) -> &'static str {
    match state {
        'D' => "DISABLE",
        'R' => "ENABLE REPLICA",
        'A' => "ENABLE ALWAYS",
        _ => "ENABLE",
    }
}

impl Trigger {
    fn enable(&self, state: char) -> String {
        format!("ALTER TABLE {} {} TRIGGER {}", self.table, enabling(state), self.name)
    }

    /// From what CREATE makes to what is desired.
    fn finish(&self, it: &Subject) -> Vec<Step> {
        let mut steps = vec![];
        if self.enabled != ORIGIN {
            steps.push(Step::new(self.enable(self.enabled)));
        }
        steps.extend(depend_on_extensions(&self.spelling(it), &[], &self.extensions));
        steps
    }

    /// Changing the trigger of a partitioned table brings all its copies into its own state again.
    fn restore_copies(it: &Subject) -> Vec<Step> {
        let dependents = it.catalog.dependents(it.index).iter();
        let copies = dependents.map(|&(dependent, _)| Subject::new(it.catalog, dependent, it.setting));
        copies
            .filter(|copy| !copy.is_new())
            .flat_map(|copy| {
                let body = copy.body::<Trigger>().filter(|body| body.definition.is_none());
                let own = body.map(|body| Step::new(body.enable(body.enabled)));
                own.into_iter().chain(Trigger::restore_copies(&copy))
            })
            .collect()
    }
}

impl Kind for Trigger {
    const NAME: &'static str = "trigger";
    const KEYWORD: &'static str = "TRIGGER";
    const QUERY: &'static str = include_str!("trigger.sql");
    const NAMED: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let Some(definition) = &self.definition else { return vec![Step::new(self.enable(self.enabled))] };
        let create = if self.constraint {
            guard::unless_exists(it, definition)
        } else {
            Step::new(definition.replacen("CREATE TRIGGER", "CREATE OR REPLACE TRIGGER", 1))
        };
        let mut steps = vec![create];
        steps.extend(self.finish(it));
        steps
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        let mut steps = if self.definition == old.definition {
            let mut steps = depend_on_extensions(&self.spelling(it), &old.extensions, &self.extensions);
            if self.enabled != old.enabled {
                steps.insert(0, Step::new(self.enable(self.enabled)));
            }
            steps
        } else if self.constraint || old.constraint || self.definition.is_none() || old.definition.is_none() {
            return Alter::Replace;
        } else {
            self.create(it)
        };
        steps.extend(Trigger::restore_copies(it));
        Alter::InPlace(steps)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        if self.definition.is_some() {
            return vec![Step::new(format!("DROP TRIGGER IF EXISTS {} ON {}", self.name, self.table))];
        }
        // The copy itself stays, as long as its table remains a partition and its parent's trigger remains.
        let kept = it
            .required::<Trigger>()
            .find_map(|(parent, _)| it.setting.desired.body::<Trigger>(parent.address));
        let Some(parent) = kept else { return vec![] };
        let copy = format!(
            "EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass({}) AND quote_ident(tgname) = {} \
             AND tgparentid <> 0)",
            literal(&self.table),
            literal(&self.name)
        );
        vec![guard::when(&copy, &self.enable(parent.enabled))]
    }
}
