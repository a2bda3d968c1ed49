//! Runs one file: unit by unit, each tried again when a lock is not granted, the file recorded with its last one.

use std::ops::Range;
use std::pin::pin;
use std::time::{Duration, Instant};

use tokio_postgres::Client;
use tokio_postgres::error::{ErrorPosition, SqlState};

use super::apply::{Event, Options};
use super::retry::Backoff;
use super::unit::{Ending, Patience, Statement, Unit, units};
use crate::error::{Error, ErrorKind, Position, Result};
use crate::migration::File;
use crate::postgres::session::{self, Session};

/// Who is told what happens.
type Progress<'a> = &'a mut (dyn FnMut(Event) + Send);

/// Back to the role that connected, which history is written as; what is deferred is checked as the role that did it.
const AS_CONNECTED: &str = "SET CONSTRAINTS ALL IMMEDIATE; SET SESSION AUTHORIZATION DEFAULT; RESET ROLE";

/// How often it is looked whom a statement waits for, at least.
const LOOK: Duration = Duration::from_secs(1);

/// What running a file needs.
pub(super) struct Run<'a> {
    pub client: &'a Client,
    /// The process id of its backend.
    pub pid: i32,
    pub options: &'a Options<'a>,
}

/// One file while it runs.
struct Course<'a> {
    file: &'a File,
    begin: Instant,
    /// How many statements the file has, and how many of them are committed.
    total: usize,
    committed: usize,
    /// The byte behind the last statement that is committed.
    kept: usize,
}

/// Why a unit did not take effect.
struct Failure {
    error: Error,
    /// The statement's bytes, and the offset in it that the server points to.
    place: Option<(Range<usize>, usize)>,
    blockers: Vec<Session>,
}

impl Run<'_> {
    /// Runs and records a file; how long it took, in milliseconds.
    pub async fn file(&self, file: &File, progress: Progress<'_>) -> Result<i64> {
        let units = units(file, &file.script()?)?;
        let total = units.iter().map(|unit| unit.statements.len()).sum();
        let mut course = Course { file, begin: Instant::now(), total, committed: 0, kept: 0 };
        self.clean().await?;
        for (index, unit) in units.iter().enumerate() {
            let record = index + 1 == units.len() && unit.ending == Ending::Commit;
            self.unit(&course, unit, record, progress).await?;
            course.committed += unit.statements.len();
            course.kept = unit.statements.last().map_or(course.kept, |statement| statement.range.end);
        }
        if units.last().is_none_or(|unit| unit.ending != Ending::Commit) {
            self.clean().await?;
            self.options.history.record(self.client, file, course.milliseconds()).await?;
        }
        Ok(course.milliseconds())
    }

    async fn clean(&self) -> Result<()> {
        session::reset(self.client).await.map_err(server)?;
        session::lift_limits(self.client).await.map_err(server)
    }

    /// Runs a unit until it has taken effect.
    async fn unit(
        &self,
        course: &Course<'_>,
        unit: &Unit,
        record: bool,
        progress: Progress<'_>,
    ) -> Result<()> {
        let mut backoff = Backoff::new(Duration::from_millis(250), Duration::from_secs(10));
        let attempts = self.options.lock_attempts.max(1);
        for attempt in 1.. {
            let Err(failure) = self.attempt(course, unit, record, progress).await else { return Ok(()) };
            if unit.ending != Ending::Alone {
                // Fails only with the connection, and the failure says so already.
                let _ = self.client.batch_execute("ROLLBACK").await;
            }
            let locked = failure.error.sqlstate().is_some_and(|state| {
                *state == SqlState::LOCK_NOT_AVAILABLE || *state == SqlState::T_R_DEADLOCK_DETECTED
            });
            if !locked || !unit.is_repeatable() || attempt >= attempts {
                return Err(course.told(failure, self.client.is_closed(), attempt));
            }
            let wait = backoff.next_wait();
            let wait_ms = wait.as_millis() as u64;
            progress(Event::Retry { attempt, attempts, wait_ms, blockers: failure.blockers });
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    async fn attempt(
        &self,
        course: &Course<'_>,
        unit: &Unit,
        record: bool,
        progress: Progress<'_>,
    ) -> Result<(), Failure> {
        let alone = unit.ending == Ending::Alone;
        if !alone {
            let begin = unit.opening.clone().map_or("BEGIN", |range| &course.file.text[range]);
            self.client.batch_execute(begin).await?;
        }
        let mut set = None;
        for (index, statement) in unit.statements.iter().enumerate() {
            if statement.patience != Patience::Own
                && set.replace(statement.patience) != Some(statement.patience)
            {
                let limit = if statement.patience == Patience::Short { self.limit() } else { 0 };
                let scope = if alone { "SESSION" } else { "LOCAL" };
                self.client.batch_execute(&format!("SET {scope} lock_timeout = {limit}")).await?;
            }
            let sql = &course.file.text[statement.range.clone()];
            progress(Event::Statement {
                statement: course.committed + index + 1,
                statements: course.total,
                line: course.line(statement.range.start),
                sql: sql.to_owned(),
            });
            self.statement(sql, statement, progress).await?;
        }
        if record {
            self.client.batch_execute(AS_CONNECTED).await?;
            let recorded = self.options.history.record(self.client, course.file, course.milliseconds()).await;
            recorded.map_err(|error| Failure { error, place: None, blockers: Vec::new() })?;
        }
        match unit.ending {
            Ending::Commit => self.client.batch_execute("COMMIT").await?,
            Ending::Rollback => self.client.batch_execute("ROLLBACK").await?,
            Ending::Alone => {}
        }
        Ok(())
    }

    /// Runs one statement; while it runs, the second connection looks whom it waits for.
    async fn statement(
        &self,
        sql: &str,
        statement: &Statement,
        progress: Progress<'_>,
    ) -> Result<(), Failure> {
        let mut running = pin!(self.client.batch_execute(sql));
        let mut blockers = Vec::new();
        let look = match self.options.lock_timeout / 3 {
            Duration::ZERO => LOOK,
            soon => soon.min(LOOK),
        };
        let error = loop {
            tokio::select! {
                outcome = &mut running => match outcome {
                    Ok(()) => return Ok(()),
                    Err(error) => break error,
                },
                () = tokio::time::sleep(look) => {
                    let Some(observer) = self.options.observer else { continue };
                    // Who is in the way is worth telling, not worth failing for.
                    let by = session::blockers(observer, self.pid).await.unwrap_or_default();
                    if !by.is_empty() && by != blockers {
                        progress(Event::Blocked { by: by.clone() });
                        blockers = by;
                    }
                }
            }
        };
        let pointed = match error.as_db_error().and_then(|said| said.position()) {
            Some(ErrorPosition::Original(position)) => {
                let character = sql.char_indices().nth((*position as usize).saturating_sub(1));
                character.map_or(0, |(offset, _)| offset)
            }
            _ => 0,
        };
        Err(Failure { error: server(error), place: Some((statement.range.clone(), pointed)), blockers })
    }

    /// The limit in milliseconds. One that is shorter than that must not become 0, which is none.
    fn limit(&self) -> u128 {
        let limit = self.options.lock_timeout;
        if limit.is_zero() { 0 } else { limit.as_millis().max(1) }
    }
}

impl Course<'_> {
    fn milliseconds(&self) -> i64 {
        i64::try_from(self.begin.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    fn line(&self, offset: usize) -> usize {
        self.file.text[..offset].matches('\n').count() + 1
    }

    /// The failure as the user reads it: at its place, with what of the file is committed and what to do.
    fn told(&self, failure: Failure, disconnected: bool, attempts: u32) -> Error {
        let path = self.file.path.display();
        let mut error = failure.error;
        if error.kind == ErrorKind::Apply && attempts > 1 {
            error.message = format!("{} ({attempts} attempts)", error.message);
        }
        for blocker in &failure.blockers {
            error.message.push_str(&format!("\nit waited for {blocker}"));
        }
        let kept = match self.committed {
            0 => format!("nothing of `{path}` was kept"),
            some => {
                let line = self.line(self.kept);
                format!("of `{path}`, {some} of {} statements are committed, up to line {line}", self.total)
            }
        };
        let unknown = if disconnected { "; whether what ran last was committed is not known" } else { "" };
        error.message.push_str(&format!("\n{kept}{unknown}; it is not recorded"));
        if error.hint.is_none() {
            error.hint = self.advice(&error, disconnected);
        }
        match failure.place {
            Some((range, pointed)) => {
                error.at(Position::locate(&self.file.path, &self.file.text, range.start + pointed))
            }
            None => error,
        }
    }

    fn advice(&self, error: &Error, disconnected: bool) -> Option<String> {
        let again = "runs this file again from its top, so its statements must bear that (`IF NOT EXISTS`)";
        let advice = match error.sqlstate() {
            _ if disconnected => format!("`schemadiff apply` {again}"),
            Some(state) if *state == SqlState::LOCK_NOT_AVAILABLE => {
                "end or wait for the sessions in the way, or give it longer with `--lock-timeout`".to_owned()
            }
            Some(state)
                if *state == SqlState::ACTIVE_SQL_TRANSACTION
                    || *state == SqlState::INVALID_TRANSACTION_TERMINATION =>
            {
                "put the line `-- schemadiff: no-transaction` before this statement".to_owned()
            }
            Some(state) if state.code() == "55P04" => {
                "put the line `-- schemadiff: transaction` before this statement: what it uses must be committed".to_owned()
            }
            _ if self.committed > 0 => format!("when the cause is mended, `schemadiff apply` {again}"),
            _ => return None,
        };
        Some(advice)
    }
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Failure {
        Failure { error: server(error), place: None, blockers: Vec::new() }
    }
}

fn server(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Apply, error)
}
