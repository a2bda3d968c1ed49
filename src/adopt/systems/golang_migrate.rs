//! golang-migrate: `.up.sql` and `.down.sql`, and one row that says how far it is.

use crate::adopt::script;
use crate::adopt::system::{BOOLEAN, INTEGER, System};

pub(super) const SYSTEM: System = System {
    name: "golang-migrate",
    schema: None,
    table: "schema_migrations",
    columns: &[("version", INTEGER), ("dirty", BOOLEAN)],
    optional: &[],
    companions: &[],
    rows: "SELECT version::text AS key, dirty AS failed, true AS up_to FROM {table}",
    folders: &["migrations", "db/migrations", "db/migration", "sql/migrations"],
    scripts: script::numbered_files,
    code: false,
};
