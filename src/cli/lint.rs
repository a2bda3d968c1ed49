//! `schemadiff lint`: advice on what people write.

use std::path::PathBuf;

use super::output::{FINDINGS, one_of};
use super::printed::Rules;
use super::{Format, Outcome, Project};
use crate::Result;
use crate::lint::{Concern, Finding, REGISTRY, Report, lint, targets};
use crate::migration::Version;
use crate::report::annotation::{Annotation, Level};

/// Look for what works today and hurts later, in schema files and in migrations that were written by hand
///
/// Nothing is run, and no database is needed. Of schema files it says what objects lack, such as a primary key; of
/// migrations, what keeps others waiting or breaks running code. A file is a migration if it lies in the migrations'
/// folder, or outside of the schema's and its name begins with a number; generated ones say themselves what they cost,
/// and down scripts are not looked at. What is meant as it is written is allowed before the statement or the column, with a reason if you like:
///
///   -- schemadiff: allow drop-column: nobody has read it since May
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff lint\n      \
        everything that the configuration names\n  \
    schemadiff lint --since 0042\n      \
        the schema files, and of the migrations the newer ones\n  \
    schemadiff lint migrations/0042_units.sql\n      \
        this one\n  \
    schemadiff lint --format github\n      \
        what GitHub shows beside the lines of a pull request; `--format sarif` is for other systems\n  \
    schemadiff lint --rules\n      \
        which rules there are, with reasons and remedies\n\n\
    Exit codes: 0 nothing found, 1 findings, 2 error.")]
pub struct Args {
    /// Files and folders [default: the schema files and the migrations]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Of the migrations in folders, only look at those from this number on
    #[arg(long, value_name = "N", value_parser = number)]
    since: Option<Version>,
    /// Print findings for people, for programs, or for reviews that show them beside the lines
    #[arg(id = "format", long, value_name = "FORMAT", value_parser = one_of(FINDINGS), default_value = "text")]
    _format: Format,
    /// List the rules, and look at nothing
    #[arg(long, conflicts_with_all = ["paths", "since"])]
    rules: bool,
}

impl Args {
    pub(super) fn run(self, project: &Project) -> Result<Outcome> {
        if self.rules {
            return rules(project);
        }
        let config = &project.config;
        let found = targets(&self.paths, &config.schema, &config.migrations, self.since)?;
        let schema = lint(&found.schema, Concern::Schema, &found.beside)?;
        let report = schema.and(lint(&found.migrations, Concern::Migration, &[])?);
        let annotations: Vec<_> = report.findings.iter().map(annotation).collect();
        if project.output.annotated(&annotations)? {
        } else if project.output.format == Format::Json {
            project.output.json(&report)?;
        } else {
            for finding in &report.findings {
                project.output.data(&format!("{finding}\n"))?;
            }
        }
        tell(project, &report, found.generated);
        Ok(if report.findings.is_empty() { Outcome::Done } else { Outcome::Differences })
    }
}

fn annotation(finding: &Finding) -> Annotation<'_> {
    Annotation {
        level: Level::Warning,
        rule: finding.rule.to_owned(),
        file: Some(&finding.file),
        line: Some(finding.line),
        message: format!("{}: {}\n{}", finding.message, finding.why, finding.remedy),
    }
}

fn tell(project: &Project, report: &Report, generated: usize) {
    let plural = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    };
    let (files, statements) = (plural(report.files, "file"), plural(report.statements, "statement"));
    let found = match report.findings.len() {
        0 => "nothing found".to_owned(),
        count => plural(count, "finding"),
    };
    project.output.tell(&format!("{files}, {statements}: {found}."));
    if report.unread > 0 {
        let unread = plural(report.unread, "statement");
        project.output.tell(&format!(
            "{unread} could not be read as a whole, and only their first words were looked at."
        ));
    }
    if generated > 0 {
        project.output.tell(&format!("{} passed over.", plural(generated, "generated migration")));
    }
}

fn rules(project: &Project) -> Result<Outcome> {
    if project.output.format == Format::Json {
        project.output.json(&Rules { rules: REGISTRY })?;
        return Ok(Outcome::Done);
    }
    for rule in REGISTRY {
        let files = match rule.concern {
            Concern::Schema => "schema files",
            Concern::Migration => "migrations",
        };
        project.output.data(&format!(
            "{} ({files})\n  why: {}\n  remedy: {}\n  example: {}\n\n",
            rule.name,
            rule.why,
            rule.remedy,
            rule.example.replace('\n', "\n           ")
        ))?;
    }
    Ok(Outcome::Done)
}

fn number(text: &str) -> Result<Version, String> {
    Version::parse(text).ok_or_else(|| "not a migration's number".to_owned())
}
