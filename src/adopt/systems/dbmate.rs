//! dbmate: sections in one file, and `schema_migrations` with nothing but the version.

use std::path::Path;

use crate::Result;
use crate::adopt::script::{Mark, Script, cut, numbered_files};
use crate::adopt::system::{System, TEXT};

pub(super) const SYSTEM: System = System {
    name: "dbmate",
    schema: None,
    table: "schema_migrations",
    columns: &[("version", TEXT)],
    optional: &[],
    companions: &[],
    rows: "SELECT version AS key FROM {table} ORDER BY version",
    folders: &["db/migrations", "migrations"],
    scripts,
    code: false,
};

fn scripts(folder: &Path) -> Result<Vec<Script>> {
    Ok(cut(numbered_files(folder)?, |line| {
        let mut words = line.strip_prefix("--")?.split_whitespace();
        let part = words.next()?;
        let outside = words.any(|word| word == "transaction:false");
        match (part, outside) {
            ("migrate:up", false) => Some(Mark::Up),
            ("migrate:up", true) => Some(Mark::UpOutside),
            ("migrate:down", false) => Some(Mark::Down),
            ("migrate:down", true) => Some(Mark::DownOutside),
            _ => None,
        }
    }))
}
