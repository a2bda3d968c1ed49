//! Advice on schema files and on migrations that were written by hand: what works today and hurts later.
//!
//! `sqlparser` reads the statements. It cannot read them all, so it advises: a statement that it cannot read has only the
//! findings that its words tell, and what it may say about others is taken for said.

mod allow;
mod facts;
mod name;
mod rule;
mod rules;
mod shape;
mod target;

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;
use sqlparser::ast;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

use crate::error::{Error, ErrorKind, Position, Result};
use crate::migration::Script;
use crate::runner::in_transactions;
use crate::source::File;
use crate::source::scan::{PieceKind, scan};
use crate::source::words::Words;
use allow::Allowed;
use facts::Facts;
use rule::{Check, Wording};
pub use rule::{Concern, Rule};
pub use rules::REGISTRY;
pub use target::{Targets, targets};

/// One place that a rule speaks against.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// As the user would name it.
    pub file: PathBuf,
    /// From 1.
    pub line: usize,
    /// What was found there.
    pub message: String,
    /// What it costs.
    pub why: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// What came of a look at some files.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Report {
    /// How many files were looked at.
    pub files: usize,
    /// How many statements they hold.
    pub statements: usize,
    /// How many of these could not be read as a whole: only rules that need no more than words were held against them.
    pub unread: usize,
    /// In the order of the files and their lines.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Both reports in one.
    #[must_use]
    pub fn and(mut self, other: Report) -> Report {
        self.files += other.files;
        self.statements += other.statements;
        self.unread += other.unread;
        self.findings.extend(other.findings);
        self
    }
}

impl fmt::Display for Finding {
    /// `file:line: rule: message`, and the remedy below.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file.display(), self.line, self.rule, self.message)?;
        write!(f, "\n  why: {}\n  hint: {}", self.why, self.remedy)
    }
}

/// One statement: what it says, and where.
struct Read {
    line: usize,
    range: Range<usize>,
    /// Whether it runs in a transaction, as far as can be told.
    in_transaction: bool,
    /// `None` if it could not be read.
    said: Option<ast::Statement>,
    /// The words of what could not be read.
    words: Vec<String>,
}

/// Holds every rule against files of this concern. Files `beside` them only tell what else there is: an index may
/// stand in another file than its table. Of migrations each is looked at by itself.
///
/// # Errors
///
/// Of kind `Source`, where a text is left open, or allows what is no rule; with its place.
pub fn lint(files: &[File], concern: Concern, beside: &[File]) -> Result<Report> {
    let all: Vec<Vec<Read>> = files.iter().map(read).collect::<Result<_>>()?;
    let beside: Vec<Vec<Read>> = beside.iter().map(read).collect::<Result<_>>()?;
    let together = Facts::of(all.iter().chain(&beside).flatten());
    let mut report = Report { files: files.len(), ..Report::default() };
    for (file, statements) in files.iter().zip(&all) {
        let allowed = Allowed::read(file)?;
        let alone = Facts::of(statements);
        let facts = if concern == Concern::Migration { &alone } else { &together };
        report.statements += statements.len();
        report.unread += statements.iter().filter(|one| one.said.is_none()).count();
        let mut found: Vec<Finding> =
            statements.iter().flat_map(|one| judge(file, one, concern, facts)).collect();
        found.retain(|finding| !allowed.covers(finding.rule, finding.line));
        found.sort_by_key(|finding| finding.line);
        report.findings.extend(found);
    }
    Ok(report)
}

/// What the rules of one concern say of one statement.
fn judge(file: &File, read: &Read, concern: Concern, facts: &Facts) -> Vec<Finding> {
    let wording = Wording::new(&file.text[read.range.clone()], read.in_transaction);
    let marks = |rule: &Rule| match rule.check {
        Check::Parsed(check) => read.said.as_ref().map(|said| check(said, facts)).unwrap_or_default(),
        Check::Worded(check) => check(&wording, facts).into_iter().collect(),
    };
    let rules = REGISTRY.iter().filter(|rule| rule.concern == concern);
    rules
        .flat_map(|rule| {
            marks(rule).into_iter().map(|mark| Finding {
                rule: rule.name,
                file: file.path.clone(),
                // Counted within the statement, from 1; 0 where the parser does not say.
                line: read.line + (mark.line as usize).saturating_sub(1),
                message: mark.message,
                why: rule.why,
                remedy: rule.remedy,
            })
        })
        .collect()
}

fn read(file: &File) -> Result<Vec<Read>> {
    let cut = scan(file.text.as_bytes());
    if let Some(open) = cut.unterminated {
        return Err(Error::new(ErrorKind::Source, format!("this {} is never closed", open.what))
            .at(Position::locate(&file.path, &file.text, open.offset)));
    }
    let pieces = cut.pieces.into_iter().filter(|piece| piece.kind == PieceKind::Sql);
    // What cannot be cut into sections is told by who runs it.
    let script = Script::read(&file.path, &file.text);
    let together =
        script.and_then(|script| in_transactions(&file.path, &file.text, &script)).unwrap_or_default();
    Ok(pieces
        .map(|piece| {
            let text = &file.text[piece.range.clone()];
            let said = Parser::parse_sql(&PostgreSqlDialect {}, text).ok().and_then(|mut all| all.pop());
            let words = match said {
                Some(_) => Vec::new(),
                None => names(text),
            };
            let in_transaction = together.contains(&piece.range.start);
            Read { line: file.line(piece.range.start), range: piece.range, in_transaction, said, words }
        })
        .collect())
}

/// The names in what may give a table a key, an index or a check; of anything else, none.
fn names(text: &str) -> Vec<String> {
    let words = Words::new(text);
    if !["create index", "create unique index", "alter table"].iter().any(|phrase| words.are(0, phrase)) {
        return Vec::new();
    }
    (0..words.count()).filter_map(|at| words.name(at)).map(|name| name.into_owned()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn found(text: &str, concern: Concern) -> Vec<(&'static str, usize)> {
        let report = lint(&[File::new("a.sql", text)], concern, &[]).unwrap();
        report.findings.iter().map(|finding| (finding.rule, finding.line)).collect()
    }

    #[test]
    fn every_rule_finds_its_example_and_lets_its_counterexample_be() {
        for rule in REGISTRY {
            let hits = |text| found(text, rule.concern).iter().filter(|(name, _)| *name == rule.name).count();
            assert!(hits(rule.example) > 0, "{}", rule.name);
            assert_eq!(hits(rule.counterexample), 0, "{}", rule.name);
            if let Check::Parsed(_) = rule.check {
                let files = [rule.example, rule.counterexample].map(|text| File::new("a.sql", text));
                assert_eq!(lint(&files, rule.concern, &[]).unwrap().unread, 0, "{}", rule.name);
            }
        }
    }

    #[test]
    fn what_runs_in_a_transaction_is_known() {
        let refused = |text: &str| -> Vec<usize> {
            let mut all = found(text, Concern::Migration);
            all.retain(|(rule, _)| *rule == "refused-in-transaction");
            all.iter().map(|(_, line)| *line).collect()
        };
        let none = Vec::<usize>::new();
        let index = "CREATE INDEX CONCURRENTLY a ON b (c);\n";
        assert_eq!(refused(index), [1]);
        assert_eq!(refused(&format!("-- schemadiff: no-transaction\n{index}")), none);
        assert_eq!(
            refused(&format!(
                "-- schemadiff: no-transaction\nSELECT 1;\n-- schemadiff: transaction\n\n{index}"
            )),
            [5]
        );
        // Beside transactions of its own, a file's statements run by themselves.
        assert_eq!(refused(&format!("BEGIN;\n{index}COMMIT;\n{index}")), [2]);
        assert_eq!(
            refused("DROP INDEX CONCURRENTLY a;\nREFRESH MATERIALIZED VIEW CONCURRENTLY b;\nVACUUM c;"),
            [1, 3]
        );
        assert_eq!(refused(&format!("\\i other.sql\n{index}")), none);
    }

    #[test]
    fn every_rule_has_one_name_and_speaks_as_messages_do() {
        let mut names: Vec<_> = REGISTRY.iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), REGISTRY.len());
        for text in REGISTRY.iter().flat_map(|rule| [rule.why, rule.remedy]) {
            assert!(!text.ends_with('.') && !text.starts_with(char::is_uppercase), "{text}");
        }
    }

    #[test]
    fn the_line_is_that_of_the_column() {
        let text =
            "\n-- a comment\nCREATE TABLE a (\n    id int PRIMARY KEY,\n    b varchar(3),\n    c money\n);\n";
        assert_eq!(found(text, Concern::Schema), [("varchar-with-length", 5), ("money-type", 6)]);
    }

    #[test]
    fn what_is_allowed_is_not_found() {
        let table = |before: &str, behind: &str| {
            format!("{before}CREATE TABLE a (id int PRIMARY KEY,\n b money, {behind}\n c money);")
        };
        let lines =
            |text: String| found(&text, Concern::Schema).iter().map(|(_, line)| *line).collect::<Vec<_>>();
        assert_eq!(lines(table("", "")), [2, 3]);
        assert!(lines(table("-- schemadiff: allow money-type\n", "")).is_empty());
        assert!(lines(table("-- schemadiff: allow char-type, money-type: it is counted\n", "")).is_empty());
        assert_eq!(lines(table("-- schemadiff: allow char-type\n", "")), [3, 4]);
        assert_eq!(lines(table("", "-- schemadiff: allow money-type")), [3]);
        let wrong = File::new("a.sql", "-- schemadiff: allow mony-type\nSELECT 1;");
        let error = lint(&[wrong], Concern::Schema, &[]).unwrap_err();
        assert_eq!(error.hint.unwrap(), "did you mean `money-type`?");
        assert_eq!(error.at.unwrap().column, 22);
    }

    #[test]
    fn what_stands_in_another_file_counts() {
        let key = "CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);";
        let file = [File::new("b.sql", key)];
        let rules = |beside: &str| {
            let beside = [File::new("c.sql", beside)];
            lint(&file, Concern::Schema, &beside).unwrap().findings.len()
        };
        assert_eq!(rules(""), 1);
        assert_eq!(rules("CREATE INDEX ON b (a)"), 0);
        assert_eq!(rules("CREATE INDEX ON other.b (a); CREATE INDEX ON public.b (a)"), 0);
        assert_eq!(rules("CREATE INDEX ON b (a) WHERE a > 3"), 1);
        assert_eq!(rules("CREATE INDEX ON b (a) nobody can read this"), 0);
        assert_eq!(rules("CREATE VIEW c AS nobody can read b"), 1);
    }
}
