//! What makes an index of a partition part of an index of the partitioned table: `pg_inherits`.

use serde::{Deserialize, Serialize};

use super::constraint::Constraint;
use super::table::Table;
use crate::catalog::Tie;
use crate::kind::{Kind, Subject};
use crate::plan::Step;
use crate::postgres::quote::literal;

/// The tie between two indexes. It lasts until the partition is detached: PostgreSQL has no way to undo it alone.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexPartition {
    /// The index of the partitioned table, as the server spells it.
    pub parent: String,
}

impl IndexPartition {
    /// Whether the parent's index, or one above it, is replaced on a table that stays: whoever runs the plan a second time
    /// drops both, and the parent's does not make this one.
    pub fn is_replaced(&self, it: &Subject) -> bool {
        let Some(parent) = self.parent(it) else { return false };
        let child = self.child(it);
        if child.is_some_and(|child| {
            child.body::<Constraint>().is_some_and(|body| body.comes_with_parents(&child))
        }) {
            return false;
        }
        let stays = parent.whole::<Table>().is_none_or(|(table, _)| !table.is_new());
        let above = |(link, above): (Subject, &IndexPartition)| {
            link.catalog.requirements(link.index).contains(&(parent.index, Tie::Part))
                && above.is_replaced(&link)
        };
        stays && parent.is_replaced() || parent.is_new() && parent.all_parts::<IndexPartition>().any(above)
    }

    /// The index, or the key, that this one is tied to.
    pub fn parent<'a>(&self, it: &Subject<'a>) -> Option<Subject<'a>> {
        it.catalog.tied(it.index).map(|(_, parent)| Subject::new(it.catalog, parent, it.setting))
    }

    /// The index, or the key, that is tied.
    fn child<'a>(&self, it: &Subject<'a>) -> Option<Subject<'a>> {
        it.catalog.tied(it.index).map(|(child, _)| Subject::new(it.catalog, child, it.setting))
    }
}

/// Whether the index or key `it` is to be tied to a parent's that is replaced: when the file is run again, it goes with that.
pub fn goes_when_run_again(it: &Subject) -> bool {
    it.all_parts::<IndexPartition>().any(|(link, tie)| tie.is_replaced(&link))
}

/// That the index or key `it` is not yet tied to a parent's, which the plan does: when the file is run again, it is the
/// new one, and can neither go alone nor make way.
pub fn untied(it: &Subject) -> Option<String> {
    let link = |catalog| {
        let mut links = it.within(catalog)?.all_parts::<IndexPartition>();
        links.next().map(|(link, _)| link.to_string())
    };
    let live = it.setting.live;
    let is_there = live.objects.contains_key(it.address);
    let index = link(it.setting.desired).filter(|_| is_there && link(live).is_none())?;
    Some(format!("NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass({}))", literal(&index)))
}

impl Kind for IndexPartition {
    const NAME: &'static str = "index partition";
    const KEYWORD: &'static str = "INDEX";
    const QUERY: &'static str = include_str!("index_partition.sql");
    const NAMED: bool = true;
    const LINK: bool = true;

    /// The server says nothing if they are tied already.
    fn create(&self, it: &Subject) -> Vec<Step> {
        let attach = Step::new(format!("ALTER INDEX {} ATTACH PARTITION {it}", self.parent));
        let lost = self.child(it).filter(|child| !child.is_new() && self.is_replaced(it));
        let mut steps = lost.map_or(vec![], |child| child.object.body.create(&child));
        steps.push(attach);
        steps
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![]
    }
}
