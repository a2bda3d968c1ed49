//! Laravel: code, and `migrations` in batches.

use crate::adopt::script;
use crate::adopt::system::{INTEGER, System, TEXT};

pub(super) const SYSTEM: System = System {
    name: "laravel",
    schema: None,
    table: "migrations",
    columns: &[("id", INTEGER), ("migration", TEXT), ("batch", INTEGER)],
    optional: &[],
    companions: &[],
    rows: "SELECT replace(left(migration, 17), '_', '') AS key, substr(migration, 19) AS name FROM {table} ORDER BY id",
    folders: &["database/migrations"],
    scripts: script::none,
    code: true,
};
