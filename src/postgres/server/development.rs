//! The server that a project without a database keeps for itself, and how programs that want it at once share it.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::FlockOperation;
use rustix::process::Signal;

use super::account::Account;
use super::folder::Folder;
use super::{ALWAYS, Server, cluster, launch, process, quoted};
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::binaries::Binaries;
use crate::postgres::quote::shortened;

/// How long the program that started the server waits for the others before it stops it.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often a lock is asked for.
const PAUSE: Duration = Duration::from_millis(10);

/// The right to use the server. All who use it hold a shared lock on one file; who stops it, an exclusive one.
#[derive(Debug)]
pub struct Lease {
    users: File,
}

impl Lease {
    /// Waits until nobody else uses the server, and keeps it so until this lease is dropped.
    pub fn wait_for_others(&self) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match rustix::fs::flock(&self.users, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return,
                Err(_) => thread::sleep(PAUSE),
            }
        }
    }
}

/// Where a project's development server lives.
pub fn home(project: &Path) -> PathBuf {
    project.join(".schemadiff").join("development")
}

/// The major version of the data kept there.
pub fn major(home: &Path) -> Option<u32> {
    fs::read_to_string(home.join("data/PG_VERSION")).ok()?.trim().parse().ok()
}

/// The project's server, started if need be.
///
/// # Errors
///
/// Those of [`Server::development`].
pub fn open(project: &Path, binaries: &Binaries) -> Result<Server> {
    let home = home(project);
    let failed = |error: io::Error| {
        let message = format!("no development server in `{}`: {error}", home.display());
        Error::new(ErrorKind::Connect, message).caused_by(error)
    };
    fs::create_dir_all(&home).map_err(failed)?;
    let ignored = project.join(".schemadiff/.gitignore");
    if !ignored.exists() {
        fs::write(ignored, "*\n").map_err(failed)?;
    }
    let home = home.canonicalize().map_err(failed)?;
    let account = keeper(&home)?;
    let data = home.join("data");
    // One at a time from here to the end of this function: the first starts it, the next finds it running.
    let starting = File::create(home.join("start.lock")).map_err(failed)?;
    rustix::fs::flock(&starting, FlockOperation::LockExclusive).map_err(|error| failed(error.into()))?;
    let users = File::create(home.join("users.lock")).map_err(failed)?;
    if rustix::fs::flock(&users, FlockOperation::NonBlockingLockExclusive).is_ok() {
        // Nobody uses it: who started it was killed.
        process::end_orphan(&data, running(&data).is_some());
    }
    rustix::fs::flock(&users, FlockOperation::LockShared).map_err(|error| failed(error.into()))?;

    let binaries = cluster::reachable(binaries, &account)?;
    initialise(project, &home, &binaries, &account)?;
    let database = fs::read_to_string(home.join("database")).map_err(failed)?;
    let mut server = Server {
        major: binaries.major,
        database,
        sockets: PathBuf::new(),
        process_id: 0,
        process: None,
        folder: None,
        lease: Some(Lease { users }),
    };
    if let Some((process_id, sockets)) = running(&data) {
        server.process_id = process_id;
        server.sockets = sockets;
        return Ok(server);
    }
    let folder = Folder::create(&account)?;
    let process = launch(&binaries, &account, &folder, &data, &home.join("log"), ALWAYS, Signal::INT)?;
    server.process_id = process.id();
    server.sockets = folder.path().to_owned();
    server.process = Some(process);
    server.folder = Some(folder);
    Ok(server)
}

/// The account that may use the data: as root not our own, and then the way there must be open to it.
fn keeper(home: &Path) -> Result<Account> {
    let account = Account::choose()?;
    match account.barred_by(home) {
        None => Ok(account),
        Some(barrier) => Err(Error::new(
            ErrorKind::Connect,
            format!(
                "PostgreSQL does not run as root, and the user `{}` may not enter `{}` to keep the project's \
                 development database",
                account.name(),
                barrier.display()
            ),
        )
        .hint("run as another user, move the project, or name a database with `--database-url`")),
    }
}

/// Makes the cluster and the project's database, unless they are there.
fn initialise(project: &Path, home: &Path, binaries: &Binaries, account: &Account) -> Result<()> {
    if let Some(kept) = major(home) {
        return match kept == binaries.major {
            true => Ok(()),
            false => Err(other_version(home, kept, binaries)),
        };
    }
    let failed = |error: io::Error| {
        Error::new(ErrorKind::Connect, format!("`{}` cannot be written: {error}", home.display()))
    };
    // `initdb` runs under the account, and makes nothing outside of a folder that is its own.
    let unfinished = home.join("unfinished");
    match fs::remove_dir_all(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    DirBuilder::new().mode(0o700).create(&unfinished).map_err(failed)?;
    account.own(&unfinished).map_err(failed)?;
    let data = unfinished.join("data");
    cluster::initialise(binaries, account, &data, true)?;
    let named = project.canonicalize().map_err(failed)?;
    let named = named.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let name = database_name(&named);
    // The name is written down: the project's folder may be renamed.
    if name != "postgres" {
        let statement = format!("CREATE DATABASE {}", quoted(&name));
        cluster::execute(binaries, account, &data, &statement)?;
    }
    fs::write(home.join("database"), name).map_err(failed)?;
    fs::rename(&data, home.join("data")).map_err(failed)?;
    fs::remove_dir_all(&unfinished).map_err(failed)
}

/// The project's name, cut to the 63 bytes that PostgreSQL keeps of a name.
fn database_name(project: &str) -> String {
    match shortened(project, 63) {
        "" | "template0" | "template1" => String::from("postgres"),
        name => name.to_owned(),
    }
}

fn other_version(home: &Path, kept: u32, binaries: &Binaries) -> Error {
    let message = format!(
        "the development database of this project is of PostgreSQL {kept}, not {}",
        binaries.number()
    );
    Error::new(ErrorKind::Connect, message).hint(format!(
        "install PostgreSQL {kept}, or remove `{}` and apply the migrations to a new one",
        home.display()
    ))
}

/// The server that runs on these data, if its process is alive.
fn running(data: &Path) -> Option<(u32, PathBuf)> {
    let (process_id, sockets) = process::running(data)?;
    let owner = data.metadata().ok()?.uid();
    let socket = sockets.join(".s.PGSQL.5432").metadata().ok()?;
    let answers = std::os::unix::net::UnixStream::connect(sockets.join(".s.PGSQL.5432")).is_ok();
    (socket.uid() == owner && answers).then_some((process_id, sockets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_named_after_the_project() {
        assert_eq!(database_name("shop"), "shop");
        assert_eq!(database_name(""), "postgres");
        assert_eq!(database_name(&"ä".repeat(40)).len(), 62);
    }
}
