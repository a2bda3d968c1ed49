//! Knex: code, and `knex_migrations`.

use crate::adopt::script;
use crate::adopt::system::{INTEGER, System, TEXT, TIME};

pub(super) const SYSTEM: System = System {
    name: "knex",
    schema: None,
    table: "knex_migrations",
    columns: &[("id", INTEGER), ("name", TEXT), ("batch", INTEGER), ("migration_time", TIME)],
    optional: &[],
    companions: &["knex_migrations_lock"],
    rows: "SELECT regexp_replace(name, '[.][a-z]+$', '') AS key, migration_time AS applied_at FROM {table} ORDER BY id",
    folders: &["migrations", "db/migrations"],
    scripts: script::none,
    code: true,
};
