//! `schemadiff status`: compares the migrations folder with the history table.

use super::options::{Connection, Scratch as ScratchOptions};
use super::printed::Status;
use super::session::Live;
use super::{Format, Outcome, Project};
use crate::Result;
use crate::migration::Directory;
use crate::plan::{Change, changes};
use crate::postgres::introspect::introspect;
use crate::runner::{self, Entry, State};

/// List the migrations: applied, pending, edited, missing, out of order
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff status\n      \
        0001_foods    applied 2026-11-02 by cook\n      \
        0002_recipes  pending\n  \
    schemadiff status --exit-code --quiet\n      \
        ends with 1 while migrations/ and the database of the plans differ: a gate for a deployment\n  \
    schemadiff status --drift --exit-code\n      \
        ends with 1 too if somebody has changed a table of the plans by hand")]
pub struct Args {
    /// End with exit code 1 unless every migration is applied as it stands
    #[arg(long)]
    exit_code: bool,
    /// Also replay the applied migrations in a scratch database, and list what of the live database differs
    #[arg(long)]
    drift: bool,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    scratch: ScratchOptions,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let (directory, mut problems) = project.surveyed_directory()?;
        if self.drift && !problems.is_empty() {
            return Err(problems.remove(0));
        }
        let live = project.live(&self.connection, None).await?;
        let entries = runner::status(&live.client, &directory, &project.history()).await?;
        let drift = match self.drift {
            true => Some(self.drift(project, &live, directory, &entries).await?),
            false => None,
        };
        if project.output.format == Format::Json {
            project.output.json(&Status { migrations: &entries, drift: drift.as_deref() })?;
        } else {
            let names: Vec<_> =
                entries.iter().map(|entry| format!("{}_{}", entry.version, entry.name)).collect();
            let width = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
            for (name, entry) in names.iter().zip(&entries) {
                project.output.data(&format!("{name:width$}  {entry}\n"))?;
            }
            if entries.is_empty() {
                project.output.tell("There are no migrations.");
            }
            for change in drift.iter().flatten() {
                project.output.data(&format!("  {change}\n"))?;
            }
            match drift.as_ref().map(Vec::len) {
                None => {}
                Some(0) => project.output.tell("The database is what its history says."),
                Some(_) => project.output.tell(
                    "The database is not what its history says: it has what is marked `-`, lacks what is marked `+`.",
                ),
            }
        }
        // They keep everything else from running, so they are not passed over: but first, how things stand.
        if let Some(last) = problems.pop() {
            problems.iter().for_each(|problem| project.output.error(problem));
            return Err(last);
        }
        let settled = drift.is_none_or(|drift| drift.is_empty())
            && entries
                .iter()
                .all(|entry| matches!(entry.state, State::Applied | State::Adopted | State::Gone));
        Ok(if self.exit_code && !settled { Outcome::Differences } else { Outcome::Done })
    }

    /// What leads from the live database to what its history says: that of the files which have run.
    async fn drift(
        &self,
        project: &Project,
        live: &Live,
        mut directory: Directory,
        entries: &[Entry],
    ) -> Result<Vec<Change>> {
        let pending = |entry: &Entry| matches!(entry.state, State::Pending | State::OutOfOrder);
        directory.files.retain(|file| {
            !entries.iter().any(|one| pending(one) && (one.version, &one.name) == (file.version, &file.name))
        });
        let source = project.config.source(&project.config.schema).ok();
        let scope = project.config.scope(source.as_ref());
        let (scratch, replayed) = project.replayed(&directory, &self.scratch, Some(live), &scope).await?;
        let found = introspect(&live.client, &scope).await?;
        scratch.close().await?;
        Ok(changes(&found, &replayed.catalog))
    }
}
