//! What would run, or ran: section by section, with what it may cost.

use schemars::JsonSchema;
use serde::Serialize;

use super::lock_mode::LockMode;
use super::task::Task;
use super::unit::{Ending, Unit};
use crate::error::Result;
use crate::migration::Version;

/// One migration that ran, or would run.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Ran {
    /// Its number.
    pub version: Version,
    /// Its name, without the number.
    pub name: String,
    /// What it says it may cost.
    pub hazards: Vec<String>,
    /// Whether a rollback passed it over: it has no down script, and only its entry in history goes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub passed_over: bool,
    /// What it ran.
    pub sections: Vec<PreviewSection>,
    /// How long it ran, in milliseconds; nothing after a dry run.
    pub execution_time_ms: Option<i64>,
}

/// Statements that take effect together, or each by itself.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct PreviewSection {
    /// Whether the statements run in one transaction.
    pub transaction: bool,
    /// Whether the one statement is repeated until it affects no row, each time in a transaction of its own.
    pub batch: bool,
    /// In order.
    pub statements: Vec<PreviewStatement>,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct PreviewStatement {
    /// The line of the file it begins on, from 1.
    pub line: usize,
    /// The lock it takes on what others use, as far as its words tell.
    pub lock: Option<LockMode>,
    /// Its text, without the semicolon.
    pub sql: String,
    /// How many lines of rows a COPY reads.
    pub rows: Option<usize>,
}

impl Ran {
    pub(super) fn of(task: &Task<'_>, execution_time_ms: Option<i64>) -> Result<Ran> {
        let mut sections: Vec<PreviewSection> = Vec::new();
        for unit in &task.units {
            let transaction = unit.ending != Ending::Alone;
            let batch = unit.ending == Ending::Batch;
            match sections.last_mut() {
                Some(last) if !transaction && !last.transaction => {
                    last.statements.extend(statements(task, unit))
                }
                _ => sections.push(PreviewSection {
                    transaction,
                    batch,
                    statements: statements(task, unit).collect(),
                }),
            }
        }
        Ok(Ran {
            version: task.version,
            name: task.name.to_owned(),
            hazards: task.header()?.hazards,
            passed_over: task.is_passed_over(),
            sections,
            execution_time_ms,
        })
    }
}

fn statements<'a>(task: &'a Task<'_>, unit: &'a Unit) -> impl Iterator<Item = PreviewStatement> + 'a {
    unit.statements.iter().map(|statement| PreviewStatement {
        line: statement.line,
        lock: statement.lock,
        sql: task.text[statement.range.clone()].to_owned(),
        rows: statement.rows.clone().map(|rows| task.text[rows].lines().count()),
    })
}
