//! The first files of a project: its configuration, its folders, and what git need not keep.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::{Config, FILE_NAME};
use crate::report::dump::tree;
use crate::source::find_all;
use crate::{Error, ErrorKind, Result};

/// The configuration with all its keys, commented out: its own documentation.
pub const CONFIGURATION: &str = include_str!("init/schemadiff.yaml");

const EXAMPLE: &str = include_str!("init/example.sql");

/// What git shall not keep: the development server.
const IGNORED: &str = "/.schemadiff/";

/// What a configuration says from the start, by key; the other keys stay commented out.
pub type Said<'a> = [(&'a str, &'a str)];

/// Makes sure that nothing stands where a project would begin.
///
/// # Errors
/// Of kind `Usage`, where there is a configuration; with `import`, also where there are schema files or migrations.
pub fn refuse_existing(config: &Config, import: bool) -> Result<()> {
    let taken = |path: &Path, hint: &str| {
        let message = format!("`{}` is there already", path.display());
        Err(Error::new(ErrorKind::Usage, message).hint(format!("{hint}; nothing was written")))
    };
    let file = config.folder.join(FILE_NAME);
    if file.exists() {
        return taken(&file, "this folder is a project: `schemadiff generate` goes on from here");
    }
    if !import {
        return Ok(());
    }
    for folder in [&config.schema, &config.migrations] {
        if let Some(found) = sql_file(folder)? {
            return taken(&found, "a database is imported into an empty project; move the file away");
        }
    }
    Ok(())
}

/// Writes the configuration, the folders of an empty project, and a line for git; where there are no schema files yet,
/// an example. What is there stays. The paths written.
///
/// # Errors
/// Of kind `Usage`, where there is a configuration, or a file cannot be written.
pub fn write(config: &Config, said: &Said) -> Result<Vec<PathBuf>> {
    let mut written = vec![];
    let mut put = |path: PathBuf, text: &str| -> Result<()> {
        if tree::write(&path, text)? {
            written.push(path);
        }
        Ok(())
    };
    put(config.folder.join(FILE_NAME), &configuration(said))?;
    if sql_file(&config.schema)?.is_none() {
        put(config.schema.join("example.sql"), EXAMPLE)?;
    }
    if !config.migrations.exists() {
        // Git keeps no empty folders.
        put(config.migrations.join(".gitkeep"), "")?;
    }
    written.extend(ignore(&config.folder)?);
    Ok(written)
}

/// The configuration that says this.
pub fn configuration(said: &Said) -> String {
    let mut text = String::new();
    for line in CONFIGURATION.lines() {
        let key = line.strip_prefix("# ").and_then(|line| line.split_once(": "));
        match key.and_then(|(key, _)| said.iter().find(|(name, _)| *name == key)) {
            Some((key, value)) => text.push_str(&format!("{key}: {value}\n")),
            None => text.push_str(&format!("{line}\n")),
        }
    }
    text
}

/// Adds the line for git, unless one says so already; the path, if it was written.
fn ignore(folder: &Path) -> Result<Option<PathBuf>> {
    let path = folder.join(".gitignore");
    let found = match fs::read_to_string(&path) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(unusable(&path, error)),
    };
    if found.lines().any(|line| line.trim().trim_matches('/') == IGNORED.trim_matches('/')) {
        return Ok(None);
    }
    let space = if found.is_empty() || found.ends_with('\n') { "" } else { "\n" };
    fs::write(&path, format!("{found}{space}{IGNORED}\n")).map_err(|error| unusable(&path, error))?;
    Ok(Some(path))
}

/// The first schema file or migration of a folder, if there is any.
fn sql_file(folder: &Path) -> Result<Option<PathBuf>> {
    if folder.is_file() {
        return Ok(Some(folder.to_owned()));
    }
    if !folder.exists() {
        return Ok(None);
    }
    Ok(find_all(folder)?.into_iter().next())
}

fn unusable(path: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Usage, format!("`{}` cannot be written: {error}", path.display())).caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_says_what_it_is_told() {
        let text = configuration(&[("layout", "schema")]);
        let config = Config::parse(&text, Path::new(FILE_NAME)).unwrap();
        assert_eq!(config.layout, crate::config::Layout::Schema);
        assert_eq!(Config::parse(CONFIGURATION, Path::new(FILE_NAME)).unwrap(), Config::default());
    }

    #[test]
    fn git_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".gitignore");
        fs::write(&path, "/target").unwrap();
        assert!(ignore(folder.path()).unwrap().is_some());
        assert!(ignore(folder.path()).unwrap().is_none());
        assert_eq!(fs::read_to_string(&path).unwrap(), "/target\n/.schemadiff/\n");
    }
}
