//! Drizzle: a journal of files with random names, and `drizzle.__drizzle_migrations`.

use std::path::Path;

use serde::Deserialize;

use crate::adopt::script::{Script, numbered_files, text};
use crate::adopt::system::{INTEGER, System, TEXT, TIME};
use crate::{Error, ErrorKind, Result};

pub(super) const SYSTEM: System = System {
    name: "drizzle",
    schema: Some("drizzle"),
    table: "__drizzle_migrations",
    columns: &[("id", INTEGER), ("hash", TEXT), ("created_at", INTEGER)],
    optional: &[("name", TEXT), ("applied_at", TIME)],
    companions: &[],
    rows: "SELECT created_at::text AS key, hash AS checksum,
                coalesce((to_jsonb(r) ->> 'applied_at')::timestamptz, to_timestamp(created_at / 1000.0)) AS applied_at
           FROM {table} AS r ORDER BY created_at",
    folders: &["drizzle", "migrations", "src/db/migrations", "src/drizzle", "drizzle/migrations", "db/migrations"],
    scripts,
    code: false,
};

/// `meta/_journal.json`, as far as it says what runs, and when it was written.
#[derive(Deserialize)]
struct Journal {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    /// Milliseconds since 1970; what the history table calls `created_at`.
    when: i64,
    /// The name of the file, without `.sql`.
    tag: String,
}

/// The files that the journal names, in its order. `--> statement-breakpoint` is a comment to us.
fn scripts(folder: &Path) -> Result<Vec<Script>> {
    let path = folder.join("meta/_journal.json");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let wrong = |message: String| Error::new(ErrorKind::Migration, message);
    let journal: Journal = serde_json::from_str(&text(&path)?)
        .map_err(|error| wrong(format!("`{}` is not a journal of Drizzle: {error}", path.display())))?;
    let scripts = numbered_files(folder)?;
    let named = |entry: Entry| {
        let file = folder.join(format!("{}.sql", entry.tag));
        let script = scripts.iter().find(|script| script.path == file).cloned();
        let script = script.ok_or_else(|| {
            wrong(format!("`{}` names `{}`, which is missing", path.display(), file.display()))
        })?;
        Ok(Script { key: entry.when.to_string(), ..script })
    };
    journal.entries.into_iter().map(named).collect()
}
