//! Declares that a database is where the migrations lead, without running them: for a database that was made otherwise.

use tokio_postgres::Client;

use super::apply::Options;
use super::event::Event;
use super::history::{History, Record};
use super::turn::Turn;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, File, Version};

/// Records the migrations of `directory` up to a number as applied, and runs none of them. Those that are recorded
/// already are left as they are; what was recorded now is returned, in order.
///
/// Of the options, those count that say where history is kept, up to which number, how long to wait, and `dry_run`.
///
/// # Errors
///
/// A number without a file, history that goes beyond the number or tells of other files than the folder, a lock that is
/// not granted. Then nothing is recorded.
pub async fn baseline<'a>(
    client: &mut Client,
    directory: &'a Directory,
    options: &Options<'_>,
    progress: &mut (dyn FnMut(Event) + Send),
) -> Result<Vec<&'a File>> {
    let last = match options.to {
        Some(number) => Version::from(number),
        None => directory.files.last().map_or(Version::from(0), |file| file.version),
    };
    if options.to.is_some() && !directory.files.iter().any(|file| file.version == last) {
        let message = format!("there is no migration {last} in `{}`", directory.path.display());
        return Err(Error::new(ErrorKind::Usage, message));
    }
    let client = &*client;
    if options.dry_run {
        return missing(directory, last, &options.history.read(client).await?);
    }
    let turn = Turn::begin(client, options, progress).await?;
    let outcome = record(client, directory, last, &options.history).await;
    turn.end(outcome).await
}

async fn record<'a>(
    client: &Client,
    directory: &'a Directory,
    last: Version,
    history: &History,
) -> Result<Vec<&'a File>> {
    let files = missing(directory, last, &history.read(client).await?)?;
    client.batch_execute("BEGIN").await.map_err(server)?;
    history.create(client).await?;
    for file in &files {
        history.record(client, file, 0).await?;
    }
    client.batch_execute("COMMIT").await.map_err(server)?;
    Ok(files)
}

/// The files up to `last` that history does not know.
fn missing<'a>(directory: &'a Directory, last: Version, records: &[Record]) -> Result<Vec<&'a File>> {
    let beyond: Vec<_> = records.iter().filter(|record| record.version > last).map(called).collect();
    if !beyond.is_empty() {
        let message = format!("history goes beyond {last} already: {}", beyond.join(", "));
        return Err(Error::new(ErrorKind::Migration, message)
            .hint("a baseline is for a database without history; `schemadiff status` shows what it has"));
    }
    let same = |record: &&Record| {
        let file = directory.files.iter().find(|file| record.is_of(file));
        file.is_some_and(|file| file.checksum() == record.ran())
    };
    let others = records.iter().filter(|record| !record.is_without_file() && !same(record));
    let others: Vec<_> = others.map(called).collect();
    if !others.is_empty() {
        let message = format!(
            "history tells of migrations that are edited or missing in the folder: {}",
            others.join(", ")
        );
        return Err(
            Error::new(ErrorKind::Migration, message).hint("`schemadiff status` shows how they differ")
        );
    }
    let known = |file: &&File| records.iter().any(|record| record.version == file.version);
    Ok(directory.files.iter().filter(|file| file.version <= last && !known(file)).collect())
}

fn called(record: &Record) -> String {
    format!("`{}_{}.sql`", record.version, record.name)
}

fn server(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Apply, error)
}
