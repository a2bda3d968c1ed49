//! Whether a database has run the migrations of a folder as they stand in it.

use tokio_postgres::Client;

use super::{Finding, Rule};
use crate::error::{Error, ErrorKind, Result};
use crate::migration::Directory;
use crate::runner::{History, State, status};

/// What history and the folder disagree about; what is pending in its turn is in order.
///
/// # Errors
///
/// As [`status`].
pub async fn check_history(
    client: &Client,
    directory: &Directory,
    history: &History,
) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for entry in status(client, directory, history).await? {
        let hint = match entry.state {
            State::Applied | State::Adopted | State::Gone | State::Pending => continue,
            State::Edited => "restore the file as it was, and put the change into a new migration",
            State::Renamed => "give the file its old name back",
            State::Missing => "restore the file: history and folder must tell the same story",
            State::OutOfOrder => "`schemadiff renumber` puts it behind the others",
        };
        let name = format!("{}_{}.sql", entry.version, entry.name);
        let path = directory.path.join(name);
        let message = format!("`{}`: {entry}", path.display());
        let error = Error::new(ErrorKind::Migration, message).hint(hint);
        found.push(Finding::new(Rule::History, Some(&path), &error));
    }
    Ok(found)
}
