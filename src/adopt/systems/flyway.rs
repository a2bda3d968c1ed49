//! Flyway: `V1.2__name.sql`, repeatable `R__name.sql`, and `flyway_schema_history`.

use std::path::Path;

use crate::Result;
use crate::adopt::key::{key, parts};
use crate::adopt::script::{Script, files, plain};
use crate::adopt::system::{BOOLEAN, INTEGER, System, TEXT, TIME};

pub(super) const SYSTEM: System = System {
    name: "flyway",
    schema: None,
    table: "flyway_schema_history",
    columns: &[("installed_rank", INTEGER), ("version", TEXT), ("description", TEXT), ("type", TEXT), ("script", TEXT), ("checksum", INTEGER), ("installed_by", TEXT), ("installed_on", TIME), ("execution_time", INTEGER), ("success", BOOLEAN)],
    optional: &[],
    companions: &[],
    rows: "SELECT coalesce(version, 'R__' || description) AS key, description AS name, installed_on AS applied_at,
                installed_by AS applied_by, execution_time::bigint AS execution_time_ms, NOT success AS failed,
                type LIKE '%BASELINE' AS up_to
           FROM (SELECT DISTINCT ON (coalesce(version, script)) * FROM {table}
                  ORDER BY coalesce(version, script), installed_rank DESC) AS latest
          WHERE type NOT IN ('SCHEMA', 'DELETE') AND type NOT LIKE 'UNDO%' ORDER BY installed_rank",
    folders: &["src/main/resources/db/migration", "db/migration", "sql", "migrations"],
    scripts,
    code: true,
};

/// Versioned files in the order of their versions, then repeatable ones: once as the last state of each.
fn scripts(folder: &Path) -> Result<Vec<Script>> {
    let mut scripts = versioned(folder, &["V"])?;
    let mut undo = versioned(folder, &["U"])?;
    for script in &mut scripts {
        let at = undo.iter().position(|undo| undo.key == script.key);
        script.down = at.map(|at| undo.swap_remove(at).up);
    }
    for (stem, up) in files(folder)? {
        let Some(description) = stem.strip_prefix("R__") else { continue };
        scripts.push(Script {
            key: format!("R__{}", description.replace('_', " ")),
            number: None,
            name: plain(description),
            path: folder.join(format!("{stem}.sql")),
            up,
            down: None,
            transaction: true,
            ours: false,
        });
    }
    Ok(scripts)
}

/// Files such as `V1.2__name.sql`, with one of these letters, in the order of their versions.
pub(super) fn versioned(folder: &Path, letters: &[&str]) -> Result<Vec<Script>> {
    let mut scripts = Vec::new();
    for (stem, up) in files(folder)? {
        let Some((version, name)) = stem.split_once("__") else { continue };
        let Some(version) = letters.iter().find_map(|letter| version.strip_prefix(letter)) else { continue };
        let key = key(&version.replace('_', "."));
        if parts(&key).is_none() {
            continue;
        }
        scripts.push(Script {
            number: key.parse().ok(),
            key,
            name: plain(name),
            path: folder.join(format!("{stem}.sql")),
            up,
            down: None,
            transaction: true,
            ours: false,
        });
    }
    scripts.sort_by_key(|script| parts(&script.key));
    Ok(scripts)
}
