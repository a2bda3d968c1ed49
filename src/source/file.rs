//! Schema files on disk: which ones belong to a schema, and their text.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::advice_without;
use crate::error::{Error, ErrorKind, Position, Result};

/// The text of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// As the user would name it.
    pub path: PathBuf,
    /// Without a byte order mark.
    pub text: String,
    /// The first byte of each line.
    lines: Vec<usize>,
}

impl File {
    /// A file of this text.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> File {
        let text: String = text.into();
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let lines =
            std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect();
        File { path: path.into(), text, lines }
    }

    /// The line of a byte, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset)
    }
}

/// All files of the schema at `path`, sorted by path.
pub fn read(path: &Path) -> Result<Vec<File>> {
    let mut paths = Vec::new();
    if path.is_dir() {
        paths = find_all(path)?;
        if paths.is_empty() {
            return Err(Error::new(ErrorKind::Source, format!("no `.sql` file in `{}`", path.display()))
                .hint("write CREATE statements into it, or import a live database with `schemadiff init --from-database`"));
        }
    } else if path.exists() {
        paths.push(path.to_owned());
    } else {
        let usual = "`schemadiff init` begins a project; in one, `schema` in `schemadiff.yaml` names the folder or file";
        return Err(Error::new(ErrorKind::Source, format!("there is no schema at `{}`", path.display()))
            .hint(advice_without(path).unwrap_or_else(|| usual.to_owned())));
    }
    paths.iter().map(|path| text(path)).collect()
}

/// The paths of all schema files in a folder, at any depth, sorted.
///
/// # Errors
/// Of kind `Source`, where a folder cannot be read.
pub fn find_all(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    find(folder, &mut found)?;
    found.sort();
    Ok(found)
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let unreadable = |error| unreadable(folder, error);
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            find(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql")) {
            found.push(path);
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<File> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, error))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(File::new(path, text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            Err(Error::new(ErrorKind::Source, "the file is not UTF-8")
                .at(Position::locate(path, &text, valid))
                .hint("convert it, for instance with `iconv -f latin1 -t utf-8`"))
        }
    }
}

fn unreadable(path: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Source, format!("cannot read `{}`: {error}", path.display())).caused_by(error)
}
