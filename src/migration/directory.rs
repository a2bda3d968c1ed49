//! The folder of migrations: which files belong to it, in which order, and how a new one gets its place.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{misnamed, names, unreadable, unwritable, write_all};
use super::file::{Migration, checksum};
use super::header::{Header, duplicates};
use super::script::Script;
use super::style::{Style, today};
use super::template::template;
use super::version::Version;
use crate::config::advice_without;
use crate::error::{Error, ErrorKind, Position, Result};

/// A folder of migrations, as read at one moment.
#[derive(Debug, Clone)]
pub struct Directory {
    /// The folder, as the user would name it.
    pub path: PathBuf,
    /// By number; numbers may have gaps.
    pub files: Vec<File>,
    /// How new ones look.
    pub style: Style,
}

/// One migration of the folder.
#[derive(Debug, Clone)]
pub struct File {
    /// Its number.
    pub version: Version,
    /// What stands between the number and `.sql`.
    pub name: String,
    /// The file itself.
    pub path: PathBuf,
    /// Its content, without a byte order mark.
    pub text: String,
    /// How to undo it.
    pub down: Option<Down>,
}

/// The file that undoes a migration.
#[derive(Debug, Clone)]
pub struct Down {
    /// The file itself.
    pub path: PathBuf,
    /// Its content, without a byte order mark.
    pub text: String,
}

impl File {
    /// See [`checksum`].
    pub fn checksum(&self) -> String {
        checksum(&self.text)
    }

    /// What it says about itself.
    ///
    /// # Errors
    ///
    /// See [`Header::parse`].
    pub fn header(&self) -> Result<Header> {
        Header::parse(&self.path, &self.text)
    }

    /// Which statements it runs.
    ///
    /// # Errors
    ///
    /// See [`Script::read`].
    pub fn script(&self) -> Result<Script> {
        Script::read(&self.path, &self.text)
    }
}

impl Directory {
    /// Reads the folder at `path`; one that does not exist is empty. Files that do not end in `.sql`, hidden ones and
    /// sub-folders are not looked at. `0001_a.up.sql` is read as `0001_a.sql`.
    ///
    /// # Errors
    ///
    /// A folder or file that cannot be read or is not UTF-8, an `.sql` file without number or name, two files with one
    /// number that no later one accepts with `-- Duplicates: NUMBER` in its header, a down script without its migration.
    pub fn read(path: impl Into<PathBuf>) -> Result<Directory> {
        first(Directory::survey(path)?)
    }

    /// As [`Directory::read`], of a folder that must exist.
    ///
    /// # Errors
    ///
    /// As [`Directory::read`], and a folder that does not exist.
    pub fn read_existing(path: impl Into<PathBuf>) -> Result<Directory> {
        let path = path.into();
        exists(&path)?;
        Directory::read(path)
    }

    /// As [`Directory::read_existing`], but several files may have one number.
    ///
    /// # Errors
    ///
    /// As [`Directory::read_existing`].
    pub fn read_colliding(path: impl Into<PathBuf>) -> Result<Directory> {
        let (directory, problems) = Directory::survey_existing(path)?;
        let collisions = directory.collisions().count();
        match problems.len() - collisions {
            0 => Ok(directory),
            // Collisions are found last.
            _ => first((directory, problems)),
        }
    }

    /// As [`Directory::survey`], of a folder that must exist.
    ///
    /// # Errors
    ///
    /// A folder that does not exist or cannot be read.
    pub fn survey_existing(path: impl Into<PathBuf>) -> Result<(Directory, Vec<Error>)> {
        let path = path.into();
        exists(&path)?;
        Directory::survey(path)
    }

    /// The folder at `path` with all that can be read of it, and all that [`Directory::read`] would refuse.
    ///
    /// # Errors
    ///
    /// A folder that cannot be read.
    pub fn survey(path: impl Into<PathBuf>) -> Result<(Directory, Vec<Error>)> {
        let path = path.into();
        let (mut contents, mut problems) = (Vec::new(), Vec::new());
        for name in names(&path)? {
            match fs::read(path.join(&name)) {
                Ok(bytes) => contents.push((name, bytes)),
                Err(error) => problems.push(unreadable(&path.join(name), error)),
            }
        }
        problems.extend(misnamed(&path)?.iter().map(|name| {
            let message =
                format!("`{}` does not end in `.sql`, so it would never run", path.join(name).display());
            let end = name.len() - ".sql".len();
            Error::new(ErrorKind::Migration, message).hint(format!("name it `{}.sql`", &name[..end]))
        }));
        let (directory, more) = Directory::gather(path, contents);
        problems.extend(more);
        Ok((directory, problems))
    }

    /// A folder from the names and contents of its `.sql` files, such as a binary embeds.
    ///
    /// # Errors
    ///
    /// As [`Directory::read`].
    pub fn from_files(
        path: impl Into<PathBuf>,
        contents: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<Directory> {
        first(Directory::gather(path.into(), contents))
    }

    fn gather(
        path: PathBuf,
        contents: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> (Directory, Vec<Error>) {
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        let mut downs = BTreeMap::new();
        for (name, bytes) in contents {
            let at = path.join(&name);
            let (version, title, down) = match named(&at, &name) {
                Ok(found) => found,
                Err(error) => {
                    problems.push(error);
                    continue;
                }
            };
            let text = decoded(&at, bytes).unwrap_or_else(|error| {
                problems.push(error);
                String::new()
            });
            if down {
                downs.insert((version, title.to_owned()), Down { path: at, text });
            } else {
                files.push(File { version, name: title.to_owned(), path: at, text, down: None });
            }
        }
        for file in &mut files {
            file.down = downs.remove(&(file.version, file.name.clone()));
        }
        problems.extend(downs.into_iter().map(|((version, name), down)| {
            let message =
                format!("`{}` undoes nothing: there is no `{version}_{name}.sql`", down.path.display());
            Error::new(ErrorKind::Migration, message)
                .hint("a down script bears the number and the name of its migration")
        }));
        files.sort_by(|a, b| (a.version, &a.name).cmp(&(b.version, &b.name)));
        let directory = Directory { path, files, style: Style::default() };
        problems.extend(directory.collisions().map(same_number));
        (directory, problems)
    }

    /// The number that the next migration gets: behind the highest, as wide as the widest.
    pub fn next_version(&self) -> Version {
        let width = self.files.iter().map(|file| file.version.digits).max();
        self.style.next(self.files.last().map(|file| file.version), width)
    }

    /// What the next migration says about itself, as far as the folder knows: it depends on the last.
    pub fn next_header(&self, name: &str, description: &str) -> Header {
        Header {
            version: self.next_version(),
            name: name.to_owned(),
            created: today(),
            description: description.to_owned(),
            depends: self.files.last().map(|file| file.version).into_iter().collect(),
            hazards: Vec::new(),
            consents: Vec::new(),
            proven: String::new(),
            made_for: String::new(),
            notes: self.style.notes.clone(),
        }
    }

    /// The path of a migration, or of its down script.
    pub fn file_path(&self, header: &Header, down: bool) -> PathBuf {
        let ending = if down { ".down.sql" } else { ".sql" };
        self.path.join(format!("{}_{}{ending}", header.version, header.name))
    }

    /// Writes a migration and its down script into the folder, which is made if need be; each appears whole or not at
    /// all. The paths written.
    ///
    /// # Errors
    ///
    /// A number that is taken by now, a folder that cannot be written to.
    pub fn write(&self, up: &Migration, down: Option<&Migration>) -> Result<Vec<PathBuf>> {
        self.place(&up.header, up.render(), down.map(Migration::render))
    }

    /// Writes the beginning of a migration that is to be written by hand, and of its down script if that is wanted. The
    /// paths written.
    ///
    /// # Errors
    ///
    /// As [`Directory::write`].
    pub fn write_template(&self, header: &Header, down: bool) -> Result<Vec<PathBuf>> {
        self.place(header, template(header, false), down.then(|| template(header, true)))
    }

    /// Neighbours with one number, unless a later migration accepts that.
    fn collisions(&self) -> impl Iterator<Item = &[File]> {
        let accepted = self.accepted();
        let same = self.files.windows(2).filter(|pair| pair[0].version == pair[1].version);
        same.filter(move |pair| !accepted.contains(&pair[0].version))
    }

    /// The numbers that files may share, because both ran before anybody looked and a later migration says so.
    pub(super) fn accepted(&self) -> Vec<Version> {
        let earlier = |file: &File| {
            let version = file.version;
            duplicates(&file.text).into_iter().filter(move |number| *number < version)
        };
        self.files.iter().flat_map(earlier).collect()
    }

    fn place(&self, header: &Header, up: String, down: Option<String>) -> Result<Vec<PathBuf>> {
        fs::create_dir_all(&self.path).map_err(|error| unwritable(&self.path, error))?;
        for name in names(&self.path)? {
            if numbered(&name).is_some_and(|(version, _)| version == header.version) {
                let message =
                    format!("number {} is taken by `{}`", header.version, self.path.join(name).display());
                return Err(
                    Error::new(ErrorKind::Migration, message).hint("nothing was overwritten; run it again")
                );
            }
        }
        // The down script first: alone it is an error that nobody overlooks, unlike a migration that lacks one.
        let down = down.map(|text| (self.file_path(header, true), text));
        let files: Vec<_> = down.into_iter().chain([(self.file_path(header, false), up)]).collect();
        write_all(&files)?;
        Ok(files.into_iter().rev().map(|(path, _)| path).collect())
    }
}

/// The directory, if nothing is wrong with it.
fn first((directory, problems): (Directory, Vec<Error>)) -> Result<Directory> {
    match problems.into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok(directory),
    }
}

fn exists(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let message = format!("there is no folder `{}`", path.display());
    let usual = "`schemadiff init` begins a project; in one, `generate` and `new` make the folder, and `migrations` in \
                 `schemadiff.yaml` names another";
    let hint = advice_without(path).unwrap_or_else(|| usual.to_owned());
    Err(Error::new(ErrorKind::Migration, message).hint(hint))
}

fn same_number(pair: &[File]) -> Error {
    let (one, two) = (pair[0].path.display(), pair[1].path.display());
    Error::new(ErrorKind::Migration, format!("`{one}` and `{two}` have the same number"))
        .hint("`schemadiff renumber` gives the one that is not applied a new number; where both are, the header of a later one accepts that: `-- Duplicates: NUMBER`")
}

/// The number and the name of a file, and whether it is a down script.
fn named<'a>(path: &Path, name: &'a str) -> Result<(Version, &'a str, bool)> {
    let stem = name.strip_suffix(".sql").unwrap_or(name);
    let (stem, down) = stem.strip_suffix(".down").map_or((stem, false), |stem| (stem, true));
    let stem = stem.strip_suffix(".up").unwrap_or(stem);
    let (version, title) = numbered(stem).ok_or_else(|| {
        Error::new(ErrorKind::Migration, format!("`{}` has no number and name", path.display()))
            .hint("a migration is named like `0007_add_profiles.sql`; keep other SQL files in another folder")
    })?;
    Ok((version, title, down))
}

/// `0007_add_profiles` as its number and its name.
pub(crate) fn numbered(stem: &str) -> Option<(Version, &str)> {
    let (number, name) = stem.split_once('_')?;
    let version = Version::parse(number).filter(|_| !number.is_empty())?;
    (!name.is_empty()).then_some((version, name))
}

/// The content as text, without a byte order mark.
pub(crate) fn decoded(path: &Path, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map(|text| text.trim_start_matches('\u{feff}').to_owned()).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes());
        Error::new(ErrorKind::Migration, "this byte is not UTF-8")
            .at(Position::locate(path, &text, valid))
            .hint("convert the file to UTF-8")
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn folder(names: &[&str]) -> Result<Directory> {
        Directory::from_files(
            "migrations",
            names.iter().map(|name| ((*name).to_owned(), b"SELECT 1;".to_vec())),
        )
    }

    #[test]
    fn files_are_sorted_by_number() {
        let found = folder(&["10_c.sql", "0002_b.sql", "1_a.sql", "0002_b.down.sql"]).unwrap();
        let names: Vec<_> =
            found.files.iter().map(|file| (file.name.as_str(), file.down.is_some())).collect();
        assert_eq!(names, [("a", false), ("b", true), ("c", false)]);
        assert_eq!(found.next_version().to_string(), "0011");
        assert_eq!(folder(&["000007_a.sql"]).unwrap().next_version().to_string(), "000008");
        assert_eq!(folder(&[]).unwrap().next_version().to_string(), "0001");
    }

    #[test]
    fn what_is_out_of_order_is_an_error() {
        let said = |names: &[&str]| folder(names).unwrap_err().to_string();
        let twice = said(&["0002_b.sql", "2_a.sql"]);
        assert!(
            twice.contains("2_a.sql` and `migrations/0002_b.sql") && twice.contains("renumber"),
            "{twice}"
        );
        assert!(said(&["seed.sql"]).contains("`migrations/seed.sql` has no number"));
        assert!(said(&["0001.sql"]).contains("0007_add_profiles.sql"));
        assert!(said(&["0001_a.down.sql"]).contains("there is no `0001_a.sql`"));
        assert!(said(&["99999999999999999999_a.sql"]).contains("has no number"));
        let bytes = vec![("0001_a.sql".to_owned(), b"SELECT 1;\nSELECT '\xff';".to_vec())];
        assert_eq!(Directory::from_files("m", bytes).unwrap_err().at.unwrap().line, 2);
    }

    #[test]
    fn what_is_written_is_read_again_and_never_overwritten() {
        let path = std::env::temp_dir().join(format!("schemadiff-directory-{}", std::process::id()));
        let empty = Directory::read(&path).unwrap();
        let header = Header::parse(Path::new("0001_first.sql"), "").unwrap();
        let up = Migration { header, sections: Vec::new() };
        let written = empty.write(&up, Some(&up)).unwrap();
        let refused = empty.write(&up, None).unwrap_err();
        fs::write(path.join("notes.txt"), "not SQL").unwrap();
        let found = Directory::read(&path).unwrap();
        fs::remove_dir_all(&path).unwrap();
        assert_eq!(written, [path.join("0001_first.sql"), path.join("0001_first.down.sql")]);
        assert!(refused.message.contains("is taken by"));
        assert_eq!(found.files.len(), 1);
        assert_eq!(found.files[0].text, up.render());
        assert!(found.files[0].down.is_some());
    }
}
