//! Consent to the loss of what an object holds: `-- schemadiff: drop public.old_table` in the schema files.

use std::fmt;

use super::Source;
use super::annotation::{Annotation, dropped, role};
use super::renamed::{not_a_name, one_name};
use crate::error::{Position, Result};
use crate::migration::Version;

/// What may be dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// What bears this name, as written, with all that it holds.
    Name(Vec<String>),
    /// A role: nothing of the database is meant, whatever bears the same name.
    Role(String),
}

/// Consent that stands in the schema files.
#[derive(Debug, Clone)]
pub struct Consent {
    /// To the loss of what.
    pub meant: Meant,
    /// It is about what comes behind this migration, of which it was known.
    pub after: Option<Version>,
    /// As written: `drop public.old_table`.
    pub words: String,
    /// Where it is written.
    pub position: Position,
}

impl Consent {
    fn new(annotation: &Annotation, meant: Meant) -> Consent {
        let after = dropped(&annotation.words).and_then(|(_, after)| after);
        Consent { meant, after, words: annotation.words.clone(), position: annotation.position.clone() }
    }

    /// What is meant by words that [`Consent`] displays.
    pub fn remembered(told: &str) -> Option<Meant> {
        let words = told.rsplit_once(" (").map_or(told, |(words, _)| words);
        let (name, _) = dropped(words)?;
        role(name).map(Meant::Role).or_else(|| one_name(name).map(Meant::Name))
    }

    /// The last of these migrations, each with what it was allowed to lose, that this was consent to already.
    pub fn used_by(&self, used: &[(Version, Meant)]) -> Option<Version> {
        let later = |version: &Version| self.after.is_none_or(|after| *version > after);
        let used = used.iter().filter(|(version, meant)| *meant == self.meant && later(version));
        used.map(|(version, _)| *version).max()
    }
}

impl fmt::Display for Consent {
    /// `drop public.old_table (schema/old.sql:3)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}:{})", self.words, self.position.file.display(), self.position.line)
    }
}

impl Source {
    /// What may be dropped with all that it holds.
    ///
    /// # Errors
    /// Of kind `Source`, where it is not a name.
    pub fn drops(&self) -> Result<Vec<Consent>> {
        let drops = self.annotations.iter().filter_map(|annotation| Some((annotation, annotation.drop()?)));
        let names = drops.map(|(annotation, name)| {
            let name = one_name(name).ok_or_else(|| not_a_name(annotation, name))?;
            Ok(Consent::new(annotation, Meant::Name(name)))
        });
        let roles =
            self.dropped_roles().map(|(annotation, role)| Ok(Consent::new(annotation, Meant::Role(role))));
        names.chain(roles).collect()
    }
}
