//! Runs what is pending: lock, read history, compare it with the folder, run the files in order.

use std::time::Duration;

use serde::Serialize;
use tokio_postgres::Client;

use super::history::History;
use super::lock::Lock;
use super::order::pending;
use super::run::Run;
use super::unit::units;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, File, Migration, Section, Version};
use crate::postgres::session::{self, Session};

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
    /// How long to wait for another runner.
    pub wait: Duration,
    /// How long a statement waits for a lock that others would then wait behind; zero is without limit.
    pub lock_timeout: Duration,
    /// How often a unit is tried before the locks it does not get are an error; at least once.
    pub lock_attempts: u32,
    /// A second connection to the same server; it is asked who stands in the way while a statement waits.
    pub observer: Option<&'a Client>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            history: History::default(),
            to: None,
            dry_run: false,
            allow_out_of_order: false,
            wait: Duration::from_secs(600),
            lock_timeout: Duration::from_secs(3),
            lock_attempts: 10,
            observer: None,
        }
    }
}

/// What happens while migrations run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// Another runner is at work.
    Waiting {
        /// The session that holds the lock.
        holder: Session,
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
    /// The statement waits for other sessions.
    Blocked {
        /// The sessions it waits for.
        by: Vec<Session>,
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
}

/// What was run, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the order they ran.
    pub migrations: Vec<Ran>,
    /// Whether nothing was changed.
    pub dry_run: bool,
}

/// One migration that ran, or would run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ran {
    /// Its number.
    pub version: Version,
    /// Its name, without the number.
    pub name: String,
    /// What it says it may cost.
    pub hazards: Vec<String>,
    /// What it ran.
    pub sections: Vec<Section>,
    /// How long it ran, in milliseconds; nothing after a dry run.
    pub execution_time_ms: Option<i64>,
}

/// Runs the migrations of `directory` that history does not know, in order, once each, one runner at a time.
///
/// The connection must be outside any transaction; its settings are reset to those it was connected with. Killed at any
/// point, the next call runs an unfinished file again from its top.
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
        let files = select(client, directory, options).await?;
        let migrations = files.into_iter().map(|file| ran(file, None)).collect::<Result<_>>()?;
        return Ok(Report { migrations, dry_run: true });
    }
    session::reset(client).await.map_err(server)?;
    let wait = |holder: &Session| progress(Event::Waiting { holder: holder.clone() });
    let lock = Lock::acquire(client, options.history.key(), options.wait, wait).await?;
    let outcome = run(client, directory, options, progress).await;
    let reset = session::reset(client).await.map_err(server);
    let released = lock.release().await;
    let report = outcome?;
    reset.and(released)?;
    Ok(report)
}

async fn run(
    client: &Client,
    directory: &Directory,
    options: &Options<'_>,
    progress: &mut (dyn FnMut(Event) + Send),
) -> Result<Report> {
    session::lift_limits(client).await.map_err(server)?;
    let files = select(client, directory, options).await?;
    if !files.is_empty() {
        options.history.create(client).await?;
    }
    let run = Run { client, pid: session::backend(client).await.map_err(server)?, options };
    let mut report = Report { migrations: Vec::new(), dry_run: false };
    for (index, file) in files.iter().enumerate() {
        let (version, name) = (file.version, file.name.clone());
        progress(Event::Started { version, name: name.clone(), file: index + 1, files: files.len() });
        let execution_time_ms = run.file(file, progress).await?;
        progress(Event::Applied { version, name, execution_time_ms });
        report.migrations.push(ran(file, Some(execution_time_ms))?);
    }
    Ok(report)
}

/// The files to run; each is read whole before the first one runs.
async fn select<'a>(
    client: &Client,
    directory: &'a Directory,
    options: &Options<'_>,
) -> Result<Vec<&'a File>> {
    let records = options.history.read(client).await?;
    let files = pending(directory, &records, options.to, options.allow_out_of_order)?;
    for file in &files {
        units(file, &file.script()?)?;
    }
    Ok(files)
}

fn ran(file: &File, execution_time_ms: Option<i64>) -> Result<Ran> {
    let Migration { header, sections } = Migration::parse(&file.path, &file.text)?;
    Ok(Ran {
        version: file.version,
        name: file.name.clone(),
        hazards: header.hazards,
        sections,
        execution_time_ms,
    })
}

fn server(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Apply, error)
}
