//! Django: code, and `django_migrations`.

use crate::adopt::script;
use crate::adopt::system::{INTEGER, System, TEXT, TIME};

pub(super) const SYSTEM: System = System {
    name: "django",
    schema: None,
    table: "django_migrations",
    columns: &[("id", INTEGER), ("app", TEXT), ("name", TEXT), ("applied", TIME)],
    optional: &[],
    companions: &[],
    rows: "SELECT id::text AS key, app || '_' || name AS name, applied AS applied_at FROM {table} ORDER BY id",
    folders: &[],
    scripts: script::none,
    code: true,
};
