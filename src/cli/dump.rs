//! `schemadiff dump`: the live schema as files.

use std::path::PathBuf;

use super::options::Connection;
use super::{Outcome, Project};
use crate::{Error, ErrorKind, Result};

/// Print the live schema as SQL, or write it to files
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff dump > plans.sql\n      \
        one file with everything: foods, recipes, plans, users\n  \
    schemadiff dump --output schema/ --database-url postgres://cook@db.example/plans\n      \
        a folder with a file for each object; files that say the same already are left alone")]
pub struct Args {
    /// Write to this file, or to this folder with a file for each object [default: standard output]
    #[arg(long, short, value_name = "DIR|FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    connection: Connection,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        if let Some(database) = project.database(&self.connection)? {
            database.connect().await?;
        }
        Err(Error::new(ErrorKind::Catalog, "`dump` is not there yet"))
    }
}
