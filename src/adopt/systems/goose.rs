//! goose: sections in one file, and `goose_db_version`.

use std::path::Path;

use crate::Result;
use crate::adopt::script::{Mark, Script, cut, numbered_files};
use crate::adopt::system::{BOOLEAN, INTEGER, System, TIME};

pub(super) const SYSTEM: System = System {
    name: "goose",
    schema: None,
    table: "goose_db_version",
    columns: &[("id", INTEGER), ("version_id", INTEGER), ("is_applied", BOOLEAN), ("tstamp", TIME)],
    optional: &[],
    companions: &[],
    rows: "SELECT version_id::text AS key, tstamp AS applied_at
           FROM (SELECT DISTINCT ON (version_id) * FROM {table} ORDER BY version_id, id DESC) AS latest
          WHERE is_applied AND version_id > 0 ORDER BY id",
    folders: &["migrations", "db/migrations", "sql/migrations"],
    scripts,
    code: true,
};

fn scripts(folder: &Path) -> Result<Vec<Script>> {
    Ok(cut(numbered_files(folder)?, |line| {
        let words = line.strip_prefix("--")?.trim().strip_prefix("+goose ")?.trim().to_uppercase();
        Some(match words.as_str() {
            "UP" => Mark::Up,
            "DOWN" => Mark::Down,
            "NO TRANSACTION" => Mark::Outside,
            _ => Mark::Nothing,
        })
    }))
}
