//! `schemadiff rollback`: runs down scripts, newest first.

use clap::ArgGroup;

use super::interrupt::interruptible;
use super::options::{Connection, Consent};
use super::preview::{self, Words};
use super::watcher::Watcher;
use super::{Outcome, Project};
use crate::Result;
use crate::config::Span;
use crate::runner::{self, Back, Options, Rollback};

/// Undo applied migrations on the live database through their down scripts, newest first
///
/// Several runs at once are safe: one works, the others wait. An interrupted run is continued by the next.
#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("back").required(true).args(["to", "steps"])))]
#[command(after_help = "Examples:\n  \
    schemadiff rollback --steps 1 --dry-run\n      \
        prints the SQL that would undo the newest migration\n  \
    schemadiff rollback --to 4 --allow-destructive\n      \
        runs migrations/0006_access.down.sql, then 0005_auditing.down.sql, although rows will be lost")]
pub struct Args {
    /// Undo all migrations after the one of this number; 0 undoes all
    #[arg(long, value_name = "NUMBER")]
    to: Option<i64>,
    /// Undo so many of the newest migrations
    #[arg(long, value_name = "COUNT")]
    steps: Option<usize>,
    /// Pass over this migration, which has no down script: what it did stays, and `apply` will run it again; may be
    /// repeated
    #[arg(long, value_name = "NAME")]
    irreversible_ok: Vec<String>,
    /// Print what would run, and run nothing
    #[arg(long)]
    dry_run: bool,
    /// Run all of them in one transaction, or none
    #[arg(long)]
    single_transaction: bool,
    /// How long a statement waits for a lock, such as 2s or 500ms [default: by what the statement does]
    #[arg(long, value_name = "TIME")]
    lock_timeout: Option<Span>,
    /// How often to try again for a lock that is not granted [default: 10]
    #[arg(long, value_name = "COUNT")]
    lock_attempts: Option<u32>,
    /// How long to wait for another run to end, such as 10min [default: 10min]
    #[arg(long, value_name = "TIME")]
    wait: Option<Span>,
    #[command(flatten)]
    consent: Consent,
    #[command(flatten)]
    connection: Connection,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let outcome = self.work(project).await;
        preview::failed(&project.output, &outcome)?;
        outcome
    }

    async fn work(self, project: &Project) -> Result<Outcome> {
        let directory = project.existing_directory()?;
        let mut live = project.live(&self.connection, None).await?;
        let observer = live.another_session().await?;
        let options = Options {
            dry_run: self.dry_run,
            single_transaction: self.single_transaction,
            observer: Some(&observer),
            ..project.running(self.lock_timeout, self.lock_attempts, self.wait)
        };
        let rollback = Rollback {
            back: self.steps.map_or(Back::To(self.to.unwrap_or_default()), Back::Steps),
            irreversible_ok: self.irreversible_ok,
            allow_destructive: self.consent.allow_destructive,
        };
        let mut watcher = Watcher::new(&project.output);
        let mut see = |event| watcher.see(&event);
        let pid = live.backend().await?;
        let run = runner::rollback(&mut live.client, &directory, &rollback, &options, &mut see);
        let report = interruptible(&observer, pid, run).await?;
        drop(watcher);
        let words = Words {
            nothing: "Nothing to do: no such migration is applied.",
            would: "would be rolled back",
            did: &format!("rolled back on {}", live.label),
        };
        preview::show(&project.output, &report, options.lock_timeout, &words)?;
        Ok(Outcome::Done)
    }
}
