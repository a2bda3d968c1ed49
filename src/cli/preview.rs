//! Prints what would run: SQL, with what it may cost as comments.

use std::time::Duration;

use serde::Serialize;

use super::{Format, Output};
use crate::Result;
use crate::runner::{LockMode, PreviewSection, Ran};

/// A line of `--format json`.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum Line<'a> {
    /// A migration would run.
    Planned(&'a Ran),
    /// That was all.
    Done { migrations: usize, dry_run: bool },
}

/// Prints what would run to standard output.
///
/// # Errors
/// Nobody reads it.
pub fn show(output: &Output, migrations: &[Ran], lock_timeout: Duration) -> Result<()> {
    for migration in migrations {
        match output.format {
            Format::Json => line(output, &Line::Planned(migration))?,
            _ => output.data(&text(migration, lock_timeout))?,
        }
    }
    Ok(())
}

/// Ends the lines of `--format json`.
///
/// # Errors
/// Nobody reads it.
pub fn end(output: &Output, migrations: &[Ran], dry_run: bool) -> Result<()> {
    match output.format {
        Format::Json => line(output, &Line::Done { migrations: migrations.len(), dry_run }),
        _ => Ok(()),
    }
}

fn line(output: &Output, line: &Line<'_>) -> Result<()> {
    let json = serde_json::to_string(line).expect("a line is plain data");
    output.data(&format!("{json}\n"))
}

fn text(migration: &Ran, lock_timeout: Duration) -> String {
    let mut text = format!("-- {}_{}\n", migration.version, migration.name);
    for hazard in &migration.hazards {
        text += &format!("-- hazard: {hazard}\n");
    }
    let count = migration.sections.len();
    for (index, section) in migration.sections.iter().enumerate() {
        let how = match (section.batch, section.transaction) {
            (true, _) => "repeated until it affects no row, each time in a transaction",
            (false, true) => "in one transaction",
            (false, false) => "outside transactions",
        };
        text += &format!("-- section {} of {count}: {how}\n\n", index + 1);
        text += &statements(section, lock_timeout);
    }
    text
}

fn statements(section: &PreviewSection, lock_timeout: Duration) -> String {
    let mut text = String::new();
    for statement in &section.statements {
        if let Some(lock) = statement.lock {
            let limit =
                if lock > LockMode::ShareUpdateExclusive { waits(lock_timeout) } else { String::new() };
            text += &format!("-- {lock}{limit}\n");
        }
        text += &format!("{};\n", statement.sql.trim_end_matches(';'));
        if let Some(rows) = statement.rows {
            text += &format!("-- {rows} lines of rows\n");
        }
        text.push('\n');
    }
    text
}

fn waits(limit: Duration) -> String {
    match limit.as_millis() {
        0 => String::new(),
        milliseconds => format!("; not granted within {milliseconds} ms, it is given up and tried again"),
    }
}
