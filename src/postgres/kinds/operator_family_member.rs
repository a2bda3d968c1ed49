//! Operators and functions that hang on an operator family and not on one of its classes: `pg_amop`, `pg_amproc`.
//!
//! The access method decides which do, whatever statement they were told in: its `amadjustmembers`.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// A loose member of an operator family.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct OperatorFamilyMember {
    /// The family with its access method, as DDL takes it.
    pub family: String,
    /// What tells it from others: `OPERATOR 1 (integer, bigint)`.
    pub place: String,
    /// As it follows ADD.
    pub definition: String,
}

impl Kind for OperatorFamilyMember {
    const NAME: &'static str = "operator family member";
    const KEYWORD: &'static str = "OPERATOR FAMILY";
    const QUERY: &'static str = include_str!("operator_family_member.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        vec![guard::unless_exists(
            it,
            &format!("ALTER OPERATOR FAMILY {} ADD {}", self.family, self.definition),
        )]
    }

    fn alter(&self, _: &Self, _: &Subject) -> Alter {
        Alter::Replace
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        vec![guard::if_there(
            it.address,
            &format!("ALTER OPERATOR FAMILY {} DROP {}", self.family, self.place),
        )]
    }
}
