//! The private folder of one running server: on memory where there is room, gone when the run is over.

use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, OFlags};
use rustix::process::Pid;

use super::account::Account;
use crate::error::{Error, ErrorKind, Result};

/// What the names of our folders begin with; a process id and a random part follow.
const PREFIX: &str = "schemadiff-";

/// In bytes. A cluster has 20 MB, a table 60 kB: enough for some thousand tables.
const ROOM: u64 = 512 << 20;

/// In bytes. Addresses of sockets end at 108 on Linux and 104 elsewhere, `/.s.PGSQL.5432` is part of them.
const LONGEST: usize = 80;

/// A folder that only we and the server's account can enter. Removed when it goes out of scope.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Held for as long as the folder is in use: process ids alone mislead where containers share a folder.
    _lock: File,
}

impl Folder {
    /// A new one, after what dead runs left behind has been swept.
    ///
    /// # Errors
    ///
    /// `Connect` where no place takes it.
    pub fn create(account: &Account) -> Result<Folder> {
        let mut refused = String::from("every place has too long a path");
        for (place, is_memory) in places() {
            sweep(&place, PREFIX, account);
            let name = unique(PREFIX);
            let too_long = place.as_os_str().len() + name.len() + 1 > LONGEST;
            let too_small = is_memory && !has_room(&place);
            if too_long || too_small || account.barred_by(&place).is_some() {
                continue;
            }
            match make(&place.join(name)) {
                Ok(folder) => return Ok(folder),
                Err(error) => refused = format!("`{}`: {error}", place.display()),
            }
        }
        Err(Error::new(ErrorKind::Connect, format!("no place for a private server\n{refused}"))
            .hint("name a folder that can be written to in the variable `TMPDIR`"))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed now is swept by a later run.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Our prefix, the id of this process, and a random part.
pub fn unique(prefix: &str) -> String {
    let random = RandomState::new().build_hasher().finish();
    format!("{prefix}{}-{:08x}", std::process::id(), random & 0xffff_ffff)
}

/// Removes the folders in `place` whose names bear the prefix and the id of a process that is gone.
pub fn sweep(place: &Path, prefix: &str, account: &Account) {
    for entry in place.read_dir().into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process =
            name.to_str().and_then(|name| name.strip_prefix(prefix)?.split('-').next()?.parse().ok());
        let Some(process) = process.and_then(Pid::from_raw) else { continue };
        let is_ours = entry.metadata().is_ok_and(|about| {
            let owner = about.uid();
            about.is_dir() && (owner == rustix::process::geteuid().as_raw() || owner == account.user())
        });
        if is_ours && !is_alive(process) && !is_locked(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_alive(process: Pid) -> bool {
    rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH)
}

fn is_locked(folder: &Path) -> bool {
    let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW).bits();
    let Ok(lock) = OpenOptions::new().read(true).custom_flags(flags as i32).open(folder.join("lock")) else {
        return false;
    };
    rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err()
}

fn make(path: &Path) -> io::Result<Folder> {
    DirBuilder::new().mode(0o700).create(path)?;
    let lock = File::create_new(path.join("lock"))?;
    rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive)?;
    Ok(Folder { path: path.to_owned(), _lock: lock })
}

/// The places to try, and whether each is memory.
fn places() -> Vec<(PathBuf, bool)> {
    let mut places: Vec<(PathBuf, bool)> = Vec::new();
    places.extend(env::var_os("XDG_RUNTIME_DIR").map(|folder| (folder.into(), true)));
    places.push(("/dev/shm".into(), true));
    places.push((env::temp_dir(), false));
    places.push(("/tmp".into(), false));
    places.retain(|(place, _)| place.is_dir());
    places
}

fn has_room(place: &Path) -> bool {
    rustix::fs::statvfs(place).is_ok_and(|about| about.f_bavail * about.f_frsize >= ROOM)
}
