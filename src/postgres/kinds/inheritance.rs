//! What makes a table inherit from another: `pg_inherits`.

use serde::{Deserialize, Serialize};

use super::partition::Partition;
use super::table::Table;
use crate::catalog::Tie;
use crate::kind::{Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// The tie between a child table and one of its parents.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Inheritance {
    /// The parent, as the server spells it.
    pub parent: String,
}

impl Inheritance {
    /// Lets go of the parent; None where that steps aside too.
    pub fn let_go(&self, it: &Subject) -> Option<String> {
        let parent = it.required_as::<Table>(&self.parent)?;
        (!parent.is_new()).then(|| format!("ALTER TABLE {it} NO INHERIT {}", self.parent))
    }

    fn tied(&self, it: &Subject) -> String {
        let as_child = if is_child_and_partition(it, &self.parent) {
            " AND NOT (SELECT relispartition FROM pg_class WHERE oid = inhrelid)"
        } else {
            ""
        };
        format!(
            "EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass({}) AND inhparent = to_regclass({}){as_child})",
            literal(&it.object.identity),
            literal(&self.parent)
        )
    }
}

/// Whether the table that `link` ties to this parent is a child of it before the plan and a partition after it, or the
/// other way round: when the file is run again, the one tie is to be told from the other.
pub fn is_child_and_partition(link: &Subject, parent: &str) -> bool {
    let Some((table, _)) = link.whole::<Table>() else { return false };
    let catalogs = [link.setting.live, link.setting.desired].into_iter();
    let tables: Vec<_> = catalogs.filter_map(|catalog| table.within(catalog)).collect();
    let mut inheritances = tables.iter().flat_map(Subject::all_parts::<Inheritance>);
    let mut partitions = tables.iter().flat_map(Subject::all_parts::<Partition>);
    inheritances.any(|(_, link)| link.parent == parent) && partitions.any(|(_, link)| link.parent == parent)
}

/// The links through which others have what a table hands down.
pub fn links_of_children<'a>(table: &Subject<'a>) -> impl Iterator<Item = Subject<'a>> + use<'a> {
    let (catalog, setting) = (table.catalog, table.setting);
    let dependents = catalog.dependents(table.index).iter().filter(|(_, tie)| *tie == Tie::Needs);
    let dependents = dependents.map(move |&(link, _)| Subject::new(catalog, link, setting));
    dependents.filter(|link| link.body::<Inheritance>().is_some() || link.body::<Partition>().is_some())
}

impl Kind for Inheritance {
    const NAME: &'static str = "inheritance";
    const KEYWORD: &'static str = "INHERITANCE";
    const QUERY: &'static str = include_str!("inheritance.sql");
    const NAMED: bool = true;
    const LINK: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let inherit = format!("ALTER TABLE {it} INHERIT {}", self.parent);
        vec![guard::when(&format!("NOT {}", self.tied(it)), &inherit)]
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        vec![guard::when(&self.tied(it), &format!("ALTER TABLE {it} NO INHERIT {}", self.parent))]
    }
}
