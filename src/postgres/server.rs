//! A PostgreSQL server of our own, from programs that are on the machine: no set-up, no port, no trace left.

mod account;
mod cluster;
mod development;
mod folder;
mod process;

use std::fs::File;
use std::path::{Path, PathBuf};

use rustix::process::Signal;
use tokio_postgres::{Config, NoTls};

use self::account::Account;
use self::development::Lease;
use self::folder::Folder;
use self::process::Process;
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::binaries::Binaries;

/// The superuser of every server of ours, who needs no password.
pub const SUPERUSER: &str = "postgres";

/// What both sorts of server are told. The port only names the socket's file.
const ALWAYS: &[&str] = &[
    "listen_addresses=",
    "port=5432",
    "logging_collector=off",
    "timezone=UTC",
    "jit=off",
    "max_connections=40",
];

/// What a server whose data nobody will miss is told besides: write nothing down, keep no helpers, and have room
/// for a transaction that locks every table of a large schema.
const FLEETING: &[&str] = &[
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "shared_buffers=32MB",
    "max_locks_per_transaction=1024",
    "max_prepared_transactions=0",
    "autovacuum=off",
    "max_worker_processes=0",
    "max_parallel_workers=0",
    "max_logical_replication_workers=0",
    "bgwriter_lru_maxpages=0",
    "checkpoint_timeout=1d",
    "max_wal_size=8GB",
    "dynamic_shared_memory_type=mmap",
];

/// A running server that belongs to this process, or that it shares with others of the same project.
///
/// It stops when this goes out of scope, and, on Linux, when this process dies in whatever way. On a socket only its
/// own user (and root) can reach; never on the network.
#[derive(Debug)]
pub struct Server {
    major: u32,
    database: String,
    sockets: PathBuf,
    process_id: u32,
    /// Fields are dropped in this order: stop, remove the folder, let others in.
    process: Option<Process>,
    folder: Option<Folder>,
    lease: Option<Lease>,
}

impl Server {
    /// Starts a private server with nothing in it. Blocks for about 0.1 s; a second longer the first time that this
    /// version is used.
    ///
    /// # Errors
    ///
    /// `Connect` where the programs cannot be run by the account that they have to run under, or do not start.
    pub fn start(binaries: &Binaries) -> Result<Server> {
        let account = Account::choose()?;
        let binaries = cluster::reachable(binaries, &account)?;
        Server::begin(&binaries, &account).or_else(|_| {
            // The machine may have crashed before all of the cached cluster was on disk.
            cluster::forget(&binaries);
            Server::begin(&binaries, &account)
        })
    }

    /// The development server of the project in this folder, with its data in `.schemadiff/development/` there:
    /// made on first use, started unless another program of the project already has, stopped by the one that
    /// started it when no other uses it. Nothing that was committed is lost.
    ///
    /// # Errors
    ///
    /// `Connect` where the data are of another major version than the programs, or the server does not start.
    pub fn development(project: &Path, binaries: &Binaries) -> Result<Server> {
        development::open(project, binaries)
    }

    /// The major version of the data that the project's development server keeps, if it has one.
    pub fn development_major(project: &Path) -> Option<u32> {
        development::major(&development::home(project))
    }

    /// How to connect to one of its databases.
    pub fn config(&self, database: &str) -> Config {
        let mut config = Config::new();
        config.host_path(&self.sockets).port(5432).user(SUPERUSER).dbname(database);
        config.application_name("schemadiff");
        config
    }

    /// The database that is there from the start: the project's, or `template1`, which is only there to connect to.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The major version.
    pub fn major(&self) -> u32 {
        self.major
    }

    /// The process id of the postmaster.
    pub fn process_id(&self) -> u32 {
        self.process_id
    }

    /// The folder of its socket. Of a private server, everything else is in there too.
    pub fn folder(&self) -> &Path {
        &self.sockets
    }

    /// Makes an empty database.
    ///
    /// # Errors
    ///
    /// `Connect`, with what the server said; a second database of one name is one.
    pub async fn create_database(&self, name: &str) -> Result<()> {
        self.create_database_with(name, "").await
    }

    fn begin(binaries: &Binaries, account: &Account) -> Result<Server> {
        let folder = Folder::create(account)?;
        cluster::place(binaries, account, &folder.path().join("data"))?;
        let mut settings: Vec<&str> = [ALWAYS, FLEETING].concat();
        if binaries.major >= 15 {
            settings.push("allow_in_place_tablespaces=on");
        }
        if binaries.major >= 18 {
            // No processes that only wait for something to read.
            settings.push("io_method=sync");
        }
        let process = launch(
            binaries,
            account,
            &folder,
            &folder.path().join("data"),
            &folder.path().join("log"),
            &settings,
            Signal::QUIT,
        )?;
        Ok(Server {
            major: binaries.major,
            database: String::from("template1"),
            sockets: folder.path().to_owned(),
            process_id: process.id(),
            process: Some(process),
            folder: Some(folder),
            lease: None,
        })
    }

    /// The same, with more words for the end of `CREATE DATABASE`.
    pub(super) async fn create_database_with(&self, name: &str, words: &str) -> Result<()> {
        // Copying files needs a checkpoint, which costs nothing where nothing is written down: half the time.
        let strategy = if self.major >= 15 { "STRATEGY file_copy" } else { "" };
        let statement = format!("CREATE DATABASE {} TEMPLATE template0 {strategy} {words}", quoted(name));
        self.execute(&statement).await
    }

    /// Runs one statement in the database that is there from the start.
    pub(super) async fn execute(&self, statement: &str) -> Result<()> {
        let failed = |error| Error::server(ErrorKind::Connect, error);
        let (client, connection) = self.config(&self.database).connect(NoTls).await.map_err(failed)?;
        tokio::spawn(connection);
        client.batch_execute(statement).await.map_err(failed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let (Some(_), Some(lease)) = (&self.process, &self.lease) {
            lease.wait_for_others();
        }
    }
}

/// Starts the postmaster with its socket in `folder`.
fn launch(
    binaries: &Binaries,
    account: &Account,
    folder: &Folder,
    data: &Path,
    log: &Path,
    settings: &[&str],
    ending: Signal,
) -> Result<Process> {
    let given = |error: std::io::Error| {
        Error::new(ErrorKind::Connect, format!("`{}` cannot be used: {error}", folder.path().display()))
    };
    // The log comes first: in a folder that is the account's, its name could by then lead elsewhere.
    let output = File::create(log).map_err(given)?;
    account.own(folder.path()).map_err(given)?;
    let mut arguments = vec![String::from("-k"), folder.path().display().to_string()];
    for setting in settings {
        arguments.extend([String::from("-c"), (*setting).to_owned()]);
    }
    Process::start(&binaries.folder.join("postgres"), data, &arguments, account, (log, output), ending)
}

/// A name as an identifier in SQL.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
