//! What makes a sequence go with a column, as `serial` does: OWNED BY.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;

/// The tie between a sequence and the column that owns it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct SequenceOwnership {
    /// The column, as the server spells it.
    pub column: String,
}

impl Kind for SequenceOwnership {
    const NAME: &'static str = "sequence ownership";
    const KEYWORD: &'static str = "SEQUENCE";
    const QUERY: &'static str = include_str!("sequence_ownership.sql");
    const NAMED: bool = true;
    const LINK: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        vec![Step::new(format!("ALTER SEQUENCE {it} OWNED BY {}", self.column))]
    }

    fn alter(&self, _: &Self, it: &Subject) -> Alter {
        Alter::InPlace(self.create(it))
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        vec![Step::new(format!("ALTER SEQUENCE IF EXISTS {it} OWNED BY NONE"))]
    }
}
