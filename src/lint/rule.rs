//! What a rule is: its name, its reason, its remedy, and how it finds what it speaks against.

use schemars::JsonSchema;
use serde::Serialize;
use sqlparser::ast::Statement;
use sqlparser::tokenizer::Span;

use super::facts::Facts;
use super::name::Name;
use crate::source::words::Words;

/// What a rule speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Concern {
    /// What objects are like: schema files.
    Schema,
    /// What a change does to a database that is in use: migrations.
    Migration,
}

/// One piece of advice.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Rule {
    /// What annotations call it.
    pub name: &'static str,
    /// Which files it looks at.
    pub concern: Concern,
    /// What it costs to go against it.
    pub why: &'static str,
    /// What to write instead.
    pub remedy: &'static str,
    /// SQL that goes against it.
    pub example: &'static str,
    /// SQL to the same end that does not.
    pub counterexample: &'static str,
    #[serde(skip)]
    pub(super) check: Check,
}

/// How a rule finds what it speaks against.
#[derive(Debug)]
pub(super) enum Check {
    /// In what the parser has read.
    Parsed(fn(&Statement, &Facts) -> Vec<Mark>),
    /// In the words, which is enough for statements that their first words tell apart, and needs no parser to know them.
    Worded(fn(&Wording<'_>, &Facts) -> Option<Mark>),
}

/// The words of one statement, and how it runs.
pub(super) struct Wording<'a> {
    pub words: Words<'a>,
    text: &'a str,
    /// Whether it runs in a transaction, as far as can be told.
    pub in_transaction: bool,
}

impl<'a> Wording<'a> {
    pub fn new(text: &'a str, in_transaction: bool) -> Wording<'a> {
        Wording { words: Words::new(text), text, in_transaction }
    }

    /// A mark at the word at `index`.
    pub fn mark(&self, message: impl Into<String>, index: usize) -> Mark {
        let start = self.words.token(index).map_or(0, |token| token.start);
        Mark { message: message.into(), line: self.text[..start].matches('\n').count() as u64 + 1 }
    }

    /// Of the tables listed from `index` on the first that was there before, behind what may stand before a list.
    pub fn table_in_use(&self, mut index: usize, facts: &Facts) -> Option<Name> {
        let mut parts = Vec::new();
        loop {
            for phrase in ["table", "if exists", "only"] {
                if self.words.are(index, phrase) {
                    index += phrase.split(' ').count();
                }
            }
            let behind = self.words.qualified(index, &mut parts);
            let table = Name::written(&parts);
            if !facts.creates(&table) {
                return Some(table);
            }
            if !self.words.is(behind, ",") {
                return None;
            }
            index = behind + 1;
        }
    }
}

/// A place in a statement that goes against a rule.
pub(super) struct Mark {
    pub message: String,
    /// Within the statement, from 1; 0 if unknown.
    pub line: u64,
}

impl Mark {
    pub fn new(message: impl Into<String>, span: Span) -> Mark {
        Mark { message: message.into(), line: span.start.line }
    }
}
