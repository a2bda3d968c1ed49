//! A scratch database that the user names: refused unless it is empty and not the live one, and left as empty.

use std::fmt;
use std::str::FromStr;

use tokio_postgres::{Client, Config, Row};

use super::session::{Connect, apart, settle};
use super::{Holding, Live, Options, Scratch};
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::server::quoted;

/// Everything in the database that its template did not bring and no extension owns.
const CONTENTS: &str = include_str!("contents.sql");

/// Two databases are one if both columns agree. The system identifier may be closed to a role; then the server is
/// known by where it is and when it started.
const IDENTITY: &str = "
SELECT (SELECT oid FROM pg_database WHERE datname = current_database()) AS database,
       CASE WHEN has_function_privilege('pg_control_system()', 'execute')
            THEN (SELECT system_identifier::text FROM pg_control_system()) END AS system,
       concat_ws(' ', inet_server_addr(), inet_server_port(), pg_postmaster_start_time()) AS place";

/// Must be cleared.
pub struct Named {
    /// Those that the database had: its template's, or the user's.
    extensions: Vec<String>,
    /// The process of the scratch session on the server.
    session: i32,
    config: Config,
    connect: Connect,
    is_cleared: bool,
}

/// Opens the named database.
///
/// # Errors
///
/// `Usage` where the text is no connection string, `Refused` where the database is the live one or not empty.
pub async fn open(url: &str, options: &Options, live: Option<&Live<'_>>) -> Result<Scratch> {
    let config = Config::from_str(url).map_err(|error| {
        Error::new(ErrorKind::Usage, "`--scratch-url` is not a connection string").caused_by(error)
    })?;
    let client = (options.connect)(config.clone()).await.map_err(|mut error| {
        error.message = format!("no connection to the scratch database: {}", error.message);
        error
    })?;
    let name = text(&client, "SELECT current_database()::text").await?;
    if let Some(live) = live
        && are_one(&identity(live.client).await?, &identity(&client).await?)
    {
        let message = format!("the scratch database `{name}` is the live database");
        return Err(Error::new(ErrorKind::Refused, message)
            .hint("everything in a scratch database is thrown away: name another one"));
    }
    let contents = contents(&client).await?;
    if let Some((_, first)) = contents.first() {
        let more = match contents.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!("the scratch database `{name}` is not empty: it holds {first}{more}");
        return Err(Error::new(ErrorKind::Refused, message)
            .hint("everything in a scratch database is thrown away: name an empty one"));
    }
    let extensions = extensions(&client).await?;
    let session = client.query_one("SELECT pg_backend_pid()", &[]).await;
    let session = session.map_err(|error| Error::server(ErrorKind::Connect, error))?.get(0);
    settle(&client).await?;
    let description = format!("database `{name}`, as named by the user");
    let connect = options.connect.clone();
    let named = Named { extensions, session, config: config.clone(), connect, is_cleared: false };
    Ok(Scratch { client, config, description, holding: Holding::Named(Box::new(named)) })
}

impl Named {
    /// Leaves the database as empty as it was found.
    ///
    /// # Errors
    ///
    /// `Connect` where something is left; the message names it.
    pub async fn close(mut self, client: &Client) -> Result<()> {
        self.is_cleared = true;
        clear(client, &self.extensions).await
    }

    /// The same in a session of its own, after the one that was forgotten has been ended.
    async fn clear_apart(&self) -> Result<()> {
        let client = (self.connect)(self.config.clone()).await?;
        let ended = client.execute("SELECT pg_terminate_backend($1)", &[&self.session]).await;
        ended.map_err(|error| Error::server(ErrorKind::Connect, error))?;
        clear(&client, &self.extensions).await
    }
}

impl Drop for Named {
    fn drop(&mut self) {
        if !self.is_cleared {
            // A failure is told by the next run, which finds the database not empty.
            let _ = apart(|| self.clear_apart());
        }
    }
}

impl fmt::Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Named").field("config", &self.config).finish_non_exhaustive()
    }
}

/// Drops everything that was made in the database since it was found empty.
///
/// This says CASCADE, and so does each statement of `contents.sql`. All that is here is ours, since nothing was there when we began, so that
/// nothing can be taken along that somebody wants to keep; and an order without it does not always exist: what is in a
/// database that a run was interrupted in may hold each other (a type and its functions, two tables and their keys),
/// and extensions may hold what was made with them. Migrations, which run where others' objects are, say it only where
/// PostgreSQL has no other way, and after a look that nothing else goes.
async fn clear(client: &Client, extensions_before: &[String]) -> Result<()> {
    let failed = |error| Error::server(ErrorKind::Connect, error);
    // Whatever the session was in the middle of.
    client
        .batch_execute("ROLLBACK; RESET ALL; RESET ROLE; SET client_min_messages = error")
        .await
        .map_err(failed)?;
    for extension in extensions(client).await? {
        if !extensions_before.contains(&extension) {
            let statement = format!("DROP EXTENSION {} CASCADE", quoted(&extension));
            client.batch_execute(&statement).await.map_err(failed)?;
        }
    }
    // CASCADE takes many at once, so the list is read anew after each round.
    let mut last = usize::MAX;
    loop {
        let left = contents(client).await?;
        let Some((_, first)) = left.first() else { return Ok(()) };
        if left.len() >= last {
            let message = format!("the scratch database could not be emptied: {first} is left");
            return Err(Error::new(ErrorKind::Connect, message));
        }
        last = left.len();
        for (statement, _) in left {
            // Gone already, or goes in a later round, or is told at the end.
            let _ = client.batch_execute(&statement).await;
        }
    }
}

/// Of each thing in the database: the statement that drops it, and its name for a person.
async fn contents(client: &Client) -> Result<Vec<(String, String)>> {
    let rows = client.query(CONTENTS, &[]).await.map_err(|error| Error::server(ErrorKind::Connect, error))?;
    Ok(rows.iter().map(|row| (row.get("statement"), row.get("described"))).collect())
}

async fn extensions(client: &Client) -> Result<Vec<String>> {
    let rows = client.query("SELECT extname::text FROM pg_extension", &[]).await;
    let rows = rows.map_err(|error| Error::server(ErrorKind::Connect, error))?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

async fn identity(client: &Client) -> Result<Row> {
    client.query_one(IDENTITY, &[]).await.map_err(|error| Error::server(ErrorKind::Connect, error))
}

fn are_one(live: &Row, scratch: &Row) -> bool {
    let database = |row: &Row| row.get::<_, u32>("database");
    let system = |row: &Row| row.get::<_, Option<String>>("system");
    let place = |row: &Row| row.get::<_, String>("place");
    let same_server = match (system(live), system(scratch)) {
        (Some(live), Some(scratch)) => live == scratch,
        _ => place(live) == place(scratch),
    };
    same_server && database(live) == database(scratch)
}

async fn text(client: &Client, query: &str) -> Result<String> {
    let row = client.query_one(query, &[]).await.map_err(|error| Error::server(ErrorKind::Connect, error))?;
    Ok(row.get(0))
}
