//! Prisma: a folder for each migration, and `_prisma_migrations`.

use std::path::Path;

use crate::Result;
use crate::adopt::script::{Script, folders};
use crate::adopt::system::{INTEGER, System, TEXT, TIME};

pub(super) const SYSTEM: System = System {
    name: "prisma",
    schema: None,
    table: "_prisma_migrations",
    columns: &[
        ("id", TEXT),
        ("checksum", TEXT),
        ("finished_at", TIME),
        ("migration_name", TEXT),
        ("logs", TEXT),
        ("rolled_back_at", TIME),
        ("started_at", TIME),
        ("applied_steps_count", INTEGER),
    ],
    optional: &[],
    companions: &[],
    rows: "SELECT migration_name AS key, finished_at AS applied_at, finished_at IS NULL AS failed, checksum,
                (extract(epoch FROM finished_at - started_at) * 1000)::bigint AS execution_time_ms
           FROM {table} WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name",
    folders: &["prisma/migrations", "migrations"],
    scripts,
    code: false,
};

fn scripts(folder: &Path) -> Result<Vec<Script>> {
    folders(folder, "migration.sql")
}
