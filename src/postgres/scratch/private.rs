//! A scratch database on a private server, which is furnished with the live server's roles first.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::live::{Facts, makeable};
use super::session::{plain, settle};
use super::{Holding, Options, Scratch};
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::binaries::{self, Binaries};
use crate::postgres::server::{Server, quoted};

/// The private servers of this process: one for all scratch databases of a version, but for those with roles of their own.
static RUNNING: Mutex<Vec<(PathBuf, Weak<Server>)>> = Mutex::new(Vec::new());

/// Opens one.
///
/// # Errors
///
/// `Connect` where there are no programs of this major version, or they lack an extension.
pub async fn open(options: &Options, facts: &Facts) -> Result<Scratch> {
    let (major, named) = ((facts.major != 0).then_some(facts.major), options.pg_bin.clone());
    let shares = options.roles.is_empty();
    let starting = tokio::task::spawn_blocking(move || {
        let binaries = binaries::find(major, named.as_deref())?;
        let server = if shares { shared(&binaries)? } else { Arc::new(Server::start(&binaries)?) };
        Ok((server, binaries))
    });
    let (server, binaries) = starting.await.map_err(|error| {
        Error::new(ErrorKind::Connect, "starting a private server was cut short").caused_by(error)
    })??;
    let superuser = plain(server.config(server.database())).await?;
    lacks_nothing(&superuser, &binaries, &facts.extensions).await?;
    make_superuser(&superuser, &facts.role).await?;
    let beforehand = facts.roles.iter().filter(|role| !options.roles.contains(*role));
    ensure_roles(&superuser, &beforehand.cloned().collect::<Vec<_>>()).await?;
    // A role that is yet to be made, or to be dropped, cannot own the database.
    let owner = if options.roles.contains(&facts.owner) { &facts.role } else { &facts.owner };
    let (database, same_locale) = create_database(&server, facts, owner).await?;
    let mut config = server.config(&database);
    config.user(&facts.role);
    let client = plain(config.clone()).await?;
    settle(&client).await?;
    let mut description =
        format!("private PostgreSQL {} from `{}`", binaries.number(), binaries.folder.display());
    if !same_locale {
        description.push_str(", without the live database's locale, which this machine lacks");
    }
    Ok(Scratch { client, config, description, holding: Holding::Private { server, database } })
}

/// Drops the database where others use the server; stops the server where nobody does.
///
/// # Errors
///
/// `Connect`, with what the server said.
pub async fn close(server: Arc<Server>, database: &str) -> Result<()> {
    if Arc::strong_count(&server) > 1 {
        server.execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(database))).await?;
    }
    let Some(server) = Arc::into_inner(server) else { return Ok(()) };
    let stopped = tokio::task::spawn_blocking(move || drop(server)).await;
    stopped.map_err(|error| {
        Error::new(ErrorKind::Connect, "stopping a private server was cut short").caused_by(error)
    })
}

/// Makes the roles that are missing. They cannot log in and may do nothing.
///
/// # Errors
///
/// `Connect`, with what the server said.
pub async fn ensure_roles(client: &Client, roles: &[String]) -> Result<()> {
    let missing = missing_roles(client, roles).await?;
    let statements: Vec<String> =
        makeable(&missing).map(|(_, quoted)| format!("CREATE ROLE {quoted};")).collect();
    client.batch_execute(&statements.concat()).await.map_err(|error| Error::server(ErrorKind::Connect, error))
}

/// Which of these roles the server does not have, of those that could be made.
///
/// # Errors
///
/// `Connect`, with what the server said.
pub async fn missing_roles(client: &Client, roles: &[String]) -> Result<Vec<String>> {
    let rows = client.query("SELECT rolname::text FROM pg_roles", &[]).await;
    let rows = rows.map_err(|error| Error::server(ErrorKind::Connect, error))?;
    let there: HashSet<String> = rows.iter().map(|row| row.get(0)).collect();
    let missing = makeable(roles).filter(|(role, _)| !there.contains(*role));
    Ok(missing.map(|(role, _)| role.to_owned()).collect())
}

async fn make_superuser(client: &Client, role: &str) -> Result<()> {
    let failed = |error| Error::server(ErrorKind::Connect, error);
    let known =
        client.query_opt("SELECT FROM pg_roles WHERE rolname = $1", &[&role]).await.map_err(failed)?;
    let verb = if known.is_some() { "ALTER" } else { "CREATE" };
    let statement = format!("{verb} ROLE {} SUPERUSER LOGIN", quoted(role));
    client.batch_execute(&statement).await.map_err(failed)
}

/// The running server of these programs, or a new one.
fn shared(binaries: &Binaries) -> Result<Arc<Server>> {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    running.retain(|(_, server)| server.strong_count() > 0);
    let found = running.iter().find(|(folder, _)| *folder == binaries.folder);
    if let Some(server) = found.and_then(|(_, server)| server.upgrade()) {
        return Ok(server);
    }
    let server = Arc::new(Server::start(binaries)?);
    running.push((binaries.folder.clone(), Arc::downgrade(&server)));
    Ok(server)
}

async fn lacks_nothing(client: &Client, binaries: &Binaries, extensions: &[String]) -> Result<()> {
    let query = "SELECT wanted FROM unnest($1::text[]) AS wanted
                 WHERE NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = wanted)";
    let rows = client.query(query, &[&extensions]).await;
    let rows = rows.map_err(|error| Error::server(ErrorKind::Connect, error))?;
    if rows.is_empty() {
        return Ok(());
    }
    let missing: Vec<String> = rows.iter().map(|row| format!("`{}`", row.get::<_, &str>(0))).collect();
    let (word, missing) = (if missing.len() == 1 { "extension" } else { "extensions" }, missing.join(", "));
    let message = format!(
        "the local PostgreSQL {} in `{}` lacks the {word} {missing}",
        binaries.number(),
        binaries.folder.display()
    );
    Err(Error::new(ErrorKind::Connect, message)
        .hint("install what is missing, or name the `bin` folder of a server that has it with `--pg-bin`"))
}

/// A database named as the live one, because functions may ask for its name; and whether it has the same locale.
async fn create_database(server: &Server, facts: &Facts, owner: &str) -> Result<(String, bool)> {
    let owner = format!("OWNER {}", quoted(owner));
    let alike = format!("{owner} {}", facts.locale);
    let mut words = &alike;
    let mut name = facts.database.clone();
    let mut number = 1;
    loop {
        match server.create_database_with(&name, words).await {
            Ok(()) => return Ok((name, *words == alike)),
            Err(error) if error.sqlstate() == Some(&SqlState::DUPLICATE_DATABASE) => {
                number += 1;
                name = format!("{}_{number}", facts.database);
            }
            // Whatever is wrong with the locale, the database is no worse for being without it.
            Err(_) if *words == alike && !facts.locale.is_empty() => words = &owner,
            Err(error) => return Err(error),
        }
    }
}
