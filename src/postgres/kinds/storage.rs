//! How the values of a column are stored and sampled: what columns of tables and of materialized views share.

use crate::plan::Step;

/// What `ALTER COLUMN … SET` says of a column's storage.
#[derive(Debug, Clone, Copy)]
pub struct Storage<'a> {
    /// Where it is not the type's own: `p`lain, `e`xternal, `m`ain or e`x`tended.
    pub storage: Option<char>,
    /// The type's own.
    pub type_storage: char,
    /// `p`glz or `l`z4; a zero byte where the server's default applies.
    pub compression: char,
    /// Sampling target; -1 is the server's default.
    pub statistics: i32,
    /// Attribute options such as `n_distinct`.
    pub options: &'a [String],
}

impl Default for Storage<'_> {
    /// As columns are born.
    fn default() -> Self {
        Storage { storage: None, type_storage: 'x', compression: '\0', statistics: -1, options: &[] }
    }
}

impl Storage<'_> {
    /// Turns `old` into this, for this table alone and not for its children.
    pub fn steps(&self, old: &Storage, table: &str, column: &str) -> Vec<Step> {
        let mut actions = vec![];
        if self.storage != old.storage {
            let word = match self.storage.unwrap_or(self.type_storage) {
                'p' => "PLAIN",
                'e' => "EXTERNAL",
                'm' => "MAIN",
                _ => "EXTENDED",
            };
            actions.push(format!("SET STORAGE {word}"));
        }
        if self.compression != old.compression {
            let word = match self.compression {
                'p' => "pglz",
                'l' => "lz4",
                _ => "default",
            };
            actions.push(format!("SET COMPRESSION {word}"));
        }
        if self.statistics != old.statistics {
            actions.push(format!("SET STATISTICS {}", self.statistics));
        }
        for step in super::parameters::set("", old.options, self.options) {
            actions.push(step.sql.trim_start_matches("ALTER ").trim_start().to_owned());
        }
        let act =
            |action| Step::alter_table(format!("ONLY {table}"), format!("ALTER COLUMN {column} {action}"));
        actions.into_iter().map(act).collect()
    }
}
