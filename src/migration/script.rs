//! Which statements of a migration's text run, and which of them run in one transaction.
//!
//! Keeps byte ranges rather than texts: what was reviewed is what runs, and an error can be shown where it stands.

use std::ops::Range;
use std::path::Path;

use crate::error::{Error, ErrorKind, Position, Result};
use crate::source::scan::{Piece, PieceKind, scan};

/// What begins an annotation, on a line of its own.
const MARK: &str = "-- schemadiff:";

/// What a migration runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// In the order of the text; none is empty.
    pub sections: Vec<Stretch>,
}

/// A section of a migration's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Whether its statements run in one transaction.
    pub transaction: bool,
    /// The bytes of each statement, without its semicolon.
    pub statements: Vec<Range<usize>>,
}

impl Script {
    /// Cuts the text of the file at `path`.
    ///
    /// # Errors
    ///
    /// What psql alone would understand (except `\restrict` and `\unrestrict`, which guard nothing here), an
    /// unterminated statement, an unknown annotation; each with its place.
    pub fn read(path: &Path, text: &str) -> Result<Script> {
        let refuse = |message: String, offset: usize| {
            Error::new(ErrorKind::Migration, message).at(Position::locate(path, text, offset))
        };
        let mut sections = vec![Stretch { transaction: true, statements: Vec::new() }];
        let mut read_to = 0;
        let cut = scan(text.as_bytes());
        if let Some(open) = cut.unterminated {
            return Err(refuse(format!("this {} is never closed", open.what), open.offset));
        }
        let end = Piece { kind: PieceKind::Sql, range: text.len()..text.len() };
        for piece in cut.pieces.iter().chain([&end]) {
            for (offset, annotation) in annotations(text, &cut.comments, read_to..piece.range.start) {
                let transaction = match annotation {
                    "transaction" => true,
                    "no-transaction" => false,
                    unknown => {
                        return Err(refuse(format!("unknown annotation `{unknown}` in a migration"), offset)
                            .hint("a section begins with `-- schemadiff: transaction` or `-- schemadiff: no-transaction`"));
                    }
                };
                sections.push(Stretch { transaction, statements: Vec::new() });
            }
            read_to = piece.range.end;
            match piece.kind {
                PieceKind::Meta => {
                    let word = text[piece.range.clone()].split_whitespace().next().unwrap_or_default();
                    if !matches!(word, "\\restrict" | "\\unrestrict") {
                        let message = format!("`{word}` is a command of psql, not SQL");
                        return Err(refuse(message, piece.range.start)
                            .hint("write the SQL that it stands for, or run this file with psql and record it with `schemadiff baseline`"));
                    }
                }
                PieceKind::CopyData => {
                    let copy = sections.last().and_then(|section| section.statements.last());
                    let offset = copy.map_or(piece.range.start, |range| range.start);
                    let message = "`COPY … FROM stdin` cannot be part of a migration".to_owned();
                    return Err(refuse(message, offset).hint("write the rows as `INSERT`"));
                }
                PieceKind::Sql if piece.range.is_empty() => {}
                PieceKind::Sql => {
                    if let Some(section) = sections.last_mut() {
                        section.statements.push(piece.range.clone());
                    }
                }
            }
        }
        sections.retain(|section| !section.statements.is_empty());
        Ok(Script { sections })
    }

    /// How many statements there are.
    pub fn len(&self) -> usize {
        self.sections.iter().map(|section| section.statements.len()).sum()
    }

    /// Whether there is nothing to run.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The annotations among the `comments` of `gap`, with their offsets.
fn annotations<'a>(text: &'a str, comments: &[Range<usize>], gap: Range<usize>) -> Vec<(usize, &'a str)> {
    let first = comments.partition_point(|comment| comment.start < gap.start);
    let within = comments[first..].iter().take_while(|comment| comment.end <= gap.end);
    let annotation = |comment: &Range<usize>| {
        let before = text[..comment.start].rsplit('\n').next().unwrap_or_default();
        let said = text[comment.clone()].strip_prefix(MARK).filter(|_| before.trim().is_empty())?;
        Some((comment.start, said.trim()))
    };
    within.filter_map(annotation).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Script> {
        Script::read(Path::new("migrations/0001_a.sql"), text)
    }

    #[test]
    fn annotations_begin_sections() {
        let text = "\
-- schemadiff: no-transaction
SELECT 1; -- schemadiff: not at the start of its line
/*
-- schemadiff: nor in a comment
*/
SELECT '
-- schemadiff: nor in a string
';
  -- schemadiff: transaction
SELECT 3;
-- schemadiff: transaction
";
        let script = read(text).unwrap();
        let shape: Vec<_> =
            script.sections.iter().map(|one| (one.transaction, one.statements.len())).collect();
        assert_eq!(shape, [(false, 2), (true, 1)]);
    }

    #[test]
    fn what_cannot_run_is_refused_with_its_place() {
        for (text, line) in [
            ("SELECT 1;\n\\i other.sql\n", 2),
            ("SELECT 1;\nCOPY t FROM stdin;\n1\n\\.\n", 2),
            ("\n\n-- schemadiff: no-transactoin\n", 3),
            ("SELECT 1;\n\nSELECT 'a;\n", 3),
        ] {
            assert_eq!(read(text).unwrap_err().at.unwrap().line, line, "{text}");
        }
        assert!(read("\\restrict abc\n\\unrestrict abc\n").unwrap().is_empty());
    }
}
