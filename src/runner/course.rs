//! How far a task has come, and how its failure is told: at its place, with what is kept and what to do.

use std::ops::Range;
use std::time::Instant;

use tokio_postgres::error::SqlState;

use super::task::Task;
use super::unit::Unit;
use crate::error::{Error, ErrorKind, Position};
use crate::postgres::session::Session;

/// One task while it runs.
pub(super) struct Course<'a> {
    pub task: &'a Task<'a>,
    /// How many tasks share its transaction, itself included.
    pub together: usize,
    pub begin: Instant,
    /// How many of its statements are committed.
    pub committed: usize,
    /// How often the batch that runs was repeated, and how many rows it affected.
    pub passes: u64,
    pub batched: u64,
    /// The byte behind the last statement that is committed.
    kept: usize,
}

/// Why a unit did not take effect.
pub(super) struct Failure {
    pub error: Error,
    /// The statement's bytes, and the offset in it that the server points to.
    pub place: Option<(Range<usize>, usize)>,
    pub blockers: Vec<Session>,
}

impl<'a> Course<'a> {
    pub fn new(task: &'a Task<'a>, together: usize) -> Course<'a> {
        Course { task, together, begin: Instant::now(), committed: 0, passes: 0, batched: 0, kept: 0 }
    }

    /// A unit has taken effect.
    pub fn advance(&mut self, unit: &Unit) {
        self.committed += unit.statements.len();
        (self.passes, self.batched) = (0, 0);
        self.kept = unit.statements.last().map_or(self.kept, |statement| statement.range.end);
    }

    pub fn line(&self, offset: usize) -> usize {
        self.task.text[..offset].matches('\n').count() + 1
    }

    /// The failure as the user reads it.
    pub fn told(&self, failure: Failure, disconnected: bool, attempts: u32) -> Error {
        let mut error = failure.error;
        if error.kind == ErrorKind::Apply && attempts > 1 {
            error.message = format!("{} ({attempts} attempts)", error.message);
        }
        for blocker in &failure.blockers {
            error.message.push_str(&format!("\nit waited for {blocker}"));
        }
        error.message.push_str(&self.kept(disconnected));
        error.hint = match (self.advice(&error, disconnected), error.hint) {
            (advice, None) => advice,
            (_, said) => said,
        };
        match failure.place {
            Some((range, pointed)) => {
                error.at(Position::locate(self.task.path, self.task.text, range.start + pointed))
            }
            None => error,
        }
    }

    /// What of the file is committed.
    fn kept(&self, disconnected: bool) -> String {
        let path = self.task.path.display();
        let total = self.task.len();
        let kept = match (self.together, self.committed) {
            (2.., _) => format!("nothing of these {} files was kept", self.together),
            (_, 0) if self.batched == 0 => format!("nothing of `{path}` was kept"),
            (_, 0) => format!("of `{path}`, no statement is committed whole"),
            (_, some) => {
                let line = self.line(self.kept);
                format!("of `{path}`, {some} of {total} statements are committed, up to line {line}")
            }
        };
        let kept = match self.batched {
            0 => kept,
            rows => format!("{kept}, and of the batch behind it {rows} rows"),
        };
        match disconnected {
            true => format!("\n{kept}; whether what ran last was committed is not known"),
            false => format!("\n{kept}; history is as it was"),
        }
    }

    fn advice(&self, error: &Error, disconnected: bool) -> Option<String> {
        let again = "runs this file again from its top, so its statements must bear that (`IF NOT EXISTS`)";
        let state = error.sqlstate();
        let is = |states: &[SqlState]| state.is_some_and(|state| states.contains(state));
        let advice = if disconnected {
            format!("the next run {again}")
        } else if is(&[SqlState::LOCK_NOT_AVAILABLE]) {
            "end or wait for the sessions in the way, or give it longer with `--lock-timeout`".to_owned()
        } else if is(&[SqlState::QUERY_CANCELED]) {
            format!(
                "Ctrl-C, another session or a limit (`statement_timeout`) cancelled it; the next run {again}"
            )
        } else if is(&[SqlState::READ_ONLY_SQL_TRANSACTION]) {
            "connect to the primary, and see that `default_transaction_read_only` is off".to_owned()
        } else if is(&[SqlState::ACTIVE_SQL_TRANSACTION, SqlState::INVALID_TRANSACTION_TERMINATION]) {
            "put the line `-- schemadiff: no-transaction` before this statement".to_owned()
        } else if state.is_some_and(|state| state.code() == "55P04") {
            "put the line `-- schemadiff: transaction` before this statement: what it uses must be committed"
                .to_owned()
        } else if is(&[SqlState::NOT_NULL_VIOLATION, SqlState::CHECK_VIOLATION, SqlState::UNIQUE_VIOLATION])
            || is(&[SqlState::FOREIGN_KEY_VIOLATION])
        {
            "some rows do not fit: mend them, then run this again".to_owned()
        } else if is(&[SqlState::UNDEFINED_OBJECT]) && error.message.starts_with("role ") {
            "roles belong to the server, not to this database: make it with `CREATE ROLE`, and run this again"
                .to_owned()
        } else if self.committed > 0 || self.batched > 0 {
            format!("when the cause is mended, the next run {again}")
        } else {
            return None;
        };
        Some(advice)
    }
}

/// The time since `begin`.
pub(super) fn milliseconds(begin: Instant) -> i64 {
    i64::try_from(begin.elapsed().as_millis()).unwrap_or(i64::MAX)
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Failure {
        Error::server(ErrorKind::Apply, error).into()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure { error, place: None, blockers: Vec::new() }
    }
}
