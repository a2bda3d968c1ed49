//! What a review says, whatever the markup: sentences in which names stand between backticks nobody else uses.

use crate::figures::{amount, grouped};
use crate::plan::Change;
use crate::postgres::measure::Size;
use crate::review::{Review, Reviewed, Touched, WayBack};
use crate::runner::{Measure, MeasuredSection};

/// Words, and names that are to be set apart from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    Words(String),
    Name(String),
}

/// A sentence: what stands in braces is a name.
pub type Sentence = Vec<Span>;

fn words(text: impl Into<String>) -> Span {
    Span::Words(text.into())
}

fn name(text: impl Into<String>) -> Span {
    Span::Name(text.into())
}

/// `a`, `b` and `c`; of many only the first.
fn names<'a>(all: impl IntoIterator<Item = &'a String>) -> Sentence {
    const SHOWN: usize = 4;
    let all: Vec<_> = all.into_iter().collect();
    let mut out = Sentence::new();
    for (at, one) in all.iter().take(SHOWN).enumerate() {
        let last = at + 1 == all.len();
        match at {
            0 => {}
            _ if last => out.push(words(" and ")),
            _ => out.push(words(", ")),
        }
        out.push(name(one.as_str()));
    }
    if all.len() > SHOWN {
        out.push(words(format!(" and {} more", all.len() - SHOWN)));
    }
    out
}

/// What those who use the database notice of a migration.
pub fn verdict(one: &Reviewed) -> Sentence {
    let (long, rest): (Vec<&Touched>, Vec<&Touched>) = one.tables.iter().partition(|table| table.is_long());
    let brief: Vec<&Touched> = rest.into_iter().filter(|table| table.lock.blocks_writes()).collect();
    let unknown = one.sections.iter().flat_map(|section| &section.statements).any(|one| one.locks.is_none());
    let mut out = Sentence::new();
    for (reads, who) in [(true, "Nobody can read or write "), (false, "Nobody can write ")] {
        let tables: Vec<_> = long.iter().filter(|table| table.lock.blocks_reads() == reads).collect();
        if tables.is_empty() {
            continue;
        }
        let mut meanwhile: Vec<&String> = tables.iter().flat_map(|table| &table.meanwhile).collect();
        meanwhile.sort();
        meanwhile.dedup();
        out.push(words(who));
        out.extend(names(tables.iter().map(|table| &table.table)));
        out.push(words(" while the rows of "));
        out.extend(names(meanwhile));
        out.push(words(" are read or written anew. "));
    }
    if !brief.is_empty() {
        out.push(words("There are brief locks on "));
        out.extend(names(brief.iter().map(|table| &table.table)));
        out.push(words(": no rows are gone through meanwhile. "));
    }
    if out.is_empty() && !unknown {
        out.push(words("Nobody has to wait who reads or writes rows."));
    }
    out
}

/// What happens to the rows of a table.
pub fn rows_of(table: &Touched) -> &'static str {
    match (table.rewritten, table.scanned) {
        (true, _) => "all written anew",
        (false, true) => "all read",
        (false, false) => "not gone through",
    }
}

/// The narrow space that ISO 80000 has between groups of digits.
const THIN: char = '\u{202f}';

/// `about 120 000 rows, 12 MB`.
pub fn size(size: Option<Size>) -> String {
    let Some(Size { bytes, rows }) = size else { return "unknown".to_owned() };
    match rows {
        Some(rows) => format!("about {} rows, {}", grouped(rows, THIN), amount(bytes)),
        None => amount(bytes),
    }
}

/// How a section runs.
pub fn section(section: &MeasuredSection) -> &'static str {
    match (section.batch, section.transaction) {
        (true, _) => "Repeated until it affects no row, each time in a transaction of its own.",
        (false, true) => "In one transaction: what a statement locks is locked until the end of the section.",
        (false, false) => "Outside transactions, each statement by itself.",
    }
}

/// What a statement locks, and what it does to rows; a sentence each.
pub fn effects(statement: &Measure) -> Vec<Sentence> {
    let mut out = Vec::new();
    let line = statement.statement.line;
    match (&statement.locks, statement.statement.lock) {
        (Some(locks), _) => {
            let (new, held): (Vec<_>, Vec<_>) = locks.iter().partition(|lock| lock.line == line);
            let mut new = new.as_slice();
            while let Some(first) = new.first() {
                let same = new.iter().take_while(|lock| lock.mode == first.mode).count();
                let mut told = vec![words(format!("{} on ", first.mode.name()))];
                told.extend(names(new[..same].iter().map(|lock| &lock.table)));
                told.push(words(format!(": {}", first.mode.others())));
                out.push(told);
                new = &new[same..];
            }
            let held: Vec<_> = held.into_iter().filter(|lock| lock.blocks_writes).collect();
            if !held.is_empty() {
                let mut told = vec![words("still locked: ")];
                told.extend(names(held.iter().map(|lock| &lock.table)));
                out.push(told);
            }
            if locks.is_empty() {
                out.push(vec![words("locks nothing that was there before")]);
            }
        }
        (None, Some(lock)) => {
            out.push(vec![words(format!("{lock} (not measured: it went by too fast to be seen)"))])
        }
        (None, None) => out.push(vec![words("no lock was seen")]),
    }
    if !statement.rewrites.is_empty() {
        let mut told = vec![words("writes every row anew: ")];
        told.extend(names(&statement.rewrites));
        out.push(told);
    }
    if let Some(scans) = statement.scans.as_ref().filter(|scans| !scans.is_empty()) {
        let mut told = vec![words("reads every row: ")];
        told.extend(names(scans));
        out.push(told);
    }
    out
}

/// The way back, in sentences.
pub fn way_back(down: Option<&WayBack>) -> Vec<Sentence> {
    let Some(way) = down else { return vec![vec![words("There is none: no down script.")]] };
    let mut out = Vec::new();
    let file = name(way.file.display().to_string());
    out.push(match (way.leads_back, &way.problem) {
        (Some(true), _) => vec![file, words(" leads back to where it began: it was run.")],
        (Some(false), _) => vec![file, words(" does not lead back.")],
        (None, Some(why)) => vec![file, words(format!(" is there; {why}."))],
        (None, None) => vec![file, words(" is there.")],
    });
    if way.leads_back == Some(true) {
        match way.losses.as_slice() {
            [] => out.push(vec![words("It says of nothing that it would be lost.")]),
            losses => {
                let mut told = vec![words("What it would delete: ")];
                told.extend(names(losses));
                out.push(told);
            }
        }
    }
    out
}

/// A change: its sign, what it is about, and what differs.
pub fn change(change: &Change) -> (&'static str, &str, Vec<Sentence>) {
    match change {
        Change::Added { object, .. } => ("+", object, vec![]),
        Change::Removed { object } => ("−", object, vec![]),
        Change::Renamed { object, name: new, .. } => {
            ("~", object, vec![vec![words("renamed to "), name(new)]])
        }
        Change::Changed { object, attributes, .. } => {
            let told = attributes.iter().map(|attribute| {
                let (live, desired) = (shown(&attribute.live), shown(&attribute.desired));
                match live.zip(desired) {
                    Some((live, desired)) => {
                        vec![
                            words(format!("{} ", plain(&attribute.name))),
                            name(live),
                            words(" → "),
                            name(desired),
                        ]
                    }
                    None => vec![words(format!("{} differs", plain(&attribute.name)))],
                }
            });
            ("~", object, told.collect())
        }
    }
}

fn plain(attribute: &str) -> String {
    attribute.replace('_', " ")
}

/// A value that fits in a line.
fn shown(value: &serde_json::Value) -> Option<String> {
    const LONG: usize = 80;
    let text = match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => "none".to_owned(),
        other => other.to_string(),
    };
    (text.chars().count() <= LONG && !text.contains('\n')).then_some(text)
}

/// Where all this comes from.
pub fn origin(review: &Review) -> String {
    let sizes = match &review.database {
        Some(database) => format!("Sizes are those of {database}."),
        None => "Sizes are unknown, because no database was named.".to_owned(),
    };
    let scans =
        review.migrations.iter().flat_map(|one| &one.sections).flat_map(|section| &section.statements);
    let scans = match scans.clone().any(|statement| statement.scans.is_none()) {
        true => " This server does not tell which statements outside transactions read every row.",
        false => "",
    };
    format!(
        "Locks, rewrites and scans were measured by running the migration in a scratch database of PostgreSQL {}, \
         without rows.{scans} {sizes}",
        review.server
    )
}
