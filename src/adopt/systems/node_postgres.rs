//! node-pg-migrate: code, or SQL with both ways in one file, and `pgmigrations`.

use std::path::Path;

use crate::Result;
use crate::adopt::script::{Mark, Script, by_name, cut};
use crate::adopt::system::{INTEGER, System, TEXT, TIME};

pub(super) const SYSTEM: System = System {
    name: "node-pg-migrate",
    schema: None,
    table: "pgmigrations",
    columns: &[("id", INTEGER), ("name", TEXT), ("run_on", TIME)],
    optional: &[],
    companions: &[],
    rows: "SELECT name AS key, run_on AS applied_at FROM {table} ORDER BY id",
    folders: &["migrations", "db/migrations"],
    scripts,
    code: true,
};

fn scripts(folder: &Path) -> Result<Vec<Script>> {
    Ok(cut(by_name(folder)?, |line| match line.strip_prefix("--")?.trim().to_lowercase().as_str() {
        "up migration" => Some(Mark::Up),
        "down migration" => Some(Mark::Down),
        _ => None,
    }))
}
