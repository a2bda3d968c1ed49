//! Defaults of columns: `pg_attrdef`.

use serde::{Deserialize, Serialize};

use super::column::Column;
use crate::catalog::{Address, Catalog};
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::deparse::Printed;
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// What a column gets when a row does not say.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Default {
    /// The table or view, as the server spells it.
    pub table: String,
    /// The column, as the server spells it.
    pub column: String,
    /// The expression, as the server prints it.
    pub expression: Printed,
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

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let action = format!("ALTER COLUMN {} DROP DEFAULT", self.column);
        let column = Address { class: "table column".to_owned(), ..it.address.clone() };
        let plain = |catalog: &Catalog| catalog.body::<Column>(&column).is_some_and(Column::takes_default);
        if plain(it.setting.live) && plain(it.setting.desired) {
            return vec![Step::alter_table(format!("IF EXISTS ONLY {}", self.table), action)];
        }
        // When the file is run again, the column may not be there yet, or be one that takes no default.
        let takes_default = format!(
            "EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass({}) AND quote_ident(attname) = {} \
             AND attidentity = '' AND attgenerated = '')",
            literal(&self.table),
            literal(&self.column)
        );
        vec![guard::when(&takes_default, &format!("ALTER TABLE ONLY {} {action}", self.table))]
    }
}
