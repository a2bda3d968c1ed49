//! What becomes of each statement of a schema file: executed, kept apart, skipped, or refused. Schema files are files
//! that people already have, so whatever a dump contains is accepted, and what cannot matter is passed over.

use super::database;
use super::meta::Meta;
use super::reading::Reading;
use super::role;
use super::setting::{self, Change};
use super::words::Words;

/// What to do with a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Execute it; `alone` if it may not share a transaction with others.
    Execute {
        /// Not in one string with other statements.
        alone: bool,
    },
    /// It is about roles, which all databases of a server share.
    Role,
    /// It is about the whole server, not about this database.
    Cluster,
    /// It changes the session for what follows in its file.
    Setting(Change),
    /// The file's transaction ends.
    Commit,
    /// Pass over it in silence.
    Ignore,
    /// Pass over it, and say this once a file.
    Skip(&'static str),
    /// The file cannot be used: message and hint.
    Refuse(String, &'static str),
}

/// The warning for statements about roles, where these are not managed.
pub const ROLES: &str =
    "statements about roles were left out; `manage: {roles: true}` in schemadiff.yaml takes them in";

/// The warning for statements about databases, tablespaces and all roles at once.
pub const CLUSTER: &str =
    "statements about the server and its databases are not part of a schema; they were left out";

const ROWS: &str = "schema files hold no rows; the data in this file was left out";
const QUERY: &str = "schema files run no queries; this one was left out";
const DROPS: &str =
    "a role is dropped where `-- schemadiff: drop role NAME` says so; this statement was left out";
const CONNECTS: &str = "this statement would connect to the publisher; it was left out";

/// Judges one statement.
pub fn judge(words: &Words<'_>, text: &str, reading: &Reading) -> Verdict {
    if let Some(change) = setting::read(words, text) {
        return match change {
            Change::Unreadable(hint) => Verdict::Refuse(format!("`{}` in a schema file", short(text)), hint),
            change => Verdict::Setting(change),
        };
    }
    let refuse = |hint| Verdict::Refuse(format!("`{}` does not belong in a schema file", short(text)), hint);
    match reading.kind.as_str() {
        "COMMIT" | "END" => Verdict::Commit,
        "BEGIN" | "START" | "SAVEPOINT" | "RELEASE" | "LOCK" | "SHOW" | "DISCARD" | "CHECKPOINT"
        | "LISTEN" | "UNLISTEN" | "NOTIFY" => Verdict::Ignore,
        "ANALYZE" | "ANALYSE" | "REINDEX" | "REFRESH" => Verdict::Ignore,
        "ROLLBACK" | "ABORT" => {
            refuse("a schema file says what shall be; remove the statements that are rolled back")
        }
        "PREPARE" if words.is(1, "transaction") => refuse("remove it; schema files need no transactions"),
        "INSERT" | "UPDATE" | "DELETE" | "MERGE" | "TRUNCATE" => Verdict::Skip(ROWS),
        "COPY" => Verdict::Skip(ROWS),
        "SELECT" | "WITH" | "VALUES" | "TABLE" | "EXPLAIN" => query(words),
        "CREATE DATABASE" | "DROP DATABASE" => {
            refuse("the database is the one that schemadiff is connected to; remove the statement")
        }
        "CREATE TABLESPACE" | "ALTER TABLESPACE" | "DROP TABLESPACE" | "ALTER SYSTEM" | "VACUUM" => {
            refuse("it is about the server, not about a schema; run it by hand")
        }
        "IMPORT" => {
            refuse("it would connect to another server; write the CREATE FOREIGN TABLE statements out")
        }
        "DROP ROLE" | "DROP USER" | "DROP GROUP" => Verdict::Skip(DROPS),
        "ALTER SUBSCRIPTION" if connects(words) => Verdict::Skip(CONNECTS),
        kind if database::place(words, kind).is_some() => Verdict::Execute { alone: false },
        kind if role::is_about_roles(words, kind) => Verdict::Role,
        kind if is_cluster(kind) => Verdict::Cluster,
        kind => Verdict::Execute { alone: alone(words, kind) },
    }
}

/// Judges a meta-command, backslash included.
pub fn judge_meta(command: &str) -> Verdict {
    let meta = Meta::new(command);
    let name = meta.name;
    let refuse = |hint| Verdict::Refuse(format!("`\\{name}` is a command of psql, not SQL"), hint);
    match name {
        "set" | "unset" => Verdict::Ignore,
        _ if meta.is_harmless() || meta.is_utf8() => Verdict::Ignore,
        "encoding" => refuse("schema files are read as UTF-8; convert the file"),
        "i" | "ir" | "include" | "include_relative" => {
            refuse("remove it: all `.sql` files of the schema folder are read, in an order that works")
        }
        "c" | "connect" => refuse("remove it: schemadiff itself connects to the database"),
        "copy" => Verdict::Skip(ROWS),
        _ => refuse("write it as SQL, or remove it"),
    }
}

fn query(words: &Words<'_>) -> Verdict {
    let mut function = Vec::new();
    words.qualified(1, &mut function);
    if function.last().is_some_and(|name| name == "setval") {
        return Verdict::Ignore;
    }
    match words.outside_parentheses().any(|at| words.is(at, "into")) && words.is(0, "select") {
        true => Verdict::Execute { alone: false },
        false => Verdict::Skip(QUERY),
    }
}

fn is_cluster(kind: &str) -> bool {
    let (verb, object) = kind.split_once(' ').unwrap_or((kind, ""));
    let object = object.strip_prefix("ON ").or(object.strip_prefix("LABEL ON ")).unwrap_or(object);
    match verb {
        "GRANT" | "REVOKE" => matches!(object, "DATABASE" | "TABLESPACE" | "PARAMETER"),
        "CREATE" | "ALTER" | "DROP" | "COMMENT" | "SECURITY" => {
            matches!(object, "ROLE" | "USER" | "GROUP" | "DATABASE" | "TABLESPACE")
        }
        _ => false,
    }
}

/// Enabled subscriptions start a worker, refreshed ones ask the publisher.
fn connects(words: &Words<'_>) -> bool {
    words.is_any(3, &["enable", "refresh"])
}

fn alone(words: &Words<'_>, kind: &str) -> bool {
    match kind {
        "ALTER TYPE" => words.find("add").is_some_and(|at| words.is(at + 1, "value")),
        "CREATE SUBSCRIPTION" | "DROP SUBSCRIPTION" => true,
        "CREATE INDEX" | "DROP INDEX" | "ALTER TABLE" => words.find("concurrently").is_some(),
        _ => false,
    }
}

/// The first words of a statement, for a message.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}
