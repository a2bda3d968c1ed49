//! Which lock a statement takes on a table that others use: "Explicit Locking" in PostgreSQL's documentation, and the
//! page of each command.
//!
//! Read from the statement's words alone, so it advises and never decides what runs.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::words::statements;
use crate::source::words::Words;

/// The modes that matter to others, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockMode {
    /// Rows are written; others read and write as well.
    RowExclusive,
    /// Others read and write; no second statement of this sort, and no vacuum.
    ShareUpdateExclusive,
    /// Others read.
    Share,
    /// Others read.
    ShareRowExclusive,
    /// Others read.
    Exclusive,
    /// Others wait.
    AccessExclusive,
}

impl LockMode {
    /// The strongest mode that a statement asks for; of a `DO` block, the strongest of the statements in its body.
    pub(super) fn of_statement(sql: &str) -> Option<LockMode> {
        statements(sql)
            .iter()
            .filter_map(|words| LockMode::of(words))
            .max()
            .or_else(|| LockMode::of_new_table(sql))
    }

    /// What making a table asks for on others: those that it refers to, is a part of, or inherits from.
    fn of_new_table(sql: &str) -> Option<LockMode> {
        let words = Words::new(sql);
        let table = words.find("table").filter(|at| words.is(0, "create") && *at < 4)?;
        let says = |phrase: &str| (table..words.count()).any(|at| words.are(at, phrase));
        if says("partition of") {
            Some(LockMode::AccessExclusive)
        } else if says("references") {
            Some(LockMode::ShareRowExclusive)
        } else {
            says("inherits (").then_some(LockMode::ShareUpdateExclusive)
        }
    }

    /// The strongest mode that the words of a statement ask for on what is there already; none for what only reads, or
    /// makes something new.
    pub(super) fn of(words: &[String]) -> Option<LockMode> {
        use LockMode::{
            AccessExclusive, Exclusive, RowExclusive, Share, ShareRowExclusive, ShareUpdateExclusive,
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let has = |word: &str| words.contains(&word);
        match words[..] {
            ["INSERT" | "UPDATE" | "DELETE" | "MERGE", ..] => Some(RowExclusive),
            ["WITH", ..] if ["INSERT", "UPDATE", "DELETE", "MERGE"].into_iter().any(has) => {
                Some(RowExclusive)
            }
            ["COPY", ..] if has("FROM") => Some(RowExclusive),
            ["ANALYZE" | "COMMENT", ..] => Some(ShareUpdateExclusive),
            ["VACUUM", ..] if has("FULL") => Some(AccessExclusive),
            ["VACUUM", ..] => Some(ShareUpdateExclusive),
            ["REFRESH", ..] if has("CONCURRENTLY") => Some(Exclusive),
            ["CREATE" | "DROP" | "REINDEX", ..] if has("CONCURRENTLY") => Some(ShareUpdateExclusive),
            ["CREATE", "INDEX", ..] | ["CREATE", "UNIQUE", "INDEX", ..] => Some(Share),
            ["CREATE", "STATISTICS", ..] => Some(ShareUpdateExclusive),
            ["CREATE", "TRIGGER", ..]
            | ["CREATE", "CONSTRAINT", "TRIGGER", ..]
            | ["CREATE", "OR", "REPLACE", "TRIGGER" | "CONSTRAINT", ..] => Some(ShareRowExclusive),
            ["CREATE", "RULE" | "POLICY", ..] => Some(AccessExclusive),
            ["CREATE", "OR", "REPLACE", "VIEW" | "RULE", ..] => Some(AccessExclusive),
            ["ALTER", "TABLE", ..] => words.split(|word| *word == ",").map(LockMode::of_action).max(),
            ["ALTER", "INDEX", ..] if !has("TABLESPACE") => Some(ShareUpdateExclusive),
            [
                "ALTER" | "DROP",
                "INDEX" | "VIEW" | "MATERIALIZED" | "FOREIGN" | "POLICY" | "TRIGGER" | "RULE",
                ..,
            ] => Some(AccessExclusive),
            ["DROP", "TABLE" | "SCHEMA" | "SEQUENCE" | "OWNED", ..] => Some(AccessExclusive),
            ["TRUNCATE" | "CLUSTER" | "REINDEX" | "REFRESH" | "LOCK", ..] => Some(AccessExclusive),
            _ => None,
        }
    }

    /// One action of `ALTER TABLE`; the first comes with the name of the table.
    fn of_action(words: &[&str]) -> LockMode {
        use LockMode::{AccessExclusive, ShareRowExclusive, ShareUpdateExclusive};
        let says = |phrase: &[&str]| words.windows(phrase.len()).any(|part| part == phrase);
        let gentle: [&[&str]; 5] = [
            &["VALIDATE", "CONSTRAINT"],
            &["SET", "STATISTICS"],
            &["CLUSTER", "ON"],
            &["SET", "WITHOUT", "CLUSTER"],
            &["DETACH", "PARTITION"],
        ];
        let detaches_at_once = says(&["DETACH", "PARTITION"]) && !words.ends_with(&["CONCURRENTLY"]);
        let triggers = ["ENABLE", "DISABLE"].iter().any(|word| says(&[word, "TRIGGER"]));
        if says(&["FOREIGN", "KEY"]) || triggers {
            ShareRowExclusive
        } else if !detaches_at_once && gentle.iter().any(|phrase| says(phrase)) {
            ShareUpdateExclusive
        } else {
            AccessExclusive
        }
    }

    /// What the server calls so in its list of locks; none for what only keeps a table from being dropped.
    pub(super) fn of_server(name: &str) -> Option<LockMode> {
        Some(match name {
            "RowExclusiveLock" => LockMode::RowExclusive,
            "ShareUpdateExclusiveLock" => LockMode::ShareUpdateExclusive,
            "ShareLock" => LockMode::Share,
            "ShareRowExclusiveLock" => LockMode::ShareRowExclusive,
            "ExclusiveLock" => LockMode::Exclusive,
            "AccessExclusiveLock" => LockMode::AccessExclusive,
            _ => return None,
        })
    }

    /// Whether others wait who read rows.
    pub fn blocks_reads(self) -> bool {
        self == LockMode::AccessExclusive
    }

    /// Whether others wait who write rows.
    pub fn blocks_writes(self) -> bool {
        self > LockMode::ShareUpdateExclusive
    }

    /// What it means to others.
    pub fn others(self) -> &'static str {
        match (self.blocks_reads(), self.blocks_writes()) {
            (false, false) => "others read and write",
            (false, true) => "others read, and wait to write",
            (true, _) => "others wait to read and to write",
        }
    }

    /// Its name in SQL.
    pub fn name(self) -> &'static str {
        match self {
            LockMode::RowExclusive => "ROW EXCLUSIVE",
            LockMode::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            LockMode::Share => "SHARE",
            LockMode::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            LockMode::Exclusive => "EXCLUSIVE",
            LockMode::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }
}

impl fmt::Display for LockMode {
    /// `SHARE lock: others read, and wait to write`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} lock: {}", self.name(), self.others())
    }
}

impl JsonSchema for LockMode {
    fn schema_name() -> Cow<'static, str> {
        "LockMode".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description = "A lock's mode in PostgreSQL's words, such as `ACCESS EXCLUSIVE`.";
        json_schema!({ "description": description, "type": "string" })
    }
}

impl Serialize for LockMode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::LockMode::{self, *};

    #[test]
    fn the_strongest_action_counts() {
        for (sql, mode) in [
            ("SELECT 1", None),
            ("CREATE FUNCTION f() RETURNS trigger LANGUAGE sql AS ''", None),
            ("DROP FUNCTION f", None),
            (
                "DO $$ BEGIN IF NOT EXISTS (SELECT 1) THEN ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c; END IF; END $$",
                Some(ShareRowExclusive),
            ),
            ("CREATE TABLE a (id int)", None),
            ("CREATE TABLE a (b int REFERENCES c, d text)", Some(ShareRowExclusive)),
            ("CREATE UNLOGGED TABLE a (b int, FOREIGN KEY (b) REFERENCES c)", Some(ShareRowExclusive)),
            ("CREATE TABLE IF NOT EXISTS a PARTITION OF b FOR VALUES IN (1)", Some(AccessExclusive)),
            ("CREATE TABLE a () INHERITS (b)", Some(ShareUpdateExclusive)),
            ("UPDATE a SET b = 1", Some(RowExclusive)),
            ("WITH c AS (SELECT 1) DELETE FROM a", Some(RowExclusive)),
            ("CREATE UNIQUE INDEX i ON a (b)", Some(Share)),
            ("CREATE UNIQUE INDEX CONCURRENTLY i ON a (b)", Some(ShareUpdateExclusive)),
            ("CREATE OR REPLACE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION f()", Some(ShareRowExclusive)),
            ("ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c", Some(ShareRowExclusive)),
            ("ALTER TABLE a VALIDATE CONSTRAINT c, VALIDATE CONSTRAINT d", Some(ShareUpdateExclusive)),
            ("ALTER TABLE a VALIDATE CONSTRAINT c, ADD d int", Some(AccessExclusive)),
            ("ALTER TABLE a DETACH PARTITION b", Some(AccessExclusive)),
            ("ALTER TABLE a DETACH PARTITION b CONCURRENTLY", Some(ShareUpdateExclusive)),
            ("VACUUM FULL a", Some(AccessExclusive)),
            ("DROP TABLE a", Some(AccessExclusive)),
        ] {
            assert_eq!(LockMode::of_statement(sql), mode, "{sql}");
        }
    }
}
