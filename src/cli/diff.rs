//! `schemadiff diff`: the SQL between any two sources.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

use super::options::{Connection, Scratch};
use super::{Outcome, Project};
use crate::config::nearest;
use crate::postgres::connect::Database;
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
    scratch: Scratch,
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

impl Place {
    /// Finds out early whether the place exists.
    async fn check(&self, name: &str, project: &Project, connection: &Connection) -> Result<()> {
        let database = match self {
            Place::Live => project.database(connection)?,
            Place::Url(url) => Some(Database::parse(url, name, &project.environment)?),
            Place::Schema | Place::Migrations => None,
            Place::Path(path) if path.exists() => None,
            Place::Path(path) => {
                let told =
                    Error::new(ErrorKind::Usage, format!("there is no file or folder `{}`", path.display()));
                let hint = match nearest(&path.to_string_lossy(), &["live", "schema", "migrations"]) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("{name} is live, schema, migrations, a URL, or a file or folder of SQL"),
                };
                return Err(told.hint(hint));
            }
        };
        if let Some(database) = database {
            database.connect().await?;
        }
        Ok(())
    }
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        self.from.check("FROM", project, &self.connection).await?;
        self.to.check("TO", project, &self.connection).await?;
        Err(Error::new(ErrorKind::Plan, "`diff` is not there yet"))
    }
}
