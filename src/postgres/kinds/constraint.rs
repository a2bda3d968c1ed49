//! Constraints of tables: `pg_constraint`.

use serde::{Deserialize, Serialize};

use super::aside::table_aside;
use super::index::Index;
use super::table::Table;
use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::deparse::Printed;
use crate::postgres::guard;
use crate::postgres::quote::identifier;

/// A key, a foreign key, a check or an exclusion.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// The table, as the server spells it.
    pub table: String,
    /// The constraint's own name, as the server spells it.
    pub name: String,
    /// `p`rimary key, `u`nique, `f`oreign key, `c`heck or e`x`clusion.
    #[serde(rename = "type")]
    pub type_: char,
    /// Whether the table is partitioned.
    pub partitioned: bool,
    /// What follows the name, as the server prints it, without NOT VALID.
    pub definition: Printed,
    /// Whether the rows that exist are known to fit.
    pub validated: bool,
    /// Whether the table has it by itself, and not only from its parent.
    pub local: Incidental<bool>,
}

impl Constraint {
    /// As it stands inside CREATE TABLE or after ADD.
    pub fn clause(&self) -> String {
        format!("CONSTRAINT {} {}", self.name, self.definition)
    }

    /// A foreign key is told to a partitioned table with its partitions; a key is told to each, then attached.
    fn target(&self) -> String {
        if self.partitioned && self.has_index() { format!("ONLY {}", self.table) } else { self.table.clone() }
    }

    /// Whether an index stands behind it.
    pub fn has_index(&self) -> bool {
        matches!(self.type_, 'p' | 'u' | 'x')
    }

    /// What the index behind it holds.
    pub fn key(&self) -> &str {
        let definition = self.definition.0.as_str();
        definition.find('(').map_or(definition, |at| &definition[at..])
    }

    fn validate(&self) -> Step {
        Step::new(format!("ALTER TABLE {} VALIDATE CONSTRAINT {}", self.table, self.name))
            .hazard(Hazard::MayFail(format!("constraint {} on {}", self.name, self.table)))
    }

    fn is_busy(&self, it: &Subject) -> bool {
        it.whole::<Table>().is_some_and(|(table, _)| table.is_busy())
    }

    /// A unique index built without blocking writers becomes the key.
    fn through_index(&self, it: &Subject) -> Option<Vec<Step>> {
        let columns = match self.type_ {
            'p' => self.definition.0.strip_prefix("PRIMARY KEY ")?,
            'u' => self.definition.0.strip_prefix("UNIQUE ")?,
            _ => return None,
        };
        if columns.contains("OVERLAPS") {
            return None;
        }
        let (columns, deferrable) = match columns.find(" DEFERRABLE") {
            Some(at) => columns.split_at(at),
            None => (columns, ""),
        };
        let (columns, nulls) = match columns.strip_prefix("NULLS NOT DISTINCT ") {
            Some(columns) => (columns, " NULLS NOT DISTINCT"),
            None => (columns, ""),
        };
        let kind = if self.type_ == 'p' { "PRIMARY KEY" } else { "UNIQUE" };
        let index = it.all_parts::<Index>().next()?.0;
        Some(vec![
            Index::drop_invalid(&index.object.identity).outside(),
            Step::new(format!(
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS {} ON {} {columns}{nulls}",
                self.name, self.table
            ))
            .outside()
            .hazard(Hazard::MayFail(it.object.to_string())),
            guard::unless_exists(
                it,
                &format!(
                    "ALTER TABLE {} ADD CONSTRAINT {} {kind} USING INDEX {}{deferrable}",
                    self.table, self.name, self.name
                ),
            ),
        ])
    }
}

impl Kind for Constraint {
    const NAME: &'static str = "constraint";
    const KEYWORD: &'static str = "CONSTRAINT";
    const QUERY: &'static str = include_str!("constraint.sql");
    const NAMED: bool = true;
    const BEARS_REPETITION: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let index = it.parts::<Index>();
        let made: Vec<_> = index.iter().map(|(index, _)| index.address.clone()).collect();
        // A new table has what is not validated from its parents only once it is tied to them: to take it over with
        // the parent would validate it.
        let through_tie = |heir: &Subject, body: &Constraint| {
            !body.validated && heir.whole::<Table>().is_some_and(|(table, _)| table.is_new())
        };
        let heirs = it
            .parts::<Constraint>()
            .into_iter()
            .filter(|(heir, body)| super::column::reaches(heir) || through_tie(heir, body));
        let made = made.into_iter().chain(heirs.map(|(heir, _)| heir.address.clone()));
        let busy = self.is_busy(it);
        let mut steps = match self.through_index(it) {
            Some(steps) if busy && !self.partitioned => steps,
            _ => {
                let apart = !self.validated || (busy && matches!(self.type_, 'c' | 'f') && !self.partitioned);
                let not_valid = if apart { " NOT VALID" } else { "" };
                let add = format!("ALTER TABLE {} ADD {}{not_valid}", self.target(), self.clause());
                let mut add = guard::unless_exists(it, &add);
                if self.validated && !apart && !it.whole::<Table>().is_some_and(|(table, _)| table.is_new()) {
                    add = add.hazard(Hazard::MayFail(it.object.to_string()));
                }
                if apart && self.validated { vec![add.commit_after(), self.validate()] } else { vec![add] }
            }
        };
        let last = steps.len() - 1;
        steps[last].makes.extend(made);
        for (index, body) in index {
            steps.extend(body.finish(&index));
        }
        steps
    }

    fn alter(&self, old: &Self, _: &Subject) -> Alter {
        let same = self.definition == old.definition && self.partitioned == old.partitioned;
        if same && self.validated { Alter::InPlace(vec![self.validate()]) } else { Alter::Replace }
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let drop = format!("DROP CONSTRAINT IF EXISTS {}", self.name);
        // A table that is made anew while this one goes by itself has stepped aside.
        let table = it.whole::<Table>().map(|(table, _)| table).filter(Subject::is_replaced);
        let table =
            table.and_then(|table| table_aside(&table)).map_or(self.table.clone(), |aside| aside.full);
        vec![Step::new(format!("ALTER TABLE IF EXISTS {}{table} {drop}", it.alone()))]
    }

    fn rename(&self, _: &Subject, from: &str, to: &str) -> Option<String> {
        let (from, to) = (identifier(from), identifier(to));
        Some(format!("ALTER TABLE {} RENAME CONSTRAINT {from} TO {to}", self.table))
    }
}
