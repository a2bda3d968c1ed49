//! Files of the folder of migrations on the disk: each is there whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// Writes files so that each appears, or replaces what was there, whole; all are on the disk before the first appears.
pub(crate) fn write_all(files: &[(PathBuf, String)]) -> Result<()> {
    let mut drafts = Vec::new();
    for (path, text) in files {
        drafts.push(Draft::write(path, text).map_err(|error| unwritable(path, error))?);
    }
    for (draft, (path, _)) in drafts.iter().zip(files) {
        fs::rename(&draft.path, path).map_err(|error| unwritable(path, error))?;
    }
    Ok(())
}

/// The names of the visible `.sql` files of a folder, sorted; none where it does not exist.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>> {
    listed(folder, |name| name.ends_with(".sql"))
}

/// The names of visible files that would be taken for `.sql` files, and are not.
pub(super) fn misnamed(folder: &Path) -> Result<Vec<String>> {
    listed(folder, |name| !name.ends_with(".sql") && name.to_lowercase().ends_with(".sql"))
}

fn listed(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| unreadable(folder, error))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if is_wanted(&name) && !name.starts_with('.') && path.is_file() {
            names.push(name.into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// A file that only has to be given its name; without one, it goes.
struct Draft {
    path: PathBuf,
}

impl Draft {
    /// Writes it beside `path`, where it is on the disk afterwards.
    fn write(path: &Path, text: &str) -> io::Result<Draft> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let draft = Draft { path: path.with_file_name(format!(".{name}.{}", std::process::id())) };
        let mut file = fs::File::create(&draft.path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        Ok(draft)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // One that has its name is not there any more.
        let _ = fs::remove_file(&self.path);
    }
}

pub(super) fn unreadable(path: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Migration, format!("cannot read `{}`: {error}", path.display())).caused_by(error)
}

pub(super) fn unwritable(path: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Migration, format!("cannot write `{}`: {error}", path.display())).caused_by(error)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        // A folder stands in the way of the last.
        fs::create_dir(path("0002.sql")).unwrap();
        let files = [(path("0001.sql"), "one".to_owned()), (path("missing/0003.sql"), "three".to_owned())];
        assert!(write_all(&files).is_err());
        assert!(write_all(&[(path("0002.sql"), "two".to_owned())]).is_err());
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["0002.sql"]);
    }
}
