//! What our history says of the migrations of another system, and writing it down.

use tokio_postgres::Client;

use super::found::Found;
use super::layout::Laid;
use super::system::Row;
use super::work::Options;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::Version;
use crate::postgres::quote::identifier;
use crate::runner::Record;

/// What our history will say.
pub async fn records(client: &Client, found: &Found, laid: &Laid) -> Result<Vec<Record>> {
    let here = client.query_one("SELECT to_jsonb(now()) #>> '{}', current_user::text", &[]).await;
    let here = here.map_err(server)?;
    let (now, role): (String, String) = (here.get(0), here.get(1));
    let applied = laid.pairs.iter().filter_map(|pair| {
        let row = pair.row.as_ref()?;
        Some((Version::from(pair.number), &pair.name, pair.script.is_some(), Some(row)))
    });
    let also = laid.also.iter().map(|(version, name)| (*version, name, true, None));
    let mut records = Vec::new();
    for (version, name, has_file, row) in applied.chain(also) {
        let files = laid.directory.files.iter().filter(|_| has_file);
        let file = files.into_iter().find(|file| file.version == version && file.name == *name);
        let header = file.map(|file| file.header()).transpose()?;
        let depends = header.iter().flat_map(|header| &header.depends).map(Version::to_string).collect();
        records.push(Record {
            version: file.map_or(version, |file| file.version),
            name: name.clone(),
            description: header
                .map_or_else(|| format!("adopted from {}", found.system.name), |it| it.description),
            depends,
            checksum: file.map(|file| file.checksum()).unwrap_or_default(),
            applied_at: row.and_then(|row| row.applied_at.clone()).unwrap_or_else(|| now.clone()),
            applied_by: match row {
                Some(row) => row.applied_by.clone().unwrap_or_else(|| found.system.name.to_owned()),
                None => role.clone(),
            },
            execution_time_ms: row.and_then(|row| row.execution_time_ms).unwrap_or_default().max(0),
        });
    }
    Ok(records)
}

/// Whether our history says all this already.
pub async fn already(
    client: &Client,
    options: &Options<'_>,
    records: &[Record],
    moves: bool,
) -> Result<bool> {
    let ours = if moves { Vec::new() } else { options.running.history.read(client).await? };
    let is_there =
        |record: &Record| ours.iter().any(|one| (one.version, &one.name) == (record.version, &record.name));
    let missing: Vec<&Record> = records.iter().filter(|record| !is_there(record)).collect();
    match (ours.len(), missing.as_slice()) {
        (0, _) => Ok(false),
        (_, []) => Ok(true),
        (count, [first, ..]) => {
            let message = format!(
                "`{}` records {count} migrations already, and not `{}_{}`",
                options.running.history, first.version, first.name
            );
            Err(Error::new(ErrorKind::Migration, message)
                .hint("a history is adopted once, before `schemadiff` applies anything; nothing was changed"))
        }
    }
}

/// Changes the database, whole or not at all: in the turn of a runner, which undoes what fails.
///
/// # Errors
///
/// The other system has applied more since `rows` were read, or a lock on its table is not granted.
pub async fn record(
    client: &Client,
    found: &Found,
    rows: &[Row],
    records: &[Record],
    aside: Option<&str>,
    options: &Options<'_>,
) -> Result<()> {
    let limit = options.running.lock_timeout.as_millis();
    client.batch_execute(&format!("BEGIN; SET LOCAL lock_timeout = {limit}")).await.map_err(server)?;
    found.keep_still(client).await?;
    if found.rows(client).await? != rows {
        let message = format!("{} has changed `{}` while it was read", found.system.name, found.identity());
        return Err(Error::new(ErrorKind::Migration, message).hint("run this again; nothing was recorded"));
    }
    if let Some(name) = aside {
        let sql = format!("ALTER TABLE {} RENAME TO {}", found.identity(), identifier(name));
        client.batch_execute(&sql).await.map_err(server)?;
    }
    options.running.history.create(client).await?;
    for record in records {
        options.running.history.insert(client, record).await?;
    }
    client.batch_execute("COMMIT").await.map_err(server)
}

fn server(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Apply, error)
}
