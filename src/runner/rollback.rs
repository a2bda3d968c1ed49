//! Runs down scripts, newest first, each once, and takes their migrations out of history.

use tokio_postgres::Client;

use super::apply::{Options, Report};
use super::disagreement::{self, Disagreement};
use super::event::{Event, Progress};
use super::history::Record;
use super::loss;
use super::preview::Ran;
use super::run::Run;
use super::task::Task;
use super::turn::Turn;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, File, Version};

/// How far back to go, and what of it is consented to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollback {
    /// Which migrations to undo.
    pub back: Back,
    /// The names of migrations without a down script that are passed over: what they did stays, and history forgets
    /// them, so that they run again when migrations are applied. With or without their number: `0007_add_profiles`, `add_profiles`.
    pub irreversible_ok: Vec<String>,
    /// Whether data may be lost.
    pub allow_destructive: bool,
}

/// Which migrations to undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// All after the one of this number; 0 undoes all.
    To(i64),
    /// So many of the newest.
    Steps(usize),
}

/// Runs the down scripts of applied migrations, newest first, each recorded in the transaction of its last section.
///
/// Of the options, those count that say how to run: where history is kept, how long to wait, `dry_run` and
/// `single_transaction`. Killed at any point, the next call runs an unfinished script again from its top.
///
/// # Errors
///
/// A number that is not applied, a file that was edited or is missing, a migration without a down script; of kind
/// `Refused`, data that would be lost without consent. All of these before anything has run. Then what the server says
/// about a statement, at its place in the script; what was committed before stays, and a migration whose script failed
/// stays recorded.
pub async fn rollback(
    client: &mut Client,
    directory: &Directory,
    rollback: &Rollback,
    options: &Options<'_>,
    progress: &mut (dyn FnMut(Event) + Send),
) -> Result<Report> {
    let client = &*client;
    if options.dry_run {
        let records = options.history.read(client).await?;
        let tasks = rollback.select(directory, &records)?;
        loss::forbid(&tasks, options)?;
        let migrations = tasks.iter().map(|task| Ran::of(task, None)).collect::<Result<_>>()?;
        return Ok(Report { migrations, dry_run: true });
    }
    let turn = Turn::begin(client, options, progress).await?;
    let outcome = run(&turn.run, directory, rollback, progress).await;
    turn.end(outcome).await
}

async fn run(
    run: &Run<'_>,
    directory: &Directory,
    rollback: &Rollback,
    progress: Progress<'_>,
) -> Result<Report> {
    let records = run.options.history.read(run.client).await?;
    let tasks = rollback.select(directory, &records)?;
    loss::forbid(&tasks, run.options)?;
    rollback.consent(&tasks)?;
    let done = |task: &Task<'_>, execution_time_ms| {
        let (version, name) = (task.version, task.name.to_owned());
        match task.is_passed_over() {
            true => Event::PassedOver { version, name },
            false => Event::RolledBack { version, name, execution_time_ms },
        }
    };
    run.all(&tasks, done, progress).await
}

impl Rollback {
    /// What is to run; each script is read whole before the first one runs.
    fn select<'a>(&self, directory: &'a Directory, records: &[Record]) -> Result<Vec<Task<'a>>> {
        let mut records: Vec<Record> = records.to_vec();
        records.sort_by(|a, b| (b.version, &b.name).cmp(&(a.version, &a.name)));
        match self.back {
            Back::To(to) => {
                if to != 0 && !records.iter().any(|record| record.version.number == to) {
                    let message = format!("migration {} is not applied", Version::from(to));
                    return Err(Error::new(ErrorKind::Usage, message)
                        .hint("`schemadiff status` lists what is; `--to 0` undoes all"));
                }
                records.retain(|record| record.version.number > to);
            }
            Back::Steps(steps) => records.truncate(steps),
        }
        disagreement::none(directory, &Disagreement::all(directory, &records))?;
        let file = |record: &Record| directory.files.iter().find(|file| record.is_of(file));
        if let Some(record) = records.iter().find(|record| file(record).is_none()) {
            let elsewhere = if record.is_adopted() { "ran under another system and " } else { "" };
            let message = format!(
                "`{}_{}` {elsewhere}has no file here: it cannot be undone",
                record.version, record.name
            );
            return Err(Error::new(ErrorKind::Migration, message).hint("nothing was run"));
        }
        let files: Vec<&File> = records.iter().filter_map(file).collect();
        self.reversible(&files)?;
        let task = |file: &&'a File| {
            file.down.as_ref().map_or_else(|| Task::forget(file), |down| Task::down(file, down))
        };
        files.iter().map(task).collect()
    }

    fn reversible(&self, files: &[&File]) -> Result<()> {
        let passed_over = |file: &File| {
            let whole = format!("{}_{}", file.version, file.name);
            self.irreversible_ok.iter().any(|name| *name == file.name || *name == whole)
        };
        let stuck = files.iter().filter(|file| file.down.is_none() && !passed_over(file));
        let stuck: Vec<_> = stuck.map(|file| format!("`{}_{}`", file.version, file.name)).collect();
        let Some(first) = stuck.first() else { return Ok(()) };
        let message = match stuck.len() {
            1 => format!("{first} has no down script"),
            _ => format!("{} have no down scripts", stuck.join(", ")),
        };
        Err(Error::new(ErrorKind::Migration, message).hint(format!(
            "write it beside the migration (`{}.down.sql`), or let `--irreversible-ok {}` pass it over: what it did \
             stays, and `apply` will run it again; nothing was run",
            first.trim_matches('`'),
            first.trim_matches('`')
        )))
    }

    fn consent(&self, tasks: &[Task<'_>]) -> Result<()> {
        let lost = loss::listed(tasks)?;
        if lost.is_empty() || self.allow_destructive {
            return Ok(());
        }
        let message = format!("this rollback would destroy data:\n{}", lost.join("\n"));
        Err(Error::new(ErrorKind::Refused, message)
            .hint("`--allow-destructive` consents to it; nothing was run"))
    }
}
