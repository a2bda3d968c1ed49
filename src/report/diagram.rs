//! A picture of tables: columns, keys and what refers to what; as SVG, Mermaid or DOT.

mod dot;
mod layout;
mod mermaid;
mod svg;

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

pub use dot::dot;
pub use mermaid::mermaid;
pub use svg::{STYLE, inline_svg, svg};

/// Tables and the references between them.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Diagram {
    /// In the order of their names.
    pub tables: Vec<Table>,
    /// Foreign keys, each from a table of the picture to one.
    pub references: Vec<Reference>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Table {
    /// As the server spells it, with its schema.
    pub name: String,
    /// The name that it has after a change: by that it is known again.
    #[serde(skip)]
    pub key: String,
    /// In order.
    pub columns: Vec<Column>,
    /// How many columns are not shown.
    pub more: usize,
    /// What became of it.
    pub mark: Mark,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Column {
    /// As the server spells it.
    pub name: String,
    /// With its modifiers.
    #[serde(rename = "type")]
    pub type_: String,
    /// Whether NULL is refused.
    pub not_null: bool,
    /// Whether it is part of the primary key.
    pub primary: bool,
    /// Whether it is part of a foreign key.
    pub foreign: bool,
    /// Whether it is unique by itself.
    pub unique: bool,
    /// What became of it.
    pub mark: Mark,
}

/// One foreign key.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Reference {
    /// Its name, as the server spells it.
    pub name: String,
    /// The table that refers, and its columns.
    pub from: (String, Vec<String>),
    /// The table that is referred to, and its columns.
    pub to: (String, Vec<String>),
    /// Whether each row refers to one.
    pub mandatory: bool,
    /// Whether each row is referred to once at most.
    pub single: bool,
    /// What became of it.
    pub mark: Mark,
}

/// What a change makes of a thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// Nothing, or nothing is compared.
    #[default]
    Same,
    /// It was not there before.
    Added,
    /// It is not there afterwards.
    Removed,
    /// It is there before and after, and differs.
    Changed,
}

/// What has another name after a change, as the server spells it.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Tables, with their schemas.
    pub tables: HashMap<String, String>,
    /// Columns, by the name of their table after the change and their own before.
    pub columns: HashMap<(String, String), String>,
}

impl Names {
    /// The same picture with the names of afterwards.
    fn given_to(&self, before: &Diagram) -> Diagram {
        let table = |name: &String| self.tables.get(name).unwrap_or(name).clone();
        let column = |of: &String, name: &String| {
            self.columns.get(&(of.clone(), name.clone())).unwrap_or(name).clone()
        };
        let end = |(of, columns): &(String, Vec<String>)| {
            let of = table(of);
            let columns = columns.iter().map(|name| column(&of, name)).collect();
            (of, columns)
        };
        let mut after = before.clone();
        for one in &mut after.tables {
            one.name = table(&one.name);
            one.key.clone_from(&one.name);
            for field in &mut one.columns {
                field.name = column(&one.name, &field.name);
            }
        }
        for one in &mut after.references {
            (one.from, one.to) = (end(&one.from), end(&one.to));
        }
        after
    }
}

impl Mark {
    /// The same of something that may have another name besides.
    fn with_name(self, same: bool) -> Mark {
        if self == Mark::Same && !same { Mark::Changed } else { self }
    }

    /// A sign that says the same without colour.
    pub fn sign(self) -> &'static str {
        match self {
            Mark::Same => "",
            Mark::Added => "+",
            Mark::Removed => "−",
            Mark::Changed => "~",
        }
    }

    /// The word for it, as names of styles have it.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Same => "same",
            Mark::Added => "added",
            Mark::Removed => "removed",
            Mark::Changed => "changed",
        }
    }
}

/// How many columns a table has at least before some are left out.
const MANY: usize = 12;

impl Diagram {
    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Only the tables that `keep` takes, and the references among them.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&Table) -> bool) -> Diagram {
        self.tables.retain(keep);
        let shown = |name: &String| self.tables.iter().any(|table| table.name == *name);
        self.references.retain(|reference| shown(&reference.from.0) && shown(&reference.to.0));
        self
    }

    /// Leaves out what is not needed to understand a change: of tables that did not change all columns but their
    /// keys, of large ones those that did not change and are no keys.
    #[must_use]
    pub fn condensed(mut self) -> Diagram {
        for table in &mut self.tables {
            let all = table.columns.len();
            if table.mark == Mark::Same || all > MANY {
                table.columns.retain(|column| column.mark != Mark::Same || column.primary || column.foreign);
            }
            table.more = all - table.columns.len();
        }
        self
    }

    /// The tables and references of both, each with the columns of both.
    #[must_use]
    pub fn with(&self, other: &Diagram) -> Diagram {
        let mut both = self.clone();
        for table in &other.tables {
            match both.tables.iter_mut().find(|one| one.key == table.key) {
                None => both.tables.push(table.clone()),
                Some(one) => {
                    let names: Vec<String> = one.columns.iter().map(|column| column.name.clone()).collect();
                    let new = table.columns.iter().filter(|column| !names.contains(&column.name));
                    one.columns.extend(new.cloned());
                }
            }
        }
        both.tables.sort_by(|a, b| a.name.cmp(&b.name));
        let new = other.references.iter().filter(|one| {
            !self.references.iter().any(|known| (&known.from, &known.to) == (&one.from, &one.to))
        });
        both.references.extend(new.cloned());
        both
    }

    /// Says of both what a change makes of them, as `before` and `after` tell.
    pub fn compare(before: &mut Diagram, after: &mut Diagram, names: &Names) {
        let mut old = names.given_to(before);
        let (unmarked, new) = (old.clone(), after.clone());
        old.mark_against(&new, Mark::Removed);
        after.mark_against(&unmarked, Mark::Added);
        for (table, known) in before.tables.iter_mut().zip(old.tables) {
            for (column, known) in table.columns.iter_mut().zip(known.columns) {
                column.mark = known.mark.with_name(column.name == known.name);
            }
            table.mark = known.mark.with_name(table.name == known.name);
            table.key = known.name;
        }
        for (reference, known) in before.references.iter_mut().zip(old.references) {
            reference.mark = known.mark;
        }
        for table in &mut after.tables {
            for column in &mut table.columns {
                let is_new =
                    names.columns.iter().any(|((of, _), now)| *of == table.key && *now == column.name);
                column.mark = column.mark.with_name(!is_new);
            }
            table.mark = table.mark.with_name(!names.tables.values().any(|now| *now == table.name));
        }
    }

    fn mark_against(&mut self, other: &Diagram, alone: Mark) {
        for reference in &mut self.references {
            let same = |one: &&Reference| one.name == reference.name && one.from.0 == reference.from.0;
            reference.mark = match other.references.iter().find(same) {
                None => alone,
                Some(one) if one == reference => Mark::Same,
                Some(_) => Mark::Changed,
            };
        }
        for table in &mut self.tables {
            let Some(known) = other.tables.iter().find(|one| one.name == table.name) else {
                table.mark = alone;
                continue;
            };
            for column in &mut table.columns {
                column.mark = match known.columns.iter().find(|one| one.name == column.name) {
                    None => alone,
                    Some(one) if one == column => Mark::Same,
                    Some(_) => Mark::Changed,
                };
            }
            let refers = self.references.iter().any(|one| one.from.0 == table.name && one.mark != Mark::Same);
            let differs = table.columns != known.columns || refers;
            table.mark = if differs { Mark::Changed } else { Mark::Same };
        }
    }
}
