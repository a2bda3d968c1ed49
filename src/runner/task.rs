//! One text to run, and what history says once it has run.

use std::path::Path;

use tokio_postgres::Client;

use super::event::Event;
use super::history::History;
use super::unit::{Ending, Unit, units};
use super::words::words;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Down, File, Header, Script, Version};

/// A migration, or its down script, read whole.
pub(super) struct Task<'a> {
    pub version: Version,
    pub name: &'a str,
    pub path: &'a Path,
    pub text: &'a str,
    pub units: Vec<Unit>,
    entry: Entry<'a>,
}

/// What becomes of the entry in history.
enum Entry<'a> {
    Made(&'a File),
    Removed,
}

impl<'a> Task<'a> {
    /// A migration that has not run.
    pub fn up(file: &'a File) -> Result<Task<'a>> {
        Task::read(file, &file.path, &file.text, Entry::Made(file))
    }

    /// The way back from a migration that has run.
    pub fn down(file: &'a File, down: &'a Down) -> Result<Task<'a>> {
        Task::read(file, &down.path, &down.text, Entry::Removed)
    }

    /// A migration that has run and has no way back: only its entry goes.
    pub fn forget(file: &'a File) -> Result<Task<'a>> {
        Task::read(file, &file.path, "", Entry::Removed)
    }

    fn read(file: &'a File, path: &'a Path, text: &'a str, entry: Entry<'a>) -> Result<Task<'a>> {
        let units = units(path, text, &Script::read(path, text)?)?;
        Ok(Task { version: file.version, name: &file.name, path, text, units, entry })
    }

    /// Whether a rollback only takes its entry away.
    pub fn is_passed_over(&self) -> bool {
        matches!(self.entry, Entry::Removed) && self.units.is_empty() && self.text.is_empty()
    }

    /// What it says about itself.
    pub fn header(&self) -> Result<Header> {
        Header::parse(self.path, self.text)
    }

    /// What is told when it begins, as one of `files`; `index` counts them from 0.
    pub fn started(&self, index: usize, files: usize) -> Event {
        Event::Started { version: self.version, name: self.name.to_owned(), file: index + 1, files }
    }

    /// How many statements it has.
    pub fn len(&self) -> usize {
        self.units.iter().map(|unit| unit.statements.len()).sum()
    }

    /// Tells history that it has run; in the transaction that is open, if one is.
    pub async fn note(&self, client: &Client, history: &History, execution_time_ms: i64) -> Result<()> {
        match self.entry {
            Entry::Made(file) => history.record(client, file, execution_time_ms).await,
            Entry::Removed => history.remove(client, self.version, self.name).await,
        }
    }

    /// Its one unit, to be run in a transaction with the units of others.
    ///
    /// # Errors
    ///
    /// It needs a transaction of its own, several, or none.
    pub fn single_unit(&self) -> Result<Unit> {
        let why = match self.units.as_slice() {
            [] => return Ok(Unit::begun(None)),
            [unit]
                if unit.ending == Ending::Commit
                    && unit.opening.as_ref().is_none_or(|range| is_plain(&self.text[range.clone()])) =>
            {
                return Ok(unit.clone());
            }
            units if units.iter().any(|unit| unit.ending == Ending::Alone) => {
                "it has statements that run outside transactions"
            }
            units if units.iter().any(|unit| unit.ending == Ending::Batch) => {
                "it has a batch, which takes many transactions"
            }
            [_] => "its transaction is not an ordinary one",
            _ => "it has several transactions",
        };
        let message = format!("`{}` cannot be part of a single transaction: {why}", self.path.display());
        let number = self.version;
        Err(Error::new(ErrorKind::Migration, message).hint(format!(
            "apply what comes before it with `--single-transaction`, then `--to {number}` without; nothing was run"
        )))
    }
}

/// Whether a `BEGIN` asks for nothing that another transaction would not give.
fn is_plain(begin: &str) -> bool {
    matches!(
        words(begin).join(" ").as_str(),
        "BEGIN" | "BEGIN WORK" | "BEGIN TRANSACTION" | "START TRANSACTION"
    )
}
