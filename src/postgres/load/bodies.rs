//! Bodies of functions are not checked while statements are executed in whatever order works. Once all is there, the server reads
//! them: a body that it cannot read fails at its first call.

use futures_util::future::try_join_all;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Row};

use crate::error::{Error, ErrorKind, Result};
use crate::source::{Source, Warning};

/// Routines whose bodies are text, in languages that come with a check.
const ROUTINES: &str = "SELECT p.oid, l.lanvalidator::regproc::text, n.nspname::text, p.proname::text,
    CASE WHEN p.prokind = 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END
FROM pg_proc AS p
JOIN pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_language AS l ON l.oid = p.prolang
WHERE p.oid >= 16384 AND l.lanname IN ('sql', 'plpgsql') AND p.prosqlbody IS NULL AND p.prokind <> 'a'
    AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = p.tableoid AND d.objid = p.oid AND d.deptype = 'e')
ORDER BY n.nspname, p.proname, p.oid";

/// The routines of a database that `source` has been loaded into whose bodies the server cannot read, each at its statement.
/// Names that a body does not find are not told: it may be called under another search path.
///
/// # Errors
/// The server cannot be asked.
pub async fn unreadable(client: &Client, source: &Source) -> Result<Vec<Warning>> {
    let failed = |error| Error::server(ErrorKind::Catalog, error);
    let routines = client.query(ROUTINES, &[]).await.map_err(failed)?;
    if routines.is_empty() {
        return Ok(vec![]);
    }
    client.batch_execute("SET check_function_bodies = on").await.map_err(failed)?;
    let complaints = try_join_all(routines.iter().map(|routine| complaint(client, routine))).await?;
    client.batch_execute("RESET check_function_bodies").await.map_err(failed)?;
    let told = routines.iter().zip(complaints).filter_map(|(routine, complaint)| {
        let name: Vec<String> = vec![routine.get(2), routine.get(3)];
        let statement = source.defined_at(routine.get(4), &name)?;
        let message = format!("the body of `{}` cannot be read: {}", name.join("."), complaint?);
        Some(Warning { message, position: statement.position(0) })
    });
    Ok(told.collect())
}

/// What the language says of a body.
async fn complaint(client: &Client, routine: &Row) -> Result<Option<String>> {
    let (oid, validator): (u32, String) = (routine.get(0), routine.get(1));
    match client.batch_execute(&format!("SELECT {validator}({oid}::oid)")).await {
        Ok(()) => Ok(None),
        Err(error) => match error.as_db_error() {
            Some(said) if *said.code() == SqlState::SYNTAX_ERROR => Ok(Some(said.message().to_owned())),
            Some(_) => Ok(None),
            None => Err(Error::server(ErrorKind::Connect, error)),
        },
    }
}
