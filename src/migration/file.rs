//! The text of one migration: a header of comments for the reviewer, then SQL in sections.
//!
//! The header is optional, so that a file written by hand is a migration too.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::scan::pieces;
use super::script::Script;
use super::version::Version;
use crate::error::{Error, ErrorKind, Position, Result};

/// The longest line of a header, in characters.
const WIDTH: usize = 110;

/// What the comments at the top of a migration say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The number of the migration.
    pub version: Version,
    /// Its name, as in the name of its file.
    pub name: String,
    /// The day it was written, as `2026-11-20`; empty if not said.
    pub created: String,
    /// What it does; empty if not said.
    pub description: String,
    /// The migrations that must have run before.
    pub depends: Vec<Version>,
    /// What running it may cost, one entry a hazard.
    pub hazards: Vec<String>,
    /// What was proven of it, and where; empty if not said.
    pub proven: String,
}

/// Statements that take effect together, or each by itself.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Section {
    /// Whether the statements run in one transaction.
    pub transaction: bool,
    /// The SQL of each statement, with or without its semicolon.
    pub statements: Vec<String>,
}

/// One migration: what its file says about itself, and what it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// The comments at its top.
    pub header: Header,
    /// What it runs, in order.
    pub sections: Vec<Section>,
}

impl Migration {
    /// The text of the file.
    pub fn render(&self) -> String {
        let mut text = self.header.render();
        for (index, section) in self.sections.iter().enumerate() {
            text.push('\n');
            if index > 0 || !section.transaction {
                let kind = if section.transaction { "transaction" } else { "no-transaction" };
                text.push_str(&format!("-- schemadiff: {kind}\n"));
            }
            let statements: Vec<String> = section.statements.iter().map(|sql| terminated(sql)).collect();
            text.push_str(&statements.join("\n"));
        }
        text
    }

    /// Reads the text of the file at `path`, whose name gives the version and the name that the header may lack.
    ///
    /// # Errors
    ///
    /// What psql alone would understand, an unterminated statement, an unknown annotation, a header that contradicts
    /// itself; each with its place.
    pub fn parse(path: &Path, text: &str) -> Result<Migration> {
        let script = Script::read(path, text)?;
        let sections = script.sections.iter().map(|stretch| Section {
            transaction: stretch.transaction,
            statements: stretch.statements.iter().map(|range| text[range.clone()].to_owned()).collect(),
        });
        Ok(Migration { header: Header::parse(path, text)?, sections: sections.collect() })
    }
}

impl Header {
    fn render(&self) -> String {
        let or_none = |text: String| if text.is_empty() { "none".to_owned() } else { text };
        let depends: Vec<String> = self.depends.iter().map(Version::to_string).collect();
        let mut text = String::new();
        wrap(&mut text, "-- Migration: ", "--   ", &format!("{}_{}", self.version, self.name));
        for (key, value) in [
            ("Created", self.created.clone()),
            ("Description", self.description.clone()),
            ("Depends", or_none(depends.join(", "))),
        ] {
            if !value.is_empty() {
                wrap(&mut text, &format!("-- {key}: "), "--   ", &value);
            }
        }
        match self.hazards.as_slice() {
            [] => text.push_str("-- Hazards: none\n"),
            [one] => wrap(&mut text, "-- Hazards: ", "--   ", one),
            several => {
                text.push_str("-- Hazards:\n");
                several.iter().for_each(|hazard| wrap(&mut text, "--   ", "--     ", hazard));
            }
        }
        if !self.proven.is_empty() {
            wrap(&mut text, "-- Proven: ", "--   ", &self.proven);
        }
        text
    }

    /// Reads the comment lines at the top of a migration; what they do not say is empty.
    ///
    /// # Errors
    ///
    /// A `Depends` that is not a list of numbers; a file name without a number.
    pub fn parse(path: &Path, text: &str) -> Result<Header> {
        let stem = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let stem = stem.strip_suffix(".sql").unwrap_or(stem);
        let stem = stem.strip_suffix(".down").unwrap_or(stem);
        let (number, name) = stem.split_once('_').unwrap_or((stem, ""));
        let version = Version::parse(number).filter(|_| !number.is_empty()).ok_or_else(|| {
            Error::new(ErrorKind::Migration, format!("`{}` has no number", path.display()))
                .hint("a migration is named like `0007_add_profiles.sql`")
        })?;
        let mut header = Header {
            version,
            name: name.to_owned(),
            created: String::new(),
            description: String::new(),
            depends: Vec::new(),
            hazards: Vec::new(),
            proven: String::new(),
        };
        for (offset, key, lines) in entries(text) {
            let value = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
            let value = value.collect::<Vec<_>>().join(" ");
            match key {
                "Created" => header.created = value,
                "Description" => header.description = value,
                "Proven" => header.proven = value,
                "Hazards" if value == "none" => {}
                "Hazards" => header.hazards = hazards(&lines),
                "Depends" if value == "none" || value.is_empty() => {}
                "Depends" => {
                    let place = || Position::locate(path, text, offset);
                    header.depends = depends(&value).ok_or_else(|| {
                        let message = format!("`{value}` is not a list of migrations");
                        Error::new(ErrorKind::Migration, message)
                            .at(place())
                            .hint("write the numbers: `-- Depends: 0001, 0003`")
                    })?;
                }
                _ => {}
            }
        }
        Ok(header)
    }
}

/// SHA-256, in hexadecimal, of a migration's text; line ends and blanks at the end do not count.
pub fn checksum(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let digest = Sha256::digest(text.trim_end().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Each `-- Key: value` of the leading comments, with its offset and its lines, the first being the rest of its own.
fn entries(text: &str) -> Vec<(usize, &str, Vec<&str>)> {
    let mut found: Vec<(usize, &str, Vec<&str>)> = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let Some(comment) = line.trim_end().strip_prefix("--") else { break };
        if let Some(more) = comment.strip_prefix("   ") {
            found.iter_mut().last().into_iter().for_each(|(_, _, lines)| lines.push(more));
        } else if let Some((key, value)) = comment.trim_start().split_once(':') {
            found.push((offset, key, vec![value]));
        }
        offset += line.len();
    }
    found
}

/// One hazard on the key's line and its continuations, or one a line below it, further indented if continued.
fn hazards(lines: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let listed = lines.first().is_some_and(|first| first.trim().is_empty());
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        match found.last_mut() {
            Some(hazard) if !listed || line.starts_with(' ') => {
                hazard.push(' ');
                hazard.push_str(line.trim());
            }
            _ => found.push(line.trim().to_owned()),
        }
    }
    found
}

/// `0001, 0003_add_users`.
fn depends(value: &str) -> Option<Vec<Version>> {
    let number =
        |item: &str| item.trim().split('_').next().filter(|n| !n.is_empty()).and_then(Version::parse);
    value.split(',').map(number).collect()
}

/// Writes `words` behind `first`, and what does not fit on the line behind `next`.
fn wrap(text: &mut String, first: &str, next: &str, words: &str) {
    let mut line = first.trim_end().to_owned();
    let mut fresh = true;
    let mut lead = first;
    for word in words.split_whitespace() {
        if !fresh && line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            lead = next;
            fresh = true;
        }
        line = if fresh { format!("{lead}{word}") } else { format!("{line} {word}") };
        fresh = false;
    }
    text.push_str(&line);
    text.push('\n');
}

/// A statement with its semicolon and a line end; a comment behind it must not swallow the semicolon.
fn terminated(sql: &str) -> String {
    let sql = sql.trim_end_matches(|c: char| c == ';' || c.is_whitespace());
    let end = pieces(sql).last().map_or(0, |piece| piece.range.end);
    if sql[end..].contains("--") { format!("{sql}\n;\n") } else { format!("{sql};\n") }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn profiles() -> Migration {
        Migration {
            header: Header {
                version: Version::from(7),
                name: "add_profiles".to_owned(),
                created: "2026-11-20".to_owned(),
                description: "create table public.profiles; add column public.users.bio".to_owned(),
                depends: vec![Version::from(6)],
                hazards: Vec::new(),
                proven: "PostgreSQL 17, up, up again, down".to_owned(),
            },
            sections: vec![
                Section {
                    transaction: true,
                    statements: vec![
                        "CREATE TABLE IF NOT EXISTS public.profiles (\n    user_id bigint NOT NULL\n)"
                            .to_owned(),
                        "ALTER TABLE public.users ADD COLUMN IF NOT EXISTS bio text".to_owned(),
                    ],
                },
                Section {
                    transaction: false,
                    statements: vec![
                        "CREATE INDEX CONCURRENTLY users_bio_idx ON public.users (bio)".to_owned(),
                    ],
                },
            ],
        }
    }

    #[test]
    fn a_file_reads_as_the_format_says() {
        let expected = "\
-- Migration: 0007_add_profiles
-- Created: 2026-11-20
-- Description: create table public.profiles; add column public.users.bio
-- Depends: 0006
-- Hazards: none
-- Proven: PostgreSQL 17, up, up again, down

CREATE TABLE IF NOT EXISTS public.profiles (
    user_id bigint NOT NULL
);

ALTER TABLE public.users ADD COLUMN IF NOT EXISTS bio text;

-- schemadiff: no-transaction
CREATE INDEX CONCURRENTLY users_bio_idx ON public.users (bio);
";
        assert_eq!(profiles().render(), expected);
    }

    #[test]
    fn what_is_rendered_is_read_again() {
        let mut migration = profiles();
        let path = Path::new("migrations/0007_add_profiles.sql");
        assert_eq!(Migration::parse(path, &migration.render()).unwrap(), migration);
        migration.header.description = "create table public.a_rather_long_name; ".repeat(9).trim().to_owned();
        migration.header.hazards = vec!["deletes data: ".repeat(12).trim().to_owned()];
        assert_eq!(Migration::parse(path, &migration.render()).unwrap(), migration);
        migration.header.hazards.push("scans public.users (3 rows, 8 kB)".to_owned());
        migration.header.depends.clear();
        migration.sections.remove(0);
        let text = migration.render();
        assert_eq!(Migration::parse(path, &text).unwrap(), migration);
        assert!(text.lines().all(|line| line.len() <= WIDTH && line == line.trim_end()), "{text}");
    }

    #[test]
    fn a_comment_does_not_swallow_the_semicolon() {
        assert_eq!(terminated("SELECT 1 -- one"), "SELECT 1 -- one\n;\n");
        assert_eq!(terminated("SELECT '--';\n"), "SELECT '--';\n");
    }

    #[test]
    fn line_ends_do_not_count_as_edits() {
        assert_eq!(checksum("SELECT 1;\nSELECT 2;\n"), checksum("SELECT 1;\r\nSELECT 2;\r\n\r\n  "));
        assert_ne!(checksum("SELECT 1;"), checksum("SELECT  1;"));
        assert_eq!(checksum("").len(), 64);
    }

    #[test]
    fn depends_must_be_numbers() {
        let path = Path::new("0002_a.sql");
        assert_eq!(Header::parse(path, "-- Depends: 1, 0001_x\n").unwrap().depends.len(), 2);
        let error = Header::parse(path, "-- hello\n-- Depends: the moon\n").unwrap_err();
        assert_eq!(error.at.unwrap().line, 2);
    }
}
