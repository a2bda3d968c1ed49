//! Alembic: code, and `alembic_version` with nothing but the latest revision.

use crate::adopt::script;
use crate::adopt::system::{System, TEXT};

pub(super) const SYSTEM: System = System {
    name: "alembic",
    schema: None,
    table: "alembic_version",
    columns: &[("version_num", TEXT)],
    optional: &[],
    companions: &[],
    rows: "SELECT version_num AS key FROM {table} ORDER BY version_num",
    folders: &["alembic/versions", "migrations/versions"],
    scripts: script::none,
    code: true,
};
