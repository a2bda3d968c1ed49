//! Diesel for Rust: a folder for each migration, and `__diesel_schema_migrations`.

use std::path::Path;

use crate::Result;
use crate::adopt::key::key;
use crate::adopt::script::{Script, folders};
use crate::adopt::system::{System, TEXT, TIME};

pub(super) const SYSTEM: System = System {
    name: "diesel",
    schema: None,
    table: "__diesel_schema_migrations",
    columns: &[("version", TEXT), ("run_on", TIME)],
    optional: &[],
    companions: &[],
    rows: "SELECT version AS key, run_on AS applied_at FROM {table} ORDER BY version",
    folders: &["migrations", "db/migrations"],
    scripts,
    code: false,
};

/// The version is what stands before the name, without its dashes.
fn scripts(folder: &Path) -> Result<Vec<Script>> {
    let mut scripts = folders(folder, "up.sql")?;
    for script in &mut scripts {
        let (version, name) = script.key.split_once('_').unwrap_or((&script.key, "migration"));
        let (version, name) = (key(&version.replace('-', "")), name.to_owned());
        (script.number, script.key, script.name) = (version.parse().ok(), version, name);
    }
    Ok(scripts)
}
