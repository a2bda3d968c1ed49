//! `schemadiff review`: what a person needs to know of migrations before they are merged.

use std::path::PathBuf;

use super::options::{Connection, Scratch as ScratchOptions};
use super::output::one_of;
use super::session::Live;
use super::{Format, Outcome, Project};
use crate::migration::{Directory, File};
use crate::postgres::introspect::{Others, Scope};
use crate::report::review::{html, markdown, shortened};
use crate::review::{Materials, review};
use crate::runner::{self, State};
use crate::{Error, ErrorKind, Result};

/// Say what migrations do to a database in use: locks, rewrites, hazards, the way back, and pictures
///
/// The migrations run in a scratch database, on what the ones before them lead to, statement by statement. What each
/// locks, rewrites or scans is measured there; with a database named, the sizes of its tables are told. Nothing in it
/// is changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff review\n      \
        Markdown for the pull request, of the newest migration; with a database, of all that are pending\n  \
    schemadiff review 0042 0043 -o review.html\n      \
        a page for the browser, of these two")]
pub struct Args {
    /// Migrations: files, numbers or names [default: what is pending on the database, else the newest]
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Write to this file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How to write [default: as the name of the file ends, else markdown]
    #[arg(id = "format", long, value_name = "FORMAT", value_parser = one_of(FORMATS))]
    format: Option<Format>,
    /// Write no more than so many characters of Markdown, for systems whose comments have a limit; what is left out is told
    #[arg(long, value_name = "CHARACTERS", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1000..))]
    at_most: Option<usize>,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    scratch: ScratchOptions,
}

/// The first is the usual one.
const FORMATS: &[Format] = &[Format::Markdown, Format::Html, Format::Json];

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let format = project.output.chosen(self.output.as_deref(), FORMATS)?;
        let directory = project.existing_directory()?;
        let named =
            self.files.iter().map(|named| Ok(directory.find(named)?.0)).collect::<Result<Vec<_>>>()?;
        let live = match project.database(&self.connection)? {
            Some(_) => Some(project.live(&self.connection, Some(&self.scratch)).await?),
            None => None,
        };
        let chosen = match named.is_empty() {
            true => usual(project, &directory, live.as_ref()).await?,
            false => named,
        };
        let mut scratch = project.replay_scratch(&self.scratch, &directory, live.as_ref()).await?;
        project.output.tell(&format!("scratch database: {}", scratch.description()));
        let mut witnesses = Vec::new();
        for _ in 0..2 {
            witnesses.push(project.session_beside(&scratch, live.as_ref()).await?);
        }
        let witnesses = witnesses.try_into().expect("two were opened");
        let materials = Materials {
            directory: &directory,
            chosen,
            scope: Scope { others: Others::All, ..project.config.scope(None) },
            history: project.history(),
            live: live.as_ref().map(|live| (&live.client, live.label.as_str())),
        };
        let reviewed = review(&materials, &mut scratch, &witnesses).await;
        drop(witnesses);
        let closed = scratch.close().await;
        let reviewed = reviewed?;
        closed?;
        let text = match format {
            Format::Json => format!("{:#}\n", serde_json::json!(reviewed)),
            Format::Html => html(&reviewed),
            _ => match self.at_most {
                Some(limit) => shortened(&markdown(&reviewed), limit),
                None => markdown(&reviewed),
            },
        };
        project.output.deliver(self.output.as_deref(), &text)?;
        Ok(Outcome::Done)
    }
}

/// What is pending on the database, else the newest file.
async fn usual(project: &Project, directory: &Directory, live: Option<&Live>) -> Result<Vec<usize>> {
    let Some(newest) = directory.files.len().checked_sub(1) else {
        let message = format!("there are no migrations in `{}`", directory.path.display());
        return Err(Error::new(ErrorKind::Usage, message).hint("`schemadiff generate` writes the first one"));
    };
    let Some(live) = live else { return Ok(vec![newest]) };
    let entries = runner::status(&live.client, directory, &project.history()).await?;
    let pending = |file: &File| {
        entries.iter().any(|entry| {
            matches!(entry.state, State::Pending | State::OutOfOrder)
                && (entry.version, &entry.name) == (file.version, &file.name)
        })
    };
    let pending: Vec<usize> = (0..=newest).filter(|at| pending(&directory.files[*at])).collect();
    if pending.is_empty() {
        project
            .output
            .tell(&format!("Nothing is pending on {}: the newest migration is reviewed.", live.label));
        return Ok(vec![newest]);
    }
    Ok(pending)
}
