//! The data folder of a server: initialised once per version, kept in the user's cache, copied for each run.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, lchown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

use super::account::Account;
use super::folder::{sweep, unique};
use super::process::prepare;
use crate::error::{Error, ErrorKind, Result};
use crate::hexadecimal::hexadecimal;
use crate::postgres::binaries::Binaries;
use crate::postgres::cache;

/// The first one that the system knows; `C` is known everywhere.
const LOCALES: &[&str] = &["C.UTF-8", "C"];

/// What unfinished folders in the cache are called.
const UNFINISHED: &str = "unfinished-";

/// Puts a fresh cluster into the folder `data`, which must not exist yet.
///
/// # Errors
///
/// `Connect` where `initdb` fails, or the folder cannot be written.
pub fn place(binaries: &Binaries, account: &Account, data: &Path) -> Result<()> {
    let Some(cache) = cache::folder() else { return initialise(binaries, account, data, false) };
    let cached = match kept(binaries, account, &cache) {
        Ok(cached) => cached,
        Err(error) if error.source.as_ref().is_some_and(|cause| cause.is::<io::Error>()) => {
            // A cache that cannot be written to costs time, nothing else.
            return initialise(binaries, account, data, false);
        }
        Err(error) => return Err(error),
    };
    copy(&cached, data, account).map_err(|error| unwritable(data, error))
}

/// Runs `initdb` for the folder `data`; its parent must exist. Superuser `postgres`, who needs no password.
///
/// # Errors
///
/// `Connect`, with what `initdb` said.
pub fn initialise(binaries: &Binaries, account: &Account, data: &Path, durable: bool) -> Result<()> {
    let mut last = None;
    for locale in LOCALES {
        let made = fs::DirBuilder::new().mode(0o700).create(data).and_then(|()| account.own(data));
        made.map_err(|error| unwritable(data, error))?;
        let mut command = prepare(&binaries.folder.join("initdb"), account);
        command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"]);
        command.arg(format!("--locale={locale}")).arg("-D").arg(data);
        if !durable {
            command.args(["--no-sync", "--wal-segsize=1"]);
        }
        match run(&mut command, "") {
            Ok(()) => return Ok(()),
            Err(error) => last = Some(error),
        }
        fs::remove_dir_all(data).map_err(|error| unwritable(data, error))?;
    }
    Err(last.expect("there is at least one locale"))
}

/// Runs a statement on a cluster that no server runs on.
///
/// # Errors
///
/// `Connect`, with what `postgres --single` said.
pub fn execute(binaries: &Binaries, account: &Account, data: &Path, statement: &str) -> Result<()> {
    let mut command = prepare(&binaries.folder.join("postgres"), account);
    // Without `exit_on_error` a statement may fail and the program still succeeds.
    command.args(["--single", "-c", "exit_on_error=on", "-D"]).arg(data).arg("template1");
    run(&mut command, &format!("{}\n", statement.replace('\n', " ")))
}

/// The programs, in a folder that the account may enter: a copy in the cache where theirs is closed to it.
///
/// # Errors
///
/// `Connect` where they cannot be copied, because they are not of the kind that runs from any folder.
pub fn reachable(binaries: &Binaries, account: &Account) -> Result<Binaries> {
    let Some(barrier) = account.barred_by(&binaries.folder) else { return Ok(binaries.clone()) };
    let closed = || {
        let (folder, barrier) = (binaries.folder.display(), barrier.display());
        let message = format!(
            "PostgreSQL does not run as root, and the user `{}` may not enter `{barrier}` to run the programs in \
             `{folder}`",
            account.name()
        );
        Error::new(ErrorKind::Connect, message)
            .hint("run as another user, or put the programs into a folder that everybody may enter")
    };
    let home = binaries.folder.parent().ok_or_else(closed)?;
    if !home.join("lib").is_dir() || !home.join("share").is_dir() {
        return Err(closed());
    }
    let cache = cache::folder().ok_or_else(closed)?;
    let key = Sha256::digest(format!("{}\n{}", home.display(), binaries.version));
    let copied = cache.join(format!("programs-{}", hexadecimal(&key[..8])));
    if !copied.is_dir() {
        // Left as root's own: the account reads and runs them, and cannot change them.
        finish(&cache, account, &copied, |unfinished| {
            copy(home, unfinished, &Account::Own).map_err(|error| unwritable(unfinished, error))?;
            open(unfinished).map_err(|error| unwritable(unfinished, error))
        })?;
    }
    Ok(Binaries { folder: copied.join("bin"), ..binaries.clone() })
}

/// Removes the cached cluster of this version: the next run makes a new one.
pub fn forget(binaries: &Binaries) {
    if let Some(cache) = cache::folder() {
        // What cannot be removed is tried again, and its error told.
        let _ = fs::remove_dir_all(named(binaries, &cache));
    }
}

/// Where the cached cluster of this version is.
fn named(binaries: &Binaries, cache: &Path) -> PathBuf {
    let key = Sha256::digest(format!("{}\n{LOCALES:?}", binaries.version));
    cache.join(format!("cluster-{}-{}", binaries.major, hexadecimal(&key[..8])))
}

/// The cached cluster of this version, made now if need be. Concurrent runs may make it twice; one of them wins.
fn kept(binaries: &Binaries, account: &Account, cache: &Path) -> Result<PathBuf> {
    let kept = named(binaries, cache);
    if !kept.is_dir() {
        finish(cache, account, &kept, |unfinished| {
            initialise(binaries, account, unfinished, false)?;
            // A third less to copy each time. `template1` is there to connect to.
            execute(binaries, account, unfinished, "DROP DATABASE postgres")?;
            // Nobody but us may change what later runs start from.
            let owner = rustix::process::geteuid().as_raw();
            lchown(unfinished, Some(owner), None).map_err(|error| unwritable(unfinished, error))
        })?;
    }
    Ok(kept)
}

/// Makes a folder of the cache under a name of its own, then gives it the name it is found by.
fn finish(
    cache: &Path,
    account: &Account,
    finished: &Path,
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    fs::create_dir_all(cache).map_err(|error| unwritable(cache, error))?;
    sweep(cache, UNFINISHED, account);
    let unfinished = cache.join(unique(UNFINISHED));
    let made = make(&unfinished).and_then(|()| match fs::rename(&unfinished, finished) {
        Err(_) if finished.is_dir() => Ok(()),
        renamed => renamed.map_err(|error| unwritable(finished, error)),
    });
    // Still there where something failed, or another run was faster.
    let _ = fs::remove_dir_all(&unfinished);
    made
}

fn run(command: &mut Command, input: &str) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let failed = |told: String| Error::new(ErrorKind::Connect, format!("`{name}` failed\n{}", told.trim()));
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|error| failed(error.to_string()))?;
    let mut stdin = child.stdin.take().expect("it is piped");
    // One that ends before it reads has said why.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().map_err(|error| failed(error.to_string()))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(failed(String::from_utf8_lossy(&output.stderr).into_owned())),
    }
}

/// Copies a folder with everything in it, and gives the copy to the account.
fn copy(from: &Path, to: &Path, account: &Account) -> io::Result<()> {
    fs::DirBuilder::new().mode(0o700).create(to)?;
    for entry in from.read_dir()? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy(&source, &target, account)?;
            continue;
        }
        if kind.is_symlink() {
            symlink(fs::read_link(&source)?, &target)?;
        } else {
            fs::copy(&source, &target)?;
        }
        account.own(&target)?;
    }
    account.own(to)
}

/// Lets everybody read a folder and everything in it, and run what its owner may run.
fn open(path: &Path) -> io::Result<()> {
    let about = path.symlink_metadata()?;
    if about.is_symlink() {
        return Ok(());
    }
    let mode = about.permissions().mode();
    let opened = if mode & 0o100 == 0 { mode | 0o444 } else { mode | 0o555 };
    fs::set_permissions(path, fs::Permissions::from_mode(opened))?;
    if about.is_dir() {
        for entry in path.read_dir()? {
            open(&entry?.path())?;
        }
    }
    Ok(())
}

fn unwritable(path: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Connect, format!("`{}` cannot be written: {error}", path.display()))
        .caused_by(error)
}
