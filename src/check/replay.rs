//! Whether the migrations lead to the schema files, and each down script back to where its migration began.

use std::path::Path;

use super::{Finding, Rule};
use crate::catalog::Catalog;
use crate::draft::told;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, Down, File};
use crate::plan::changes;
use crate::postgres::introspect::{Scope, introspect};
use crate::postgres::scratch::Scratch;
use crate::provenance::Provenance;
use crate::runner::{self, Back, History, Options, Rollback};
use crate::source::Source;

/// What a replay needs to know.
#[derive(Debug, Clone)]
pub struct Replay<'a> {
    /// What is replayed.
    pub directory: &'a Directory,
    /// What catalogs are compared in; history is not part of them.
    pub scope: Scope,
    /// Where history is kept meanwhile.
    pub history: History,
}

/// Runs all migrations in an empty scratch database, and compares what they lead to with the `desired` catalog, which
/// the files at `schema` make.
///
/// # Errors
///
/// Those of the scratch database; what is wrong with the migrations is found.
pub async fn check_replay(
    replay: &Replay<'_>,
    scratch: &mut Scratch,
    (source, desired): (&Source, &Catalog),
    schema: &Path,
) -> Result<Vec<Finding>> {
    if let Err(error) = replay.up(scratch).await {
        let hint = "from nothing, every migration must run on what the ones before it made";
        return Ok(vec![Finding::new(Rule::Replay, None, &failed(error, hint))]);
    }
    let mut left = changes(&introspect(scratch.client(), &replay.scope).await?, desired);
    if left.is_empty() {
        return Ok(Vec::new());
    }
    let provenance = Provenance::new(source, desired);
    left.iter_mut().for_each(|change| change.locate(|told| provenance.of(told)));
    let (folder, schema_shown) = (replay.directory.path.display(), schema.display());
    let message =
        format!("`{folder}` does not lead to `{schema_shown}`; what is missing is:\n{}", told(&left));
    let error = Error::new(ErrorKind::Migration, message).hint(
        "`schemadiff generate --from migrations` writes the migration for it; or correct the schema files",
    );
    Ok(vec![Finding::new(Rule::Schema, Some(schema), &error)])
}

/// Runs each migration that has a down script up, down and up again, and compares what each way leads to. `open` gives
/// an empty scratch database; it is asked for another one after a failure.
///
/// # Errors
///
/// Those of the scratch databases; what is wrong with the scripts is found.
pub async fn check_downs(
    replay: &Replay<'_>,
    open: impl AsyncFn() -> Result<Scratch>,
) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let mut scratch = open().await?;
    let mut before = introspect(scratch.client(), &replay.scope).await?;
    let mut reached = Directory { files: Vec::new(), ..replay.directory.clone() };
    for file in &replay.directory.files {
        // Several files may share a number, so the last is not told by its number.
        reached.files.push(file.clone());
        let replay = Replay { directory: &reached, ..replay.clone() };
        if replay.up(&mut scratch).await.is_err() {
            // The replay has told of it.
            break;
        }
        if let Some(down) = &file.down {
            let ways = replay.there_and_back(&mut scratch, file, down, &before).await?;
            if let Some(finding) = ways {
                found.push(finding);
                // Whatever it left behind must not be held against the next ones.
                scratch.close().await?;
                scratch = open().await?;
                if replay.up(&mut scratch).await.is_err() {
                    break;
                }
            }
        }
        before = introspect(scratch.client(), &replay.scope).await?;
    }
    scratch.close().await?;
    Ok(found)
}

impl Replay<'_> {
    fn options(&self) -> Options<'static> {
        Options { history: self.history.clone(), ..Options::default() }
    }

    /// Runs what is pending.
    async fn up(&self, scratch: &mut Scratch) -> Result<()> {
        let options = self.options();
        runner::apply(scratch.client_mut(), self.directory, &options, &mut |_| {}).await.map(|_| ())
    }

    /// Down from a file that ran last, and up again.
    async fn there_and_back(
        &self,
        scratch: &mut Scratch,
        file: &File,
        down: &Down,
        before: &Catalog,
    ) -> Result<Option<Finding>> {
        let finding = |error: Error| Ok(Some(Finding::new(Rule::Down, Some(&down.path), &error)));
        let last = Rollback { back: Back::Steps(1), irreversible_ok: Vec::new(), allow_destructive: true };
        let options = self.options();
        let ran = runner::rollback(scratch.client_mut(), self.directory, &last, &options, &mut |_| {}).await;
        if let Err(error) = ran {
            return finding(failed(error, "a down script must run on what its migration made"));
        }
        let (path, undone) = (file.path.display(), down.path.display());
        let left = changes(&introspect(scratch.client(), &self.scope).await?, before);
        if !left.is_empty() {
            let message = format!("`{undone}` does not undo `{path}`; what is missing is:\n{}", told(&left));
            return finding(Error::new(ErrorKind::Migration, message).hint("complete the down script"));
        }
        if let Err(error) = self.up(scratch).await {
            let hint = format!("after `{undone}`, the migration must be able to run again");
            return finding(failed(error, &hint));
        }
        Ok(None)
    }
}

/// What the server said about a statement, without what only matters to somebody who applies it.
fn failed(mut error: Error, hint: &str) -> Error {
    let source = error.source.as_ref().and_then(|source| source.downcast_ref::<tokio_postgres::Error>());
    if let Some(said) = source.and_then(tokio_postgres::Error::as_db_error) {
        error.message = match said.detail() {
            Some(detail) => format!("{}\n{detail}", said.message()),
            None => said.message().to_owned(),
        };
        error.hint = Some(hint.to_owned());
    }
    error
}
