//! Rails: code, and `schema_migrations` beside `ar_internal_metadata`.

use crate::adopt::script;
use crate::adopt::system::{System, TEXT};

pub(super) const SYSTEM: System = System {
    name: "rails",
    schema: None,
    table: "schema_migrations",
    columns: &[("version", TEXT)],
    optional: &[],
    companions: &["ar_internal_metadata"],
    rows: "SELECT version AS key FROM {table} ORDER BY version",
    folders: &["db/migrate"],
    scripts: script::none,
    code: true,
};
