//! `schemadiff apply`: runs what is pending.

use super::interrupt::interruptible;
use super::options::Connection;
use super::preview::{self, Words};
use super::watcher::Watcher;
use super::{Outcome, Project};
use crate::Result;
use crate::config::{OnDrift, Span};
use crate::runner::{self, Options};

/// Run the pending migrations on the live database, in order, once each
///
/// Several runs at once are safe: one works, the others wait. An interrupted run is continued by the next.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff apply --dry-run\n      \
        prints the SQL that would run, section by section, with the locks that it takes\n  \
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
    /// How often to try again for a lock that is not granted [default: 10]
    #[arg(long, value_name = "COUNT")]
    lock_attempts: Option<u32>,
    /// How long to wait for another run to end, such as 10min [default: 10min]
    #[arg(long, value_name = "TIME")]
    wait: Option<Span>,
    /// Run a pending migration although a later one has been applied
    #[arg(long)]
    allow_out_of_order: bool,
    /// Run migrations although the history of another system says that it has applied them
    #[arg(long)]
    allow_unadopted: bool,
    /// Run all of them in one transaction, or none
    #[arg(long)]
    single_transaction: bool,
    /// Record files that were edited, renamed or removed since they were applied as they are now; what is removed stays
    /// recorded, and does not run again
    #[arg(long)]
    repair: bool,
    /// Where the database is not what a migration was made for: `ignore`, `warn` or `stop` [default: warn]
    #[arg(long, value_name = "ignore|warn|stop")]
    on_drift: Option<OnDrift>,
    /// Make the database first, if the server has none of that name
    #[arg(long, conflicts_with = "dry_run")]
    create_database: bool,
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
        if self.create_database {
            project.create_database(&self.connection).await?;
        }
        let mut live = project.live(&self.connection, None).await?;
        let observer = live.another_session().await?;
        let options = Options {
            to: self.to,
            dry_run: self.dry_run,
            allow_out_of_order: self.allow_out_of_order,
            allow_unadopted: self.allow_unadopted,
            single_transaction: self.single_transaction,
            repair: self.repair,
            on_drift: self.on_drift.unwrap_or(project.config.on_drift).into(),
            observer: Some(&observer),
            ..project.running(self.lock_timeout, self.lock_attempts, self.wait)
        };
        let mut watcher = Watcher::new(&project.output);
        let mut see = |event| watcher.see(&event);
        let pid = live.backend().await?;
        let run = runner::apply(&mut live.client, &directory, &options, &mut see);
        let report = interruptible(&observer, pid, run).await?;
        drop(watcher);
        let folder = directory.path.display();
        let nothing = match (directory.files.is_empty(), directory.path.is_dir()) {
            (false, _) => "Nothing to do: all migrations are applied.".to_owned(),
            (true, true) => format!("Nothing to do: there are no migrations in `{folder}`."),
            (true, false) => format!("Nothing to do: there is no folder `{folder}`."),
        };
        let words =
            Words { nothing: &nothing, would: "would run", did: &format!("applied to {}", live.label) };
        preview::show(&project.output, &report, options.lock_timeout, &words)?;
        Ok(Outcome::Done)
    }
}
