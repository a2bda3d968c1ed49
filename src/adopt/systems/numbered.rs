//! Files that are numbered by hand and a table with a row for each: what many projects wrote for themselves.

use crate::adopt::script;
use crate::adopt::system::{System, TEXT, TIME};

pub(super) const SYSTEM: System = System {
    name: "numbered",
    schema: None,
    table: "schema_migrations",
    columns: &[("version", NUMBER), ("name", TEXT), ("applied_at", TIME)],
    optional: &[],
    companions: &[],
    rows: "SELECT version::text AS key, name, applied_at FROM {table} ORDER BY version::bigint, applied_at",
    folders: &["migrations", "db/migrations", "database/migrations", "sql/migrations"],
    scripts: script::numbered_files,
    code: false,
};

/// A number, also where it was written as text.
const NUMBER: &[&str] = &["smallint", "integer", "bigint", "text", "character varying"];
