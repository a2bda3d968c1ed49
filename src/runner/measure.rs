//! Runs a migration in a scratch database as it would run, and measures what each statement does to what others use.
//!
//! Inside a transaction the session itself is asked behind each statement. What runs outside is tried in a transaction of
//! its own first; what the server refuses there (`CONCURRENTLY`) runs while witnesses stand in its way, so that it has
//! to wait and its locks can be seen.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::lock_mode::LockMode;
use super::loss::losses;
use super::preview::{PreviewStatement, Ran};
use super::task::Task;
use super::unit::{Ending, Statement, Unit};
use super::watch::pointed;
use super::witness::Witnesses;
use super::words::statements;
use crate::error::{Error, ErrorKind, Position, Result};
use crate::migration::{Down, File};
use crate::postgres::measure::{Lock, Relations, counts_scans, locks, relations};
use crate::postgres::session;

/// A lock on something that was there before the migration.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct TableLock {
    /// As the server spells it, with its schema. A partitioned table stands for its partitions, unless one is locked more
    /// strongly.
    pub table: String,
    /// The strongest mode.
    pub mode: LockMode,
    /// Whether others wait who read rows.
    pub blocks_reads: bool,
    /// Whether others wait who write rows.
    pub blocks_writes: bool,
    /// The line of the statement that took it; what it took is held until its transaction ends.
    pub line: usize,
}

/// What one statement did.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Measure {
    /// The statement, as the file has it.
    #[serde(flatten)]
    pub statement: PreviewStatement,
    /// What is locked while it runs, be it by an earlier statement of its transaction; none where it went by too fast
    /// to be seen, and `lock` says what its words tell.
    pub locks: Option<Vec<TableLock>>,
    /// The tables whose rows it wrote anew.
    pub rewrites: Vec<String>,
    /// The tables whose rows it read, all of them, under a lock that matters to others; none where this server does not
    /// tell.
    pub scans: Option<Vec<String>>,
}

/// Statements that take effect together, or each by itself.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct MeasuredSection {
    /// Whether the statements run in one transaction.
    pub transaction: bool,
    /// Whether the one statement is repeated until it affects no row, each time in a transaction of its own.
    pub batch: bool,
    /// In order.
    pub statements: Vec<Measure>,
}

/// A script that was run and measured.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Measured {
    /// In order.
    pub sections: Vec<MeasuredSection>,
    /// What it takes away, in words.
    pub losses: Vec<String>,
}

/// Runs a migration in the scratch database of `client`, which is as the migrations before have left it.
///
/// `witnesses` are two more sessions in that database.
///
/// # Errors
///
/// What the server says about a statement, at its place in the file.
pub async fn measure(file: &File, client: &Client, witnesses: &[Client; 2]) -> Result<Measured> {
    run(&Task::up(file)?, client, witnesses).await
}

/// Runs the way back from a migration that ran last, as [`measure`] does.
///
/// # Errors
///
/// As [`measure`].
pub async fn measure_down(
    file: &File,
    down: &Down,
    client: &Client,
    witnesses: &[Client; 2],
) -> Result<Measured> {
    run(&Task::down(file, down)?, client, witnesses).await
}

async fn run(task: &Task<'_>, client: &Client, witnesses: &[Client; 2]) -> Result<Measured> {
    session::reset(client).await.map_err(server)?;
    session::lift_limits(client).await.map_err(server)?;
    let begun = relations(client).await.map_err(server)?;
    let mut bench = Bench {
        task,
        client,
        pid: session::backend(client).await.map_err(server)?,
        counts: counts_scans(client).await.map_err(server)?,
        witnesses,
        before: begun.clone(),
        begun,
        held: BTreeMap::new(),
    };
    let mut measures = Vec::new();
    for unit in &task.units {
        measures.extend(bench.unit(unit).await?);
    }
    session::reset(client).await.map_err(server)?;
    let mut measures = measures.into_iter();
    let sections = Ran::of(task, None)?.sections.into_iter().map(|section| MeasuredSection {
        transaction: section.transaction,
        batch: section.batch,
        statements: section
            .statements
            .into_iter()
            .zip(&mut measures)
            .map(|(statement, (locks, rewrites, scans))| Measure { statement, locks, rewrites, scans })
            .collect(),
    });
    Ok(Measured { sections: sections.collect(), losses: losses(task)? })
}

/// Locks, rewrites and scans of one statement.
type Found = (Option<Vec<TableLock>>, Vec<String>, Option<Vec<String>>);

/// Where one task is measured.
struct Bench<'a> {
    task: &'a Task<'a>,
    client: &'a Client,
    /// The process id of the client's backend.
    pid: i32,
    /// Whether scans are counted.
    counts: bool,
    witnesses: &'a [Client; 2],
    /// What was there before the migration.
    begun: Relations,
    /// What was there before the statement.
    before: Relations,
    /// What the transaction has locked, and on which line.
    held: BTreeMap<u32, (LockMode, usize)>,
}

impl Bench<'_> {
    async fn unit(&mut self, unit: &Unit) -> Result<Vec<Found>> {
        self.held.clear();
        if unit.ending == Ending::Alone {
            let mut found = Vec::new();
            for statement in &unit.statements {
                found.push(self.alone(statement).await?);
                self.held.clear();
            }
            return Ok(found);
        }
        let begin = unit.opening.clone().map_or("BEGIN", |range| &self.task.text[range]);
        self.client.batch_execute(begin).await.map_err(server)?;
        let found = self.together(&unit.statements).await;
        let end = match (&found, unit.ending) {
            (Ok(_), Ending::Commit | Ending::Batch) => "COMMIT",
            _ => "ROLLBACK",
        };
        let ended = self.client.batch_execute(end).await.map_err(server);
        self.before = relations(self.client).await.map_err(server)?;
        found.and_then(|found| ended.map(|()| found))
    }

    /// Statements in a transaction that is open.
    async fn together(&mut self, statements: &[Statement]) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        for statement in statements {
            self.execute(statement).await.map_err(|error| self.told(statement, error))?;
            let locks = locks(self.client, self.pid).await.map_err(server)?;
            found.push(self.look(statement, &locks, true).await?);
        }
        Ok(found)
    }

    async fn alone(&mut self, statement: &Statement) -> Result<Found> {
        self.client.batch_execute("BEGIN").await.map_err(server)?;
        let refusal = match self.execute(statement).await {
            Ok(_) => {
                let locks = locks(self.client, self.pid).await.map_err(server)?;
                let found = self.look(statement, &locks, true).await?;
                self.client.batch_execute("COMMIT").await.map_err(|error| self.told(statement, error))?;
                return Ok(found);
            }
            Err(error) => error,
        };
        self.client.batch_execute("ROLLBACK").await.map_err(server)?;
        let apart = [SqlState::ACTIVE_SQL_TRANSACTION, SqlState::INVALID_TRANSACTION_TERMINATION];
        if !refusal.code().is_some_and(|state| apart.contains(state)) {
            return Err(self.told(statement, refusal));
        }
        let watched =
            Witnesses::new(self.witnesses, &self.before).watch(self.pid, self.execute(statement)).await;
        let (_, seen) = watched.map_err(|error| self.told(statement, error))?;
        self.look(statement, &seen, !seen.is_empty()).await
    }

    async fn execute(&self, statement: &Statement) -> Result<u64, tokio_postgres::Error> {
        let sql = &self.task.text[statement.range.clone()];
        match &statement.rows {
            Some(rows) => session::copy_in(self.client, sql, &self.task.text[rows.clone()]).await,
            None => session::execute(self.client, sql).await,
        }
    }

    /// Compares what is there now with what was there before the statement.
    async fn look(&mut self, statement: &Statement, locks: &[Lock], was_seen: bool) -> Result<Found> {
        let line = self.task.text[..statement.range.start].matches('\n').count() + 1;
        for lock in locks {
            let Some((oid, mode)) = lock.relation.zip(LockMode::of_server(&lock.mode)) else { continue };
            let stronger = self.held.get(&oid).is_none_or(|(held, _)| *held < mode);
            if stronger && self.begun.contains_key(&oid) {
                self.held.insert(oid, (mode, line));
            }
        }
        let now = relations(self.client).await.map_err(server)?;
        let empties = statements(&self.task.text[statement.range.clone()])
            .iter()
            .any(|words| words.first().is_some_and(|word| word == "TRUNCATE"));
        let (mut rewrites, mut scans) = (BTreeSet::new(), BTreeSet::new());
        for oid in self.begun.keys() {
            let (Some(before), Some(after)) = (self.before.get(oid), now.get(oid)) else { continue };
            let matters = self.held.get(oid).is_some_and(|(mode, _)| *mode > LockMode::RowExclusive);
            if before.file != after.file {
                // What has been emptied begins another file too.
                if empties {
                    continue;
                }
                rewrites.insert(self.known_as(*oid));
            } else if before.scans < after.scans && matters {
                scans.insert(self.known_as(*oid));
            }
        }
        self.before = now;
        let locks = was_seen.then(|| self.locks());
        let scans = self.counts.then(|| scans.into_iter().collect());
        Ok((locks, rewrites.into_iter().collect(), scans))
    }

    /// What is locked now, the strongest locks first; of a partitioned table not every partition.
    fn locks(&self) -> Vec<TableLock> {
        let own = self.held.iter().filter(|(oid, _)| self.whole(**oid) == **oid);
        let mut locks: Vec<TableLock> = own
            .map(|(oid, (mode, line))| TableLock {
                table: self.known_as(*oid),
                mode: *mode,
                blocks_reads: mode.blocks_reads(),
                blocks_writes: mode.blocks_writes(),
                line: *line,
            })
            .collect();
        locks.sort_by(|a, b| (b.mode, &a.table).cmp(&(a.mode, &b.table)));
        locks
    }

    fn known_as(&self, oid: u32) -> String {
        self.begun[&self.whole(oid)].name.clone()
    }

    /// The table whose lock tells of that on a partition: it is at least as strong.
    fn whole(&self, oid: u32) -> u32 {
        let mode = |oid: &u32| self.held.get(oid).map(|(mode, _)| *mode);
        let whole = self.begun.get(&oid).and_then(|relation| relation.divides);
        whole.filter(|whole| mode(whole).is_some() && mode(whole) >= mode(&oid)).unwrap_or(oid)
    }

    fn told(&self, statement: &Statement, error: tokio_postgres::Error) -> Error {
        let start = statement.range.start + pointed(&error, &self.task.text[statement.range.clone()]);
        let said = Error::server(ErrorKind::Migration, error);
        said.at(Position::locate(self.task.path, self.task.text, start))
    }
}

fn server(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Migration, error)
}
