//! What happens while migrations run, for those who watch.

use schemars::JsonSchema;
use serde::Serialize;

use crate::drift::Drifted;
use crate::migration::Version;
use crate::postgres::progress;
use crate::postgres::session::Session;

/// Who is told what happens.
pub(super) type Progress<'a> = &'a mut (dyn FnMut(Event) + Send);

/// What happens while migrations run.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// Another runner is at work.
    Waiting {
        /// The session that holds the lock.
        holder: Session,
    },
    /// History was brought in line with a file, as was asked for.
    Repaired {
        /// The number of the migration.
        version: Version,
        /// Its name, without the number.
        name: String,
        /// What history did not know.
        found: String,
        /// Whether it is only what would be recorded.
        dry_run: bool,
    },
    /// The database is not what a pending file was made for, and it will run nevertheless.
    Drifted {
        /// Its number.
        version: Version,
        /// Its name, without the number.
        name: String,
        /// What differs.
        objects: Vec<Drifted>,
    },
    /// A file begins.
    Started {
        /// Its number.
        version: Version,
        /// Its name, without the number.
        name: String,
        /// Which of the pending files it is, from 1.
        file: usize,
        /// How many are pending.
        files: usize,
    },
    /// A statement begins.
    Statement {
        /// Which of the file's statements it is, from 1.
        statement: usize,
        /// How many the file has.
        statements: usize,
        /// The line of the file it begins on, from 1.
        line: usize,
        /// Its text.
        sql: String,
    },
    /// The statement still runs; told about once a second.
    Running {
        /// Which of the file's statements it is, from 1.
        statement: usize,
        /// For how long, in milliseconds.
        elapsed_ms: u64,
        /// How far it is, where the server reports that and a second connection could ask.
        progress: Option<progress::Progress>,
    },
    /// The statement waits for other sessions.
    Blocked {
        /// The sessions it waits for.
        by: Vec<Session>,
    },
    /// A statement has run.
    Finished {
        /// Which of the file's statements it is, from 1.
        statement: usize,
        /// How many rows it wrote or read; 0 for what has no rows.
        rows: u64,
        /// How long it ran, in milliseconds.
        execution_time_ms: u64,
    },
    /// A pass of a batch is committed.
    Batch {
        /// Which of the file's statements it is, from 1.
        statement: usize,
        /// How many passes there were so far.
        passes: u64,
        /// How many rows they affected together.
        rows: u64,
        /// Whether the last one affected none, so that it was the last.
        done: bool,
    },
    /// A lock was not granted in time; what the unit had done is undone, and it will be tried again.
    Retry {
        /// Which try failed, from 1.
        attempt: u32,
        /// How many there will be at most.
        attempts: u32,
        /// How long until the next, in milliseconds.
        wait_ms: u64,
        /// The sessions it waited for, where a second connection could see them.
        blockers: Vec<Session>,
    },
    /// A file has run and is recorded.
    Applied {
        /// Its number.
        version: Version,
        /// Its name, without the number.
        name: String,
        /// How long it ran, in milliseconds.
        execution_time_ms: i64,
    },
    /// A migration without a down script was passed over: what it did stays, and it is not recorded any more, so that the
    /// next `apply` runs it again.
    PassedOver {
        /// The number of the migration.
        version: Version,
        /// Its name, without the number.
        name: String,
    },
    /// A down script has run, and its migration is not recorded any more.
    RolledBack {
        /// The number of the migration.
        version: Version,
        /// Its name, without the number.
        name: String,
        /// How long it ran, in milliseconds.
        execution_time_ms: i64,
    },
}
