//! Finds the live database that a command means, and opens connections to it.

mod failure;
mod parameters;
mod passfile;
mod service;
mod settings;
mod tls;

use std::net::IpAddr;
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config as Settings};

use crate::config::{Config, Environment};
use crate::postgres::quote;
use crate::retry::Backoff;
use crate::{Error, ErrorKind, Result};
use parameters::Parameters;
use tls::Tls;

/// The oldest major version that is understood.
pub const OLDEST_VERSION: u32 = 14;

/// What `CREATE DATABASE` says when somebody else was faster.
const TAKEN: [SqlState; 2] = [SqlState::DUPLICATE_DATABASE, SqlState::UNIQUE_VIOLATION];

/// How long to wait for a server when `connect_timeout` does not say.
const PATIENCE: Duration = Duration::from_secs(10);

/// A database that can be connected to.
#[derive(Clone)]
pub struct Database {
    /// Where it is and as whom; its debug form hides the password.
    pub config: Settings,
    /// What to call it in messages: `plans at localhost:5432`; never a password.
    pub label: String,
    tls: Tls,
    /// Why a password that the user may count on was not used.
    notice: Option<String>,
    patience: Option<Duration>,
}

impl Database {
    /// The database that a command means: `flag` (`--database-url`), then that of `--env`, then `DATABASE_URL`, then
    /// schemadiff.yaml, then libpq's variables. `None` is the private development server.
    ///
    /// # Errors
    /// The first of these that says anything does not make sense.
    pub fn resolve(
        flag: Option<&str>,
        config: &Config,
        environment: &Environment,
    ) -> Result<Option<Database>> {
        if let Some(url) = flag {
            return Database::parse(url, "`--database-url`", environment).map(Some);
        }
        if let Some((url, origin)) = config.chosen_database() {
            return Database::parse(&environment.expand(url)?, &origin, environment).map(Some);
        }
        if let Some(url) = environment.get("DATABASE_URL") {
            return Database::parse(url, "`DATABASE_URL`", environment).map(Some);
        }
        if let Some(url) = &config.database_url {
            return Database::parse(
                &environment.expand(url)?,
                "`database_url` of schemadiff.yaml",
                environment,
            )
            .map(Some);
        }
        let parameters = parameters::from_environment(environment)?;
        parameters.map(|parameters| Database::new(&parameters, environment)).transpose()
    }

    /// The database of a connection string in either of libpq's forms; `origin` says in messages where the string stands.
    ///
    /// # Errors
    /// The string does not make sense.
    pub fn parse(text: &str, origin: &str, environment: &Environment) -> Result<Database> {
        Database::new(&parameters::read(text, origin, environment)?, environment)
    }

    fn new(parameters: &Parameters, environment: &Environment) -> Result<Database> {
        let tls = Tls::new(parameters, environment)?;
        let mut config = settings::read(parameters)?;
        let role = config.get_user().expect("settings::read names a role").to_owned();
        let name = config.get_dbname().unwrap_or(&role).to_owned();
        config.dbname(&name);
        let mut notice = None;
        if config.get_password().is_none() {
            match saved_password(parameters, environment, &config, &role, &name) {
                Ok(Some(password)) => {
                    config.password(password);
                }
                Ok(None) => {}
                Err(reason) => notice = Some(reason),
            }
        }
        let patience = match parameters.get("connect_timeout") {
            None => Some(PATIENCE),
            Some(_) => config.get_connect_timeout().copied(),
        };
        let label = format!("{name} at {}", places(&config));
        Ok(Database { config, label, tls, notice, patience })
    }

    /// Opens a connection; its own half of the work runs as a task of the current tokio runtime.
    ///
    /// # Errors
    /// Nobody answers, the server refuses, or it is older than [`OLDEST_VERSION`]; each with what to do about it.
    pub async fn connect(&self) -> Result<Client> {
        let attempts = if self.uses_sockets_only() { &[SslMode::Disable] } else { self.tls.attempts };
        let mut first_refusal = None;
        for mode in attempts {
            match self.attempt(*mode).await {
                Ok(client) => return Ok(client),
                Err(Refusal::Final(error)) => return Err(error),
                Err(Refusal::PerhapsOtherwise(error)) => first_refusal = first_refusal.or(Some(error)),
            }
        }
        Err(first_refusal.expect("every sslmode has an attempt"))
    }

    /// Opens a connection, again and again for up to `within` while nobody answers or the server starts; `waiting` is
    /// told, once, why it did not succeed at once.
    ///
    /// # Errors
    /// As [`Database::connect`].
    pub async fn connect_within(&self, within: Duration, waiting: impl FnOnce(&Error)) -> Result<Client> {
        let begin = Instant::now();
        let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(2));
        let mut waiting = Some(waiting);
        loop {
            let error = match self.connect().await {
                Err(error) if failure::may_pass(&error) && begin.elapsed() < within => error,
                outcome => return outcome,
            };
            if let Some(waiting) = waiting.take() {
                waiting(&error);
            }
            tokio::time::sleep(backoff.next_wait().min(within.saturating_sub(begin.elapsed()))).await;
        }
    }

    /// Makes the database, from a session in `postgres`; false where somebody else has made it meanwhile.
    ///
    /// # Errors
    /// As [`Database::connect`], and what the server says.
    pub async fn create(&self) -> Result<bool> {
        let mut config = self.config.clone();
        config.dbname("postgres");
        let client = self.connect_with(config).await?;
        let create = format!("CREATE DATABASE {}", quote::identifier(self.name()));
        match client.batch_execute(&create).await {
            Ok(()) => Ok(true),
            Err(error) if error.code().is_some_and(|code| TAKEN.contains(code)) => Ok(false),
            Err(error) => {
                let told = Error::server(ErrorKind::Connect, error);
                let message = format!("cannot create the database `{}`: {}", self.name(), told.message);
                Err(Error { message, ..told })
            }
        }
    }

    /// Opens a session with the same TLS, as `config` says: another database of the server.
    ///
    /// # Errors
    /// As [`Database::connect`].
    pub async fn connect_with(&self, config: Settings) -> Result<Client> {
        Database { config, ..self.clone() }.connect().await
    }

    async fn attempt(&self, mode: SslMode) -> Result<Client, Refusal> {
        let mut config = self.config.clone();
        config.ssl_mode(mode);
        let opening = config.connect(self.tls.connector.clone());
        let opened = match self.patience {
            None => opening.await,
            Some(patience) => match tokio::time::timeout(patience, opening).await {
                Ok(opened) => opened,
                Err(_) => return Err(Refusal::Final(failure::silence(self, patience))),
            },
        };
        let (client, connection) = opened.map_err(|error| {
            let other_way = failure::may_depend_on_encryption(&error);
            let told = failure::explain(self, error);
            if other_way { Refusal::PerhapsOtherwise(told) } else { Refusal::Final(told) }
        })?;
        let version = connection.parameter("server_version").unwrap_or_default();
        check_version(version, &self.label).map_err(Refusal::Final)?;
        tokio::spawn(connection);
        Ok(client)
    }

    /// Whether the server runs on this machine: reached by a socket, or by a loopback address.
    pub fn is_local(&self) -> bool {
        let loopback = |host: &Host| match host {
            Host::Tcp(name) => {
                name == "localhost" || IpAddr::from_str(name).is_ok_and(|address| address.is_loopback())
            }
            #[cfg(unix)]
            Host::Unix(_) => true,
        };
        match self.config.get_hostaddrs() {
            [] => self.config.get_hosts().iter().all(loopback),
            addresses => addresses.iter().all(IpAddr::is_loopback),
        }
    }

    /// The role that connects.
    pub fn role(&self) -> &str {
        self.config.get_user().unwrap_or_default()
    }

    /// The name of the database.
    pub fn name(&self) -> &str {
        self.config.get_dbname().unwrap_or_default()
    }

    /// As with libpq, nothing is encrypted on a socket.
    fn uses_sockets_only(&self) -> bool {
        #[cfg(unix)]
        return self.config.get_hostaddrs().is_empty()
            && self.config.get_hosts().iter().all(|host| matches!(host, Host::Unix(_)));
        #[cfg(not(unix))]
        return false;
    }
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Database({})", self.label)
    }
}

/// Why an attempt failed.
enum Refusal {
    /// Encryption has no part in it.
    Final(Error),
    /// The server may think otherwise of a connection that is (or is not) encrypted.
    PerhapsOtherwise(Error),
}

/// The password that the user saved for one of the hosts.
fn saved_password(
    parameters: &Parameters,
    environment: &Environment,
    config: &Settings,
    role: &str,
    database: &str,
) -> Result<Option<String>, String> {
    let named = parameters.get("passfile").cloned();
    let Some(file) = named.or_else(|| environment.get("HOME").map(|home| format!("{home}/.pgpass"))) else {
        return Ok(None);
    };
    for (index, host) in config.get_hosts().iter().enumerate() {
        let host = match host {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(folder) if settings::SOCKET_FOLDERS.iter().any(|usual| folder == Path::new(usual)) => {
                "localhost".to_owned()
            }
            #[cfg(unix)]
            Host::Unix(folder) => folder.display().to_string(),
        };
        let port = port(config, index).to_string();
        let sought = passfile::Sought { host: &host, port: &port, database, user: role };
        if let Some(password) = passfile::password(Path::new(&file), sought)? {
            return Ok(Some(password));
        }
    }
    Ok(None)
}

fn port(config: &Settings, index: usize) -> u16 {
    let ports = config.get_ports();
    ports.get(index).or(ports.first()).copied().unwrap_or(5432)
}

/// The hosts with their ports, sockets by their files.
fn places(config: &Settings) -> String {
    let place = |(index, host): (usize, &Host)| {
        let port = port(config, index);
        match host {
            Host::Tcp(name) if name.contains(':') => format!("[{name}]:{port}"),
            Host::Tcp(name) => format!("{name}:{port}"),
            #[cfg(unix)]
            Host::Unix(folder) => folder.join(format!(".s.PGSQL.{port}")).display().to_string(),
        }
    };
    config.get_hosts().iter().enumerate().map(place).collect::<Vec<_>>().join(", ")
}

fn check_version(version: &str, label: &str) -> Result<()> {
    let major =
        version.split(|c: char| !c.is_ascii_digit()).next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major < OLDEST_VERSION => {
            Err(Error::new(ErrorKind::Connect, format!("{label} is PostgreSQL {version}, which is too old"))
                .hint(format!("schemadiff understands PostgreSQL {OLDEST_VERSION} and later")))
        }
        _ => Ok(()),
    }
}
