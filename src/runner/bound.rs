//! Whether a batch comes to an end: one that changes each row once has changed no more rows than its table holds.

use super::course::Failure;
use super::run::Run;
use super::unit::{Ending, Unit};
use crate::error::{Error, ErrorKind};
use crate::migration::changed_table;
use crate::postgres::session;

/// How many rows a batch may change, as far as that is known.
#[derive(Debug, Default)]
pub(super) struct Bound {
    /// The table, as SQL names it; without one, there is no bound.
    table: Option<String>,
    /// How many rows it holds; `None` until somebody asked.
    holds: Option<u64>,
}

impl Bound {
    pub fn of(text: &str, unit: &Unit) -> Bound {
        let statement = unit.statements.first().filter(|_| unit.ending == Ending::Batch && unit.once);
        let table = statement.and_then(|statement| changed_table(&text[statement.range.clone()]));
        Bound { table, holds: None }
    }
}

impl Run<'_> {
    /// Fails where a batch, which has changed `rows` so far, has changed some of them again and again. The statistics of
    /// the table are asked before its rows are counted, and rows may come and go meanwhile: what is twice as many as there
    /// are is no accident.
    pub(super) async fn is_within(&self, bound: &mut Bound, unit: &Unit, rows: u64) -> Result<(), Failure> {
        let Some(table) = &bound.table else { return Ok(()) };
        if bound.holds.is_none() {
            bound.holds = Some(session::estimated_rows(self.client, table).await?);
        }
        let exceeds = |holds: Option<u64>| holds.is_some_and(|holds| rows > holds.saturating_mul(2));
        if !exceeds(bound.holds) {
            return Ok(());
        }
        let counted = session::count_rows(self.client, table).await?;
        bound.holds = bound.holds.max(Some(counted));
        if !exceeds(Some(counted)) {
            return Ok(());
        }
        let message = format!(
            "this batch changes the same rows again and again: it has changed {rows}, and `{table}` holds {counted}"
        );
        let error = Error::new(ErrorKind::Apply, message).hint(
            "`WHERE` must not take what `SET` has changed; where rows are to be changed more than once, say \
             `-- schemadiff: batch again`",
        );
        let place = unit.statements.first().map(|statement| (statement.range.clone(), 0));
        Err(Failure { error, place, blockers: Vec::new() })
    }
}
