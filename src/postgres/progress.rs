//! How far a long command is, where PostgreSQL reports it ("Progress Reporting" in its documentation).

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use tokio_postgres::{Client, Error};

/// What the server reports of a command that runs.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Progress {
    /// What it does right now, in the server's words: `building index: scanning table`.
    pub phase: String,
    /// How many of `unit` are done in this phase.
    pub done: i64,
    /// How many there are; 0 if that is not known.
    pub total: i64,
    /// What is counted: `blocks`, `rows`, `sessions` that are waited for.
    pub unit: String,
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.phase)?;
        let Progress { done, total, unit, .. } = self;
        match total {
            0 if *done == 0 => Ok(()),
            0 => write!(f, ", {done} {unit}"),
            total => write!(f, ", {done} of {total} {unit} ({} %)", done.saturating_mul(100) / total),
        }
    }
}

/// How far the backend `pid` is, asked from another session; none while it runs what the server does not report.
///
/// # Errors
///
/// What the server says.
pub async fn of(observer: &Client, pid: i32) -> Result<Option<Progress>, Error> {
    let query = "
        SELECT phase, done, total, unit FROM (
            SELECT pid, phase,
                   CASE WHEN blocks_total > 0 THEN blocks_done WHEN tuples_total > 0 THEN tuples_done ELSE lockers_done END,
                   CASE WHEN blocks_total > 0 THEN blocks_total WHEN tuples_total > 0 THEN tuples_total ELSE lockers_total END,
                   CASE WHEN blocks_total > 0 THEN 'blocks' WHEN tuples_total > 0 THEN 'rows' ELSE 'sessions' END
              FROM pg_catalog.pg_stat_progress_create_index
             UNION ALL
            SELECT pid, phase, heap_blks_scanned, heap_blks_total, 'blocks' FROM pg_catalog.pg_stat_progress_vacuum
             UNION ALL
            SELECT pid, phase, heap_blks_scanned, heap_blks_total, 'blocks' FROM pg_catalog.pg_stat_progress_cluster
             UNION ALL
            SELECT pid, phase, sample_blks_scanned, sample_blks_total, 'blocks' FROM pg_catalog.pg_stat_progress_analyze
             UNION ALL
            SELECT pid, 'copying rows', tuples_processed, 0, 'rows' FROM pg_catalog.pg_stat_progress_copy
        ) AS reported (pid, phase, done, total, unit)
         WHERE pid = $1 AND phase IS NOT NULL LIMIT 1";
    let row = observer.query_opt(query, &[&pid]).await?;
    Ok(row.map(|row| Progress { phase: row.get(0), done: row.get(1), total: row.get(2), unit: row.get(3) }))
}
