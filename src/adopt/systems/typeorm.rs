//! TypeORM: code, and `migrations` with the time in the name.

use crate::adopt::script;
use crate::adopt::system::{INTEGER, System, TEXT};

pub(super) const SYSTEM: System = System {
    name: "typeorm",
    schema: None,
    table: "migrations",
    columns: &[("id", INTEGER), ("timestamp", INTEGER), ("name", TEXT)],
    optional: &[],
    companions: &[],
    rows: "SELECT timestamp::text AS key, regexp_replace(name, '[0-9]+$', '') AS name, to_timestamp(timestamp / 1000.0) AS applied_at FROM {table} ORDER BY id",
    folders: &[],
    scripts: script::none,
    code: true,
};
