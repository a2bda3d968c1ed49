//! What is in a database and no kind stands for, by name: nothing is missed in silence.

use tokio_postgres::Client;

use super::introspect::Scope;
use super::kinds::REGISTRY;
use crate::kind::Concern;
use crate::{Error, ErrorKind, Result};

/// Names what `client`'s database holds and no kind stands for, such as `function pg_catalog.twice(integer)`: objects,
/// settings that `scope` leaves out, privileges of what belongs to the server or to an extension.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn unmanaged(client: &Client, scope: &Scope) -> Result<Vec<String>> {
    let rows = client.query_typed(&query(scope), &[]).await;
    let rows = rows.map_err(|error| Error::server(ErrorKind::Catalog, error))?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Only locations are asked for, so that the server leaves out whatever prints definitions.
fn query(scope: &Scope) -> String {
    let known: Vec<String> = REGISTRY
        .iter()
        .map(|entry| {
            format!("SELECT k.classid, k.objid FROM (\n{}\n) AS k WHERE k.objsubid = 0", entry.query)
        })
        .collect();
    let settings = REGISTRY.iter().filter(|entry| entry.concern == Concern::DatabaseSettings);
    let compared: Vec<String> = settings
        .map(|entry| {
            let (query, holds) = (entry.query, !scope.leaves_out(entry));
            format!("SELECT k.classid, k.objid, k.objsubid FROM (\n{query}\n) AS k WHERE {holds}")
        })
        .collect();
    include_str!("unmanaged.sql")
        .replace("{known}", &format!("({})", known.join("\nUNION ALL\n")))
        .replace("{compared}", &compared.join("\nUNION ALL\n"))
}
