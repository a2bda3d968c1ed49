//! Runs what is pending: lock, read history, compare it with the folder, run the files in order.

use std::time::Duration;

use serde::Serialize;
use tokio_postgres::Client;

use super::disagreement::{self, Disagreement};
use super::drift::{self, OnDrift};
use super::event::{Event, Progress};
use super::history::{History, Record};
use super::loss;
use super::order::pending;
use super::preview::Ran;
use super::run::Run;
use super::task::Task;
use super::turn::Turn;
use crate::adopt::unadopted;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, Version};

/// How migrations are applied.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// Where history is kept.
    pub history: History,
    /// The number of the last migration to run; all, if not said.
    pub to: Option<i64>,
    /// Say what would run, and change nothing.
    pub dry_run: bool,
    /// Run a pending file even though a later one has been applied.
    pub allow_out_of_order: bool,
    /// Run files that another system has applied, as its history says, though nobody has adopted that.
    pub allow_unadopted: bool,
    /// Run all files in one transaction, or none.
    pub single_transaction: bool,
    /// Record files that were edited, renamed or removed since they were applied as they are now. What is removed stays
    /// recorded, without a file.
    pub repair: bool,
    /// Whether to refuse what destroys data, whoever consents to it.
    pub forbid_losses: bool,
    /// How long to wait for another runner.
    pub wait: Duration,
    /// How long a statement waits for a lock that others would then wait behind; zero is without limit.
    pub lock_timeout: Duration,
    /// How often a unit is tried before the locks it does not get are an error; at least once.
    pub lock_attempts: u32,
    /// What to do where the database is not what a pending file was made for.
    pub on_drift: OnDrift,
    /// A second connection to the same server; it is asked who stands in the way, how far a statement is, and whether the
    /// first has a session of its own.
    pub observer: Option<&'a Client>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            history: History::default(),
            to: None,
            dry_run: false,
            allow_out_of_order: false,
            allow_unadopted: false,
            single_transaction: false,
            repair: false,
            forbid_losses: false,
            wait: Duration::from_secs(600),
            lock_timeout: Duration::from_secs(3),
            lock_attempts: 10,
            on_drift: OnDrift::default(),
            observer: None,
        }
    }
}

/// What was run, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the order they ran.
    pub migrations: Vec<Ran>,
    /// Whether nothing was changed.
    pub dry_run: bool,
}

/// Runs the migrations of `directory` that history does not know, in order, once each, one runner at a time.
///
/// The connection must be outside any transaction, and a session of its own; its settings are reset to those it was
/// connected with. Killed or dropped at any point, the next call runs an unfinished file again from its top. Whether a
/// pooler stands before the server is known only with an observer; two runners that it lends one session never both run.
///
/// # Errors
///
/// A folder or history out of order, a lock that is not granted, what the server says about a statement, at its place in
/// the file. What was committed before stays; a file that failed is not recorded.
pub async fn apply(
    client: &mut Client,
    directory: &Directory,
    options: &Options<'_>,
    progress: &mut (dyn FnMut(Event) + Send),
) -> Result<Report> {
    let client = &*client;
    if let Some(to) = options.to.filter(|to| !directory.files.iter().any(|file| file.version.number == *to)) {
        let message =
            format!("there is no migration {} in `{}`", Version::from(to), directory.path.display());
        return Err(Error::new(ErrorKind::Usage, message));
    }
    if options.dry_run {
        let records = options.history.read(client).await?;
        let found = Disagreement::all(directory, &records);
        let tasks = checked(client, directory, (&records, &found), options, progress).await?;
        disagreement::repair(client, &found, options, progress).await?;
        let migrations = tasks.iter().map(|task| Ran::of(task, None)).collect::<Result<_>>()?;
        return Ok(Report { migrations, dry_run: true });
    }
    let turn = Turn::begin(client, options, progress).await?;
    let outcome = run(&turn.run, directory, progress).await;
    turn.end(outcome).await
}

async fn run(run: &Run<'_>, directory: &Directory, progress: Progress<'_>) -> Result<Report> {
    let Run { client, options, .. } = run;
    let records = options.history.read(client).await?;
    let found = Disagreement::all(directory, &records);
    let tasks = checked(client, directory, (&records, &found), options, progress).await?;
    disagreement::repair(client, &found, options, progress).await?;
    let done = |task: &Task<'_>, execution_time_ms| Event::Applied {
        version: task.version,
        name: task.name.to_owned(),
        execution_time_ms,
    };
    run.all(&tasks, done, progress).await
}

/// What is to run, after all that can be said against it.
async fn checked<'a>(
    client: &Client,
    directory: &'a Directory,
    (records, found): (&[Record], &[Disagreement<'_>]),
    options: &Options<'_>,
    progress: Progress<'_>,
) -> Result<Vec<Task<'a>>> {
    adopted(client, directory, options).await?;
    if !options.repair {
        disagreement::none(directory, found)?;
    }
    let tasks = select(directory, &settled(records, found), options)?;
    loss::forbid(&tasks, options)?;
    drift::look(client, &tasks, options, progress).await?;
    Ok(tasks)
}

/// Nothing runs a second time that another system has run.
async fn adopted(client: &Client, directory: &Directory, options: &Options<'_>) -> Result<()> {
    // One that is empty has been filled once, and what it said was undone.
    if options.allow_unadopted || options.history.exists(client).await? {
        return Ok(());
    }
    match unadopted(client, directory).await? {
        None => Ok(()),
        Some(error) => Err(error.hint(
            "`schemadiff adopt` takes that history over; if it tells of other migrations than these, \
             `--allow-unadopted` runs these; nothing was run",
        )),
    }
}

/// The records as they are when the folder tells the same story: where it does, or has been repaired.
fn settled(records: &[Record], found: &[Disagreement<'_>]) -> Vec<Record> {
    let settled = |record: &Record| {
        let other = found.iter().find(|one| std::ptr::eq(one.record(), record));
        match other.and_then(Disagreement::file) {
            None => record.clone(),
            Some(file) => Record { version: file.version, name: file.name.clone(), ..record.clone() },
        }
    };
    records.iter().map(settled).collect()
}

/// What is to run; each file is read whole before the first one runs.
fn select<'a>(directory: &'a Directory, records: &[Record], options: &Options<'_>) -> Result<Vec<Task<'a>>> {
    let files = pending(directory, records, options.to, options.allow_out_of_order)?;
    let tasks = files.into_iter().map(Task::up).collect::<Result<Vec<_>>>()?;
    if options.single_transaction {
        tasks.iter().try_for_each(|task| task.single_unit().map(|_| ()))?;
    }
    Ok(tasks)
}
