//! `schemadiff renumber`: new numbers after a merge.

use super::options::Connection;
use super::{Format, Outcome, Project};
use crate::Result;
use crate::adopt::unadopted;
use crate::migration::{Directory, Evidence, Renumbering, Version, committed_at};

/// Give migrations new numbers after a merge
///
/// Of two files with one number, the one that nobody has applied goes behind all others, with its down script and the
/// numbers in its header; so does what depends on it, and what is pending before something applied. Which one that is
/// tells the history of the database, if one is named, else the age of the files.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff renumber --dry-run\n      \
        tells which files would get which numbers\n  \
    schemadiff renumber migrations/0007_add_profiles.sql\n      \
        this one moves, whichever is older")]
pub struct Args {
    /// Files that are to move [default: those that the database has not applied, else the younger ones]
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Tell what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask the database what is applied
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    connection: Connection,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let directory = Directory::read_colliding(project.config.migrations.clone())?;
        let applied = match self.offline {
            true => None,
            false => self.applied(project, &directory).await?,
        };
        let evidence = Evidence { applied: applied.as_deref(), age: Some(committed_at) };
        let renumbering = Renumbering::plan(&directory, &self.files, evidence)?;
        if !self.dry_run {
            renumbering.execute()?;
        }
        if project.output.format == Format::Json {
            project.output.json(&renumbering)?;
        } else {
            for one in &renumbering.moves {
                project.output.data(&format!("{} -> {}\n", one.from.display(), one.to.display()))?;
                project.output.tell(&format!("  {}", one.reason));
            }
        }
        for note in &renumbering.notes {
            project.output.tell(&format!("warning: {note}"));
        }
        match (renumbering.moves.len(), self.dry_run) {
            (0, _) => project.output.tell("Nothing to do: every number is there once."),
            (count, true) => project.output.tell(&format!("{count} would be renumbered.")),
            (count, false) => project.output.tell(&format!("{count} renumbered.")),
        }
        Ok(Outcome::Done)
    }

    /// What a named database has applied; a development server of our own is no evidence.
    async fn applied(
        &self,
        project: &Project,
        directory: &Directory,
    ) -> Result<Option<Vec<(Version, String)>>> {
        if project.database(&self.connection)?.is_none() {
            return Ok(None);
        }
        let live = project.live(&self.connection, None).await?;
        if !project.history().exists(&live.client).await?
            && let Some(error) = unadopted(&live.client, directory).await?
        {
            return Err(error.hint(
                "their numbers must stay: `schemadiff adopt` takes that history over, also where a number is shared; \
                 `--offline` does not ask the database",
            ));
        }
        let records = project.history().read(&live.client).await?;
        Ok(Some(records.into_iter().map(|record| (record.version, record.name)).collect()))
    }
}
