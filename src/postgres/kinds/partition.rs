//! What makes a table a partition of another: `pg_inherits`.

use serde::{Deserialize, Serialize};

use super::index_partition::IndexPartition;
use crate::kind::{Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// The tie between a partition and its parent; taking it off keeps the rows.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Partition {
    /// The partitioned table, as the server spells it.
    pub parent: String,
    /// `FOR VALUES …` or `DEFAULT`.
    pub bounds: String,
}

impl Partition {
    fn attached(&self, it: &Subject) -> String {
        format!(
            "EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass({}) AND inhparent = to_regclass({}))",
            literal(&it.object.identity),
            literal(&self.parent)
        )
    }
}

impl Kind for Partition {
    const NAME: &'static str = "partition";
    const KEYWORD: &'static str = "PARTITION";
    const QUERY: &'static str = include_str!("partition.sql");
    const NAMED: bool = true;
    const LINK: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let attach = format!("ALTER TABLE {} ATTACH PARTITION {it} {}", self.parent, self.bounds);
        // The server ties indexes that fit each other, and makes those that are missing.
        let links = it.parts::<IndexPartition>();
        let indexes = links.iter().map(|(link, _)| link.address.clone());
        let mut steps = vec![guard::when(&format!("NOT {}", self.attached(it)), &attach).makes(indexes)];
        // Where an index is replaced, a second run does so too, and finds the partition attached.
        let again = |link: &Subject| {
            let requirements = link.catalog.requirements(link.index).iter();
            let mut ends = requirements.map(|&(end, _)| link.catalog.at(end).0);
            ends.any(|end| {
                end.class != it.address.class
                    && it.setting.made.contains(end)
                    && it.setting.live.objects.contains_key(end)
            })
        };
        steps.extend(links.iter().filter(|(link, _)| again(link)).flat_map(|(link, body)| body.create(link)));
        steps
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let detach = format!("ALTER TABLE {} DETACH PARTITION {it}", self.parent);
        vec![guard::when(&self.attached(it), &detach)]
    }
}
