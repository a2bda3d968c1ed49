//! Supabase: versioned files, and `supabase_migrations.schema_migrations`.

use crate::adopt::script;
use crate::adopt::system::{ANY, System, TEXT};

pub(super) const SYSTEM: System = System {
    name: "supabase",
    schema: Some("supabase_migrations"),
    table: "schema_migrations",
    columns: &[("version", TEXT), ("statements", ANY), ("name", TEXT)],
    optional: &[("created_by", TEXT), ("idempotency_key", TEXT), ("rollback", ANY)],
    companions: &[],
    rows: "SELECT version AS key, coalesce(name, '') AS name FROM {table} ORDER BY version",
    folders: &["supabase/migrations"],
    scripts: script::numbered_files,
    code: false,
};
