//! What of a migration those who use the database notice, table by table.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::postgres::measure::Size;
use crate::runner::{LockMode, MeasuredSection};

/// What happens to one table, view or sequence that others use.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Touched {
    /// As the server spells it, with its schema.
    pub table: String,
    /// How large it is in the live database, if there is one that has it.
    pub size: Option<Size>,
    /// The strongest lock on it.
    pub lock: LockMode,
    /// Whether its rows are written anew.
    pub rewritten: bool,
    /// Whether its rows are read, all of them, under a lock that matters to others.
    pub scanned: bool,
    /// The tables that are rewritten or scanned while the lock is held: it lasts as long as that takes.
    pub meanwhile: Vec<String>,
}

impl Touched {
    /// Whether others wait for as long as it takes to go through the rows of a table.
    pub fn is_long(&self) -> bool {
        self.lock.blocks_writes() && !self.meanwhile.is_empty()
    }
}

/// The tables that are locked, what hurts most first.
pub fn touched(sections: &[MeasuredSection]) -> Vec<Touched> {
    let mut found: IndexMap<&str, Touched> = IndexMap::new();
    for statement in sections.iter().flat_map(|section| &section.statements) {
        let scans = statement.scans.iter().flatten();
        for lock in statement.locks.iter().flatten() {
            let entry = found.entry(&lock.table).or_insert_with(|| Touched {
                table: lock.table.clone(),
                size: None,
                lock: lock.mode,
                rewritten: false,
                scanned: false,
                meanwhile: Vec::new(),
            });
            entry.lock = entry.lock.max(lock.mode);
            entry.rewritten |= statement.rewrites.contains(&lock.table);
            entry.scanned |= scans.clone().any(|table| *table == lock.table);
            // A weak lock of another statement, be it as long as it may, keeps nobody waiting.
            for table in statement.rewrites.iter().chain(scans.clone()) {
                if lock.mode.blocks_writes() && !entry.meanwhile.contains(table) {
                    entry.meanwhile.push(table.clone());
                }
            }
        }
    }
    let mut found: Vec<Touched> = found.into_values().collect();
    found.sort_by(|a, b| {
        (b.is_long(), b.lock).cmp(&(a.is_long(), a.lock)).then_with(|| a.table.cmp(&b.table))
    });
    found
}
