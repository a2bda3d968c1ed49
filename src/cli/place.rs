//! Where a catalog can be read from: databases, schema files, migrations.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::Project;
use super::options::{Connection, Scratch as ScratchOptions};
use super::scratch::Desired;
use super::session::Live;
use crate::catalog::Catalog;
use crate::config::nearest;
use crate::postgres::introspect::{Scope, Survey, survey};
use crate::postgres::scratch::Scratch;
use crate::source::Source;
use crate::{Error, ErrorKind, Result};

/// Somewhere a catalog can be read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
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
pub struct Read {
    pub catalog: Catalog,
    pub live: Option<Live>,
    pub scratch: Option<Scratch>,
    /// What is there and no kind stands for.
    pub unmanaged: Vec<String>,
}

impl Read {
    pub fn of_live(Survey { catalog, unmanaged }: Survey, live: Live) -> Read {
        Read { catalog, live: Some(live), scratch: None, unmanaged }
    }

    pub fn of_files(Desired { catalog, scratch, unmanaged }: Desired) -> Read {
        Read { catalog, live: None, scratch, unmanaged }
    }
}

impl Place {
    /// The schema files of a place that has any; `name` is what the option is called.
    pub fn files(&self, name: &str, project: &Project) -> Result<Option<Source>> {
        match self {
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

    /// How to connect to a place that is a database; `stated` is what options say of the live one.
    pub fn connection(&self, stated: &Connection) -> Option<Connection> {
        match self {
            Place::Live => Some(stated.clone()),
            Place::Url(url) => Some(Connection { database_url: Some(url.clone()), ..stated.clone() }),
            _ => None,
        }
    }

    /// Reads the catalog of a place; what scratch database that takes fits `live`.
    pub async fn read(
        &self,
        source: Option<&Source>,
        project: &Project,
        (stated, options): (&Connection, &ScratchOptions),
        live: Option<&Live>,
        scope: &Scope,
    ) -> Result<Read> {
        if let Some(connection) = self.connection(stated) {
            let live = project.live(&connection, Some(options)).await?;
            let found = survey(&live.client, scope).await?;
            return Ok(Read::of_live(found, live));
        }
        if let Some(source) = source {
            let scratch = project.scratch(options, Some(source), live).await?;
            return Ok(Read::of_files(project.loaded(source, scratch, scope).await?));
        }
        let (scratch, found) = project.replayed(&project.directory()?, options, live, scope).await?;
        let Survey { catalog, unmanaged } = found;
        Ok(Read::of_files(Desired { catalog, scratch: Some(scratch), unmanaged }))
    }
}
