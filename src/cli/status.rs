//! `schemadiff status`: compares the migrations folder with the history table.

use super::options::Connection;
use super::{Format, Outcome, Project};
use crate::Result;
use crate::runner::{self, State};

/// List the migrations: applied, pending, edited, missing, out of order
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff status\n      \
        0001_foods    applied 2026-11-02 by cook\n      \
        0002_recipes  pending\n  \
    schemadiff status --exit-code --quiet\n      \
        ends with 1 while migrations/ and the database of the plans differ: a gate for a deployment")]
pub struct Args {
    /// End with exit code 1 unless every migration is applied as it stands
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    connection: Connection,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let directory = project.existing_directory()?;
        let live = project.live(&self.connection, None).await?;
        let entries = runner::status(&live.client, &directory, &project.history()).await?;
        if project.output.format == Format::Json {
            let json = serde_json::to_string_pretty(&entries).expect("entries are plain data");
            project.output.data(&format!("{json}\n"))?;
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
        }
        let settled = entries.iter().all(|entry| matches!(entry.state, State::Applied | State::Adopted));
        Ok(if self.exit_code && !settled { Outcome::Differences } else { Outcome::Done })
    }
}
