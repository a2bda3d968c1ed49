//! Which statements of a migration's text run, and which of them run in one transaction.
//!
//! Keeps byte ranges rather than texts: what was reviewed is what runs, and an error can be shown where it stands.

use std::ops::Range;
use std::path::Path;

use super::batch::Batch;
use super::meta;
use crate::error::{Error, ErrorKind, Position, Result};
use crate::source::annotation::{ALLOW, advice, allowed, misspelled, words};
use crate::source::scan::{PieceKind, scan};
use crate::source::token::{TokenKind, Tokens};
use crate::source::words::Words;

/// The annotations of a migration.
const KNOWN: [&str; 4] = ["transaction", "no-transaction", "batch", ALLOW];

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
    /// Whether, and how, it is one statement that is repeated until it affects no row, each time in a transaction of its
    /// own.
    pub batch: Option<Batch>,
    /// In the order of the text.
    pub statements: Vec<Statement>,
}

/// One statement of a migration's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its bytes, without its semicolon.
    pub range: Range<usize>,
    /// The bytes of the rows that `COPY … FROM stdin` reads, without the line that ends them.
    pub rows: Option<Range<usize>>,
}

impl Statement {
    /// Its SQL in the `script` that it was cut from; below a COPY the rows that it reads, and the line that ends them.
    pub fn text(&self, script: &str) -> String {
        match &self.rows {
            Some(rows) if rows.start > self.range.end => {
                format!("{}\\.", &script[self.range.start..rows.end])
            }
            _ => script[self.range.clone()].to_owned(),
        }
    }
}

impl Script {
    /// Cuts the text of the file at `path`.
    ///
    /// # Errors
    ///
    /// A command of psql that is more than decoration, rows of a COPY that are not ended, something left open, an
    /// annotation that is unknown or about nothing; each with its place.
    pub fn read(path: &Path, text: &str) -> Result<Script> {
        let cut = scan(text.as_bytes());
        let mut reader = Reader { path, text, sections: Vec::new(), transaction: true, batch: None };
        if let Some(open) = cut.unterminated {
            return Err(reader.refuse(format!("this {} is never closed", open.what), open.offset));
        }
        reader.begin();
        let mut comments = cut.comments.iter().peekable();
        for piece in &cut.pieces {
            while let Some(comment) = comments.next_if(|comment| comment.start < piece.range.start) {
                reader.comment(comment)?;
            }
            while let Some(comment) = comments.next_if(|comment| comment.start < piece.range.end) {
                reader.inner_comment(comment)?;
            }
            match piece.kind {
                PieceKind::Meta => reader.meta(&piece.range)?,
                PieceKind::CopyData => reader.rows(&piece.range)?,
                PieceKind::Sql => reader.sql(&piece.range)?,
            }
        }
        for comment in comments {
            reader.comment(comment)?;
        }
        match reader.batch {
            Some((offset, batch)) => Err(reader.about_nothing(batch.words(), offset)),
            None => {
                reader.sections.retain(|section| !section.statements.is_empty());
                Ok(Script { sections: reader.sections })
            }
        }
    }

    /// All statements, in the order of the text.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.sections.iter().flat_map(|section| &section.statements)
    }

    /// How many statements there are.
    pub fn len(&self) -> usize {
        self.statements().count()
    }

    /// Whether there is nothing to run.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Goes through a text from its top.
struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    /// Never empty.
    sections: Vec<Stretch>,
    /// Whether the sections that begin now are transactions.
    transaction: bool,
    /// Where it was said that the next statement is a batch.
    batch: Option<(usize, Batch)>,
}

impl Reader<'_> {
    fn begin(&mut self) {
        self.sections.push(Stretch { transaction: self.transaction, batch: None, statements: Vec::new() });
    }

    fn comment(&mut self, comment: &Range<usize>) -> Result<()> {
        let text = &self.text[comment.clone()];
        let place = || Position::locate(self.path, self.text, comment.start);
        if let Some(error) = misspelled(ErrorKind::Migration, text, &KNOWN, place) {
            return Err(error);
        }
        let Some((said, _)) = words(text) else { return Ok(()) };
        // It concerns who reads the file, not what runs.
        if allowed(said).is_some() {
            return Ok(());
        }
        let before = self.text[..comment.start].rsplit('\n').next().unwrap_or_default();
        if !before.trim().is_empty() {
            return Err(self.about_nothing(said, comment.start));
        }
        if let Some((offset, batch)) = self.batch.take() {
            return Err(self.about_nothing(batch.words(), offset));
        }
        match said {
            "transaction" | "no-transaction" => {
                self.transaction = said == "transaction";
                self.begin();
            }
            _ => {
                if let Some(batch) = Batch::read(said) {
                    self.batch = Some((comment.start, batch));
                    return Ok(());
                }
                let message = format!("unknown annotation `{said}` in a migration");
                return Err(self.refuse(message, comment.start).hint(advice(said, &KNOWN)));
            }
        }
        Ok(())
    }

    /// An annotation inside a statement would be overlooked.
    fn inner_comment(&self, comment: &Range<usize>) -> Result<()> {
        match words(&self.text[comment.clone()]) {
            Some((said, _)) if allowed(said).is_none() => Err(self.about_nothing(said, comment.start)),
            _ => Ok(()),
        }
    }

    fn meta(&self, range: &Range<usize>) -> Result<()> {
        match meta::refusal(&self.text[range.clone()]) {
            Some((message, hint)) => Err(self.refuse(message, range.start).hint(hint)),
            None => Ok(()),
        }
    }

    fn sql(&mut self, range: &Range<usize>) -> Result<()> {
        let text = &self.text[range.clone()];
        // psql follows a command in the middle of a statement; the server would be sent it.
        if let Some(token) = Tokens::new(text.as_bytes(), 0).find(|token| token.kind == TokenKind::Meta) {
            let message = "a command of psql stands inside this statement".to_owned();
            return Err(self.refuse(message, range.start + token.start).hint("end the statement before it"));
        }
        let said = Words::new(text);
        if copies(&said, "to", "stdout") {
            let message = "`COPY … TO stdout` cannot be part of a migration".to_owned();
            return Err(self.refuse(message, range.start).hint("there is nobody to read the rows"));
        }
        let rows = copies(&said, "from", "stdin").then_some(range.end..range.end);
        let statement = Statement { range: range.clone(), rows };
        if let Some((_, batch)) = self.batch.take() {
            if let Some(hint) = batch.refusal(&said) {
                return Err(self
                    .refuse("this statement cannot be a batch".to_owned(), range.start)
                    .hint(hint));
            }
            let batch = Some(batch);
            self.sections.push(Stretch { transaction: true, batch, statements: vec![statement] });
            self.begin();
        } else if let Some(section) = self.sections.last_mut() {
            section.statements.push(statement);
        }
        Ok(())
    }

    fn rows(&mut self, range: &Range<usize>) -> Result<()> {
        let rows = self.text[range.clone()].trim_end_matches(['\r', '\n']);
        let copy = self.sections.iter_mut().rev().find_map(|section| section.statements.last_mut());
        let Some(copy) = copy else { return Ok(()) };
        let Some(rows) = rows.strip_suffix("\\.").filter(|rows| rows.is_empty() || rows.ends_with('\n'))
        else {
            let start = copy.range.start;
            let message = "the rows of this `COPY` are not ended".to_owned();
            return Err(self.refuse(message, start).hint("write the line `\\.` below the last row"));
        };
        copy.rows = Some(range.start..range.start + rows.len());
        Ok(())
    }

    fn about_nothing(&self, said: &str, offset: usize) -> Error {
        self.refuse(format!("the annotation `{said}` is about nothing"), offset)
            .hint("write it on a line of its own, before a statement")
    }

    fn refuse(&self, message: String, offset: usize) -> Error {
        Error::new(ErrorKind::Migration, message).at(Position::locate(self.path, self.text, offset))
    }
}

/// Whether a statement is a COPY whose rows the client sends or reads.
fn copies(said: &Words<'_>, way: &str, stream: &str) -> bool {
    said.is(0, "copy") && said.outside_parentheses().any(|at| said.is(at, way) && said.is(at + 1, stream))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Script> {
        Script::read(Path::new("migrations/0001_a.sql"), text)
    }

    fn shape(text: &str) -> Vec<(bool, bool, usize)> {
        let script = read(text).unwrap();
        script
            .sections
            .iter()
            .map(|one| (one.transaction, one.batch.is_some(), one.statements.len()))
            .collect()
    }

    #[test]
    fn annotations_begin_sections() {
        let text = "\
-- schemadiff: no-transaction
SELECT 1;
/*
-- schemadiff: nor in a comment
*/
SELECT '
-- schemadiff: nor in a string
';
  --schemadiff: transaction
SELECT 3;
-- schemadiff: transaction
";
        assert_eq!(shape(text), [(false, false, 2), (true, false, 1)]);
    }

    #[test]
    fn a_batch_is_a_section_of_its_own() {
        let text = "\
SELECT 1;
-- schemadiff: batch
UPDATE t SET a = 1 WHERE a IS NULL;
SELECT 2;
-- schemadiff: no-transaction
SELECT 3;
-- schemadiff: batch
DELETE FROM t;
-- schemadiff: batch
INSERT INTO t SELECT 1 ON CONFLICT DO NOTHING;
SELECT 4;
";
        let batch = (true, true, 1);
        let expected = [(true, false, 1), batch, (true, false, 1), (false, false, 1), batch, batch];
        assert_eq!(shape(text)[..6], expected);
        assert_eq!(shape(text)[6..], [(false, false, 1)]);
    }

    #[test]
    fn rows_belong_to_their_copy() {
        let text =
            "COPY t (a) FROM stdin;\n1\n;\\\n\\.\nSELECT 1;\ncopy t from STDIN with (format csv);\n\\.\n";
        let script = read(text).unwrap();
        let rows = |index: usize| script.sections[0].statements[index].rows.clone();
        assert_eq!(&text[rows(0).unwrap()], "1\n;\\\n");
        assert_eq!(rows(1), None);
        assert!(rows(2).unwrap().is_empty());
        assert!(read("COPY t FROM stdin").unwrap().sections[0].statements[0].rows.is_some());
        assert_eq!(read("COPY t FROM '/rows'").unwrap().sections[0].statements[0].rows, None);
    }

    #[test]
    fn what_cannot_run_is_refused_with_its_place() {
        for (text, line) in [
            ("SELECT 1;\n\\i other.sql\n", 2),
            ("SELECT 1\n\\echo hello\n;", 2),
            ("SELECT 1;\n\n\\gexec\n", 3),
            ("\nCOPY t FROM stdin;\n1\nSELECT 1;\n", 2),
            ("SELECT 1; COPY t TO STDOUT;", 1),
            ("\n\n-- schemadiff: no-transactoin\n", 3),
            ("SELECT 1; -- schemadiff: no-transaction\nSELECT 2;", 1),
            ("SELECT\n-- schemadiff: no-transaction\n1;", 2),
            ("SELECT 1;\n-- schemadiff: batch\n", 2),
            ("-- schemadiff: batch\n-- schemadiff: transaction\nSELECT 1;", 1),
            ("-- schemadiff: batch\nSELECT 1;", 2),
            ("-- schemadiff: batch\nUPDATE t SET a = 1;", 2),
            ("-- schemadiff: batch\nINSERT INTO t VALUES (1);", 2),
            ("SELECT 1;\n\nSELECT 'a;\n", 3),
            ("\n-- Schemadiff: No-Transaction\nSELECT 1;", 2),
            ("-- schemadif: batch\nDELETE FROM t;", 1),
            ("SELECT 1;\n-- schema-diff: no-transactoin\nSELECT 2;", 2),
        ] {
            assert_eq!(read(text).unwrap_err().at.unwrap().line, line, "{text}");
        }
        let prose = "-- Schemadiff: the tool that runs this\n-- scheme: transaction\nSELECT 1;";
        assert_eq!(read(prose).unwrap().len(), 1);
        assert!(read("\\restrict abc\n\\set ON_ERROR_STOP on\n\\echo done\n").unwrap().is_empty());
    }
}
