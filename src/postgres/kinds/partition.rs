//! What makes a table a partition of another: `pg_inherits`.

use serde::{Deserialize, Serialize};

use super::constraint::Constraint;
use super::index_partition::IndexPartition;
use super::table::Table;
use crate::catalog::Address;
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

impl Partition {
    /// Detaching leaves the parent's foreign keys on the partition: those that it shall not have go.
    fn left_keys(&self, it: &Subject) -> Vec<Step> {
        let desired = &it.setting.desired.objects;
        let Some((parent, _)) =
            it.required::<Table>().find(|(table, _)| table.object.identity == self.parent)
        else {
            return vec![];
        };
        let keys =
            parent.all_parts::<Constraint>().filter(|(_, key)| key.type_ == 'f' && key.table == self.parent);
        let left = keys.filter(|(key, _)| {
            let own = it.address.names.iter().chain(key.address.names.last()).cloned().collect();
            let own = Address { names: own, ..key.address.clone() };
            let attached_again = desired.contains_key(it.address) && desired.contains_key(key.address);
            !desired.contains_key(&own) && !attached_again
        });
        left.map(|(_, key)| {
            Step::new(format!("ALTER TABLE IF EXISTS {it} DROP CONSTRAINT IF EXISTS {}", key.name))
        })
        .collect()
    }
}

impl Kind for Partition {
    const NAME: &'static str = "partition";
    const KEYWORD: &'static str = "PARTITION";
    const QUERY: &'static str = include_str!("partition.sql");
    const NAMED: bool = true;
    const LINK: bool = true;
    const TAKES_ALONG: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let attach = format!("ALTER TABLE {} ATTACH PARTITION {it} {}", self.parent, self.bounds);
        // The server ties indexes that fit each other, and makes those that are missing.
        let links = it.parts::<IndexPartition>();
        let indexes = links.iter().map(|(link, _)| link.address.clone());
        let mut steps = vec![guard::when(&format!("NOT {}", self.attached(it)), &attach).makes(indexes)];
        // Where an index is replaced, a second run does so too, and finds the partition attached.
        steps.extend(
            links
                .iter()
                .filter(|(link, body)| body.is_replaced(link))
                .flat_map(|(link, body)| body.create(link)),
        );
        steps
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let detach = format!("ALTER TABLE {} DETACH PARTITION {it}", self.parent);
        let mut steps = vec![guard::when(&self.attached(it), &detach)];
        steps.extend(self.left_keys(it));
        steps
    }
}
