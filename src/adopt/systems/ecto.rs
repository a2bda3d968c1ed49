//! Ecto for Elixir: code, and `schema_migrations` with the time of each.

use crate::adopt::script;
use crate::adopt::system::{INTEGER, System, TIME};

pub(super) const SYSTEM: System = System {
    name: "ecto",
    schema: None,
    table: "schema_migrations",
    columns: &[("version", INTEGER), ("inserted_at", TIME)],
    optional: &[],
    companions: &[],
    rows: "SELECT version::text AS key, inserted_at AS applied_at FROM {table} ORDER BY version",
    folders: &["priv/repo/migrations"],
    scripts: script::none,
    code: true,
};
