//! `schemadiff diff`: the SQL between any two sources.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use futures_util::future::try_join;

use super::options::{Connection, Scratch as ScratchOptions, Strict};
use super::session::{Desired, Live, Wanted};
use super::{Format, Outcome, Project};
use crate::catalog::Catalog;
use crate::config::nearest;
use crate::draft::{Draft, sections};
use crate::postgres::introspect::{Scope, introspect};
use crate::postgres::scratch::Scratch;
use crate::postgres::unmanaged::unmanaged;
use crate::source::Source;
use crate::{Error, ErrorKind, Result};

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

/// Somewhere a catalog can be read from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Live,
    Schema,
    Migrations,
    Url(String),
    Path(PathBuf),
}

impl FromStr for Place {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Place, Infallible> {
        Ok(match text {
            "live" => Place::Live,
            "schema" => Place::Schema,
            "migrations" => Place::Migrations,
            _ if text.contains("://") || text.contains('=') => Place::Url(text.to_owned()),
            _ => Place::Path(text.into()),
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Live | Place::Url(_) => f.write_str("the live database"),
            Place::Schema => f.write_str("the schema files"),
            Place::Migrations => f.write_str("the migrations"),
            Place::Path(path) => write!(f, "`{}`", path.display()),
        }
    }
}

/// A catalog, with the databases that it was read from.
struct Read {
    catalog: Catalog,
    live: Option<Live>,
    scratch: Option<Scratch>,
    /// What is there and no kind stands for.
    unmanaged: Vec<String>,
}

impl Read {
    async fn of_live(catalog: Catalog, live: Live, scope: &Scope) -> Result<Read> {
        let unmanaged = unmanaged(&live.client, scope).await?;
        Ok(Read { catalog, live: Some(live), scratch: None, unmanaged })
    }

    fn of_files(Desired { catalog, scratch, unmanaged }: Desired) -> Read {
        Read { catalog, live: None, scratch, unmanaged }
    }
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let sources = [self.files(&self.from, "FROM", project)?, self.files(&self.to, "TO", project)?];
        let [from_source, to_source] = &sources;
        let scope = project.scope(to_source.as_ref().or(from_source.as_ref()));
        let (from, mut to) = self.both(project, &sources, &scope).await?;
        for (place, read) in [(&self.from, &from), (&self.to, &to)] {
            let label = read.live.as_ref().map_or_else(|| place.to_string(), |live| live.label.clone());
            project.name_unmanaged(&label, &read.unmanaged, &self.strict)?;
        }
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
                let changes = serde_json::to_string_pretty(&draft.changes).expect("changes are plain data");
                project.output.data(&format!("{changes}\n"))?;
            } else {
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

    /// The schema files of a place that has any.
    fn files(&self, place: &Place, name: &str, project: &Project) -> Result<Option<Source>> {
        match place {
            Place::Schema => project.source(&project.config.schema).map(Some),
            Place::Path(path) if path.exists() => project.source(path).map(Some),
            Place::Path(path) => {
                let told =
                    Error::new(ErrorKind::Usage, format!("there is no file or folder `{}`", path.display()));
                let hint = match nearest(&path.to_string_lossy(), &["live", "schema", "migrations"]) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("{name} is live, schema, migrations, a URL, or a file or folder of SQL"),
                };
                Err(told.hint(hint))
            }
            Place::Live | Place::Migrations | Place::Url(_) => Ok(None),
        }
    }

    /// Reads both catalogs.
    async fn both(
        &self,
        project: &Project,
        [from, to]: &[Option<Source>; 2],
        scope: &Scope,
    ) -> Result<(Read, Read)> {
        if let (Some(connection), Some(source)) = (self.connection_to(&self.from), to) {
            let live = project.live(&connection, Some(&self.scratch)).await?;
            let (catalog, desired) = project.compared(source, &self.scratch, &live, scope).await?;
            return Ok((Read::of_live(catalog, live, scope).await?, Read::of_files(desired)));
        }
        if let (Some(from), Some(to)) = (self.connection_to(&self.from), self.connection_to(&self.to)) {
            let from = project.live(&from, Some(&self.scratch)).await?;
            let to = project.live(&to, Some(&self.scratch)).await?;
            let reading = try_join(introspect(&from.client, scope), introspect(&to.client, scope));
            let (before, after) = reading.await?;
            return Ok((Read::of_live(before, from, scope).await?, Read::of_live(after, to, scope).await?));
        }
        let from = self.read(&self.from, from.as_ref(), project, None, scope).await?;
        let to = self.read(&self.to, to.as_ref(), project, from.live.as_ref(), scope).await?;
        Ok((from, to))
    }

    /// How to connect to a place that is a database.
    fn connection_to(&self, place: &Place) -> Option<Connection> {
        match place {
            Place::Live => Some(self.connection.clone()),
            Place::Url(url) => {
                Some(Connection { database_url: Some(url.clone()), ..self.connection.clone() })
            }
            _ => None,
        }
    }

    async fn read(
        &self,
        place: &Place,
        source: Option<&Source>,
        project: &Project,
        live: Option<&Live>,
        scope: &Scope,
    ) -> Result<Read> {
        if let Some(connection) = self.connection_to(place) {
            let live = project.live(&connection, Some(&self.scratch)).await?;
            let catalog = introspect(&live.client, scope).await?;
            return Read::of_live(catalog, live, scope).await;
        }
        if let Some(source) = source {
            let scratch = project.scratch(&self.scratch, Some(source), live).await?;
            return Ok(Read::of_files(project.loaded(source, scratch, scope).await?));
        }
        let (scratch, catalog) =
            project.replayed(&project.directory()?, &self.scratch, None, live, scope).await?;
        let unmanaged = unmanaged(scratch.client(), scope).await?;
        Ok(Read::of_files(Desired { catalog, scratch: Some(scratch), unmanaged }))
    }
}
