//! A folder of schema files on disk: written once, and refreshed without touching what did not change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::merge::merged;
use crate::source::find_all;
use crate::{Error, ErrorKind, Result};

/// What became of the files of a folder.
#[derive(Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Refreshed {
    /// Written, because they were not there or said something else.
    pub written: Vec<PathBuf>,
    /// Left alone.
    pub unchanged: Vec<PathBuf>,
    /// Schema files that stand there besides.
    pub others: Vec<PathBuf>,
    /// Of those, what was removed.
    pub removed: Vec<PathBuf>,
}

/// Writes `files` into `folder`; a file that says the same already is not touched, and comments in the others stay.
/// Other schema files are removed if told so.
///
/// # Errors
/// Of kind `Usage`, where a file cannot be read, written or removed.
pub fn refresh(folder: &Path, files: &BTreeMap<PathBuf, String>, remove_others: bool) -> Result<Refreshed> {
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    let mut refreshed = Refreshed::default();
    for (path, text) in files {
        let path = folder.join(path);
        let list = if write(&path, text)? { &mut refreshed.written } else { &mut refreshed.unchanged };
        list.push(path);
    }
    for path in find_all(folder)? {
        if path.strip_prefix(folder).is_ok_and(|path| files.contains_key(path)) {
            continue;
        }
        if remove_others {
            std::fs::remove_file(&path).map_err(|error| unwritable(&path, error))?;
            refreshed.removed.push(path);
        } else {
            refreshed.others.push(path);
        }
    }
    Ok(refreshed)
}

/// Writes one file, and says whether that was necessary; see [`refresh`].
///
/// # Errors
/// Of kind `Usage`, where it cannot be read or written.
pub fn write(path: &Path, text: &str) -> Result<bool> {
    let wanted = match std::fs::read_to_string(path) {
        Ok(found) => {
            let wanted = merged(&found, text);
            if wanted == found {
                return Ok(false);
            }
            wanted
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => text.to_owned(),
        Err(error) => return Err(unwritable(path, error)),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    std::fs::write(path, wanted).map_err(|error| unwritable(path, error))?;
    Ok(true)
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Usage, format!("`{}` cannot be written: {error}", path.display())).caused_by(error)
}
