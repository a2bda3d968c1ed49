//! What the runner asks of a session: who stands in the way, a clean state for the next file.
//!
//! Every query names its functions and catalogs with their schema: a migration may have changed the search path.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Cursor;
use std::pin::pin;

use futures_util::{SinkExt, TryStreamExt};
use schemars::JsonSchema;
use serde::Serialize;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error, Row, SimpleQueryMessage};

/// How many bytes of rows travel in one message.
const COPIED: usize = 1 << 16;

/// A session of the server that holds what another one wants.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Session {
    /// The process id of its backend.
    pub pid: i32,
    /// Its role; empty if this role may not know.
    pub user: String,
    /// What it calls itself; may be empty.
    pub application: String,
    /// `active`, `idle in transaction` …; empty if this role may not know.
    pub state: String,
    /// The query that it runs, or ran last, on one line; empty if this role may not know.
    pub query: String,
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}", self.pid)?;
        let known = [("role", &self.user), ("application", &self.application)];
        let known: Vec<String> = known
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(word, value)| format!("{word} `{value}`"))
            .chain(Some(self.state.clone()).filter(|state| !state.is_empty()))
            .collect();
        if !known.is_empty() {
            write!(f, " ({})", known.join(", "))?;
        }
        if !self.query.is_empty() {
            write!(f, ": {}", self.query)?;
        }
        Ok(())
    }
}

/// The columns of a table that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, unquoted.
    pub name: String,
    /// Its type, as the server prints it.
    pub data_type: String,
}

/// The process id of the session's own backend.
///
/// # Errors
///
/// What the server says; as for all functions here.
pub async fn backend(client: &Client) -> Result<i32, Error> {
    Ok(client.query_one("SELECT pg_catalog.pg_backend_pid()", &[]).await?.get(0))
}

/// Gives up the statement that the backend `pid` runs, if it runs one.
pub async fn cancel(observer: &Client, pid: i32) -> Result<(), Error> {
    observer.query_one("SELECT pg_catalog.pg_cancel_backend($1)", &[&pid]).await.map(|_| ())
}

/// Whether the index of this name on a table, which is spelled as SQL names it, serves; one that is not there does no harm.
pub async fn is_valid_index(client: &Client, table: &str, name: &str) -> Result<bool, Error> {
    const QUERY: &str = "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
        WHERE i.indrelid = pg_catalog.to_regclass($1::text) AND c.relname = $2::text AND NOT i.indisvalid)";
    Ok(client.query_one(QUERY, &[&table, &name]).await?.get(0))
}

/// Whether what this client sets stays with it, and no other client is given its session in between.
///
/// Asked in plain queries, which every pooler passes on. The pooler itself is not asked: there are many.
pub async fn is_own(client: &Client, observer: Option<&Client>) -> Result<bool, Error> {
    let mark = format!("{:032x}", RandomState::new().build_hasher().finish());
    let set = format!("SELECT pg_catalog.set_config('schemadiff.session', '{mark}', false)");
    value(client, &set).await?;
    let own = match observer {
        None => identity(client).await?.1 == mark,
        Some(observer) => are_apart(client, observer, &mark).await?,
    };
    client.batch_execute("RESET schemadiff.session").await?;
    Ok(own)
}

/// Whether two clients have a session each: a pooler lends the one that is idle to whoever asks.
async fn are_apart(client: &Client, observer: &Client, mark: &str) -> Result<bool, Error> {
    let before = identity(client).await?;
    if before.1 != mark || identity(observer).await?.0 == before.0 {
        return Ok(false);
    }
    observer.batch_execute("BEGIN").await?;
    let lent = identity(observer).await?;
    let after = identity(client).await;
    observer.batch_execute("COMMIT").await?;
    Ok(after? == before && lent.0 != before.0)
}

/// The backend of the session, and the mark that it bears.
async fn identity(client: &Client) -> Result<(String, String), Error> {
    let pid = value(client, "SELECT pg_catalog.pg_backend_pid()").await?;
    let mark = value(client, "SELECT pg_catalog.current_setting('schemadiff.session', true)").await?;
    Ok((pid, mark))
}

/// The first value of a query's answer, as text; empty for NULL.
pub(super) async fn value(client: &Client, query: &str) -> Result<String, Error> {
    let answer = client.simple_query(query).await?;
    let row = answer.into_iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    Ok(row.and_then(|row| row.get(0).map(str::to_owned)).unwrap_or_default())
}

/// Runs one statement; how many rows it wrote or read. What it reads is thrown away as it comes.
pub async fn execute(client: &Client, sql: &str) -> Result<u64, Error> {
    let mut answer = pin!(client.simple_query_raw(sql).await?);
    let mut rows = 0;
    while let Some(message) = answer.try_next().await? {
        if let SimpleQueryMessage::CommandComplete(count) = message {
            rows = count;
        }
    }
    Ok(rows)
}

/// Runs one `COPY … FROM stdin` with its rows; how many there were.
pub async fn copy_in(client: &Client, sql: &str, rows: &str) -> Result<u64, Error> {
    let mut sink = pin!(client.copy_in::<_, Cursor<Vec<u8>>>(sql).await?);
    for chunk in rows.as_bytes().chunks(COPIED) {
        sink.send(Cursor::new(chunk.to_vec())).await?;
    }
    sink.finish().await
}

/// Whether the session is inside a transaction that somebody has begun, be it one that has failed.
pub async fn is_in_transaction(client: &Client) -> Result<bool, Error> {
    // Both are the time of the one statement where it is a transaction by itself.
    let query = "SELECT pg_catalog.transaction_timestamp() <> pg_catalog.statement_timestamp()";
    match value(client, query).await {
        Err(error) if error.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION) => Ok(true),
        answer => Ok(answer? == "t"),
    }
}

/// Whom the backend `pid` waits for, asked from another session.
pub async fn blockers(observer: &Client, pid: i32) -> Result<Vec<Session>, Error> {
    let query = "
        SELECT b.pid, a.usename::text, a.application_name, a.state, NULLIF(a.query, '<insufficient privilege>')
          FROM (SELECT DISTINCT pg_catalog.unnest(pg_catalog.pg_blocking_pids($1)) AS pid) b
          LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid
         ORDER BY b.pid";
    Ok(observer.query(query, &[&pid]).await?.iter().map(session).collect())
}

/// Brings the session back to how it was connected, except for its advisory locks and prepared statements.
///
/// `DISCARD ALL` would give the runner's own lock away.
pub async fn reset(client: &Client) -> Result<(), Error> {
    client
        .batch_execute(
            "CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; RESET ALL; UNLISTEN *; DISCARD SEQUENCES;
             DISCARD TEMP",
        )
        .await
}

/// Lifts the limits that would end a long migration (as far as this version of the server has them), and keeps notices
/// such as "already exists, skipping" to itself. A server on Linux looks every two seconds whether the client is still
/// there, so that a statement whose runner has died gives its locks back.
pub async fn lift_limits(client: &Client) -> Result<(), Error> {
    client
        .batch_execute(
            "SET client_min_messages = warning;
             SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings
              WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_session_timeout',
                             'idle_in_transaction_session_timeout');
             SELECT pg_catalog.set_config(name, '2s', false) FROM pg_catalog.pg_settings
              WHERE name = 'client_connection_check_interval' AND pg_catalog.version() LIKE '%linux%'",
        )
        .await
}

/// The columns of a table or view, in order; `None` if nothing has that name.
pub async fn columns(client: &Client, schema: &str, table: &str) -> Result<Option<Vec<Column>>, Error> {
    let query = "
        SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE n.nspname = $1 AND c.relname = $2
         ORDER BY a.attnum";
    let rows = client.query(query, &[&schema, &table]).await?;
    let column = |row: &Row| Some(Column { name: row.get::<_, Option<_>>(0)?, data_type: row.get(1) });
    Ok((!rows.is_empty()).then(|| rows.iter().filter_map(column).collect()))
}

/// A table that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its schema, unquoted.
    pub schema: String,
    /// Its name, unquoted.
    pub name: String,
    /// In order.
    pub columns: Vec<Column>,
}

/// The tables that bear one of these names, in whatever schema.
pub async fn tables_named(client: &Client, names: &[&str]) -> Result<Vec<Table>, Error> {
    let query = "
        SELECT n.nspname::text, c.relname::text,
               pg_catalog.array_agg(a.attname::text ORDER BY a.attnum),
               pg_catalog.array_agg(pg_catalog.format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum)
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND c.relname = ANY ($1::text[])
         GROUP BY n.nspname, c.relname
         ORDER BY n.nspname, c.relname";
    let table = |row: &Row| {
        let (names, types): (Vec<String>, Vec<String>) = (row.get(2), row.get(3));
        let columns = names.into_iter().zip(types);
        Table {
            schema: row.get(0),
            name: row.get(1),
            columns: columns.map(|(name, data_type)| Column { name, data_type }).collect(),
        }
    };
    Ok(client.query(query, &[&names]).await?.iter().map(table).collect())
}

/// How many rows the statistics say that a table holds; 0 where they say nothing.
pub async fn estimated_rows(client: &Client, table: &str) -> Result<u64, Error> {
    let query = "SELECT greatest(reltuples, 0)::bigint FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass($1::text)";
    let row = client.query_opt(query, &[&table]).await?;
    Ok(row.map_or(0, |row| row.get::<_, i64>(0).unsigned_abs()))
}

/// How many rows a table holds; reads all of it.
pub async fn count_rows(client: &Client, table: &str) -> Result<u64, Error> {
    let row = client.query_one(&format!("SELECT count(*) FROM {table}"), &[]).await?;
    Ok(row.get::<_, i64>(0).unsigned_abs())
}

/// Whether this role has one of these privileges on a table, which is spelled as SQL names it.
pub async fn may(client: &Client, table: &str, privileges: &str) -> Result<bool, Error> {
    let query = "SELECT pg_catalog.has_table_privilege($1::text, $2::text)";
    Ok(client.query_one(query, &[&table, &privileges]).await?.get(0))
}

/// The schemas that a name without one is looked for in, in order, without those of the server itself.
pub async fn search_path(client: &Client) -> Result<Vec<String>, Error> {
    Ok(client.query_one("SELECT pg_catalog.current_schemas(false)::text[]", &[]).await?.get(0))
}

/// Whether a schema of that name exists.
pub async fn schema_exists(client: &Client, schema: &str) -> Result<bool, Error> {
    let query = "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1)";
    Ok(client.query_one(query, &[&schema]).await?.get(0))
}

pub(super) fn session(row: &Row) -> Session {
    let text = |column: usize| row.get::<_, Option<String>>(column).unwrap_or_default();
    Session {
        pid: row.get(0),
        user: text(1),
        application: text(2),
        state: text(3),
        query: text(4).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}
