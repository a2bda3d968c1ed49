//! The text of one migration: a header of comments for the reviewer, then SQL in sections.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::batch::Batch;
use super::header::Header;
use super::script::Script;
use crate::error;
use crate::hexadecimal::hexadecimal;
use crate::source::scan::{PieceKind, scan};

/// Statements that take effect together, or each by itself.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Section {
    /// Whether the statements run in one transaction.
    pub transaction: bool,
    /// Whether, and how, its one statement is repeated until it affects no row, each time in a transaction of its own.
    #[serde(serialize_with = "whether")]
    pub batch: Option<Batch>,
    /// The SQL of each statement, with or without its semicolon; below a COPY the rows that it reads.
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
            if index > 0 || section.batch.is_some() || !section.transaction {
                let kind = match (section.batch, section.transaction) {
                    (Some(batch), _) => batch.words(),
                    (None, true) => "transaction",
                    (None, false) => "no-transaction",
                };
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
    pub fn parse(path: &Path, text: &str) -> error::Result<Migration> {
        let script = Script::read(path, text)?;
        let sections = script.sections.iter().map(|stretch| Section {
            transaction: stretch.transaction,
            batch: stretch.batch,
            statements: stretch.statements.iter().map(|statement| statement.text(text)).collect(),
        });
        Ok(Migration { header: Header::parse(path, text)?, sections: sections.collect() })
    }
}

/// SHA-256, in hexadecimal, of a migration's text; line ends and blanks at the end do not count.
pub fn checksum(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    hexadecimal(&Sha256::digest(text.trim_end().as_bytes()))
}

/// Readers of JSON are told that it is a batch, and not which.
fn whether<S: serde::Serializer>(batch: &Option<Batch>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(batch.is_some())
}

/// A statement with its semicolon and a line end; a comment behind it must not swallow the semicolon.
fn terminated(sql: &str) -> String {
    let pieces = scan(sql.as_bytes()).pieces;
    if pieces.iter().any(|piece| piece.kind == PieceKind::CopyData) {
        return format!("{sql}\n");
    }
    let sql = sql.trim_end_matches(|c: char| c == ';' || c.is_whitespace());
    let end = pieces.last().map_or(0, |piece| piece.range.end.min(sql.len()));
    if sql[end..].contains("--") { format!("{sql}\n;\n") } else { format!("{sql};\n") }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::migration::Version;
    use crate::migration::header::WIDTH;

    fn profiles() -> Migration {
        Migration {
            header: Header {
                version: Version::from(7),
                name: "add_profiles".to_owned(),
                created: "2026-11-20".to_owned(),
                description: "create table public.profiles; add column public.users.bio".to_owned(),
                depends: vec![Version::from(6)],
                hazards: Vec::new(),
                consents: vec!["drop public.users.nick (schema/users.sql:3)".to_owned()],
                made_for: String::new(),
                notes: String::new(),
                proven: "PostgreSQL 17, up, up again, down".to_owned(),
            },
            sections: vec![
                Section {
                    transaction: true,
                    batch: None,
                    statements: vec![
                        "CREATE TABLE IF NOT EXISTS public.profiles (\n    user_id bigint NOT NULL\n)"
                            .to_owned(),
                        "ALTER TABLE public.users ADD COLUMN IF NOT EXISTS bio text".to_owned(),
                    ],
                },
                Section {
                    transaction: false,
                    batch: None,
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
-- Consent: drop public.users.nick (schema/users.sql:3)
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
        migration.header.consents.push("`--allow-destructive`: table public.old_users".to_owned());
        migration.header.depends.clear();
        migration.sections.remove(0);
        migration.sections.push(Section {
            transaction: true,
            batch: Some(Batch::Again),
            statements: vec!["DELETE FROM public.users WHERE bio IS NULL".to_owned()],
        });
        migration.sections.push(Section {
            transaction: true,
            batch: None,
            statements: vec!["COPY public.users FROM stdin;\n1\t;\n\\.".to_owned(), "SELECT 1".to_owned()],
        });
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
}
