//! `schemadiff baseline`: records migrations that need not run.

use super::options::Connection;
use super::printed::{Named, Recorded};
use super::watcher::Watcher;
use super::{Format, Outcome, Project};
use crate::Result;
use crate::config::Span;
use crate::runner::{self, Options};

/// Record migrations as applied without running them
///
/// For a database that was made in another way and is where these migrations lead: `apply` goes on behind them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff baseline 4 --dry-run\n      \
        tells what would be recorded: migrations/0001_foods.sql to 0004_search.sql\n  \
    schemadiff baseline --database-url postgres://cook@db.example/plans\n      \
        records all migrations")]
pub struct Args {
    /// The last migration that the database has [default: all of them]
    #[arg(value_name = "NUMBER")]
    to: Option<i64>,
    /// Tell what would be recorded, and record nothing
    #[arg(long)]
    dry_run: bool,
    /// How long to wait for another run to end, such as 10min [default: 10min]
    #[arg(long, value_name = "TIME")]
    wait: Option<Span>,
    #[command(flatten)]
    connection: Connection,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let directory = project.existing_directory()?;
        let mut live = project.live(&self.connection, None).await?;
        let observer = live.another_session().await?;
        let options = Options {
            to: self.to,
            dry_run: self.dry_run,
            observer: Some(&observer),
            ..project.running(None, None, self.wait)
        };
        let mut watcher = Watcher::in_words(&project.output);
        let mut see = |event| watcher.see(&event);
        let files = runner::baseline(&mut live.client, &directory, &options, &mut see).await?;
        drop(watcher);
        if project.output.format == Format::Json {
            let named = files.iter().map(|file| Named { version: file.version, name: file.name.clone() });
            project.output.json(&Recorded { recorded: named.collect(), dry_run: self.dry_run })?;
        } else {
            for file in &files {
                project.output.data(&format!("{}_{}\n", file.version, file.name))?;
            }
        }
        match (files.len(), self.dry_run) {
            (0, _) => project.output.tell("Nothing to do: history knows these migrations already."),
            (count, true) => project.output.tell(&format!("{count} would be recorded, and not run.")),
            (count, false) => {
                project.output.tell(&format!("{count} recorded on {}, and not run.", live.label));
            }
        }
        Ok(Outcome::Done)
    }
}
