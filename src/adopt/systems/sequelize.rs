//! Sequelize: code, and `SequelizeMeta` with nothing but names.

use crate::adopt::script;
use crate::adopt::system::{System, TEXT};

pub(super) const SYSTEM: System = System {
    name: "sequelize",
    schema: None,
    table: "SequelizeMeta",
    columns: &[("name", TEXT)],
    optional: &[],
    companions: &[],
    rows: "SELECT regexp_replace(name, '^([0-9]+)-(.*)[.][a-z]+$', '\\1_\\2') AS key FROM {table} ORDER BY name",
    folders: &["migrations"],
    scripts: script::none,
    code: true,
};
