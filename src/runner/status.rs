//! How the folder of migrations and the history of a database stand to each other.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use tokio_postgres::Client;

use super::disagreement::Disagreement;
use super::history::{History, Record};
use crate::error::Result;
use crate::migration::{Directory, File, Version};

/// What is true of one migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It has run, and the file is as it was.
    Applied,
    /// It has not run.
    Pending,
    /// It has run, and the file was changed afterwards.
    Edited,
    /// It has run, and its text stands under another number or name now.
    Renamed,
    /// It has run, and there is no such file.
    Missing,
    /// It has run, and it is recorded that its file is gone.
    Gone,
    /// It has not run, though a later one has.
    OutOfOrder,
    /// Another system ran it before `schemadiff adopt`, and it has no file here.
    Adopted,
}

/// One migration, in the folder or in history.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Entry {
    /// Its number.
    pub version: Version,
    /// Its name, without the number.
    pub name: String,
    /// How it stands.
    pub state: State,
    /// When it was recorded, as ISO 8601 in UTC.
    pub applied_at: Option<String>,
    /// The role that recorded it.
    pub applied_by: Option<String>,
    /// How long it ran, in milliseconds.
    pub execution_time_ms: Option<i64>,
}

impl fmt::Display for Entry {
    /// `applied 2026-11-02 by cook`, or what else it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (stands, since) = match self.state {
            State::Applied => ("applied", ""),
            State::Pending => ("pending", ""),
            State::Edited => ("applied", ", and edited since"),
            State::Renamed => ("applied", ", and its file renamed since"),
            State::Missing => ("applied", ", but its file is missing"),
            State::Gone => ("applied", ", and its file is gone, as is recorded"),
            State::OutOfOrder => ("pending, though a later one is applied", ""),
            State::Adopted => ("applied before adoption", ""),
        };
        f.write_str(stands)?;
        if let (Some(at), Some(by)) = (&self.applied_at, &self.applied_by) {
            let day = at.split('T').next().unwrap_or(at);
            write!(f, " {day} by {by}")?;
        }
        f.write_str(since)
    }
}

/// How every migration stands, by number. Writes nothing; a database without history has all pending.
///
/// # Errors
///
/// The history table is another tool's, or the server cannot be asked.
pub async fn status(client: &Client, directory: &Directory, history: &History) -> Result<Vec<Entry>> {
    Ok(entries(directory, &history.read(client).await?))
}

/// How every migration stands, by number.
pub(super) fn entries(directory: &Directory, records: &[Record]) -> Vec<Entry> {
    let newest = records.iter().map(|record| record.version).max();
    let disagreements = Disagreement::all(directory, records);
    let of_record = |record: &Record| {
        let about = |one: &&Disagreement<'_>| {
            (one.record().version, &one.record().name) == (record.version, &record.name)
        };
        let file = directory.files.iter().find(|file| record.is_of(file));
        let state = match disagreements.iter().find(about) {
            None if record.is_adopted() => State::Adopted,
            None if record.is_without_file() && file.is_none() => State::Gone,
            None => State::Applied,
            Some(Disagreement::Edited { .. }) => State::Edited,
            Some(Disagreement::Renamed { .. }) => State::Renamed,
            Some(Disagreement::Missing { .. }) => State::Missing,
        };
        // The folder says how wide it writes its numbers.
        entry(file.map_or(record.version, |file| file.version), &record.name, state, Some(record))
    };
    let has_run = |file: &&File| {
        let same = |other: &File| file.version == other.version && file.name == other.name;
        records.iter().any(|record| record.is_of(file))
            || disagreements.iter().filter_map(Disagreement::file).any(same)
    };
    let of_file = |file: &File| {
        let late = newest.is_some_and(|newest| file.version < newest);
        entry(file.version, &file.name, if late { State::OutOfOrder } else { State::Pending }, None)
    };
    let fresh = directory.files.iter().filter(|file| !has_run(file)).map(of_file);
    let mut entries: Vec<Entry> = records.iter().map(of_record).chain(fresh).collect();
    entries.sort_by(|a, b| (a.version, &a.name).cmp(&(b.version, &b.name)));
    entries
}

fn entry(version: Version, name: &str, state: State, record: Option<&Record>) -> Entry {
    Entry {
        version,
        name: name.to_owned(),
        state,
        applied_at: record.map(|record| record.applied_at.clone()),
        applied_by: record.map(|record| record.applied_by.clone()),
        execution_time_ms: record.map(|record| record.execution_time_ms),
    }
}
