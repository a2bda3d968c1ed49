//! The live database that a command works with, and the migrations that belong to it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::Project;
use super::options::{Connection, Scratch as ScratchOptions};
use crate::config::{Config, Span, advice_without};
use crate::migration::Directory;
use crate::postgres::binaries;
use crate::postgres::connect::Database;
use crate::postgres::ledger;
use crate::postgres::scratch;
use crate::postgres::server::Server;
use crate::postgres::session;
use crate::runner::{self, History, State};
use crate::source;
use crate::{Error, ErrorKind, Result};

/// The live database, connected.
pub struct Live {
    /// The session.
    pub client: Client,
    /// What to call it in messages.
    pub label: String,
    pub config: tokio_postgres::Config,
    pub is_local: bool,
    pub database: Option<Database>,
    /// The development server ends with the command.
    _server: Option<Server>,
}

impl Live {
    /// The process id of the session's backend.
    pub async fn backend(&self) -> Result<i32> {
        session::backend(&self.client).await.map_err(|error| Error::server(ErrorKind::Connect, error))
    }

    /// A further session in the same database.
    pub async fn another_session(&self) -> Result<Client> {
        match &self.database {
            Some(database) => database.connect().await,
            None => scratch::plain(self.config.clone()).await,
        }
    }
}

impl Project {
    /// Connects to the live database; without any named, to the private development server.
    pub(super) async fn live(
        &self,
        connection: &Connection,
        options: Option<&ScratchOptions>,
    ) -> Result<Live> {
        if let Some(database) = self.database(connection)? {
            let client = self.connected(&database, connection).await?;
            if let Some(warning) = ledger::warning(&client).await? {
                self.output.tell(&format!("warning: {warning}"));
            }
            let (config, label, is_local) =
                (database.config.clone(), database.label.clone(), database.is_local());
            return Ok(Live { client, label, config, is_local, database: Some(database), _server: None });
        }
        let folder = self.home();
        let named = match options {
            Some(options) => options.binaries(&self.config),
            None => self.config.binaries.clone(),
        };
        let server = tokio::task::spawn_blocking(move || {
            let binaries = binaries::find(Server::development_major(&folder), named.as_deref())?;
            Server::development(&folder, &binaries)
        });
        let server = server.await.expect("starting a server does not panic")?;
        let config = server.config(server.database());
        let label = format!("the private development server of PostgreSQL {}", server.major());
        self.output.tell(&format!("No database is named: {label} serves."));
        let client = scratch::plain(config.clone()).await?;
        scratch::ensure_roles(&client, &self.roles()).await?;
        Ok(Live { client, label, config, is_local: true, database: None, _server: Some(server) })
    }

    /// The folder of the project.
    fn home(&self) -> PathBuf {
        // The folder of a configuration beside us is the empty path.
        let folder = Path::new(".").join(&self.config.folder);
        std::path::absolute(&folder).unwrap_or(folder)
    }

    /// For what only reads: a development server that is made for it would hold nothing.
    pub(super) fn refuse_without_database(&self, connection: &Connection) -> Result<()> {
        if self.database(connection)?.is_some() || Server::development_major(&self.home()).is_some() {
            return Ok(());
        }
        let error = Error::new(
            ErrorKind::Usage,
            "no database is named, and this folder has no development database yet",
        );
        let hint = advice_without(&self.config.schema).unwrap_or_else(|| {
            "name one with `--database-url` or DATABASE_URL; `schemadiff apply` makes the development database".to_owned()
        });
        Err(error.hint(hint))
    }

    /// Connects, as patiently as the options say.
    async fn connected(&self, database: &Database, connection: &Connection) -> Result<Client> {
        let within = connection.connect_timeout.map_or(Duration::ZERO, |span| span.0);
        let waiting = |error: &Error| self.output.tell(&format!("Trying again: {}", error.message));
        database.connect_within(within, waiting).await
    }

    /// Makes the live database if its server has none of that name.
    pub(super) async fn create_database(&self, connection: &Connection) -> Result<()> {
        let Some(database) = self.database(connection)? else { return Ok(()) };
        let missing = match self.connected(&database, connection).await {
            Ok(_) => return Ok(()),
            Err(error) => error,
        };
        if missing.sqlstate() != Some(&SqlState::INVALID_CATALOG_NAME) {
            return Err(missing);
        }
        if database.create().await? {
            self.output.tell(&format!("Created the database {}.", database.label));
        }
        Ok(())
    }

    /// The roles that the project mentions: nobody has made them on a server of its own.
    fn roles(&self) -> Vec<String> {
        // What is wrong with the files is told by the command that uses them.
        let source = self.config.source(&self.config.schema).unwrap_or_default();
        let migrations = self.directory().map(|directory| directory.files).unwrap_or_default();
        let mut roles = source::roles(migrations.iter().map(|file| file.text.as_str())).needed;
        roles.extend(source.roles());
        let managed = self.config.scope(Some(&source)).roles;
        roles.difference(&managed).cloned().collect()
    }

    /// Where history is kept.
    pub(super) fn history(&self) -> History {
        self.config.kept_history()
    }

    /// How migrations run: by the options, else by the configuration.
    pub(super) fn running<'a>(
        &self,
        lock_timeout: Option<Span>,
        lock_attempts: Option<u32>,
        wait: Option<Span>,
    ) -> runner::Options<'a> {
        let defaults = runner::Options::default();
        let lock_timeout = lock_timeout.or(self.config.lock_timeout);
        runner::Options {
            history: self.history(),
            forbid_losses: self.config.forbids_losses(),
            lock_attempts: lock_attempts.unwrap_or(defaults.lock_attempts),
            lock_timeout: lock_timeout.map_or(defaults.lock_timeout, |span| span.0),
            wait: wait.map_or(defaults.wait, |span| span.0),
            ..defaults
        }
    }

    /// The folder of numbered files.
    pub(super) fn directory(&self) -> Result<Directory> {
        Directory::read(self.config.migrations.clone())
    }

    /// The folder of numbered files, to which one is added.
    pub(super) fn growing_directory(&self) -> Result<Directory> {
        Ok(Directory { style: self.config.style(&self.environment)?, ..self.directory()? })
    }

    /// The same with all that is wrong with it, for a command that shows how things stand.
    pub(super) fn surveyed_directory(&self) -> Result<(Directory, Vec<Error>)> {
        if self.must_have_directory() {
            return Directory::survey_existing(self.config.migrations.clone());
        }
        Directory::survey(self.config.migrations.clone())
    }

    /// The folder of numbered files, where there must be one: a project with schema files may have had nothing to
    /// migrate so far, but a folder that the configuration names is there.
    pub(super) fn existing_directory(&self) -> Result<Directory> {
        if self.must_have_directory() {
            return Directory::read_existing(self.config.migrations.clone());
        }
        self.directory()
    }

    fn must_have_directory(&self) -> bool {
        let named = !self.config.migrations.ends_with(Config::default().migrations);
        named || !self.config.schema.exists()
    }

    /// What is pending would be written twice.
    pub(super) async fn refuse_pending(&self, live: &Live, directory: &Directory) -> Result<()> {
        let entries = runner::status(&live.client, directory, &self.history()).await?;
        let pending: Vec<_> = entries
            .iter()
            .filter(|entry| matches!(entry.state, State::Pending | State::OutOfOrder))
            .map(|entry| format!("  {}_{}", entry.version, entry.name))
            .collect();
        if pending.is_empty() {
            return Ok(());
        }
        let message = format!("migrations are pending on {}:\n{}", live.label, pending.join("\n"));
        Err(Error::new(ErrorKind::Migration, message)
            .hint("`schemadiff apply` runs them; `generate --from migrations` starts from what they lead to"))
    }
}
