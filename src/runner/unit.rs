//! What of a migration takes effect whole or not at all.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use super::lock_mode::LockMode;
use super::patience::{Patience, Said, is_weak};
use super::words::words;
use crate::error::{Error, ErrorKind, Position, Result};
use crate::migration::{self, Batch, Script};

/// Statements that take effect together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// The BEGIN that the file itself states.
    pub opening: Option<Range<usize>>,
    /// In order; never empty unless the file's own transaction is.
    pub statements: Vec<Statement>,
    pub ending: Ending,
    /// Whether it is a batch that changes each row once.
    pub once: bool,
}

/// How a unit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// A transaction, committed.
    Commit,
    /// A transaction that the file itself rolls back.
    Rollback,
    /// One statement that runs outside any transaction.
    Alone,
    /// One statement that is repeated until it affects no row, each time in a transaction of its own.
    Batch,
}

/// One statement of a migration's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub range: Range<usize>,
    /// The line of the text that it begins on, from 1.
    pub line: usize,
    /// What a COPY reads.
    pub rows: Option<Range<usize>>,
    /// By itself; what its transaction holds already may make it shorter.
    pub patience: Patience,
    /// Whether nobody waits behind its locks.
    pub weak: bool,
    /// What it keeps others from.
    pub lock: Option<LockMode>,
    /// CONCURRENTLY leaves something behind when it fails, so it is not simply tried again.
    pub repeatable: bool,
}

/// What a statement does to transactions.
enum Control {
    Open,
    Close(Ending),
    Refused(&'static str),
}

/// The units of the text at `path`, in order.
///
/// # Errors
///
/// A transaction of the file's own that is not ended, or ended without having begun; each with its place.
pub(super) fn units(path: &Path, text: &str, script: &Script) -> Result<Vec<Unit>> {
    let mut units: Vec<Unit> = Vec::new();
    let mut said = Said::default();
    let mut lines = Lines { text, at: 0, line: 1 };
    for section in &script.sections {
        let texts: Vec<_> =
            section.statements.iter().map(|one| (one, words(&text[one.range.clone()]))).collect();
        let controls = texts.iter().any(|(_, words)| control(words).is_some());
        let together = section.transaction && !controls;
        let mut open: Option<Unit> = together.then(|| Unit::begun(None));
        let ending = if section.batch.is_some() { Ending::Batch } else { Ending::Commit };
        let once = section.batch == Some(Batch::Once);
        open.iter_mut().for_each(|unit| (unit.ending, unit.once) = (ending, once));
        for (statement, words) in texts {
            let range = &statement.range;
            let place = || Position::locate(path, text, range.start);
            let refuse = |message: &str| Err(Error::new(ErrorKind::Migration, message).at(place()));
            match (control(&words), open.take()) {
                (Some(Control::Refused(message)), _) => return refuse(message),
                (Some(Control::Open), None) => open = Some(Unit::begun(Some(range.clone()))),
                (Some(Control::Open), Some(_)) => return refuse("a transaction is open here already"),
                (Some(Control::Close(_)), None) => return refuse("no transaction is open here"),
                (Some(Control::Close(ending)), Some(unit)) => {
                    let undone = ending == Ending::Rollback;
                    said = if undone { Said::Nothing } else { said.beyond() };
                    units.push(Unit { ending, ..unit });
                }
                (None, Some(mut unit)) => {
                    said = said.after(&words, false);
                    unit.push(&mut lines, statement, &words, said);
                    open = Some(unit);
                }
                (None, None) => {
                    said = said.after(&words, true);
                    let mut unit = Unit { ending: Ending::Alone, ..Unit::begun(None) };
                    unit.push(&mut lines, statement, &words, said);
                    units.push(unit);
                }
            }
        }
        said = said.beyond();
        match open {
            Some(Unit { opening: Some(range), .. }) => {
                let message = "the transaction that begins here is not ended in its section";
                return Err(Error::new(ErrorKind::Migration, message)
                    .at(Position::locate(path, text, range.start))
                    .hint(
                        "end it with `COMMIT`, or leave `BEGIN` away: a section is a transaction already",
                    ));
            }
            unit => units.extend(unit),
        }
    }
    Ok(units)
}

/// Whether the transactions that a text begins and ends by itself can run.
///
/// # Errors
///
/// One that is not ended, or ended without having begun; with its place.
pub(crate) fn check_transactions(path: &Path, text: &str, script: &Script) -> Result<()> {
    units(path, text, script).map(|_| ())
}

/// Where the statements begin that run in a transaction: a section's, or the file's own.
///
/// # Errors
///
/// As [`check_transactions`].
pub(crate) fn in_transactions(path: &Path, text: &str, script: &Script) -> Result<HashSet<usize>> {
    let units = units(path, text, script)?;
    let together = units.iter().filter(|unit| unit.ending != Ending::Alone);
    Ok(together.flat_map(|unit| &unit.statements).map(|statement| statement.range.start).collect())
}

impl Unit {
    pub fn begun(opening: Option<Range<usize>>) -> Unit {
        Unit { opening, statements: Vec::new(), ending: Ending::Commit, once: false }
    }

    fn push(
        &mut self,
        lines: &mut Lines<'_>,
        statement: &migration::Statement,
        words: &[String],
        said: Said,
    ) {
        let migration::Statement { range, rows } = statement.clone();
        let line = lines.of(range.start);
        let weak = is_weak(words);
        let patience = said.patience(words, weak);
        let lock = LockMode::of_statement(&lines.text[range.clone()]);
        let repeatable = !words.iter().any(|word| word == "CONCURRENTLY");
        self.statements.push(Statement { range, line, rows, patience, weak, lock, repeatable });
    }

    /// Whether it may be tried again after it failed to get a lock.
    pub fn is_repeatable(&self) -> bool {
        self.statements.iter().all(|statement| statement.repeatable)
    }
}

/// Counts lines as it goes through a text once: a file of many statements would be read again for each of them.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of a byte that comes after all that were asked for.
    fn of(&mut self, offset: usize) -> usize {
        self.line += self.text[self.at..offset].matches('\n').count();
        self.at = offset;
        self.line
    }
}

fn control(words: &[String]) -> Option<Control> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["BEGIN", ..] | ["START", "TRANSACTION", ..] => Some(Control::Open),
        ["PREPARE", "TRANSACTION", ..] => {
            Some(Control::Refused("a prepared transaction would outlive the migration"))
        }
        ["COMMIT" | "ROLLBACK", "PREPARED", ..] => None,
        ["COMMIT" | "END" | "ROLLBACK" | "ABORT", .., "AND", "CHAIN"] => {
            Some(Control::Refused("`AND CHAIN` is not understood; write `COMMIT` and `BEGIN`"))
        }
        ["COMMIT" | "END", ..] => Some(Control::Close(Ending::Commit)),
        ["ROLLBACK", ..] if words.contains(&"TO") => None,
        ["ROLLBACK" | "ABORT", ..] => Some(Control::Close(Ending::Rollback)),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::patience::Waiting;
    use super::*;
    use crate::migration::Directory;

    fn cut(text: &str) -> Result<Vec<Unit>> {
        let files = [("0001_a.sql".to_owned(), text.as_bytes().to_vec())];
        let directory = Directory::from_files("migrations", files).unwrap();
        let file = &directory.files[0];
        units(&file.path, &file.text, &file.script().unwrap())
    }

    fn shape(text: &str) -> Vec<(Ending, usize)> {
        cut(text).unwrap().iter().map(|unit| (unit.ending, unit.statements.len())).collect()
    }

    #[test]
    fn a_section_is_a_transaction_unless_the_file_has_its_own() {
        use Ending::{Alone, Commit, Rollback};
        assert_eq!(shape("SELECT 1; SELECT 2;"), [(Commit, 2)]);
        assert_eq!(shape("-- schemadiff: no-transaction\nSELECT 1; SELECT 2;"), [(Alone, 1), (Alone, 1)]);
        assert_eq!(shape("BEGIN; SELECT 1; SAVEPOINT a; ROLLBACK TO a; COMMIT;"), [(Commit, 3)]);
        assert_eq!(
            shape("SELECT 0; START TRANSACTION; SELECT 1; END; begin; SELECT 2; rollback; SELECT 3"),
            [(Alone, 1), (Commit, 1), (Rollback, 1), (Alone, 1)]
        );
        assert_eq!(
            shape("SELECT 1;\n-- schemadiff: batch\nDELETE FROM a;\nSELECT 2;"),
            [(Commit, 1), (Ending::Batch, 1), (Commit, 1)]
        );
        for wrong in ["COMMIT;", "BEGIN; SELECT 1;", "BEGIN; BEGIN;", "BEGIN; COMMIT AND CHAIN;"] {
            assert!(cut(wrong).unwrap_err().at.is_some(), "{wrong}");
        }
    }

    /// What each statement of the sections finds, one transaction after the other.
    fn waits(text: &str) -> Vec<Vec<Patience>> {
        let found = |unit: &Unit| {
            let (mut waiting, mut now) = (Waiting::default(), Patience::Own);
            let before = |one: &Statement| match (one.patience, waiting.before(one)) {
                (Patience::Own, _) => Patience::Own,
                (_, set) => {
                    now = set.unwrap_or(now);
                    now
                }
            };
            unit.statements.iter().map(before).collect()
        };
        cut(text).unwrap().iter().map(found).collect()
    }

    #[test]
    fn patience_is_for_weak_locks() {
        use Patience::{Endless, Own, Short};
        for (text, expected) in [
            ("ALTER TABLE a ADD b int; ALTER TABLE a VALIDATE CONSTRAINT c;", vec![Short, Short]),
            ("ALTER TABLE a VALIDATE CONSTRAINT c, VALIDATE CONSTRAINT d;", vec![Endless]),
            ("ALTER TABLE a VALIDATE CONSTRAINT c, ADD b int;", vec![Short]),
            ("ALTER TABLE a DETACH PARTITION b CONCURRENTLY;", vec![Endless]),
            ("CREATE UNIQUE INDEX CONCURRENTLY i ON a (b);", vec![Endless]),
            ("DROP INDEX CONCURRENTLY IF EXISTS i;", vec![Endless]),
            ("REFRESH MATERIALIZED VIEW CONCURRENTLY m;", vec![Endless]),
            ("CREATE INDEX i ON a (b); UPDATE a SET b = 1;", vec![Short, Short]),
            ("UPDATE a SET b = 1; SET LOCAL lock_timeout = '9s'; DROP TABLE a;", vec![Endless, Own, Own]),
            ("SELECT audit.enable('a'); UPDATE a SET b = 1;", vec![Short, Short]),
            ("WITH c AS (SELECT d()) UPDATE a SET b = 1;", vec![Short]),
            (
                "SET lock_timeout = '9s'; DROP TABLE a; RESET lock_timeout; UPDATE b SET c = 1;",
                vec![Own, Own, Own, Short],
            ),
            ("SAVEPOINT s; DROP TABLE a; ROLLBACK TO s; DROP TABLE a;", vec![Short, Short, Own, Short]),
        ] {
            assert_eq!(waits(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_limit_of_the_file_lasts_as_long_as_the_server_keeps_it() {
        use Patience::{Own, Short};
        let section = "-- schemadiff: transaction\nDROP TABLE b;";
        let local = format!("SET LOCAL lock_timeout = '9s'; DROP TABLE a;\n{section}");
        assert_eq!(waits(&local), [vec![Own, Own], vec![Short]]);
        let all = format!("SET lock_timeout = '9s'; DROP TABLE a;\n{section}");
        assert_eq!(waits(&all), [vec![Own, Own], vec![Own]]);
        let nowhere = "-- schemadiff: no-transaction\nSET LOCAL lock_timeout = '9s';\nDROP TABLE a;";
        assert_eq!(waits(nowhere)[1], [Short]);
        let undone = "BEGIN; SET lock_timeout = '9s'; ROLLBACK; BEGIN; DROP TABLE a; COMMIT;";
        assert_eq!(waits(undone)[1], [Short]);
    }
}
