//! Which migrations run next, if folder and history agree at all.

use super::history::Record;
use super::status::{Entry, State, entries};
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, File};

/// The files to run, in order, up to the number `to`.
///
/// # Errors
///
/// Applied files that were edited or are missing, a pending file older than an applied one (unless that is allowed),
/// a header that requires what is not there or comes later.
pub(super) fn pending<'a>(
    directory: &'a Directory,
    records: &[Record],
    to: Option<i64>,
    allow_out_of_order: bool,
) -> Result<Vec<&'a File>> {
    let entries = entries(directory, records);
    unedited(&entries)?;
    none_missing(directory, records, &entries)?;
    if !allow_out_of_order {
        in_order(directory, records, &entries)?;
    }
    let runs = |file: &&File| {
        let reached = to.is_none_or(|to| file.version.number <= to);
        reached && !records.iter().any(|record| record.version == file.version && record.name == file.name)
    };
    let files: Vec<&File> = directory.files.iter().filter(runs).collect();
    for file in &files {
        requirements(file, directory, records)?;
    }
    Ok(files)
}

fn unedited(entries: &[Entry]) -> Result<()> {
    let edited = named(entries, State::Edited);
    if edited.is_empty() {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Migration, format!("{} changed after it was applied", edited.join(", ")))
        .hint("restore the file as it was, and put the change into a new migration"))
}

/// A missing file whose text stands under another name was renamed.
fn none_missing(directory: &Directory, records: &[Record], entries: &[Entry]) -> Result<()> {
    let missing = named(entries, State::Missing);
    if missing.is_empty() {
        return Ok(());
    }
    let lost = |record: &&Record| {
        !directory.files.iter().any(|file| file.version == record.version && file.name == record.name)
    };
    let renamed = records.iter().filter(lost).find_map(|record| {
        let file = directory.files.iter().find(|file| file.checksum() == record.checksum)?;
        Some(format!(
            "`{}_{}.sql` looks like `{}` renamed: give it its old name back",
            record.version,
            record.name,
            file.path.display()
        ))
    });
    let folder = directory.path.display();
    Err(Error::new(
        ErrorKind::Migration,
        format!("{} was applied, and is missing in `{folder}`", missing.join(", ")),
    )
    .hint(
        renamed.unwrap_or_else(|| "restore the file: history and folder must tell the same story".to_owned()),
    ))
}

fn in_order(directory: &Directory, records: &[Record], entries: &[Entry]) -> Result<()> {
    let late = directory.files.iter().find(|file| {
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

fn requirements(file: &File, directory: &Directory, records: &[Record]) -> Result<()> {
    for required in file.header()?.depends {
        let here = directory.files.iter().any(|other| other.version == required);
        let problem = if required >= file.version {
            "which does not come before it"
        } else if !here && !records.iter().any(|record| record.version == required) {
            "which does not exist"
        } else {
            continue;
        };
        let message = format!("`{}` depends on {required}, {problem}", file.path.display());
        return Err(
            Error::new(ErrorKind::Migration, message).hint("correct the line `-- Depends:` of its header")
        );
    }
    Ok(())
}

fn named(entries: &[Entry], state: State) -> Vec<String> {
    let wanted = entries.iter().filter(|entry| entry.state == state);
    wanted.map(|entry| format!("`{}_{}.sql`", entry.version, entry.name)).collect()
}
