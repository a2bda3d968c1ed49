//! `schemadiff status`: compares the migrations folder with the history table.

use super::options::Connection;
use super::{Outcome, Project};
use crate::{Error, ErrorKind, Result};

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
        if let Some(database) = project.database(&self.connection)? {
            database.connect().await?;
        }
        Err(Error::new(ErrorKind::Migration, "`status` is not there yet"))
    }
}
