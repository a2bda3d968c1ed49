//! What a system of migrations is to us: how its history table looks, how to read it, and where its files are.

use std::path::Path;

use super::script::Script;
use crate::error::Result;
use crate::postgres::session::{Column, Table};

/// The types of a whole number.
pub(super) const INTEGER: &[&str] = &["smallint", "integer", "bigint"];
/// The types of a text, with a limit or without.
pub(super) const TEXT: &[&str] = &["text", "character varying", "character"];
/// The types of a time.
pub(super) const TIME: &[&str] = &["timestamp without time zone", "timestamp with time zone"];
pub(super) const BOOLEAN: &[&str] = &["boolean"];
pub(super) const BYTES: &[&str] = &["bytea"];
/// Whatever type the column has.
pub(super) const ANY: &[&str] = &[];

/// Columns with the types that each may have.
pub(super) type Columns = &'static [(&'static str, &'static [&'static str])];

/// Another system of migrations: a constant in a file of its own, and a line in the registry.
#[derive(Debug)]
pub struct System {
    /// What `--from` calls it, and messages.
    pub name: &'static str,
    /// The schema that it makes for its history, where it makes one.
    pub(super) schema: Option<&'static str>,
    /// The name of its history table.
    pub(super) table: &'static str,
    /// The columns that the table has.
    pub(super) columns: Columns,
    /// Columns that it has in some versions.
    pub(super) optional: Columns,
    /// Further tables that it keeps in the same schema; without them, the history table is not its.
    pub(super) companions: &'static [&'static str],
    /// A query of what has been applied, in order, with `{table}` for the history table: its columns are fields of
    /// [`Row`], and those of them that it lacks are not known.
    pub(super) rows: &'static str,
    /// Where its files usually are, from the folder of the project.
    pub(super) folders: &'static [&'static str],
    /// Reads those of its files that are SQL, in the order in which they run.
    pub(super) scripts: fn(&Path) -> Result<Vec<Script>>,
    /// Whether its migrations may be code: without SQL files, the state of the database becomes the baseline.
    pub(super) code: bool,
}

/// One migration that another system has applied.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub(super) struct Row {
    /// What identifies its file, see [`Script::key`].
    pub key: String,
    /// Its name, where there is more than the key.
    #[serde(default)]
    pub name: String,
    /// When it was applied, as the server prints times in JSON.
    #[serde(default)]
    pub applied_at: Option<String>,
    /// The role that applied it.
    #[serde(default)]
    pub applied_by: Option<String>,
    /// How long it ran, in milliseconds.
    #[serde(default)]
    pub execution_time_ms: Option<i64>,
    /// The digest of the file that ran, in hexadecimal, where that is plainly one of its content.
    #[serde(default)]
    pub checksum: Option<String>,
    /// Whether it failed half-way.
    #[serde(default)]
    pub failed: bool,
    /// Whether all that come before it count as applied too.
    #[serde(default)]
    pub up_to: bool,
}

impl System {
    /// Whether `table` is its history table, by its columns; `beside` are the tables of the same schema.
    pub(super) fn fits(&self, table: &Table, beside: &[&Table]) -> bool {
        let find = |wanted: &str| table.columns.iter().find(|column| column.name == wanted);
        let has = |(name, types): &(&str, &[&str])| find(name).is_some_and(|column| is_one_of(column, types));
        let is_known = |column: &Column| {
            let known = self.columns.iter().chain(self.optional).find(|(name, _)| *name == column.name);
            known.is_some_and(|(_, types)| is_one_of(column, types))
        };
        self.columns.iter().all(has)
            && table.columns.iter().all(is_known)
            && self.companions.iter().all(|name| beside.iter().any(|table| table.name == *name))
    }
}

fn is_one_of(column: &Column, types: &[&str]) -> bool {
    types.is_empty() || types.contains(&unlimited(&column.data_type).as_str())
}

/// `timestamp(3) without time zone` without its limit.
fn unlimited(data_type: &str) -> String {
    match (data_type.split_once('('), data_type.split_once(')')) {
        (Some((before, _)), Some((_, after))) => format!("{before}{after}"),
        _ => data_type.to_owned(),
    }
}
