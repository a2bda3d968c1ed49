//! refinery for Rust: `V1__name.sql` and `refinery_schema_history`.

use std::path::Path;

use super::flyway::versioned;
use crate::Result;
use crate::adopt::script::Script;
use crate::adopt::system::{INTEGER, System, TEXT};

pub(super) const SYSTEM: System = System {
    name: "refinery",
    schema: None,
    table: "refinery_schema_history",
    columns: &[("version", INTEGER), ("name", TEXT), ("applied_on", TEXT), ("checksum", TEXT)],
    optional: &[],
    companions: &[],
    rows: "SELECT version::text AS key, name, applied_on::timestamptz AS applied_at FROM {table} ORDER BY version",
    folders: &["migrations", "src/migrations", "db/migrations"],
    scripts,
    code: true,
};

/// `U` is what may run out of order.
fn scripts(folder: &Path) -> Result<Vec<Script>> {
    versioned(folder, &["V", "U"])
}
