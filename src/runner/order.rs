//! Which migrations run next, if folder and history agree at all.

use super::history::Record;
use super::status::{Entry, State, entries};
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, File, Version};

/// The files to run, in order, up to the number `to`. Where history and folder disagree is looked at before.
///
/// # Errors
///
/// A pending file older than an applied one (unless that is allowed), a header that requires what is not there or comes
/// later.
pub(super) fn pending<'a>(
    directory: &'a Directory,
    records: &[Record],
    to: Option<i64>,
    allow_out_of_order: bool,
) -> Result<Vec<&'a File>> {
    let waits = |file: &&File| !records.iter().any(|record| record.is_of(file));
    let all: Vec<&File> = directory.files.iter().filter(waits).collect();
    let applied: Vec<Version> = records.iter().map(|record| record.version).collect();
    directory.check_depends(&all, &applied)?;
    let reached: Vec<&File> =
        all.into_iter().filter(|file| to.is_none_or(|to| file.version.number <= to)).collect();
    if !allow_out_of_order {
        in_order(&reached, records, &entries(directory, records))?;
    }
    Ok(reached)
}

fn in_order(pending: &[&File], records: &[Record], entries: &[Entry]) -> Result<()> {
    let late = pending.iter().find(|file| {
        let is = |entry: &&Entry| entry.version == file.version && entry.name == file.name;
        entries.iter().find(is).is_some_and(|entry| entry.state == State::OutOfOrder)
    });
    let Some(late) = late else { return Ok(()) };
    let newest = records.iter().max_by_key(|record| record.version);
    let newest = newest.map_or(String::new(), |record| format!("`{}_{}.sql`", record.version, record.name));
    let message = format!("`{}` is pending, but the later {newest} was applied already", late.path.display());
    Err(Error::new(ErrorKind::Migration, message)
        .hint("`schemadiff renumber` puts it behind the others; `--allow-out-of-order` runs it as it is"))
}
