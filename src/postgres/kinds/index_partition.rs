//! What makes an index of a partition part of an index of the partitioned table: `pg_inherits`.

use serde::{Deserialize, Serialize};

use crate::kind::{Kind, Subject};
use crate::plan::Step;

/// The tie between two indexes. It lasts until the partition is detached: PostgreSQL has no way to undo it alone.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexPartition {
    /// The index of the partitioned table, as the server spells it.
    pub parent: String,
}

impl Kind for IndexPartition {
    const NAME: &'static str = "index partition";
    const KEYWORD: &'static str = "INDEX";
    const QUERY: &'static str = include_str!("index_partition.sql");
    const NAMED: bool = true;
    const LINK: bool = true;

    /// The server says nothing if they are tied already.
    fn create(&self, it: &Subject) -> Vec<Step> {
        vec![Step::new(format!("ALTER INDEX {} ATTACH PARTITION {it}", self.parent))]
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![]
    }
}
