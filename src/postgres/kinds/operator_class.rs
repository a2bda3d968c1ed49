//! Operator classes with the members that belong to them: `pg_opclass`. No ALTER changes them.

use serde::{Deserialize, Serialize};

use crate::kind::{Incidental, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// How an access method treats a type.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct OperatorClass {
    /// Its name with its schema, as DDL takes it.
    pub name: Incidental<String>,
    /// The access method.
    pub method: String,
    /// Whether it is the one that is taken where nobody names one.
    pub default: bool,
    /// What it is for.
    #[serde(rename = "type")]
    pub type_: String,
    /// The family that it is in.
    pub family: String,
    /// What an index stores, where it is not the type itself.
    pub storage: Option<String>,
    /// Operators and functions, as the statement lists them.
    pub members: Vec<String>,
}

impl Kind for OperatorClass {
    const NAME: &'static str = "operator class";
    const KEYWORD: &'static str = "OPERATOR CLASS";
    const QUERY: &'static str = include_str!("operator_class.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let default = if self.default { " DEFAULT" } else { "" };
        let mut lines: Vec<_> = self.storage.iter().map(|storage| format!("STORAGE {storage}")).collect();
        lines.extend_from_slice(&self.members);
        if lines.is_empty() {
            // The statement lists something, be it what goes without saying.
            lines.push(format!("STORAGE {}", self.type_));
        }
        vec![guard::unless_exists(
            it,
            &format!(
                "CREATE OPERATOR CLASS {}{default} FOR TYPE {} USING {} FAMILY {} AS\n    {}",
                self.name.0,
                self.type_,
                self.method,
                self.family,
                lines.join(",\n    ")
            ),
        )]
    }
}
