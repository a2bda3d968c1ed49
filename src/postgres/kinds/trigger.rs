//! Triggers, constraint triggers included: `pg_trigger`.
//!
//! A partition's copy of its parent's trigger stands for that one. Only where it is enabled otherwise than its parent's
//! is it an object of its own, which then has no definition and says nothing but that.

use serde::{Deserialize, Serialize};

use super::partition::Partition;
use super::routine::depend_on_extensions;
use super::table::Table;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::deparse::Printed;
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
    pub definition: Option<Printed>,
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
        let mut copies: Vec<_> = dependents
            .map(|&(dependent, _)| Subject::new(it.catalog, dependent, it.setting))
            .filter(|copy| !copy.is_new())
            .filter_map(|copy| Some((copy, copy.body::<Trigger>()?)))
            .collect();
        copies.sort_by_key(|(copy, _)| depth(copy));
        copies.into_iter().map(|(_, copy)| Step::new(copy.enable(copy.enabled))).collect()
    }

    /// Whether such a trigger stands there, as a partition's copy or by itself.
    fn stands(&self, copy: bool) -> String {
        let parent = if copy { "<>" } else { "=" };
        format!(
            "EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass({}) AND quote_ident(tgname) = {} \
             AND tgparentid {parent} 0)",
            literal(&self.table),
            literal(&self.name)
        )
    }
}

/// How many triggers a partition's copy has above it that are objects of their own.
fn depth(it: &Subject) -> usize {
    it.required::<Trigger>().count()
}

impl Kind for Trigger {
    const NAME: &'static str = "trigger";
    const KEYWORD: &'static str = "TRIGGER";
    const QUERY: &'static str = include_str!("trigger.sql");
    const NAMED: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut steps = match &self.definition {
            None => vec![Step::new(self.enable(self.enabled))],
            Some(definition) => {
                let create = if self.constraint {
                    guard::unless_exists(it, &definition.to_string())
                } else {
                    Step::new(definition.to_string().replacen(
                        "CREATE TRIGGER",
                        "CREATE OR REPLACE TRIGGER",
                        1,
                    ))
                };
                std::iter::once(create).chain(self.finish(it)).collect()
            }
        };
        steps.extend(Trigger::restore_copies(it));
        steps
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if self.definition == old.definition {
            let mut steps = vec![];
            if self.enabled != old.enabled {
                steps.push(Step::new(self.enable(self.enabled)));
                steps.extend(Trigger::restore_copies(it));
            }
            steps.extend(depend_on_extensions(&self.spelling(it), &old.extensions, &self.extensions));
            return Alter::InPlace(steps);
        }
        let plain = |it: &Trigger| it.definition.is_some() && !it.constraint;
        if plain(self) && plain(old) { Alter::InPlace(self.create(it)) } else { Alter::Replace }
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        if self.definition.is_some() {
            let drop = format!("DROP TRIGGER IF EXISTS {} ON {}", self.name, self.table);
            // A copy cannot be dropped, and may stand there when the file is run again.
            let becomes_partition =
                it.whole::<Table>().is_some_and(|(table, _)| Partition::is_desired(&table));
            return vec![if becomes_partition {
                guard::when(&self.stands(false), &drop)
            } else {
                Step::new(drop)
            }];
        }
        // The copy itself stays, as long as its table remains a partition and its parent's trigger remains.
        let origins = it.required::<Trigger>().filter_map(|(origin, _)| {
            Some((depth(&origin), it.setting.desired.body::<Trigger>(origin.address)?))
        });
        let nearest = origins.max_by_key(|(depth, _)| *depth);
        let restore =
            nearest.map(|(_, origin)| guard::when(&self.stands(true), &self.enable(origin.enabled)));
        restore.into_iter().collect()
    }

    fn spelling(&self, _: &Subject) -> String {
        format!("TRIGGER {} ON {}", self.name, self.table)
    }
}
