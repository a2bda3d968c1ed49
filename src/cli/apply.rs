//! `schemadiff apply`: runs what is pending.

use super::options::{Connection, Consent};
use super::{Format, Outcome, Output, Project};
use crate::Result;
use crate::config::Span;
use crate::runner::{self, Event, Options};

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
        let directory = project.directory()?;
        let mut live = project.live(&self.connection, None).await?;
        let observer = live.another_session().await?;
        let defaults = Options::default();
        let options = Options {
            history: project.history(),
            to: self.to,
            dry_run: self.dry_run,
            allow_out_of_order: self.allow_out_of_order,
            wait: self.wait.map_or(defaults.wait, |span| span.0),
            lock_timeout: self
                .lock_timeout
                .or(project.config.lock_timeout)
                .map_or(defaults.lock_timeout, |span| span.0),
            observer: Some(&observer),
            ..defaults
        };
        let output = project.output.clone();
        let report =
            runner::apply(&mut live.client, &directory, &options, &mut move |event| tell(&output, &event))
                .await?;
        if output_is_json(project) {
            let json = serde_json::to_string_pretty(&report).expect("a report is plain data");
            project.output.data(&format!("{json}\n"))?;
        } else if report.dry_run {
            for migration in &report.migrations {
                project.output.data(&format!("-- {}_{}\n", migration.version, migration.name))?;
                for statement in migration.sections.iter().flat_map(|section| &section.statements) {
                    project.output.data(&format!("{};\n", statement.trim_end_matches(';')))?;
                }
            }
        }
        match (report.migrations.len(), report.dry_run) {
            (0, _) => project.output.tell("Nothing to do: all migrations are applied."),
            (count, true) => project.output.tell(&format!("{count} would run.")),
            (count, false) => project.output.tell(&format!("{count} applied to {}.", live.label)),
        }
        Ok(Outcome::Done)
    }
}

fn output_is_json(project: &Project) -> bool {
    project.output.format == Format::Json
}

fn tell(output: &Output, event: &Event) {
    match event {
        Event::Waiting { holder } => output.tell(&format!("Waiting for another run: {holder}")),
        Event::Started { version, name, file, files } => {
            output.tell(&format!("[{file}/{files}] {version}_{name}"));
        }
        Event::Blocked { .. } | Event::Statement { .. } => {}
        Event::Retry { attempt, attempts, wait_ms, blockers } => {
            let by: Vec<_> = blockers.iter().map(ToString::to_string).collect();
            output.tell(&format!(
                "  a lock was not granted in time (try {attempt} of {attempts}), next in {wait_ms} ms{}{}",
                if by.is_empty() { "" } else { ": " },
                by.join("; ")
            ));
        }
        Event::Applied { execution_time_ms, .. } => {
            output.tell(&format!("  applied in {execution_time_ms} ms"))
        }
    }
}
