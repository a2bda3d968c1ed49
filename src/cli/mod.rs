//! The command line: one file a command, each with its options, its documentation and its examples.

mod adopt;
mod apply;
mod baseline;
mod check;
mod completions;
mod diff;
mod drafting;
mod dump;
mod generate;
mod graph;
mod init;
mod interrupt;
mod lint;
mod new;
pub mod options;
mod output;
mod place;
mod preview;
mod printed;
mod psql;
mod reference;
mod renumber;
mod review;
mod rollback;
mod scratch;
mod session;
mod status;
mod synonyms;
mod watcher;
mod why;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::Result;
use crate::config::{Config, Environment};
use crate::postgres::connect::Database;
pub use output::{Color, Format, Output};

/// Keeps a PostgreSQL database in step with a schema written down as plain SQL
///
/// The files in schema/ state what shall be. `generate` compares them with the live database and
/// writes the next numbered migration; `apply` runs what is pending, once each.
#[derive(Debug, Parser)]
#[command(
    name = "schemadiff",
    version,
    propagate_version = true,
    after_help = "Examples:\n  \
        schemadiff generate add_recipes    write migrations/0002_add_recipes.sql after an edit of schema/\n  \
        schemadiff apply                   run it\n\n\
        Exit codes: 0 done, or nothing to do; 1 differences found, or refused for lack of consent; 2 error."
)]
pub struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Everywhere")]
struct Global {
    /// Read this configuration; all its paths are relative to its folder [default: schemadiff.yaml, if there is one]
    #[arg(long, global = true, value_name = "FILE", env = "SCHEMADIFF_CONFIG")]
    config: Option<PathBuf>,
    /// Work in this environment of schemadiff.yaml, such as staging or prod
    #[arg(long = "env", global = true, value_name = "NAME", env = "SCHEMADIFF_ENV")]
    environment: Option<String>,
    /// Print nothing but data and errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Print data for people or for programs
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        value_parser = output::one_of(&[Format::Text, Format::Json]),
        default_value = "text"
    )]
    format: Format,
    /// Colour messages; `auto` does so on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    color: Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Generate(generate::Args),
    New(new::Args),
    Apply(apply::Args),
    Rollback(rollback::Args),
    Status(status::Args),
    Check(check::Args),
    Lint(lint::Args),
    Review(review::Args),
    Graph(graph::Args),
    Why(why::Args),
    Diff(diff::Args),
    Dump(dump::Args),
    Psql(psql::Args),
    Baseline(baseline::Args),
    Renumber(renumber::Args),
    Adopt(adopt::Args),
    Completions(completions::Args),
    #[command(hide = true)]
    Man(completions::Man),
    #[command(hide = true)]
    Reference(reference::Args),
}

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, or nothing to do: exit code 0.
    Done,
    /// Differences found, where the exit code was to tell: exit code 1.
    Differences,
}

/// What a command works with, besides its own options.
pub struct Project {
    /// schemadiff.yaml.
    pub config: Config,
    /// The variables of the process and of `.env`.
    pub environment: Environment,
    /// Where words go.
    pub output: Output,
}

impl Project {
    fn open(global: &Global, output: Output) -> Result<Project> {
        let mut config = Config::read(global.config.as_deref())?;
        if let Some(name) = &global.environment {
            config.choose(name)?;
        }
        let environment = Environment::read(&config.folder)?;
        Ok(Project { config, environment, output })
    }

    /// The live database; `None` is the private development server.
    ///
    /// # Errors
    /// The options or the configuration name one that makes no sense.
    pub fn database(&self, connection: &options::Connection) -> Result<Option<Database>> {
        Database::resolve(connection.database_url.as_deref(), &self.config, &self.environment)
    }
}

impl Arguments {
    /// Reads this process's arguments; on a mistake, and for help, prints what clap has to say and ends the process.
    pub fn read() -> Arguments {
        Arguments::try_parse().unwrap_or_else(|mut error| {
            synonyms::suggest(&mut error, &known_options());
            let said = error.to_string();
            let safe = output::without_passwords(&said);
            if safe == said {
                error.exit();
            }
            // What clap repeats of the arguments holds a password.
            eprint!("{safe}");
            std::process::exit(error.exit_code());
        })
    }

    /// Runs the command, prints its error if it has one, and says how the process shall end.
    pub fn run(self) -> ExitCode {
        let output = Output::new(self.global.quiet, self.global.format, self.global.color);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime needs nothing but file descriptors");
        let ended = Project::open(&self.global, output.clone())
            .and_then(|project| runtime.block_on(self.command.run(&project)));
        match ended {
            Ok(Outcome::Done) => ExitCode::SUCCESS,
            Ok(Outcome::Differences) => ExitCode::from(1),
            // Whoever read our output has seen enough.
            Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
            Err(error) => {
                output.error(&error);
                ExitCode::from(error.exit_code())
            }
        }
    }
}

/// The options of the command that this process was asked for, as they are written.
fn known_options() -> Vec<String> {
    let mut all = Arguments::command();
    all.build();
    let asked = std::env::args().find_map(|word| all.find_subcommand(word).cloned()).unwrap_or(all);
    let long = asked.get_arguments().filter_map(clap::Arg::get_long);
    long.map(|long| format!("--{long}")).collect()
}

impl Command {
    async fn run(self, project: &Project) -> Result<Outcome> {
        match self {
            Command::Init(arguments) => arguments.run(project).await,
            Command::Generate(arguments) => arguments.run(project).await,
            Command::New(arguments) => arguments.run(project),
            Command::Apply(arguments) => arguments.run(project).await,
            Command::Rollback(arguments) => arguments.run(project).await,
            Command::Status(arguments) => arguments.run(project).await,
            Command::Check(arguments) => arguments.run(project).await,
            Command::Lint(arguments) => arguments.run(project),
            Command::Review(arguments) => arguments.run(project).await,
            Command::Graph(arguments) => arguments.run(project).await,
            Command::Why(arguments) => arguments.run(project).await,
            Command::Diff(arguments) => arguments.run(project).await,
            Command::Dump(arguments) => arguments.run(project).await,
            Command::Psql(arguments) => arguments.run(project).await,
            Command::Baseline(arguments) => arguments.run(project).await,
            Command::Renumber(arguments) => arguments.run(project).await,
            Command::Completions(arguments) => arguments.run(project),
            Command::Man(arguments) => arguments.run(project),
            Command::Reference(arguments) => arguments.run(project),
            Command::Adopt(arguments) => arguments.run(project).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Arguments::command().debug_assert();
    }
}
