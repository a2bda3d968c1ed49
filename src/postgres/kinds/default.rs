//! Defaults of columns: `pg_attrdef`.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;

/// What a column gets when a row does not say.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Default {
    /// The table or view, as the server spells it.
    pub table: String,
    /// The column, as the server spells it.
    pub column: String,
    /// The expression, as the server prints it.
    pub expression: String,
}

impl Default {
    /// Children have defaults of their own, so each table is told alone.
    fn set(&self) -> Vec<Step> {
        let action = format!("ALTER COLUMN {} SET DEFAULT {}", self.column, self.expression);
        vec![Step::alter_table(format!("ONLY {}", self.table), action)]
    }
}

impl Kind for Default {
    const NAME: &'static str = "default";
    const KEYWORD: &'static str = "DEFAULT";
    const QUERY: &'static str = include_str!("default.sql");
    const NAMED: bool = true;

    fn create(&self, _: &Subject) -> Vec<Step> {
        self.set()
    }

    fn alter(&self, _old: &Self, _: &Subject) -> Alter {
        Alter::InPlace(self.set())
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![Step::alter_table(
            format!("IF EXISTS ONLY {}", self.table),
            format!("ALTER COLUMN {} DROP DEFAULT", self.column),
        )]
    }
}
