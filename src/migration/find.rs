//! Which migration of a folder is meant by what a person writes.

use std::path::Path;

use super::directory::{Directory, File};
use super::version::Version;
use crate::config::nearest;
use crate::error::{Error, ErrorKind, Result};

impl Directory {
    /// The place of the migration that is meant by a path, a file's name, a number or a name, and whether its down script is.
    ///
    /// # Errors
    ///
    /// Of kind `Usage`, where there is none; with the name that is most like it.
    pub fn find(&self, named: &str) -> Result<(usize, bool)> {
        let number = Version::parse(named).filter(|_| !named.is_empty());
        let full = |file: &File| format!("{}_{}", file.version, file.name);
        let is_meant =
            |file: &File| number == Some(file.version) || named == file.name || named == full(file);
        let found = self.files.iter().enumerate().find_map(|(at, file)| {
            let down = file.down.as_ref().is_some_and(|down| is_file(&down.path, named));
            (down || is_file(&file.path, named) || is_meant(file)).then_some((at, down))
        });
        found.ok_or_else(|| {
            let message = format!("there is no migration `{named}` in `{}`", self.path.display());
            let names: Vec<String> = self.files.iter().map(full).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let stem = Path::new(named).file_stem().and_then(|stem| stem.to_str()).unwrap_or(named);
            let hint = match nearest(stem, &names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "a migration is named by its file, its number or its name".to_owned(),
            };
            Error::new(ErrorKind::Usage, message).hint(hint)
        })
    }
}

/// Whether the file at `path` is meant: by its own name, or by a path to it.
fn is_file(path: &Path, named: &str) -> bool {
    let resolved = path.canonicalize().ok().zip(Path::new(named).canonicalize().ok());
    path.file_name().is_some_and(|name| name == named) || resolved.is_some_and(|(one, other)| one == other)
}
