//! Operator families: `pg_opfamily`. What they hold is said by classes, and by members of their own.

use serde::{Deserialize, Serialize};

use crate::kind::{Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// What groups operator classes of one access method that fit each other.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct OperatorFamily {}

impl Kind for OperatorFamily {
    const NAME: &'static str = "operator family";
    const KEYWORD: &'static str = "OPERATOR FAMILY";
    const QUERY: &'static str = include_str!("operator_family.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        vec![guard::unless_exists(it, &format!("CREATE OPERATOR FAMILY {it}"))]
    }
}
