//! Atlas: versioned files, and `atlas_schema_revisions` in a schema of that name.

use std::path::Path;

use crate::Result;
use crate::adopt::script::{Mark, Script, cut, numbered_files};
use crate::adopt::system::{ANY, INTEGER, System, TEXT, TIME};

pub(super) const SYSTEM: System = System {
    name: "atlas",
    schema: Some("atlas_schema_revisions"),
    table: "atlas_schema_revisions",
    columns: &[
        ("version", TEXT),
        ("description", TEXT),
        ("type", INTEGER),
        ("applied", INTEGER),
        ("total", INTEGER),
        ("executed_at", TIME),
        ("execution_time", INTEGER),
        ("hash", TEXT),
    ],
    optional: &[("error", TEXT), ("error_stmt", TEXT), ("partial_hashes", ANY), ("operator_version", TEXT)],
    companions: &[],
    rows: "SELECT version AS key, description AS name, executed_at AS applied_at,
                execution_time / 1000000 AS execution_time_ms, type % 2 = 1 AS up_to,
                applied < total OR coalesce(to_jsonb(r) ->> 'error', '') <> '' AS failed
           FROM {table} AS r WHERE version NOT LIKE '.%' ORDER BY version",
    folders: &["migrations", "db/migrations"],
    scripts,
    code: false,
};

fn scripts(folder: &Path) -> Result<Vec<Script>> {
    Ok(cut(numbered_files(folder)?, |line| (line == "-- atlas:txmode none").then_some(Mark::UpOutside)))
}
