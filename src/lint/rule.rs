//! What a rule is: its name, its reason, its remedy, and how it is found.

use schemars::JsonSchema;
use serde::Serialize;
use sqlparser::ast::Statement;
use sqlparser::tokenizer::Span;

use super::facts::Facts;

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
    pub(super) check: fn(&Statement, &Facts) -> Vec<Mark>,
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
