//! By which index CLUSTER orders a table when it is not told: `pg_index.indisclustered`.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;

/// The mark on an index; at most one a table, so that the table's name is its address.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Clustered {
    /// The index's own name, as the server spells it.
    pub index: String,
}

impl Kind for Clustered {
    const NAME: &'static str = "clustered";
    const KEYWORD: &'static str = "CLUSTER";
    const QUERY: &'static str = include_str!("clustered.sql");
    const NAMED: bool = true;
    const LINK: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        vec![Step::new(format!("ALTER TABLE {it} CLUSTER ON {}", self.index))]
    }

    fn alter(&self, _: &Self, it: &Subject) -> Alter {
        Alter::InPlace(self.create(it))
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        vec![Step::new(format!("ALTER TABLE IF EXISTS {it} SET WITHOUT CLUSTER"))]
    }
}
