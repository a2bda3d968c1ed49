//! One statement of a plan, and what it may cost.

use std::collections::BTreeSet;
use std::fmt;

use super::Precondition;
use crate::catalog::Address;
use crate::runner::LockMode;

/// One statement, ready to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Without the final semicolon.
    pub sql: String,
    /// Parts that come into being with it, besides the object it is made for.
    pub makes: Vec<Address>,
    /// What it may cost.
    pub hazards: Vec<Hazard>,
    /// Where it may run.
    pub transaction: Transaction,
    /// For `ALTER TABLE` steps that may be told together: the words up to the action, and the action.
    pub action: Option<(String, String)>,
    /// The statement as a schema file has it, where nothing has to be looked at first; None where `sql` is it.
    pub unguarded: Option<String>,
    /// As it stands within a block of PL/pgSQL, where that is shorter than `sql`.
    pub within: Option<String>,
    /// Nothing of it is done once any of these is there: they are made after it, and hold what came of it.
    pub unless: BTreeSet<Address>,
    /// The object that it is about; the machine fills it in.
    pub object: Option<Address>,
    /// What had to be done before, by the objects that it is about; said of the first step about an object.
    pub after: Vec<Address>,
    /// A statement that must have been run in the same session, said once before all steps of a plan.
    pub preamble: Option<&'static str>,
}

/// Where a statement may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transaction {
    /// In a transaction with others.
    Inside,
    /// Never inside one.
    Outside,
    /// In one of its own, as it takes long; and last of all that is done about an object, as nothing else waits for it.
    Alone,
    /// Inside one, but what it makes cannot be used before it is committed.
    CommitAfter,
}

/// What a step may cost; each names what it falls upon.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hazard {
    /// Rows or values are gone afterwards.
    DeletesData(String),
    /// Values are rounded or cut off, where they go from one type to another: `numeric to numeric(6,1)`.
    CutsValues(String, String),
    /// It fails if rows that exist do not fit; which ones these are, where that can be told before anything has changed.
    MayFail(String, Option<Vec<Precondition>>),
    /// Every row is written again while nobody can use the table.
    RewritesTable(String),
    /// Every row is read under this lock.
    ScansTable(String, LockMode),
}

impl Hazard {
    /// What it falls upon.
    pub fn object(&self) -> &str {
        match self {
            Hazard::DeletesData(it)
            | Hazard::MayFail(it, _)
            | Hazard::RewritesTable(it)
            | Hazard::CutsValues(it, _)
            | Hazard::ScansTable(it, _) => it,
        }
    }
}

impl Hazard {
    /// Whether something that people have written is gone afterwards, which needs consent.
    pub fn is_loss(&self) -> bool {
        matches!(self, Hazard::DeletesData(_) | Hazard::CutsValues(..))
    }

    /// What is lost, of a hazard in words that is a loss.
    pub fn loss(told: &str) -> Option<&str> {
        ["deletes data: ", "rounds or cuts values: "].iter().find_map(|words| told.strip_prefix(words))
    }
}

impl fmt::Display for Hazard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hazard::DeletesData(it) => write!(f, "deletes data: {it}"),
            Hazard::MayFail(it, _) => write!(f, "may fail on existing rows: {it}"),
            Hazard::CutsValues(it, types) => write!(f, "rounds or cuts values: {it}, {types}"),
            Hazard::RewritesTable(it) => write!(f, "rewrites: {it} ({})", LockMode::AccessExclusive),
            Hazard::ScansTable(it, lock) => write!(f, "scans: {it} ({lock})"),
        }
    }
}

impl Step {
    /// A statement that runs inside a transaction and costs nothing.
    pub fn new(sql: impl Into<String>) -> Step {
        Step {
            sql: sql.into(),
            makes: vec![],
            hazards: vec![],
            transaction: Transaction::Inside,
            action: None,
            unguarded: None,
            within: None,
            unless: BTreeSet::new(),
            object: None,
            after: vec![],
            preamble: None,
        }
    }

    /// `ALTER TABLE <table> <action>`, which may be told together with others of the same table.
    pub fn alter_table(table: impl fmt::Display, action: impl Into<String>) -> Step {
        let (head, action) = (format!("ALTER TABLE {table}"), action.into());
        Step { action: Some((head.clone(), action.clone())), ..Step::new(format!("{head} {action}")) }
    }

    /// The same step, which also makes these parts.
    #[must_use]
    pub fn makes(mut self, parts: impl IntoIterator<Item = Address>) -> Step {
        self.makes.extend(parts);
        self
    }

    /// The same step, with one more hazard.
    #[must_use]
    pub fn hazard(mut self, hazard: Hazard) -> Step {
        self.hazards.push(hazard);
        self
    }

    /// The same step, in a session in which `statement` has been run before.
    #[must_use]
    pub fn preamble(self, statement: &'static str) -> Step {
        Step { preamble: Some(statement), ..self }
    }

    /// The same step, outside any transaction.
    #[must_use]
    pub fn outside(self) -> Step {
        Step { transaction: Transaction::Outside, ..self }
    }

    /// The same step, in a transaction of its own.
    #[must_use]
    pub fn alone(self) -> Step {
        Step { transaction: Transaction::Alone, ..self }
    }

    /// The same step, to be committed before its effect is used.
    #[must_use]
    pub fn commit_after(self) -> Step {
        Step { transaction: Transaction::CommitAfter, ..self }
    }
}
