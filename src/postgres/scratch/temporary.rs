//! A scratch database on the live server: made for this run, marked as ours, dropped at its end.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use tokio_postgres::{Client, Config};

use super::live::Facts;
use super::session::{Connect, apart, settle};
use super::{Holding, Live, Options, Scratch};
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::server::quoted;

/// What the names of our databases begin with; the time and the process id follow.
const PREFIX: &str = "schemadiff_scratch_";

/// The comment on each; nothing without it is ever dropped.
const MARK: &str = "scratch database of schemadiff: may be dropped when nobody is connected to it";

/// Must be dropped.
pub struct Temporary {
    name: String,
    /// Leads to the live database, in which nothing but `DROP DATABASE` is run.
    beside: Config,
    connect: Connect,
    is_dropped: bool,
}

/// Opens one; sweeps what dead runs left behind.
///
/// # Errors
///
/// `Connect` where the role may not create databases.
pub async fn open(options: &Options, live: &Live<'_>, facts: &Facts, because: &str) -> Result<Scratch> {
    let failed = |error: tokio_postgres::Error| {
        Error::server(ErrorKind::Connect, error)
            .hint("give the role the right to make databases (`ALTER ROLE … CREATEDB`)")
    };
    let beside = (options.connect)(live.config.clone()).await?;
    sweep(&beside).await;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let name = format!("{PREFIX}{}_{}", since.as_millis(), std::process::id());
    let statement = format!("CREATE DATABASE {} TEMPLATE template0 {}", quoted(&name), facts.locale);
    beside.batch_execute(&statement).await.map_err(failed)?;
    // From here on it is dropped, whatever happens.
    let temporary = Temporary {
        name: name.clone(),
        beside: live.config.clone(),
        connect: options.connect.clone(),
        is_dropped: false,
    };
    let mut config = live.config.clone();
    config.dbname(&name);
    let client = (options.connect)(config.clone()).await?;
    // Only now: marked and without a session, it would look like a leftover.
    let comment = format!("COMMENT ON DATABASE {} IS '{MARK}'", quoted(&name));
    client.batch_execute(&comment).await.map_err(failed)?;
    settle(&client).await?;
    let description = format!("temporary database `{name}` on the live server: {because}");
    Ok(Scratch { client, config, description, holding: Holding::Temporary(Box::new(temporary)) })
}

impl Temporary {
    /// Drops it.
    ///
    /// # Errors
    ///
    /// `Connect`, with the name of what is left behind.
    pub async fn close(mut self) -> Result<()> {
        self.is_dropped = true;
        self.remove().await
    }

    async fn remove(&self) -> Result<()> {
        let beside = (self.connect)(self.beside.clone()).await?;
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(&self.name));
        beside.batch_execute(&statement).await.map_err(|error| {
            let mut error = Error::server(ErrorKind::Connect, error);
            error.message = format!("the scratch database `{}` is left behind: {}", self.name, error.message);
            error
        })
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if self.is_dropped {
            return;
        }
        // A failure leaves it to the sweep of a later run.
        let _ = apart(|| self.remove());
    }
}

impl fmt::Debug for Temporary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Temporary").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Drops marked databases of this role that nobody is connected to. One that cannot be dropped stays.
async fn sweep(beside: &Client) {
    let query = "SELECT datname::text FROM pg_database d
                 WHERE starts_with(datname, $1) AND shobj_description(d.oid, 'pg_database') = $2
                   AND pg_has_role(datdba, 'usage')
                   AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)";
    let found = beside.query(query, &[&PREFIX, &MARK]).await.unwrap_or_default();
    for row in found {
        let statement = format!("DROP DATABASE IF EXISTS {}", quoted(row.get(0)));
        let _ = beside.batch_execute(&statement).await;
    }
}
