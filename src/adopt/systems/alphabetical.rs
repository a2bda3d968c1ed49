//! Files in the order of their names, with a checksum and the time that each took.

use crate::adopt::script;
use crate::adopt::system::{ANY, INTEGER, System, TEXT, TIME};

pub(super) const SYSTEM: System = System {
    name: "alphabetical",
    schema: None,
    table: "schema_migrations",
    columns: &[
        ("id", ANY),
        ("migration_name", TEXT),
        ("applied_at", TIME),
        ("checksum", TEXT),
        ("execution_time_ms", INTEGER),
    ],
    optional: &[],
    companions: &[],
    rows: "SELECT regexp_replace(migration_name, '[.]sql$', '') AS key, applied_at, execution_time_ms::bigint
           FROM {table} ORDER BY id",
    folders: &["migrations", "db/migrations", "database/migrations", "sql/migrations"],
    scripts: script::by_name,
    code: false,
};
