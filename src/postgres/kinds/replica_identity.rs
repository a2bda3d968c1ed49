//! Which index identifies a table's rows in logical replication: `pg_index.indisreplident`.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;

/// The mark on an index; at most one a table, so that the table's name is its address.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplicaIdentity {
    /// The index's own name, as the server spells it.
    pub index: String,
}

impl Kind for ReplicaIdentity {
    const NAME: &'static str = "replica identity";
    const KEYWORD: &'static str = "REPLICA IDENTITY";
    const QUERY: &'static str = include_str!("replica_identity.sql");
    const NAMED: bool = true;
    const LINK: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        vec![Step::new(format!("ALTER TABLE ONLY {it} REPLICA IDENTITY USING INDEX {}", self.index))]
    }

    fn alter(&self, _: &Self, it: &Subject) -> Alter {
        Alter::InPlace(self.create(it))
    }

    /// What identifies the rows instead is the table's to say.
    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![]
    }
}
