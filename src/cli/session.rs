//! The databases that a command works with: the live one, and scratch databases beside it.

use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::Project;
use super::options::{Connection, Scratch as ScratchOptions, Strict};
use crate::catalog::{Address, Catalog};
use crate::config::{self, Managed, ScratchChoice, Span};
use crate::draft::Draft;
use crate::migration::Directory;
use crate::plan::rename::{Candidate, Wishes};
use crate::plan::{self, Online, change};
use crate::postgres::binaries;
use crate::postgres::cache::{Cache, Key};
use crate::postgres::connect::Database;
use crate::postgres::introspect::{Scope, introspect, table_sizes};
use crate::postgres::ledger;
use crate::postgres::load::load;
use crate::postgres::quote::identifier;
use crate::postgres::scratch::{self, Scratch};
use crate::postgres::server::Server;
use crate::postgres::unmanaged::unmanaged;
use crate::renaming::Renaming;
use crate::runner::{self, History, State};
use crate::source::{Source, roles_needed};
use crate::{Error, ErrorKind, Result};

/// The live database, connected.
pub struct Live {
    /// The session.
    pub client: Client,
    /// What to call it in messages.
    pub label: String,
    config: tokio_postgres::Config,
    is_local: bool,
    database: Option<Database>,
    /// The development server ends with the command.
    _server: Option<Server>,
}

impl Live {
    /// A further session in the same database.
    pub async fn another_session(&self) -> Result<Client> {
        match &self.database {
            Some(database) => database.connect().await,
            None => scratch::plain(self.config.clone()).await,
        }
    }
}

/// The catalog that schema files make, and the scratch database that holds it, unless the cache knew.
pub struct Desired {
    /// What shall be.
    pub catalog: Catalog,
    /// Where the schema files are loaded.
    pub scratch: Option<Scratch>,
    /// What the schema files make there and no kind stands for.
    pub unmanaged: Vec<String>,
}

/// What a plan is made for.
pub struct Wanted<'a> {
    /// The schema files.
    pub source: &'a Source,
    /// What options say of renames: the name now, and the name to be.
    pub renames: &'a [(String, String)],
    /// Whether a person may be asked.
    pub asks: bool,
    /// Where scratch databases are made.
    pub options: &'a ScratchOptions,
    /// The live database, if there is one.
    pub live: Option<&'a Live>,
    /// What catalogs are compared in.
    pub scope: &'a Scope,
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
        // The folder of a configuration beside us is the empty path.
        let folder = std::path::Path::new(".").join(&self.config.folder);
        let folder = std::path::absolute(&folder).unwrap_or(folder);
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
        let mut roles = Source::read(&self.config.schema).map(|source| source.roles()).unwrap_or_default();
        let migrations = self.directory().map(|directory| directory.files).unwrap_or_default();
        roles.extend(roles_needed(migrations.iter().map(|file| file.text.as_str())));
        roles.sort();
        roles.dedup();
        roles
    }

    /// Opens a scratch database that fits `live`, and tells which one.
    pub(super) async fn scratch(
        &self,
        options: &ScratchOptions,
        source: Option<&Source>,
        live: Option<&Live>,
    ) -> Result<Scratch> {
        let scratch = self.another_scratch(options, source, live).await?;
        self.output.tell(&format!("scratch database: {}", scratch.description()));
        Ok(scratch)
    }

    /// Opens a scratch database that fits `live`.
    pub(super) async fn another_scratch(
        &self,
        options: &ScratchOptions,
        source: Option<&Source>,
        live: Option<&Live>,
    ) -> Result<Scratch> {
        let (url, server) = match options.choice(&self.config) {
            ScratchChoice::Auto => (None, false),
            ScratchChoice::Server => (None, true),
            ScratchChoice::Url(url) => (Some(self.environment.expand(&url)?), false),
        };
        let options = scratch::Options {
            url,
            server,
            pg_bin: options.binaries(&self.config),
            extensions: vec![],
            connect: connector(live),
        };
        let live = live.map(|live| scratch::Live {
            client: &live.client,
            config: &live.config,
            is_local: live.is_local,
        });
        let scratch = scratch::open(&options, live.as_ref()).await?;
        if let Some(source) = source {
            scratch.ensure_roles(&source.roles()).await?;
        }
        Ok(scratch)
    }

    /// Opens a further session in a scratch database that was opened for `live`.
    pub(super) async fn session_beside(&self, scratch: &Scratch, live: Option<&Live>) -> Result<Client> {
        connector(live)(scratch.config().clone()).await
    }

    /// Reads the schema files and tells what was passed over.
    pub(super) fn source(&self, path: &std::path::Path) -> Result<Source> {
        let source = Source::read(path)?;
        for warning in &source.warnings {
            let at = &warning.position;
            self.output.tell(&format!("warning: {}:{}: {}", at.file.display(), at.line, warning.message));
        }
        Ok(source)
    }

    /// Where history is kept.
    pub(super) fn history(&self) -> History {
        History { schema: self.config.history.schema.clone(), table: self.config.history.table.clone() }
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
            lock_attempts: lock_attempts.unwrap_or(defaults.lock_attempts),
            lock_timeout: lock_timeout.map_or(defaults.lock_timeout, |span| span.0),
            wait: wait.map_or(defaults.wait, |span| span.0),
            ..defaults
        }
    }

    /// What catalogs are compared in.
    pub(super) fn scope(&self, source: Option<&Source>) -> Scope {
        let history = self.history();
        let own = History::default();
        let mut without = vec![vec![history.schema.clone(), history.table]];
        if history.schema == own.schema {
            without.push(vec![own.schema]);
        }
        let manage = &self.config.manage;
        let left_out = |managed: Managed, stated: bool| match managed {
            Managed::Auto => !stated,
            Managed::Always => false,
            Managed::Never => true,
        };
        Scope {
            without,
            selection: self.config.selection(),
            without_owners: left_out(manage.owners, source.is_none_or(Source::states_owners)),
            without_settings: left_out(manage.settings, source.is_none_or(Source::states_settings)),
            without_privileges: left_out(manage.privileges, source.is_none_or(Source::states_privileges)),
        }
    }

    /// How to plan from one catalog to the other; sizes of tables come from the live database, where there is one.
    pub(super) async fn planning(
        &self,
        online: Option<config::Online>,
        live: Option<&Client>,
        catalogs: (&Catalog, &Catalog),
    ) -> Result<plan::Options> {
        let online = match online.unwrap_or(self.config.online) {
            config::Online::Auto => Online::Above(self.config.small_table.0),
            config::Online::Always => Online::Always,
            config::Online::Never => Online::Never,
        };
        let tables: Vec<&Address> = touched(catalogs.0, catalogs.1);
        let sizes = match live {
            Some(client) if !tables.is_empty() => table_sizes(client, catalogs.0, &tables).await?,
            _ => Default::default(),
        };
        Ok(plan::Options { online, sizes })
    }

    /// Loads schema files into a scratch database and reads the catalog that they make.
    pub(super) async fn loaded(&self, source: &Source, scratch: Scratch, scope: &Scope) -> Result<Desired> {
        load(scratch.client(), source).await.map_err(|error| match &error.hint {
            None if !scope.selection.is_all() => error.hint(
                "what is left out of the comparison is not made in the scratch database either, unless the schema files \
                 state it; they may: it is still not compared",
            ),
            _ => error,
        })?;
        let catalog = introspect(scratch.client(), scope).await?;
        let unmanaged = unmanaged(scratch.client(), scope).await?;
        Ok(Desired { catalog, scratch: Some(scratch), unmanaged })
    }

    /// Names what is in `place` and no kind stands for; where that is an error, fails with it.
    pub(super) fn name_unmanaged(&self, place: &str, found: &[String], options: &Strict) -> Result<()> {
        if found.is_empty() {
            return Ok(());
        }
        let message = format!("not managed, and not compared, in {place}:\n  {}", found.join("\n  "));
        if options.strict {
            return Err(Error::new(ErrorKind::Catalog, message).hint("without `--strict` this is a note"));
        }
        self.output.tell(&format!("note: {message}"));
        Ok(())
    }

    /// Reads the live catalog, and the one that schema files make: from the cache, else from a scratch database.
    pub(super) async fn compared(
        &self,
        source: &Source,
        options: &ScratchOptions,
        live: &Live,
        scope: &Scope,
    ) -> Result<(Catalog, Desired)> {
        let choice = options.choice(&self.config);
        // A database that the user names may bring along what we do not know of.
        let cache = Cache::of_user().filter(|_| !matches!(choice, ScratchChoice::Url(_)));
        let said = format!("{choice:?} {:?}", options.binaries(&self.config));
        let kept = match cache {
            Some(cache) => Some((Key::new(&live.client, source, scope, &said).await?, cache)),
            None => None,
        };
        if let Some(catalog) = kept.as_ref().and_then(|(key, cache)| cache.read(key)) {
            let before = introspect(&live.client, scope).await?;
            return Ok((before, Desired { catalog, scratch: None, unmanaged: vec![] }));
        }
        let scratch = self.scratch(options, Some(source), Some(live)).await?;
        let before = introspect(&live.client, scope);
        let (before, desired) = try_join(before, self.loaded(source, scratch, scope)).await?;
        // A cached catalog cannot name what it lacks.
        if let Some((key, cache)) = kept
            && desired.unmanaged.is_empty()
        {
            cache.write(&key, &desired.catalog);
        }
        Ok((before, desired))
    }

    /// Replays the migrations in a scratch database and reads the catalog that they make.
    pub(super) async fn replayed(
        &self,
        directory: &Directory,
        options: &ScratchOptions,
        source: Option<&Source>,
        live: Option<&Live>,
        scope: &Scope,
    ) -> Result<(Scratch, Catalog)> {
        let mut scratch = self.scratch(options, source, live).await?;
        let texts = directory.files.iter().map(|file| file.text.as_str());
        scratch.ensure_roles(&roles_needed(texts)).await?;
        let replay = runner::Options { history: self.history(), ..runner::Options::default() };
        runner::apply(scratch.client_mut(), directory, &replay, &mut |_| {}).await?;
        let catalog = introspect(scratch.client(), scope).await?;
        Ok((scratch, catalog))
    }

    /// Plans from one catalog to the other, with what has been renamed. Where there is that, the scratch database is
    /// opened and loaded if it has not been; it holds the desired schema before and after.
    pub(super) async fn drafted(
        &self,
        wanted: Wanted<'_>,
        (before, desired): (&Catalog, &mut Desired),
        planning: &plan::Options,
    ) -> Result<Option<Draft>> {
        let mut wishes = Wishes::stated(&wanted.source.renames()?, wanted.renames, before, &desired.catalog)?;
        let asks = wanted.asks && self.output.has_terminal() && std::io::stdin().is_terminal();
        let mut ask = |candidate: &Candidate| asks && self.output.agrees(&question(candidate));
        let open = wishes.are_open(before, &desired.catalog)
            || asks && wishes.ask(before, &desired.catalog, &mut ask).is_some();
        if !open {
            let notes = wishes.leftover(before, &desired.catalog)?;
            notes.iter().for_each(|note| self.output.tell(note));
            return Draft::new(before, &desired.catalog, planning);
        }
        self.load(wanted.options, wanted.source, wanted.live, desired).await?;
        let Desired { catalog, scratch: Some(scratch), .. } = &*desired else { return Ok(None) };
        let renaming = Renaming {
            scratch: scratch.client(),
            scope: wanted.scope,
            live: before,
            desired: catalog,
            options: planning,
        };
        let draft = renaming.draft(&mut wishes, &mut ask).await?;
        draft.iter().flat_map(|draft| &draft.notes).for_each(|note| self.output.tell(note));
        Ok(draft)
    }

    /// Loads the schema files into a scratch database, where the cache has spared it so far.
    pub(super) async fn load(
        &self,
        options: &ScratchOptions,
        source: &Source,
        live: Option<&Live>,
        desired: &mut Desired,
    ) -> Result<()> {
        if desired.scratch.is_none() {
            let opened = self.scratch(options, Some(source), live).await?;
            load(opened.client(), source).await?;
            desired.scratch = Some(opened);
        }
        Ok(())
    }

    /// The folder of numbered files.
    pub(super) fn directory(&self) -> Result<Directory> {
        Directory::read(self.config.migrations.clone())
    }

    /// The folder of numbered files, where there must be one.
    pub(super) fn existing_directory(&self) -> Result<Directory> {
        Directory::read_existing(self.config.migrations.clone())
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

/// How to connect to servers that are not ours: as to the live one.
fn connector(live: Option<&Live>) -> scratch::Connect {
    let database = live.and_then(|live| live.database.clone());
    Arc::new(move |config| {
        let database = database.clone();
        Box::pin(async move {
            match database {
                Some(database) => database.connect_with(config).await,
                None => scratch::plain(config).await,
            }
        })
    })
}

fn question(candidate: &Candidate) -> String {
    let name = candidate.new.last().map_or(String::new(), |name| identifier(name));
    // Rounded down: what is not wholly alike is never told to be.
    format!("rename {} to {name} ({:.0} % alike)?", candidate.object, (candidate.likeness * 100.0).floor())
}

/// The live tables that something changes about.
fn touched<'a>(live: &'a Catalog, desired: &'a Catalog) -> Vec<&'a Address> {
    let mut found: Vec<_> = change::differing(live, desired)
        .into_iter()
        .flat_map(|address| {
            let of = |catalog: &'a Catalog| {
                let index = catalog.objects.get_index_of(address)?;
                Some(catalog.at(catalog.root(index)).0)
            };
            [of(live), of(desired)].into_iter().flatten()
        })
        .filter(|root| live.objects.get(*root).is_some_and(|object| object.body.entry().holds_data))
        .collect();
    found.sort();
    found.dedup();
    found
}
