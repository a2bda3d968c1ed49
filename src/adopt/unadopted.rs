//! Whether another system has run the migrations that are about to run, and nobody has adopted its history.

use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::found::{Found, all};
use super::key::{key, parts};
use super::pair::bare;
use super::script::{from, plain};
use super::system::Row;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, File};
use crate::postgres::session::search_path;

/// What one of our files may be called in a history table.
struct Known {
    key: String,
    name: String,
}

/// Which system has applied files of `directory`, in words: to be asked where we have no history yet. A table counts where
/// an application would look for it; one in another schema only where it tells of our files by name. One that this role
/// may not read is not this project's.
///
/// # Errors
///
/// What the server says.
pub async fn unadopted(client: &Client, directory: &Directory) -> Result<Option<Error>> {
    let path = search_path(client).await.map_err(|error| Error::server(ErrorKind::Apply, error))?;
    for found in all(client).await? {
        let rows = match found.rows(client).await {
            Err(error) if error.sqlstate() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => continue,
            rows => rows?,
        };
        let schema = found.table.schema.as_str();
        let near = path.iter().any(|one| one == schema) || found.system.schema == Some(schema);
        let known = known(&found, directory);
        if rows.iter().any(|row| known.iter().any(|known| known.is_of(row, near)))
            || near && !rows.is_empty() && directory.files.iter().any(|file| is_adopted(&found, file))
        {
            let message = format!(
                "{} has applied these migrations here, as `{}` says, and there is no history of ours",
                found.system.name,
                found.identity()
            );
            return Ok(Some(Error::new(ErrorKind::Migration, message)));
        }
    }
    Ok(None)
}

/// Whether the file was written when the history of that system was adopted in another database.
fn is_adopted(found: &Found, file: &File) -> bool {
    file.header().is_ok_and(|header| header.description.starts_with(&from(found.system.name)))
}

/// The files by what they are called, and, where the folder is there, by what the system calls them.
fn known(found: &Found, directory: &Directory) -> Vec<Known> {
    let called = |file: &File| {
        let keys = [file.version.number.to_string(), format!("{}_{}", file.version, file.name)];
        keys.map(|key| Known { key, name: file.name.clone() })
    };
    let is_ours = |path| directory.files.iter().any(|file| file.path == path);
    let scripts = (found.system.scripts)(&directory.path).unwrap_or_default();
    let scripts = scripts.into_iter().filter(|script| is_ours(script.path.clone()));
    let scripts = scripts.map(|script| Known { key: script.key, name: script.name });
    directory.files.iter().flat_map(called).chain(scripts).collect()
}

impl Known {
    /// Whether the row says that it ran. A number alone says so only in a table that is `near`.
    fn is_of(&self, row: &Row, near: bool) -> bool {
        let (own, said) = (key(&self.key), key(&row.key));
        let covers = || row.up_to && parts(&own).is_some() && parts(&said) >= parts(&own);
        let named = || match row.name.trim() {
            "" => near || parts(&own).is_none(),
            name => plain(&bare(name)).to_lowercase() == plain(&self.name).to_lowercase(),
        };
        (own == said || covers()) && named()
    }
}
