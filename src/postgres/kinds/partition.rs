//! What makes a table a partition of another: `pg_inherits`.

mod unfit;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::constraint::Constraint;
use super::index_partition::IndexPartition;
use super::inheritance::is_child_and_partition;
use super::table::Table;
use crate::catalog::Address;
use crate::kind::{Incidental, Kind, Preparation, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::{dollar, identifier, literal, shortened};

/// The tie between a partition and its parent; taking it off keeps the rows.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Partition {
    /// The partitioned table, as the server spells it.
    pub parent: String,
    /// `FOR VALUES …` or `DEFAULT`.
    pub bounds: String,
    /// What is true of every row of it, as the server prints it; it follows from the bounds. None where rows are told
    /// apart by their hash.
    pub condition: Incidental<Option<String>>,
}

/// A table that ATTACH PARTITION would read while nobody can use it, unless a check promises what it looks for.
struct Scanned {
    /// As the server spells it.
    table: String,
    /// The name of the check, unquoted.
    check: String,
    /// What it promises.
    condition: String,
}

impl Scanned {
    fn new(table: &Subject, it: &Subject, condition: String) -> Option<Scanned> {
        let check = format!("{}__bounds", shortened(it.address.names.last()?, 55));
        Some(Scanned { table: table.object.identity.clone(), check, condition })
    }

    fn is_promised(&self) -> String {
        format!(
            "EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass({}) AND conname = {})",
            literal(&self.table),
            literal(&self.check)
        )
    }

    /// Promises it, unless `tied` is true.
    fn promise(&self, tied: &str) -> Step {
        let (promised, table, check) = (self.is_promised(), &self.table, identifier(&self.check));
        let add = format!("ALTER TABLE {table} ADD CONSTRAINT {check} CHECK ({}) NOT VALID", self.condition);
        guard::when(&format!("NOT {tied} AND NOT {promised}"), &add)
    }

    /// Looks whether it is true while others work.
    fn validate(&self) -> Step {
        let validate = format!("ALTER TABLE {} VALIDATE CONSTRAINT {}", self.table, identifier(&self.check));
        guard::when(&self.is_promised(), &validate).outside()
    }

    fn forget(&self) -> Step {
        Step::new(format!("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}", self.table, identifier(&self.check)))
    }
}

impl Partition {
    fn attached(&self, it: &Subject) -> String {
        let as_partition = if is_child_and_partition(it, &self.parent) {
            " AND (SELECT relispartition FROM pg_class WHERE oid = inhrelid)"
        } else {
            ""
        };
        self.tied(it, as_partition)
    }

    /// That the server knows the tie, and that `more` is true of it.
    fn tied(&self, it: &Subject, more: &str) -> String {
        format!(
            "EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass({}) AND inhparent = to_regclass({}){more})",
            literal(&it.object.identity),
            literal(&self.parent)
        )
    }
}

impl Partition {
    /// The partitioned table.
    fn parent<'a>(&self, it: &Subject<'a>) -> Option<Subject<'a>> {
        it.required_as::<Table>(&self.parent)
    }

    /// What attaching it would read for long: the table itself, and the default partition.
    fn scanned(&self, it: &Subject) -> Vec<Scanned> {
        let Some(condition) = &self.condition.0 else { return vec![] };
        let busy = |table: &Subject| table.is_busy() && it.setting.live.objects.contains_key(table.address);
        let own = it.whole::<Table>().map(|(table, _)| table).filter(busy);
        let siblings = self.parent(it).into_iter().flat_map(|parent| siblings(&parent));
        let default = siblings.filter(|(link, body)| body.bounds == DEFAULT && link.index != it.index);
        let default = default.filter_map(|(link, _)| link.whole::<Table>()).map(|(table, _)| table);
        let own = own.and_then(|table| Scanned::new(&table, it, condition.clone()));
        let default =
            default.filter(busy).filter_map(|table| Scanned::new(&table, it, format!("NOT ({condition})")));
        own.into_iter().chain(default).collect()
    }

    /// Whether it can be detached while others use the parent: PostgreSQL cannot where there is a default partition, nor
    /// inside a transaction, in which its place would be taken by another.
    fn goes_gently(&self, it: &Subject, parent: &Subject) -> bool {
        let desired = it.setting.desired;
        let after = desired.objects.get_index_of(parent.address);
        let after = after.map(|index| Subject::new(desired, index, it.setting));
        parent.is_busy()
            && !desired.objects.contains_key(it.address)
            && siblings(parent).all(|(_, body)| body.bounds != DEFAULT)
            && after.is_some_and(|after| siblings(&after).all(|(link, _)| !link.is_new()))
    }

    /// Detaches it while others use the parent. A statement that a block cannot hold, and that has no IF EXISTS of its
    /// own, looks for the parent where there is none once it is done.
    fn detached(&self, it: &Subject, parent: &Subject) -> Vec<Step> {
        let [schema, name] = parent.address.names.as_slice() else { return vec![] };
        let (attached, table) = (self.attached(it), literal(&it.object.identity));
        let pending = self.tied(it, " AND inhdetachpending");
        let finalize = format!("ALTER TABLE {} DETACH PARTITION {it} FINALIZE", self.parent);
        let path = literal(&identifier(schema));
        let set = "SELECT set_config('search_path'";
        let find = format!(
            "SELECT set_config('schemadiff.search_path', current_setting('search_path'), false),\n    \
             set_config('search_path', CASE WHEN {attached} THEN {path} ELSE '' END, false)"
        );
        let detach = format!("ALTER TABLE IF EXISTS {} DETACH PARTITION {it} CONCURRENTLY", identifier(name));
        let back = format!("{set}, current_setting('schemadiff.search_path'), false)");
        let mut steps = vec![guard::when(&pending, &finalize)];
        steps.extend([find, detach, back].map(Step::new));
        let mut steps: Vec<_> = steps.into_iter().map(Step::outside).collect();
        // It leaves a check behind, by a name that the server chooses.
        let known =
            [it.setting.live, it.setting.desired].into_iter().flat_map(|catalog| catalog.objects.keys());
        let own = |address: &&Address| {
            address.class == "table constraint" && address.names.starts_with(&it.address.names)
        };
        let known = known.filter(own);
        let known: BTreeSet<_> =
            known.filter_map(|address| address.names.get(2)).map(|it| literal(it)).collect();
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        let left = format!(
            "\nDECLARE\n    name text;\nBEGIN\n    FOR name IN SELECT quote_ident(conname) FROM pg_constraint \
             WHERE conrelid = to_regclass({table}) AND contype = 'c' AND conname <> ALL (ARRAY[{known}]::name[]) LOOP\n        \
             EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %s', {table}, name);\n    END LOOP;\nEND\n"
        );
        steps.push(Step::new(format!("DO {}", dollar(&left))));
        steps
    }

    /// Takes it off; None where its parent steps aside with it.
    pub fn detach(&self, it: &Subject) -> Option<String> {
        let parent = self.parent(it)?;
        (!parent.is_new()).then(|| format!("ALTER TABLE {} DETACH PARTITION {it}", self.parent))
    }

    /// Whether a table shall be a partition.
    pub fn is_desired(table: &Subject) -> bool {
        let desired = table.setting.desired;
        let index = desired.objects.get_index_of(table.address);
        index.is_some_and(|index| {
            Subject::new(desired, index, table.setting).all_parts::<Partition>().next().is_some()
        })
    }

    /// Whether every row has a place in some partition of a table.
    pub fn takes_all(table: &Subject) -> bool {
        siblings(table).filter(|(_, body)| body.bounds == DEFAULT).any(|(link, _)| {
            link.whole::<Table>()
                .is_some_and(|(table, body)| body.partition_key.is_none() || Self::takes_all(&table))
        })
    }

    /// The tables above it, nearest first.
    fn ancestors<'a>(&self, it: &Subject<'a>) -> Vec<Subject<'a>> {
        let above = |table: &Subject<'a>| {
            let (link, partition) = table.all_parts::<Partition>().next()?;
            partition.parent(&link)
        };
        std::iter::successors(self.parent(it), above).collect()
    }

    /// Detaching leaves the foreign keys of the tables above it on the partition: those that it shall not have go.
    fn left_keys(&self, it: &Subject) -> Vec<Step> {
        let desired = &it.setting.desired.objects;
        let above = self.ancestors(it);
        let keys = above.iter().flat_map(|table| {
            table
                .all_parts::<Constraint>()
                .filter(|(_, key)| key.type_ == 'f' && key.table == table.to_string())
        });
        let left = keys.filter(|(key, _)| {
            let own = it.address.names.iter().chain(key.address.names.last()).cloned().collect();
            let own = Address { names: own, ..key.address.clone() };
            let comes_back = desired.contains_key(it.address) && desired.contains_key(key.address);
            !desired.contains_key(&own) && (!comes_back || key.is_new())
        });
        left.map(|(_, key)| {
            Step::new(format!("ALTER TABLE IF EXISTS {it} DROP CONSTRAINT IF EXISTS {}", key.name))
        })
        .collect()
    }
}

/// The bounds of what takes the rows that have no place elsewhere.
const DEFAULT: &str = "DEFAULT";

/// The ties of all partitions of a table.
fn siblings<'a>(parent: &Subject<'a>) -> impl Iterator<Item = (Subject<'a>, &'a Partition)> + use<'a> {
    let (catalog, setting) = (parent.catalog, parent.setting);
    let name = parent.object.identity.as_str();
    let dependents = catalog.dependents(parent.index).iter();
    let dependents = dependents.map(move |&(dependent, _)| Subject::new(catalog, dependent, setting));
    let ties = dependents.filter_map(|link| Some((link, link.body::<Partition>()?)));
    ties.filter(move |(_, body)| body.parent == name)
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
        let excluding =
            it.all_parts::<Constraint>().flat_map(|(constraint, body)| body.with_heirs(&constraint));
        let attach = guard::when(&format!("NOT {}", self.attached(it)), &attach);
        let attach = attach.makes(indexes.chain(excluding));
        let mut steps = vec![self.may_fail(it).into_iter().fold(attach, Step::hazard)];
        // Where an index is replaced, a second run does so too, and finds the partition attached.
        steps.extend(
            links
                .iter()
                .filter(|(link, body)| body.is_replaced(link))
                .flat_map(|(link, body)| body.create(link)),
        );
        steps
    }

    fn prepare(&self, it: &Subject) -> Option<Preparation> {
        let scanned = self.scanned(it);
        // Rows that fit other bounds until then would be refused.
        if scanned.is_empty() || it.is_replaced() {
            return None;
        }
        let attached = self.attached(it);
        let promises = scanned.iter().map(|scanned| scanned.promise(&attached));
        let steps = promises.chain(scanned.iter().map(Scanned::validate)).collect();
        let mut make = self.create(it);
        make.extend(scanned.iter().map(Scanned::forget));
        Some(Preparation { under_own_name: false, steps, make })
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let detach = format!("ALTER TABLE {} DETACH PARTITION {it}", self.parent);
        let parent = self.parent(it).filter(|parent| self.goes_gently(it, parent));
        let mut steps = match parent {
            Some(parent) => self.detached(it, &parent),
            None => vec![guard::when(&self.attached(it), &detach)],
        };
        steps.extend(self.left_keys(it));
        steps
    }
}
