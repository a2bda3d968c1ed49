//! What rows that exist must not be like, so that a step can succeed. A kind says it once: what is counted when a migration is
//! written, what the migration looks for before it changes anything, and the words of both come from there.

use std::fmt;

/// What must be true of no row of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Precondition {
    /// The table, as the server spells it.
    pub table: String,
    /// Where the rows are read, as it stands behind FROM.
    pub rows: String,
    /// True of the rows that do not fit, in SQL.
    pub unfit: String,
    /// What tells one row from another.
    pub key: Key,
    /// What is wrong with them, such as ``without `name` ``.
    pub complaint: String,
    /// What to do about them.
    pub remedy: &'static str,
    /// Whether the table is so large that looking through it has to be a transaction of its own.
    pub alone: bool,
}

/// What tells one row from another, without saying what a person has written into it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Its columns, as the server spells them.
    pub columns: Vec<String>,
}

impl fmt::Display for Key {
    /// `id`, or `(tenant, id)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.columns.as_slice() {
            [one] => f.write_str(one),
            several => write!(f, "({})", several.join(", ")),
        }
    }
}
