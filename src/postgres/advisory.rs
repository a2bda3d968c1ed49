//! Advisory locks of a database, as a session takes and gives them back.

use futures_util::FutureExt;
use tokio_postgres::{Client, Error};

use super::session::{self, Session};

/// What came of asking for an advisory lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is the session's now.
    Granted,
    /// Another session holds it.
    Held,
    /// This very session holds it already: the server would grant it again.
    Own,
}

/// Takes the session-level advisory lock `key` if nobody has it, this session included; never waits.
///
/// One statement, so that two who are lent the same session cannot both be told that nobody has it.
pub async fn try_lock(client: &Client, key: i64) -> Result<Asked, Error> {
    let query = format!(
        "SELECT CASE WHEN EXISTS ({}) THEN NULL ELSE pg_catalog.pg_try_advisory_lock({key}) END",
        own_lock(key)
    );
    Ok(match session::value(client, &query).await?.as_str() {
        "t" => Asked::Granted,
        "f" => Asked::Held,
        _ => Asked::Own,
    })
}

/// Whether this session holds the advisory lock `key`.
pub async fn holds(client: &Client, key: i64) -> Result<bool, Error> {
    Ok(session::value(client, &format!("SELECT EXISTS ({})", own_lock(key))).await? == "t")
}

/// Gives the advisory lock `key` back; whether it was held.
pub async fn unlock(client: &Client, key: i64) -> Result<bool, Error> {
    Ok(session::value(client, &format!("SELECT pg_catalog.pg_advisory_unlock({key})")).await? == "t")
}

/// Ends what a call has left behind that was given up while it waited: its transaction, its settings, and the lock `key`.
/// Does not wait for the answers: what is asked for next comes behind them.
pub fn abandon(client: &Client, key: i64) {
    // A request is on its way once it was polled.
    let _ = client.batch_execute("ROLLBACK").now_or_never();
    let _ = session::reset(client).now_or_never();
    let _ = unlock(client, key).now_or_never();
}

/// The row of this session's lock.
fn own_lock(key: i64) -> String {
    format!(
        "{} AND l.pid = pg_catalog.pg_backend_pid()",
        locks("SELECT FROM pg_catalog.pg_locks l", &format!("'{key}'::bigint"))
    )
}

/// The rows of `pg_locks` for an advisory lock of this database: it shows a key of 64 bits in halves, with 1 in `objsubid`.
fn locks(select: &str, key: &str) -> String {
    format!(
        "{select}
         WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
           AND l.database = (SELECT oid FROM pg_catalog.pg_database
                              WHERE datname = pg_catalog.current_database())
           AND l.classid::bigint = ({key} >> 32) & 4294967295
           AND l.objid::bigint = {key} & 4294967295"
    )
}

/// Who holds the advisory lock `key` of this database.
pub async fn holder(client: &Client, key: i64) -> Result<Option<Session>, Error> {
    let select = "
        SELECT l.pid, a.usename::text, a.application_name, a.state, NULLIF(a.query, '<insufficient privilege>')
          FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid";
    Ok(client.query_opt(&locks(select, "$1::bigint"), &[&key]).await?.as_ref().map(session::session))
}
