//! Which files are looked at, and what they are.

use std::path::{Path, PathBuf};

use crate::config::advice_without;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Header, Version};
use crate::source::{File, find_all, read_files};

/// Files, by what they are.
#[derive(Debug, Default)]
pub struct Targets {
    /// Those that say what objects are like.
    pub schema: Vec<File>,
    /// Files of the schema that were not asked for.
    pub beside: Vec<File>,
    /// Those that change a database, and that a person wrote.
    pub migrations: Vec<File>,
    /// How many migrations were passed over: those that were generated say themselves what they cost.
    pub generated: usize,
}

/// The files at `paths`; with none, those of the schema and of the migrations. A file is a migration if it lies in the
/// folder `migrations`, or outside of `schema` and its name begins with a number; of migrations found in folders, only
/// numbers from `since` on count. Down scripts are left out.
///
/// # Errors
///
/// Of kind `Usage`, where nothing is at a path; of kind `Source`, where a file cannot be read.
pub fn targets(
    paths: &[PathBuf],
    schema: &Path,
    migrations: &Path,
    since: Option<Version>,
) -> Result<Targets> {
    let mut found = Targets::default();
    for path in named(paths, schema, migrations)? {
        let since = since.filter(|_| !within(&path, schema));
        for file in files(&path, since)? {
            let down = file.path.to_string_lossy().ends_with(".down.sql");
            match is_migration(&file.path, schema, migrations) {
                true if down => {}
                true if Header::states(&file.text, "Proven") => found.generated += 1,
                true => found.migrations.push(file),
                false => found.schema.push(file),
            }
        }
    }
    if !found.schema.is_empty() && schema.exists() {
        let asked = |file: &File| found.schema.iter().any(|one| same(&one.path, &file.path));
        found.beside = files(schema, None)?.into_iter().filter(|file| !asked(file)).collect();
    }
    Ok(found)
}

fn named(paths: &[PathBuf], schema: &Path, migrations: &Path) -> Result<Vec<PathBuf>> {
    if let Some(missing) = paths.iter().find(|path| !path.exists()) {
        let message = format!("there is no file or folder `{}`", missing.display());
        return Err(Error::new(ErrorKind::Usage, message).hint(
            "name schema files, migrations or folders of them; with none, those of the configuration",
        ));
    }
    if !paths.is_empty() {
        return Ok(paths.to_vec());
    }
    let usual: Vec<PathBuf> =
        [schema, migrations].into_iter().filter(|path| path.exists()).map(Path::to_owned).collect();
    if usual.is_empty() {
        let message = format!("there is neither `{}` nor `{}`", schema.display(), migrations.display());
        let hint = advice_without(schema)
            .unwrap_or_else(|| "name the files, or begin with `schemadiff init`".to_owned());
        return Err(Error::new(ErrorKind::Usage, message).hint(hint));
    }
    Ok(usual)
}

/// A folder may be empty; one without migrations is as it should be.
fn files(path: &Path, since: Option<Version>) -> Result<Vec<File>> {
    if !path.is_dir() {
        return read_files(path);
    }
    let recent = |path: &PathBuf| match (since, number(path)) {
        (Some(since), Some(number)) => number.number >= since.number,
        _ => true,
    };
    let found = find_all(path)?.into_iter().filter(recent);
    found.map(|path| read_files(&path)).collect::<Result<Vec<_>>>().map(|all| all.concat())
}

/// Schema files may be numbered too, so that people read them in order.
fn is_migration(path: &Path, schema: &Path, migrations: &Path) -> bool {
    within(path, migrations) || (number(path).is_some() && !within(path, schema))
}

fn within(path: &Path, folder: &Path) -> bool {
    let resolved = path.canonicalize().ok().zip(folder.canonicalize().ok());
    resolved.is_some_and(|(path, folder)| path.starts_with(folder))
}

fn number(path: &Path) -> Option<Version> {
    let name = path.file_name()?.to_str()?;
    let digits = name.find(|c: char| !c.is_ascii_digit())?;
    Version::parse(&name[..digits])
}

fn same(one: &Path, other: &Path) -> bool {
    one.canonicalize().ok().zip(other.canonicalize().ok()).is_some_and(|(one, other)| one == other)
}
