//! `schemadiff adopt`: takes over the history of another system.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::options::Connection;
use super::watcher::Watcher;
use super::{Format, Outcome, Project};
use crate::Result;
use crate::adopt::{self, Adoption, Options, SYSTEMS, System};
use crate::config::Span;
use crate::runner;

/// Take over the migrations of another system, with their history
///
/// The system is known by its history table. Its table and its files stay as they are; files that
/// are not in our form are written to migrations/ anew, and what was applied is recorded.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff adopt --dry-run\n      \
        says which system was found, and what would be written and recorded\n  \
    schemadiff adopt --from dbmate --dir db/migrations\n      \
        takes over the files of dbmate, each cut into migrations/20240101120000_recipes.sql and its .down.sql")]
pub struct Args {
    /// The system [default: the one whose history table is there]
    #[arg(long, value_name = "SYSTEM", value_parser = systems())]
    from: Option<&'static System>,
    /// The folder of its files [default: looked for where they usually are]
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
    /// Say what would be done, and change nothing
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
        let mut live = project.live(&self.connection, None).await?;
        let observer = live.another_session().await?;
        let options = Options {
            from: self.from,
            folder: self.dir.as_deref(),
            project: &project.config.folder,
            target: &project.config.migrations,
            scope: project.config.scope(None),
            running: runner::Options {
                dry_run: self.dry_run,
                observer: Some(&observer),
                ..project.running(None, None, self.wait)
            },
        };
        let mut watcher = Watcher::in_words(&project.output);
        let adoption = adopt::adopt(&mut live.client, &options, &mut |event| watcher.see(&event)).await?;
        drop(watcher);
        if project.output.format == Format::Json {
            project.output.json(&adoption)?;
            return Ok(Outcome::Done);
        }
        tell(project, &adoption)
    }
}

/// Every system by its name.
fn systems() -> impl TypedValueParser<Value = &'static System> {
    let names = PossibleValuesParser::new(SYSTEMS.iter().map(|system| system.name));
    names.map(|name| adopt::system(&name).expect("only names of systems are possible"))
}

fn tell(project: &Project, adoption: &Adoption) -> Result<Outcome> {
    let output = &project.output;
    let Adoption { system, table, recorded, pending, .. } = adoption;
    let history = project.history();
    if adoption.already {
        output.tell(&format!("Nothing to do: what `{table}` of {system} records is in `{history}` already."));
        return Ok(Outcome::Done);
    }
    match (&adoption.folder, &adoption.baseline) {
        (Some(folder), _) => {
            output.tell(&format!("{system}: `{table}`, and the files in `{}`", folder.display()))
        }
        (None, _) => {
            output.tell(&format!("{system}: `{table}`; the state of the database becomes the baseline"))
        }
    }
    let would = if adoption.dry_run { "would be " } else { "" };
    for path in &adoption.written {
        output.data(&format!("{}\n", path.display()))?;
    }
    output.tell(&format!("{} {would}recorded in `{history}`", counted(recorded.len())));
    match &adoption.kept_as {
        Some(name) => output.tell(&format!("`{table}` {would}kept as `{name}`")),
        None => output.tell(&format!("`{table}` stays as it is")),
    }
    if *pending > 0 {
        output.tell(&format!("{} pending: `schemadiff apply` runs them", counted(*pending)));
    }
    adoption.notes.iter().for_each(|note| output.tell(&format!("warning: {note}")));
    if !project.config.schema.exists() {
        let schema = project.config.schema.display();
        output.tell(&format!("next: `schemadiff dump --output {schema}` writes down the schema as it is"));
    }
    Ok(Outcome::Done)
}

fn counted(count: usize) -> String {
    if count == 1 { "1 migration".to_owned() } else { format!("{count} migrations") }
}
