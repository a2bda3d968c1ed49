//! Chooses and holds the scratch database: throw-away, empty, and on a server that prints objects as the live one does.

mod live;
mod named;
mod private;
mod session;
mod temporary;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use tokio_postgres::{Client, Config};

use self::live::Facts;
use self::named::Named;
pub use self::private::{ensure_roles, missing_roles};
pub use self::session::{Connect, plain};
use self::temporary::Temporary;
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::server::Server;

/// What the user said about scratch databases.
#[derive(Clone)]
pub struct Options {
    /// An empty database to use, of whatever server.
    pub url: Option<String>,
    /// A temporary database on the live server, even if that is not local.
    pub server: bool,
    /// The only folder to look for server programs in.
    pub pg_bin: Option<PathBuf>,
    /// Extensions that the schema files make, whether the live database has them or not.
    pub extensions: Vec<String>,
    /// Roles that are managed. What is loaded makes them, so that nobody else makes them before; and as all databases of
    /// a server share them, it is loaded on a private server of its own.
    pub roles: BTreeSet<String>,
    /// How to connect to servers that are not ours.
    pub connect: Connect,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            url: None,
            server: false,
            pg_bin: None,
            extensions: Vec::new(),
            roles: BTreeSet::new(),
            connect: Arc::new(|config| Box::pin(plain(config))),
        }
    }
}

/// The live database, as far as the choice depends on it.
pub struct Live<'a> {
    /// A session in it; only reads.
    pub client: &'a Client,
    /// How that session was connected.
    pub config: &'a Config,
    /// Whether the server is on this machine.
    pub is_local: bool,
}

/// A scratch database and a session in it.
///
/// [`Scratch::close`] leaves nothing behind. Without it, what can be done when the value goes out of scope is done,
/// and the rest is swept by a later run.
#[derive(Debug)]
pub struct Scratch {
    client: Client,
    config: Config,
    description: String,
    holding: Holding,
}

/// What has to be given back.
#[derive(Debug)]
enum Holding {
    /// A database of a private server: goes with the server, which goes with the last database on it.
    Private { server: Arc<Server>, database: String },
    /// A database on the live server.
    Temporary(Box<Temporary>),
    /// The user's own database.
    Named(Box<Named>),
}

/// Takes the first of these that works: the database that the user names; a private server of the live server's major
/// version (the newest there is, without a live database) that has all its extensions; a temporary database on the
/// live server, if that is local or was asked for.
///
/// # Errors
///
/// `Connect`, with what is missing and the ways out; `Refused` where the named database is the live one or not empty, or
/// roles would be made on a server that is not ours.
pub async fn open(options: &Options, live: Option<&Live<'_>>) -> Result<Scratch> {
    if let Some(role) = options.roles.first() {
        if options.url.is_some() || options.server {
            return Err(refused_roles(role, if options.server { LIVE_SERVER } else { NAMED_SERVER }));
        }
        let facts = match live {
            Some(live) => Facts::read(live.client, &options.extensions).await?,
            None => Facts::without_live(&options.extensions),
        };
        return private::open(options, &facts).await.map_err(|mut reason| {
            let why = "roles are managed, and are made on a private server only";
            reason.hint = Some(reason.hint.map_or_else(|| why.to_owned(), |hint| format!("{hint}; {why}")));
            reason
        });
    }
    if let Some(url) = &options.url {
        return named::open(url, options, live).await;
    }
    let Some(live) = live else {
        if options.server {
            let message = "a temporary database on the live server needs a live server";
            return Err(Error::new(ErrorKind::Usage, message).hint("name the database with `--database-url`"));
        }
        let facts = Facts::without_live(&options.extensions);
        return private::open(options, &facts).await.map_err(|reason| with_ways_out(reason, None));
    };
    let facts = Facts::read(live.client, &options.extensions).await?;
    if options.server {
        return temporary::open(options, live, &facts, "as asked for").await;
    }
    let mut reason = match private::open(options, &facts).await {
        Ok(scratch) => return Ok(scratch),
        Err(reason) => reason,
    };
    // Who names the programs wants them, and wants to know what is wrong with them.
    if options.pg_bin.is_some() || !live.is_local {
        let way = "allow a temporary database on the live server with `--scratch server`";
        return Err(with_ways_out(reason, Some(way)));
    }
    let because = reason.message.lines().next().unwrap_or_default().to_owned();
    match temporary::open(options, live, &facts, &because).await {
        Ok(scratch) => Ok(scratch),
        Err(error) => {
            reason.message =
                format!("{because}; and no temporary database on the live server: {}", error.message);
            Err(with_ways_out(reason, error.hint.as_deref()))
        }
    }
}

const LIVE_SERVER: &str = "the live server";
const NAMED_SERVER: &str = "the server of the scratch database that is named";

/// A role is the whole server's, and must not be made where others work.
fn refused_roles(role: &str, place: &str) -> Error {
    let message = format!("role `{role}` would be made on {place}, for all of its databases");
    Error::new(ErrorKind::Refused, message)
        .hint("without `--scratch` and `--scratch-url`, a private server is started, where roles may be made")
}

/// A database cannot be dropped while it subscribes to anything.
///
/// # Errors
///
/// `Connect`, with what the server said.
pub async fn unsubscribe(client: &Client) -> Result<()> {
    const UNSUBSCRIBE: &str = "DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT quote_ident(s.subname) FROM pg_subscription AS s
        JOIN pg_database AS d ON d.oid = s.subdbid WHERE d.datname = current_database()
    LOOP
        EXECUTE format('ALTER SUBSCRIPTION %s DISABLE', name);
        EXECUTE format('ALTER SUBSCRIPTION %s SET (slot_name = NONE)', name);
        EXECUTE format('DROP SUBSCRIPTION %s', name);
    END LOOP;
END
$$";
    client.batch_execute(UNSUBSCRIBE).await.map_err(|error| Error::server(ErrorKind::Connect, error))
}

impl Scratch {
    /// The session, for what needs it to itself.
    pub fn client_mut(&mut self) -> &mut Client {
        &mut self.client
    }

    /// The session. Its settings are those of a new one, except for those that change how things are printed
    /// (`timezone`, `datestyle`, `intervalstyle`), and `check_function_bodies`, which is off.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// How to open a further session; on a private server without any password.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// A further session, where opening one takes next to no time: on a private server.
    pub async fn second_session(&self) -> Option<Client> {
        match &self.holding {
            Holding::Private { .. } => plain(self.config.clone()).await.ok(),
            _ => None,
        }
    }

    /// Which database was taken and why: one line for the user.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Makes roles that are missing, where the server is a private one. Elsewhere roles are the user's business.
    ///
    /// # Errors
    ///
    /// `Connect`, with what the server said.
    pub async fn ensure_roles(&self, roles: &[String]) -> Result<()> {
        match &self.holding {
            Holding::Private { .. } => private::ensure_roles(&self.client, roles).await,
            _ => Ok(()),
        }
    }

    /// Makes sure that nothing which is about to be run makes one of these roles on a server that is not ours.
    ///
    /// # Errors
    ///
    /// `Refused`, where one of them is not there yet; `Connect`, with what the server said.
    pub async fn refuse_new_roles(&self, made: &BTreeSet<String>) -> Result<()> {
        let place = match &self.holding {
            Holding::Private { .. } => return Ok(()),
            Holding::Temporary(_) => LIVE_SERVER,
            Holding::Named(_) => NAMED_SERVER,
        };
        match missing_roles(&self.client, &made.iter().cloned().collect::<Vec<_>>()).await?.first() {
            Some(role) => Err(refused_roles(role, place)),
            None => Ok(()),
        }
    }

    /// Ends the session and gives the database back: dropped, or as empty as it came.
    ///
    /// # Errors
    ///
    /// `Connect` where something is left behind; the message says what.
    pub async fn close(self) -> Result<()> {
        let Scratch { client, holding, .. } = self;
        match holding {
            Holding::Private { server, database } => {
                unsubscribe(&client).await?;
                drop(client);
                private::close(server, &database).await
            }
            Holding::Temporary(temporary) => {
                unsubscribe(&client).await?;
                drop(client);
                temporary.close().await
            }
            Holding::Named(named) => named.close(&client).await,
        }
    }
}

/// Adds to what would help in the first place what would do instead.
fn with_ways_out(mut reason: Error, live: Option<&str>) -> Error {
    let named = "name an empty database with `--scratch-url`";
    let ways = [reason.hint.as_deref(), live, Some(named)];
    let ways: Vec<&str> = ways.into_iter().flatten().collect();
    reason.hint = Some(ways.join("; or "));
    reason
}
