//! `schemadiff diff`: the SQL between any two sources.

use futures_util::future::try_join;

use super::drafting::Wanted;
use super::options::{Connection, Scratch as ScratchOptions, Strict};
use super::place::{Place, Read};
use super::scratch::Desired;
use super::{Format, Outcome, Project};
use crate::Result;
use crate::draft::{Draft, sections};
use crate::postgres::introspect::{Scope, survey};
use crate::source::Source;

/// Print the SQL that leads from one state to another
///
/// FROM and TO are each one of: live, the live database; schema, the schema files; migrations, all of
/// them replayed; the URL of a database; a file or folder of SQL. Nothing is changed, and nothing needs consent.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff diff\n      \
        prints what the live database lacks of schema/\n  \
    schemadiff diff live recipes.sql\n      \
        prints what would lead to the state that recipes.sql describes\n\n\
    Exit codes: 0 no differences, 1 differences, 2 error.")]
pub struct Args {
    /// The state to start from
    #[arg(value_name = "FROM", default_value = "live")]
    from: Place,
    /// The state to reach
    #[arg(value_name = "TO", default_value = "schema")]
    to: Place,
    /// End with exit code 1 where there are differences: `diff` always does, as `diff` of files does
    #[arg(long, hide = true)]
    exit_code: bool,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    scratch: ScratchOptions,
    #[command(flatten)]
    strict: Strict,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let sources = [self.from.files("FROM", project)?, self.to.files("TO", project)?];
        let [from_source, to_source] = &sources;
        let scope = project.config.scope(to_source.as_ref().or(from_source.as_ref()));
        let (from, mut to) = self.both(project, &sources, &scope).await?;
        for (place, read) in [(&self.from, &from), (&self.to, &to)] {
            let label = read.live.as_ref().map_or_else(|| place.to_string(), |live| live.label.clone());
            project.name_unmanaged(&label, &read.unmanaged, &self.strict)?;
        }
        project.tell_left_out([&from.catalog, &to.catalog]);
        let session = from.live.as_ref().map(|live| &live.client);
        let planning = project.planning(None, session, (&from.catalog, &to.catalog)).await?;
        let draft = match to_source {
            None => Draft::new(&from.catalog, &to.catalog, &planning)?,
            Some(source) => {
                let Read { catalog, live: none, scratch, unmanaged } = to;
                let mut desired = Desired { catalog, scratch, unmanaged };
                let live = from.live.as_ref();
                let options = &self.scratch;
                let wanted = Wanted { source, renames: &[], asks: false, options, live, scope: &scope };
                let draft = project.drafted(wanted, (&from.catalog, &mut desired), &planning).await?;
                to = Read { live: none, ..Read::of_files(desired) };
                draft
            }
        };
        let json = project.output.format == Format::Json;
        if let Some(draft) = &draft {
            if json {
                project.output.json(&draft.changes)?;
            } else {
                draft.summary.iter().for_each(|told| project.output.tell(&format!("  {told}")));
                for section in sections(&draft.up.steps) {
                    for statement in section.statements {
                        project.output.data(&format!("{statement};\n"))?;
                    }
                }
            }
        } else if json {
            project.output.data("[]\n")?;
        }
        for read in [from, to] {
            if let Some(scratch) = read.scratch {
                scratch.close().await?;
            }
        }
        match draft {
            Some(_) => Ok(Outcome::Differences),
            None => {
                project.output.tell("No differences.");
                Ok(Outcome::Done)
            }
        }
    }

    /// Reads both catalogs.
    async fn both(
        &self,
        project: &Project,
        [from, to]: &[Option<Source>; 2],
        scope: &Scope,
    ) -> Result<(Read, Read)> {
        if let (Some(connection), Some(source)) = (self.from.connection(&self.connection), to) {
            let live = project.live(&connection, Some(&self.scratch)).await?;
            let (found, desired) = project.compared(source, &self.scratch, &live, scope).await?;
            return Ok((Read::of_live(found, live), Read::of_files(desired)));
        }
        if let (Some(from), Some(to)) =
            (self.from.connection(&self.connection), self.to.connection(&self.connection))
        {
            let from = project.live(&from, Some(&self.scratch)).await?;
            let to = project.live(&to, Some(&self.scratch)).await?;
            let reading = try_join(survey(&from.client, scope), survey(&to.client, scope));
            let (before, after) = reading.await?;
            return Ok((Read::of_live(before, from), Read::of_live(after, to)));
        }
        let options = (&self.connection, &self.scratch);
        let from = self.from.read(from.as_ref(), project, options, None, scope).await?;
        let to = self.to.read(to.as_ref(), project, options, from.live.as_ref(), scope).await?;
        Ok((from, to))
    }
}
