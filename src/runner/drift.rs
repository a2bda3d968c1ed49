//! Whether the database is what the pending migrations were made for, before the first of them runs.

use std::collections::HashSet;

use tokio_postgres::Client;

use super::apply::Options;
use super::event::{Event, Progress};
use super::task::Task;
use crate::drift::{Drifted, drifted, objects};
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::introspect::{Others, Scope, introspect};

/// What to do where the database is not what a pending migration was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnDrift {
    /// It is not looked for: nothing of the catalog is read.
    #[default]
    Ignore,
    /// It is told, and the migration runs.
    Warn,
    /// Nothing runs.
    Stop,
}

/// Compares the database with what the tasks were made for. The catalog is read once, and only if a header speaks of it.
/// What an earlier one of them touches is not compared for a later one, nor is anything behind a migration that was
/// written by hand: it may have changed it.
///
/// # Errors
///
/// Of kind `Refused`, where something differs and that is to stop the run.
pub(super) async fn look(
    client: &Client,
    tasks: &[Task<'_>],
    options: &Options<'_>,
    progress: Progress<'_>,
) -> Result<()> {
    if options.on_drift == OnDrift::Ignore {
        return Ok(());
    }
    let mut made = Vec::new();
    for task in tasks {
        let header = task.header()?;
        if header.proven.is_empty() {
            break;
        }
        made.push((task, header.made_for));
    }
    if made.iter().all(|(_, made_for)| made_for.is_empty()) {
        return Ok(());
    }
    // Whatever a migration was made for is looked at.
    let scope = Scope { without_owners: true, others: Others::All, ..Scope::default() };
    let catalog = match introspect(client, &scope).await {
        Ok(catalog) => catalog,
        Err(error) if options.on_drift == OnDrift::Stop => return Err(error),
        // Whoever may not read the catalog may still be allowed to run what is pending.
        Err(_) => return Ok(()),
    };
    let mut touched: HashSet<&str> = HashSet::new();
    let mut all = Vec::new();
    for (task, made_for) in &made {
        let found = drifted(made_for, &catalog);
        if found.is_none() && !made_for.is_empty() && options.on_drift == OnDrift::Stop {
            return Err(incomparable(task));
        }
        let mut found = found.unwrap_or_default();
        found.retain(|one| !touched.contains(one.object.as_str()));
        touched.extend(objects(made_for));
        if !found.is_empty() {
            all.push((task, found));
        }
    }
    if options.on_drift == OnDrift::Stop && !all.is_empty() {
        return Err(refused(&all));
    }
    for (task, objects) in all {
        progress(Event::Drifted { version: task.version, name: task.name.to_owned(), objects });
    }
    Ok(())
}

fn incomparable(task: &Task<'_>) -> Error {
    let message = format!(
        "whether the database is what {}_{} was made for cannot be told: its header was written for another major version of \
         PostgreSQL, or by another version of schemadiff",
        task.version, task.name
    );
    Error::new(ErrorKind::Refused, message).hint(
        "nothing was run; look at `schemadiff status --drift`, then go on with `--on-drift warn`, or generate the migration anew",
    )
}

fn refused(all: &[(&&Task<'_>, Vec<Drifted>)]) -> Error {
    let told = all.iter().map(|(task, found)| {
        let found: String = found.iter().map(|one| format!("\n  {one}")).collect();
        format!("the database is not what {}_{} was made for:{found}", task.version, task.name)
    });
    Error::new(ErrorKind::Refused, told.collect::<Vec<_>>().join("\n")).hint(
        "nothing was run; `schemadiff status --drift` shows all that differs\n\
         `--on-drift warn` goes on, as after an interrupted run of this migration",
    )
}
