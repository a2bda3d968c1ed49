//! What `adopt` writes: files in our form, beside those that are there, none of which is touched.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::pair::Pair;
use super::script::{Script, apart, from, text};
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, Version, names, write_all};

/// Files to be written, by path, each with its text.
pub(super) type Files = BTreeMap<PathBuf, String>;

/// The files that stand for scripts in the folder `target`; those that can stay where they are are not among them.
///
/// # Errors
///
/// A script that would have to be rewritten where it is.
pub(super) fn of_scripts(pairs: &[Pair], system: &str, target: &Path) -> Result<Files> {
    let mut files = Files::new();
    for pair in pairs {
        let Some(script) = &pair.script else { continue };
        let here = script.path.parent().is_some_and(|folder| same(folder, target));
        if here && script.ours && script.number == Some(pair.number) {
            continue;
        }
        if here {
            return Err(in_the_way(script, system, target));
        }
        let stem = format!("{}_{}", Version::from(pair.number), pair.name);
        let (from, path) = (from(system), script.path.display());
        let head = format!("-- Migration: {stem}\n-- Description: {from}, {path}\n\n");
        files.insert(target.join(format!("{stem}.sql")), head + &apart(&script.up, script.transaction));
        if let Some(down) = &script.down {
            files.insert(target.join(format!("{stem}.down.sql")), apart(down, true));
        }
    }
    Ok(files)
}

/// The migration that accepts numbers which two files share, where the folder has such and none accepts them yet.
pub(super) fn accepting(pairs: &[Pair], target: &Path, system: &str) -> Option<(Version, String, String)> {
    let shared: Vec<i64> = pairs
        .windows(2)
        .filter(|pair| pair[0].number == pair[1].number && pair.iter().all(|one| one.script.is_some()))
        .map(|pair| pair[0].number)
        .collect();
    if shared.is_empty() || Directory::read(target).is_ok() && !names(target).ok()?.is_empty() {
        return None;
    }
    let width =
        |pair: &Pair| pair.script.as_ref()?.path.file_name()?.to_str()?.split_once('_').map(|(n, _)| n.len());
    let digits = pairs.iter().filter_map(width).max();
    let last = pairs.last().map_or(0, |pair| pair.number);
    let version = |number: i64| digits.map_or(Version::from(number), |digits| Version { number, digits });
    let mut numbers: Vec<String> = shared.into_iter().map(|number| version(number).to_string()).collect();
    numbers.dedup();
    let next = version(last + 1);
    let text = format!(
        "-- Migration: {next}_adopted\n\
         -- Description: {}; the numbers below are shared by files that ran before\n\
         -- Duplicates: {}\n",
        from(system),
        numbers.join(", ")
    );
    Some((next, "adopted".to_owned(), text))
}

/// The folder as it will be.
///
/// # Errors
///
/// As [`Directory::read`].
pub(super) fn with(target: &Path, files: &Files) -> Result<Directory> {
    let mut contents: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for name in names(target)? {
        let bytes = text(&target.join(&name))?.into_bytes();
        contents.insert(name, bytes);
    }
    for (path, text) in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        contents.insert(name, text.clone().into_bytes());
    }
    Directory::from_files(target, contents)
}

/// The files that are not there yet.
///
/// # Errors
///
/// A file is there, and says something else.
pub(super) fn missing(files: Files) -> Result<Files> {
    let mut missing = Files::new();
    for (path, wanted) in files {
        if !path.exists() {
            missing.insert(path, wanted);
        } else if text(&path)? != wanted {
            let message = format!("`{}` is there already, and says something else", path.display());
            return Err(Error::new(ErrorKind::Migration, message)
                .hint("nothing was overwritten; give our migrations an empty folder with `migrations:` in `schemadiff.yaml`"));
        }
    }
    Ok(missing)
}

/// Writes files, each of which appears whole or not at all.
///
/// # Errors
///
/// A folder that cannot be written to.
pub(super) fn write(files: &Files) -> Result<()> {
    for folder in files.keys().filter_map(|path| path.parent()) {
        fs::create_dir_all(folder).map_err(|error| {
            Error::new(ErrorKind::Migration, format!("cannot write `{}`: {error}", folder.display()))
                .caused_by(error)
        })?;
    }
    let files: Vec<_> = files.iter().map(|(path, text)| (path.clone(), text.clone())).collect();
    write_all(&files)
}

fn in_the_way(script: &Script, system: &str, target: &Path) -> Error {
    let message = format!(
        "`{}` has to be rewritten from the form of {system} to ours, and its folder `{}` is that of our migrations",
        script.path.display(),
        target.display()
    );
    Error::new(ErrorKind::Migration, message).hint(
        "name another folder for ours in `schemadiff.yaml`, such as `migrations: schema/migrations`; your files stay as they are",
    )
}

fn same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(Path::new(".").join(path)).ok();
    real(one).is_some() && real(one) == real(other)
}
