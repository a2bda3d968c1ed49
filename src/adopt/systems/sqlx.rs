//! sqlx for Rust: `_sqlx_migrations`.

use std::path::Path;

use crate::Result;
use crate::adopt::script::{Mark, Script, cut, numbered_files};
use crate::adopt::system::{BOOLEAN, BYTES, INTEGER, System, TEXT, TIME};

pub(super) const SYSTEM: System = System {
    name: "sqlx",
    schema: None,
    table: "_sqlx_migrations",
    columns: &[
        ("version", INTEGER),
        ("description", TEXT),
        ("installed_on", TIME),
        ("success", BOOLEAN),
        ("checksum", BYTES),
        ("execution_time", INTEGER),
    ],
    optional: &[],
    companions: &[],
    rows: "SELECT version::text AS key, description AS name, installed_on AS applied_at, NOT success AS failed,
                greatest(execution_time / 1000000, 0) AS execution_time_ms, encode(checksum, 'hex') AS checksum
           FROM {table} ORDER BY version",
    folders: &["migrations", "db/migrations"],
    scripts,
    code: false,
};

fn scripts(folder: &Path) -> Result<Vec<Script>> {
    Ok(cut(numbered_files(folder)?, |line| (line == "-- no-transaction").then_some(Mark::UpOutside)))
}
