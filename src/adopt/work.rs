//! What adopting comes to, worked out before anything is changed, and then done: first the files, then the history in
//! one transaction, so that it can be run again wherever it was interrupted.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;
use tokio_postgres::Client;

use super::files::{self, Files};
use super::found::{Found, find};
use super::layout::{from_files, from_state, sources};
use super::records::{already, record, records};
use super::system::{Row, System};
use crate::error::{Error, ErrorKind, Result};
use crate::migration::Version;
use crate::postgres::introspect::Scope;
use crate::postgres::quote::identifier;
use crate::runner::{self, Event, Turn};

/// What to adopt, and into what.
#[derive(Debug)]
pub struct Options<'a> {
    /// The system; without it, the one whose history table is found.
    pub from: Option<&'static System>,
    /// The folder of its files; without it, the usual ones are looked at.
    pub folder: Option<&'a Path>,
    /// The folder of the project.
    pub project: &'a Path,
    /// The folder of our migrations.
    pub target: &'a Path,
    /// What a baseline says.
    pub scope: Scope,
    /// Where our history is kept, how long to wait for a runner, and whether to change nothing.
    pub running: runner::Options<'a>,
}

/// What was done, or would be.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Adoption {
    /// The system that history was taken over from.
    pub system: &'static str,
    /// Its history table.
    pub table: String,
    /// The name that the table bears from now on, where ours took its name.
    pub kept_as: Option<String>,
    /// The folder of its files, where they are SQL.
    pub folder: Option<PathBuf>,
    /// The file with the state of the database, where migrations are code.
    pub baseline: Option<PathBuf>,
    /// The files that are new.
    pub written: Vec<PathBuf>,
    /// What our history says now, by number.
    pub recorded: Vec<Recorded>,
    /// How many files are still to be applied.
    pub pending: usize,
    /// What the user should know.
    pub notes: Vec<String>,
    /// Whether all this had been done before.
    pub already: bool,
    /// Whether nothing was changed.
    pub dry_run: bool,
}

/// One migration in our history.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Recorded {
    /// Its number.
    pub version: Version,
    /// Its name, without the number.
    pub name: String,
    /// Whether it has a file.
    pub file: bool,
}

/// Takes over the history of another system. Its table stays as it is, but for its name where ours needs that; its files
/// stay as they are.
///
/// # Errors
///
/// No history is found, or several; a migration that failed half-way; files that are not there, or are in the way; a
/// history of ours that says something else.
pub async fn adopt(
    client: &mut Client,
    options: &Options<'_>,
    progress: &mut (dyn FnMut(Event) + Send),
) -> Result<Adoption> {
    let client = &*client;
    if options.running.dry_run {
        return work(client, options).await;
    }
    let turn = Turn::begin(client, &options.running, progress).await?;
    let outcome = work(client, options).await;
    turn.end(outcome).await
}

async fn work(client: &Client, options: &Options<'_>) -> Result<Adoption> {
    let found = find(client, options.from).await?;
    let rows = found.rows(client).await?;
    unfailed(&found, &rows)?;
    let (folder, scripts) = sources(&found, &rows, options)?;
    let mut laid = match folder {
        Some(folder) => from_files(&found, &rows, scripts, folder, options)?,
        None => from_state(client, &found, &rows, options).await?,
    };
    let records = records(client, &found, &laid).await?;
    let aside = is_ours_by_name(&found, options).then(|| found.aside());
    let already = already(client, options, &records, aside.is_some()).await?;
    let files = if already { Files::new() } else { files::missing(std::mem::take(&mut laid.files))? };
    if !options.running.dry_run && !already {
        files::write(&files)?;
        record(client, &found, &rows, &records, aside.as_deref(), options).await?;
    }
    let recorded = records.into_iter().map(|record| Recorded {
        version: record.version,
        name: record.name,
        file: !record.checksum.is_empty(),
    });
    let recorded: Vec<_> = recorded.collect();
    let is_recorded =
        |version, name: &str| recorded.iter().any(|one| (one.version, one.name.as_str()) == (version, name));
    let pending = laid.directory.files.iter().filter(|file| !is_recorded(file.version, &file.name)).count();
    Ok(Adoption {
        system: found.system.name,
        table: found.identity(),
        kept_as: aside.map(|name| format!("{}.{}", identifier(&found.table.schema), identifier(&name))),
        folder: laid.folder,
        baseline: laid.baseline,
        written: files.into_keys().collect(),
        recorded,
        pending,
        notes: laid.notes,
        already,
        dry_run: options.running.dry_run,
    })
}

/// Whether the table bears the name that ours shall have.
fn is_ours_by_name(found: &Found, options: &Options<'_>) -> bool {
    let history = &options.running.history;
    found.table.schema == history.schema && found.table.name == history.table
}

fn unfailed(found: &Found, rows: &[Row]) -> Result<()> {
    let Some(failed) = rows.iter().find(|row| row.failed) else { return Ok(()) };
    let (system, table) = (found.system.name, found.identity());
    let message = format!("migration {} of {system} failed half-way, as `{table}` says", failed.key);
    Err(Error::new(ErrorKind::Migration, message)
        .hint(format!("mend it with {system} first; nothing was changed")))
}
