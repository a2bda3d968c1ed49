//! Migrations as Python code, with their dependencies, in a table of their own.

use crate::adopt::script;
use crate::adopt::system::{ANY, System, TEXT, TIME};

pub(super) const SYSTEM: System = System {
    name: "python",
    schema: None,
    table: "migrations",
    columns: &[
        ("id", ANY),
        ("version", TEXT),
        ("name", TEXT),
        ("description", TEXT),
        ("dependencies", ANY),
        ("created_at", TIME),
        ("applied_at", TIME),
    ],
    optional: &[],
    companions: &[],
    rows: "SELECT version AS key, name, applied_at FROM {table} WHERE applied_at IS NOT NULL ORDER BY applied_at, version",
    folders: &["migrations", "db/migrations", "migrations/versions"],
    scripts: script::none,
    code: true,
};
