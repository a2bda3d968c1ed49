//! Which roles of a server have to do with one of its databases.

use std::collections::BTreeSet;

use tokio_postgres::Client;

use super::server::SUPERUSER;
use crate::{Error, ErrorKind, Result};

/// Owners, grantees, roles of policies, and those that have settings in the database.
const OF_DATABASE: &str = "SELECT r.rolname::text FROM pg_roles AS r, pg_database AS d
WHERE d.datname = current_database()
    AND (EXISTS (SELECT FROM pg_shdepend AS s
            WHERE s.dbid = d.oid AND s.refclassid = 'pg_authid'::regclass AND s.refobjid = r.oid)
        OR EXISTS (SELECT FROM pg_db_role_setting AS s WHERE s.setdatabase = d.oid AND s.setrole = r.oid))";

/// The roles that something in the session's database mentions. All others of the server are other databases' business,
/// as far as that can be told.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn of_database(client: &Client) -> Result<BTreeSet<String>> {
    let rows = client.query(OF_DATABASE, &[]).await;
    let rows = rows.map_err(|error| Error::server(ErrorKind::Catalog, error))?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Why a role is as it is whatever a schema says of it, where `session` is the role that reads.
pub fn given(role: &str, session: &str) -> Option<&'static str> {
    match role {
        "current_user" | "current_role" | "session_user" => Some("schemadiff connects as it"),
        _ if role == session => Some("schemadiff connects as it"),
        SUPERUSER => Some("every private server begins with it"),
        _ => None,
    }
}
