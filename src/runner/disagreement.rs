//! Where history and the folder tell different stories, and how history is brought in line when the user says so.

use std::fmt;

use tokio_postgres::Client;

use super::apply::Options;
use super::event::{Event, Progress};
use super::history::{History, Record};
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, File};

/// A migration that has run, and whose file is not what it was.
#[derive(Debug, Clone, Copy)]
pub(super) enum Disagreement<'a> {
    /// The file has another text.
    Edited { record: &'a Record, file: &'a File },
    /// The same text stands under another name.
    Renamed { record: &'a Record, file: &'a File },
    /// There is no such file.
    Missing { record: &'a Record },
}

impl<'a> Disagreement<'a> {
    /// All of them, by number.
    pub fn all(directory: &'a Directory, records: &'a [Record]) -> Vec<Disagreement<'a>> {
        let fresh = |file: &&File| !records.iter().any(|record| record.is_of(file));
        records
            .iter()
            .filter_map(|record| match directory.files.iter().find(|file| record.is_of(file)) {
                Some(file) if file.checksum() == record.ran() => None,
                Some(file) => Some(Disagreement::Edited { record, file }),
                None => {
                    let mut others = directory.files.iter().filter(fresh);
                    match others.find(|file| file.checksum() == record.ran()) {
                        Some(file) => Some(Disagreement::Renamed { record, file }),
                        None if record.is_without_file() => None,
                        None => Some(Disagreement::Missing { record }),
                    }
                }
            })
            .collect()
    }

    pub fn record(&self) -> &'a Record {
        match self {
            Disagreement::Edited { record, .. }
            | Disagreement::Renamed { record, .. }
            | Disagreement::Missing { record } => record,
        }
    }

    /// The file that stands for the migration now.
    pub fn file(&self) -> Option<&'a File> {
        match self {
            Disagreement::Edited { file, .. } | Disagreement::Renamed { file, .. } => Some(file),
            Disagreement::Missing { .. } => None,
        }
    }

    /// Makes history say what the folder says.
    async fn settle(&self, client: &Client, history: &History) -> Result<()> {
        let Record { version, name, .. } = self.record();
        match self.file() {
            Some(file) => history.amend(client, *version, name, file).await,
            None => history.mark_gone(client, self.record()).await,
        }
    }
}

impl fmt::Display for Disagreement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let record = self.record();
        let day = record.applied_at.split('T').next().unwrap_or_default();
        let when = format!("applied {day} by {}", record.applied_by);
        match self {
            Disagreement::Edited { file, .. } => write!(f, "`{}`, {when}, ", file.path.display())?,
            _ => write!(f, "`{}_{}.sql`, {when}, ", record.version, record.name)?,
        }
        match self {
            Disagreement::Edited { file, .. } => {
                let short = |checksum: &str| checksum.chars().take(12).collect::<String>();
                let (old, new) = (short(record.ran()), short(&file.checksum()));
                write!(f, "was edited since: its checksum was {old} and is {new}")
            }
            Disagreement::Renamed { file, .. } => {
                write!(f, "was renamed since: the same text is in `{}`", file.path.display())
            }
            Disagreement::Missing { .. } => f.write_str("is missing"),
        }
    }
}

/// Refuses to go on where history and folder disagree.
pub(super) fn none(directory: &Directory, found: &[Disagreement<'_>]) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    let listed: Vec<_> = found.iter().map(|one| format!("  {one}")).collect();
    let folder = directory.path.display();
    let message = format!("history and `{folder}` disagree:\n{}", listed.join("\n"));
    Err(Error::new(ErrorKind::Migration, message).hint(
        "restore the files as they were, and put changes into a new migration; \
         or let `apply --repair` record the files as they are now, and that those which are missing are gone",
    ))
}

/// Brings history in line with the folder, in one transaction; or says what that would come to.
pub(super) async fn repair(
    client: &Client,
    found: &[Disagreement<'_>],
    options: &Options<'_>,
    progress: Progress<'_>,
) -> Result<()> {
    let dry_run = options.dry_run;
    if !dry_run && !found.is_empty() {
        let server = |error| Error::server(ErrorKind::Apply, error);
        client.batch_execute("BEGIN").await.map_err(server)?;
        for one in found {
            one.settle(client, &options.history).await?;
        }
        client.batch_execute("COMMIT").await.map_err(server)?;
    }
    for one in found {
        let Record { version, name, .. } = one.record();
        let found = match one {
            Disagreement::Missing { .. } => {
                format!("{one}: it stays recorded as applied, without a file")
            }
            _ => one.to_string(),
        };
        progress(Event::Repaired { version: *version, name: name.clone(), found, dry_run });
    }
    Ok(())
}
