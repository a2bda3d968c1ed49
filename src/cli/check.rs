//! `schemadiff check`: the gate for CI.

use super::options::{Connection, Scratch as ScratchOptions, Strict};
use super::output::{FINDINGS, one_of};
use super::printed::Checked;
use super::scratch::Desired;
use super::session::Live;
use super::{Format, Outcome, Project};
use crate::Result;
use crate::check::{Finding, Replay, check_downs, check_files, check_history, check_replay};
use crate::migration::Directory;
use crate::postgres::introspect::{Survey, survey};
use crate::report::annotation::{Annotation, Level, with_hint};

/// Check that the migrations are fit to be merged: in order, unedited, and together equal to schema/
///
/// Numbers are there once, headers and dependencies make sense, every file can be read. All files run one after the
/// other in a scratch database and lead to what the schema files say, and every down script leads back. Where a
/// database is named, its history is compared with the files, too; nothing in it is changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff check\n      \
        everything, without a live database: a gate for pull requests\n  \
    schemadiff check --no-replay --database-url postgres://cook@db.example/plans\n      \
        only the files, and whether that database has run them as they stand\n\n\
    Exit codes: 0 nothing found, 1 findings, 2 error.")]
pub struct Args {
    /// Look at the files only, and run nothing
    #[arg(long)]
    no_replay: bool,
    /// Print findings for people, for programs, or for reviews that show them beside the lines
    #[arg(id = "format", long, value_name = "FORMAT", value_parser = one_of(FINDINGS), default_value = "text")]
    _format: Format,
    #[command(flatten)]
    strict: Strict,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    scratch: ScratchOptions,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let path = &project.config.migrations;
        let (directory, problems) = Directory::survey_existing(path.clone())?;
        let mut found = check_files(&directory, &problems);
        let replays = found.is_empty() && !self.no_replay;
        let live = match project.database(&self.connection)? {
            Some(_) => Some(project.live(&self.connection, Some(&self.scratch)).await?),
            None => None,
        };
        if let Some(live) = &live {
            found.extend(check_history(&live.client, &directory, &project.history()).await?);
            // Files that cannot be read are told of where they are replayed.
            let source = project.config.source(&project.config.schema).ok();
            let scope = project.config.scope(source.as_ref());
            let Survey { unmanaged, .. } = survey(&live.client, &scope).await?;
            project.name_unmanaged(&live.label, &unmanaged, &self.strict)?;
        }
        if replays {
            found.extend(self.replay(project, &directory, live.as_ref()).await?);
        } else if !self.no_replay {
            project.output.tell("Nothing was replayed, because of what is wrong with the files.");
        }
        report(project, directory.files.len(), live.is_some(), replays, &found)
    }

    /// One scratch database after the other: roles that migrations make are the whole server's.
    async fn replay(
        &self,
        project: &Project,
        directory: &Directory,
        live: Option<&Live>,
    ) -> Result<Vec<Finding>> {
        let source = project.source(&project.config.schema)?;
        let scope = project.config.scope(Some(&source));
        let scratch = project.scratch(&self.scratch, Some(&source), live).await?;
        let Desired { catalog: desired, scratch, unmanaged } =
            project.loaded(&source, scratch, &scope).await?;
        if let Some(scratch) = scratch {
            scratch.close().await?;
        }
        project.name_unmanaged("the schema files", &unmanaged, &self.strict)?;
        let replay = Replay { directory, scope, history: project.history() };
        let empty = async || project.replay_scratch(&self.scratch, directory, live).await;
        let mut scratch = empty().await?;
        let mut found =
            check_replay(&replay, &mut scratch, (&source, &desired), &project.config.schema).await?;
        scratch.close().await?;
        found.extend(check_downs(&replay, empty).await?);
        Ok(found)
    }
}

fn annotation(finding: &Finding) -> Annotation<'_> {
    Annotation {
        level: Level::Error,
        rule: finding.rule.to_string(),
        file: finding.file.as_deref(),
        line: finding.line,
        message: with_hint(&finding.message, finding.hint.as_deref()),
    }
}

fn report(
    project: &Project,
    count: usize,
    history: bool,
    replayed: bool,
    found: &[Finding],
) -> Result<Outcome> {
    let output = &project.output;
    let annotations: Vec<_> = found.iter().map(annotation).collect();
    if output.annotated(&annotations)? {
    } else if output.format == Format::Json {
        output.json(&Checked { migrations: count, history, replayed, findings: found })?;
    } else {
        for finding in found {
            output.data(&format!("{finding}\n\n"))?;
        }
    }
    let of = if count == 1 { "1 migration".to_owned() } else { format!("{count} migrations") };
    match found.len() {
        0 => output.tell(&format!("{of}: nothing found.")),
        1 => output.tell(&format!("{of}: 1 finding.")),
        several => output.tell(&format!("{of}: {several} findings.")),
    }
    Ok(if found.is_empty() { Outcome::Done } else { Outcome::Differences })
}
