//! Prints what would run: SQL, with what it may cost as comments.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::output::{is_broken_pipe, without_passwords};
use super::{Format, Output};
use crate::Result;
use crate::runner::{LockMode, PreviewSection, Ran, Report};

/// A line of `--format json`.
#[derive(JsonSchema, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(super) enum Line<'a> {
    /// A migration would run.
    Planned(&'a Ran),
    /// It did not come to an end.
    Failed {
        message: String,
        hint: Option<&'a str>,
        file: Option<String>,
        line: Option<usize>,
        column: Option<usize>,
    },
    /// That was all.
    Done { migrations: usize, dry_run: bool },
}

/// How a command tells of what it has done: nothing, what it would do, and what it did.
pub struct Words<'a> {
    /// A sentence.
    pub nothing: &'a str,
    /// Behind a number.
    pub would: &'a str,
    /// Behind a number.
    pub did: &'a str,
}

/// Prints what would run to standard output, and ends with how much that is, or was.
///
/// # Errors
/// Nobody reads it.
pub fn show(output: &Output, report: &Report, lock_timeout: Duration, words: &Words<'_>) -> Result<()> {
    let passed = report.migrations.iter().filter(|one| one.passed_over).count();
    let count = report.migrations.len() - passed;
    for migration in report.migrations.iter().filter(|_| report.dry_run) {
        match output.format {
            Format::Json => line(output, &Line::Planned(migration))?,
            _ => output.data(&text(migration, lock_timeout))?,
        }
    }
    if output.format == Format::Json {
        line(output, &Line::Done { migrations: count, dry_run: report.dry_run })?;
    }
    match (count, report.dry_run) {
        (0, _) if passed > 0 => {}
        (0, _) => output.tell(words.nothing),
        (_, true) => output.tell(&format!("{count} {}.", words.would)),
        (_, false) => output.tell(&format!("{count} {}.", words.did)),
    }
    if passed > 0 {
        let would = if report.dry_run { "would be " } else { "" };
        output.tell(&format!(
            "{passed} {would}passed over: what was done stays, and the next `apply` runs it again."
        ));
    }
    Ok(())
}

/// Ends the events for programs where a command fails, so that the stream does not just stop.
///
/// # Errors
/// Nobody reads it.
pub fn failed<T>(output: &Output, outcome: &Result<T>) -> Result<()> {
    let Err(error) = outcome else { return Ok(()) };
    if output.format != Format::Json || is_broken_pipe(error) {
        return Ok(());
    }
    let at = error.at.as_ref();
    let failed = Line::Failed {
        message: without_passwords(&error.message),
        hint: error.hint.as_deref(),
        file: at.map(|at| at.file.display().to_string()),
        line: at.map(|at| at.line),
        column: at.map(|at| at.column),
    };
    line(output, &failed)
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
    if migration.passed_over {
        text += "-- passed over: what it did stays, and the next `apply` runs it again\n";
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
