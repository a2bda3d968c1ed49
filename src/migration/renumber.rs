//! New numbers after a merge: of two files with one number, the one that nobody has applied goes behind all others.
//!
//! The new files are written whole before the old ones are taken away, so that an interrupted run loses nothing and
//! the next one finishes it.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::directory::{Directory, File};
use super::disk::{unwritable, write_all};
use super::header::{depends_on, renumbered};
use super::version::Version;
use crate::error::{Error, ErrorKind, Result};

/// What decides which file keeps its number.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence<'a> {
    /// The migrations that a database has applied, by number and name; `None` where no database was asked.
    pub applied: Option<&'a [(Version, String)]>,
    /// When a file came into being, in an order of any unit; it is asked where the headers do not tell.
    pub age: Option<fn(&File) -> Option<i64>>,
}

/// New numbers for some files.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Renumbering {
    /// In the order of their new numbers.
    pub moves: Vec<Move>,
    /// What a person should look at, a sentence each.
    pub notes: Vec<String>,
    #[serde(skip)]
    writes: Vec<(PathBuf, String)>,
    #[serde(skip)]
    removals: Vec<PathBuf>,
}

/// One migration that gets a new number.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Move {
    /// The file as it is.
    pub from: PathBuf,
    /// The file as it will be.
    pub to: PathBuf,
    /// Why it is this one.
    pub reason: String,
}

/// Which files move, and why.
struct Choice<'a> {
    directory: &'a Directory,
    evidence: Evidence<'a>,
    /// Indexes into the files.
    moved: BTreeMap<usize, String>,
}

impl Renumbering {
    /// What has to be done about `directory`, which may have several files of one number; `told` are files that the user
    /// says shall move, by path or name.
    ///
    /// # Errors
    ///
    /// A file that does not exist or is applied; two files of which nothing says which one is to move.
    pub fn plan(directory: &Directory, told: &[String], evidence: Evidence<'_>) -> Result<Renumbering> {
        let mut choice = Choice { directory, evidence, moved: BTreeMap::new() };
        for name in told {
            choice.tell(name)?;
        }
        choice.collisions()?;
        choice.latecomers();
        choice.dependents()?;
        choice.into_renumbering()
    }

    /// Whether every file can keep its number.
    pub fn is_empty(&self) -> bool {
        self.moves.is_empty()
    }

    /// Does it.
    ///
    /// # Errors
    ///
    /// A folder that cannot be written to; nothing is lost, and the next run finishes it.
    pub fn execute(&self) -> Result<()> {
        write_all(&self.writes)?;
        for path in &self.removals {
            fs::remove_file(path).map_err(|error| unwritable(path, error))?;
        }
        Ok(())
    }
}

impl<'a> Choice<'a> {
    fn file(&self, index: usize) -> &'a File {
        &self.directory.files[index]
    }

    fn is_applied(&self, index: usize) -> bool {
        let file = self.file(index);
        let is = |(version, name): &(Version, String)| *version == file.version && *name == file.name;
        self.evidence.applied.is_some_and(|applied| applied.iter().any(is))
    }

    fn tell(&mut self, told: &str) -> Result<()> {
        let names = |file: &File| {
            let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            [file.path.display().to_string(), name.trim_end_matches(".sql").to_owned(), name]
        };
        let found = self.directory.files.iter().position(|file| names(file).iter().any(|name| name == told));
        let Some(index) = found else {
            let message = format!("there is no migration `{told}` in `{}`", self.directory.path.display());
            return Err(
                Error::new(ErrorKind::Usage, message).hint("name a file, such as `0007_add_profiles.sql`")
            );
        };
        self.take(index, "as asked for".to_owned())
    }

    fn take(&mut self, index: usize, reason: String) -> Result<()> {
        if self.is_applied(index) {
            let message =
                format!("`{}` is applied: its number cannot change", self.file(index).path.display());
            return Err(Error::new(ErrorKind::Migration, message)
                .hint("history knows it by this number; move the other file of that number"));
        }
        self.moved.entry(index).or_insert(reason);
        Ok(())
    }

    fn collisions(&mut self) -> Result<()> {
        let mut groups: BTreeMap<Version, Vec<usize>> = BTreeMap::new();
        for (index, file) in self.directory.files.iter().enumerate() {
            if !self.moved.contains_key(&index) {
                groups.entry(file.version).or_default().push(index);
            }
        }
        let accepted = self.directory.accepted();
        groups.retain(|version, group| group.len() > 1 && !accepted.contains(version));
        for (version, mut group) in groups {
            let (applied, open): (Vec<_>, Vec<_>) = group.iter().partition(|index| self.is_applied(**index));
            let (stays, reason) = match applied[..] {
                [] => {
                    group.sort_by(|a, b| self.older(*a, *b));
                    let (one, two) = (self.file(group[0]), self.file(group[1]));
                    if self.older(group[0], group[1]) == Ordering::Equal {
                        return Err(undecided(version, one, two));
                    }
                    (group[0], "is older")
                }
                [index] => (index, "is applied"),
                [one, two, ..] => return Err(both_applied(self.file(one), self.file(two))),
            };
            for index in open.into_iter().filter(|index| *index != stays) {
                self.take(
                    index,
                    format!("`{}` has the same number and {reason}", self.file(stays).path.display()),
                )?;
            }
        }
        Ok(())
    }

    /// By the day in the header, then by what else is known.
    fn older(&self, one: usize, two: usize) -> Ordering {
        let created = |index: usize| {
            let created = self.file(index).header().map(|header| header.created).unwrap_or_default();
            Some(created).filter(|created| !created.is_empty())
        };
        let by_header = match (created(one), created(two)) {
            (Some(one), Some(two)) => one.cmp(&two),
            _ => Ordering::Equal,
        };
        let age = |index: usize| self.evidence.age.and_then(|age| age(self.file(index)));
        by_header.then_with(|| match (age(one), age(two)) {
            (Some(one), Some(two)) => one.cmp(&two),
            // What is not known yet is younger than all that is.
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        })
    }

    /// What is pending before something that is applied would never run.
    fn latecomers(&mut self) {
        let newest =
            self.evidence.applied.and_then(|applied| applied.iter().map(|(version, _)| *version).max());
        let Some(newest) = newest else { return };
        for (index, file) in self.directory.files.iter().enumerate() {
            if file.version < newest && !self.is_applied(index) {
                let reason = format!("{newest} is applied already");
                self.moved.entry(index).or_insert(reason);
            }
        }
    }

    /// What requires a file that moves goes behind it.
    fn dependents(&mut self) -> Result<()> {
        for index in 0..self.directory.files.len() {
            let required = depends_on(&self.file(index).text);
            let moves = |(version, name): &(Version, Option<String>)| {
                let all = self.directory.files.iter().enumerate();
                let mut meant = all.filter(|(_, file)| {
                    file.version == *version && name.as_ref().is_none_or(|name| *name == file.name)
                });
                let first = meant.next();
                // Several of one number: it may mean the one that stays.
                first.filter(|(other, _)| meant.next().is_none() && self.moved.contains_key(other))
            };
            if let Some((_, other)) = required.iter().find_map(moves) {
                self.take(index, format!("it depends on `{}`", other.path.display()))?;
            }
        }
        Ok(())
    }

    fn into_renumbering(self) -> Result<Renumbering> {
        let mut done = Renumbering { moves: vec![], notes: vec![], writes: vec![], removals: vec![] };
        let mut numbers: BTreeMap<(Version, &str), Version> = BTreeMap::new();
        let mut next = self.directory.next_version();
        for (index, reason) in &self.moved {
            let file = self.file(*index);
            let begun = self.begun(file, &numbers);
            let version = begun.map_or(next, |other| other.version);
            if begun.is_none() {
                next.number += 1;
            }
            numbers.insert((file.version, file.name.as_str()), version);
            let text = |text: &str| renumbered(text, (file.version, &file.name), version, &numbers);
            let path = |ending: &str| self.directory.path.join(format!("{version}_{}{ending}", file.name));
            if let Some(down) = &file.down {
                done.writes.push((path(".down.sql"), text(&down.text)));
                done.removals.push(down.path.clone());
            }
            done.writes.push((path(".sql"), text(&file.text)));
            done.removals.push(file.path.clone());
            done.moves.push(Move { from: file.path.clone(), to: path(".sql"), reason: reason.clone() });
        }
        done.notes = self.notes(&numbers);
        Ok(done)
    }

    /// The file that an interrupted run wrote already.
    fn begun(&self, file: &File, numbers: &BTreeMap<(Version, &str), Version>) -> Option<&'a File> {
        self.directory.files.iter().find(|other| {
            let text = || {
                let mut numbers = numbers.clone();
                numbers.insert((file.version, file.name.as_str()), other.version);
                renumbered(&file.text, (file.version, &file.name), other.version, &numbers)
            };
            other.version > file.version && other.name == file.name && other.text == text()
        })
    }

    fn notes(&self, numbers: &BTreeMap<(Version, &str), Version>) -> Vec<String> {
        let mut notes = Vec::new();
        for (index, file) in self.directory.files.iter().enumerate() {
            for (version, _) in depends_on(&file.text) {
                let moved =
                    numbers.iter().find(|((old, _), _)| *old == version && !self.moved.contains_key(&index));
                if let Some(((_, name), new)) = moved {
                    let path = file.path.display();
                    notes.push(format!(
                        "`{path}` depends on {version}, which now is the other file alone; \
                         if it needs `{new}_{name}.sql`, renumber it too: `schemadiff renumber {path}`"
                    ));
                }
            }
        }
        notes
    }
}

fn undecided(version: Version, one: &File, two: &File) -> Error {
    let (one, two) = (one.path.display(), two.path.display());
    Error::new(
        ErrorKind::Migration,
        format!("`{one}` and `{two}` both have the number {version}, and nothing says which is younger"),
    )
    .hint(format!("name the one that nobody has applied, such as `schemadiff renumber {two}`"))
}

fn both_applied(one: &File, two: &File) -> Error {
    let (one, two) = (one.path.display(), two.path.display());
    Error::new(ErrorKind::Migration, format!("`{one}` and `{two}` have one number, and both are applied"))
        .hint("history knows both by this number; `-- Duplicates: NUMBER` in the header of a later migration accepts that")
}
