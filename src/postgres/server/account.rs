//! PostgreSQL refuses to run as root: the unprivileged account that it runs under instead.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, lchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, ErrorKind, Result};

/// In this order; `initdb` needs one that the system knows by name.
const NAMES: &[&str] = &["postgres", "nobody"];

/// Whose rights the server has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Account {
    /// Those of this process.
    Own,
    /// Those of another user, because this process is root.
    Other {
        /// As the system calls it.
        name: String,
        /// Its user id.
        user: u32,
        /// Its group id; further groups are dropped.
        group: u32,
    },
}

impl Account {
    /// The account that a server started by this process runs under.
    ///
    /// # Errors
    ///
    /// `Connect` where this process is root and the system has no account to step down to.
    pub fn choose() -> Result<Account> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Account::Own);
        }
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        NAMES.iter().find_map(|name| entry(&users, name)).ok_or_else(|| {
            Error::new(ErrorKind::Connect, "PostgreSQL does not run as root, and there is no other account")
                .hint("run as another user, or make a user `postgres`")
        })
    }

    /// Makes a program run under this account. Must come before every other preparation that needs its rights.
    pub fn assume(&self, command: &mut Command) {
        if let Account::Other { user, group, .. } = self {
            command.gid(*group).uid(*user);
        }
    }

    /// Gives one file or folder to this account.
    pub fn own(&self, path: &Path) -> io::Result<()> {
        match self {
            Account::Own => Ok(()),
            Account::Other { user, group, .. } => lchown(path, Some(*user), Some(*group)),
        }
    }

    /// The user id of this account.
    pub fn user(&self) -> u32 {
        match self {
            Account::Own => rustix::process::geteuid().as_raw(),
            Account::Other { user, .. } => *user,
        }
    }

    /// The first folder on the way to `path`, itself included, that this account may not enter.
    pub fn barred_by(&self, path: &Path) -> Option<PathBuf> {
        let Account::Other { user, group, .. } = self else { return None };
        let closed = |folder: &&Path| {
            let Ok(about) = folder.metadata() else { return false };
            let bit = match (about.uid() == *user, about.gid() == *group) {
                (true, _) => 0o100,
                (false, true) => 0o010,
                (false, false) => 0o001,
            };
            about.is_dir() && about.mode() & bit == 0
        };
        let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut folders: Vec<&Path> = whole.ancestors().collect();
        folders.reverse();
        folders.into_iter().find(closed).map(Path::to_owned)
    }

    /// How an error calls it.
    pub fn name(&self) -> &str {
        match self {
            Account::Own => "this user",
            Account::Other { name, .. } => name,
        }
    }
}

/// One line of `passwd(5)`: name, password, user id, group id, and more.
fn entry(users: &str, wanted: &str) -> Option<Account> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next().filter(|name| *name == wanted)?;
        let user = fields.nth(1)?.parse().ok()?;
        let group = fields.next()?.parse().ok()?;
        Some(Account::Other { name: name.to_owned(), user, group })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_read() {
        let users = "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533::/nonexistent:/bin/false\n";
        let expected = Account::Other { name: "nobody".to_owned(), user: 65534, group: 65533 };
        assert_eq!(entry(users, "nobody"), Some(expected));
        assert_eq!(entry(users, "postgres"), None);
    }
}
