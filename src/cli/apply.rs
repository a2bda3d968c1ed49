//! `schemadiff apply`: runs what is pending.

use super::options::{Connection, Consent};
use super::{Outcome, Project};
use crate::config::Span;
use crate::{Error, ErrorKind, Result};

/// Run the pending migrations on the live database, in order, once each
///
/// Several runs at once are safe: one works, the others wait. An interrupted run is continued by the next.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff apply --dry-run\n      \
        prints the SQL that would run\n  \
    schemadiff apply --to 4 --lock-timeout 2s\n      \
        runs migrations/0001_foods.sql to 0004_plans.sql, and never holds up the application\n      \
        for longer than two seconds while it waits for a lock")]
pub struct Args {
    /// Stop after the migration of this number
    #[arg(long, value_name = "NUMBER")]
    to: Option<i64>,
    /// Print what would run, and run nothing
    #[arg(long)]
    dry_run: bool,
    /// How long a statement waits for a lock, such as 2s or 500ms [default: by what the statement does]
    #[arg(long, value_name = "TIME")]
    lock_timeout: Option<Span>,
    /// How long to wait for another run of `apply` to end, such as 10min [default: until it does]
    #[arg(long, value_name = "TIME")]
    wait: Option<Span>,
    /// Run a pending migration although a later one has been applied
    #[arg(long)]
    allow_out_of_order: bool,
    #[command(flatten)]
    consent: Consent,
    #[command(flatten)]
    connection: Connection,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        if let Some(database) = project.database(&self.connection)? {
            database.connect().await?;
        }
        Err(Error::new(ErrorKind::Apply, "`apply` is not there yet"))
    }
}
