//! Whether values of a type lie in tables, where PostgreSQL cannot follow a change of what the type is made of.

use std::collections::HashSet;

use super::column::Column;
use super::composite_attribute::CompositeAttribute;
use super::composite_type::CompositeType;
use super::domain::Domain;
use super::range_type::RangeType;
use super::table::Table;
use crate::catalog::{Address, Catalog, Tie};
use crate::kind::{Kind, Subject};

/// Whether a column holds values of the type, by itself or inside of other types: what PostgreSQL's
/// `find_composite_type_dependencies` looks for.
pub fn is_stored(catalog: &Catalog, address: &Address) -> bool {
    search(catalog, address, false)
}

/// Whether a column holds values of the domain inside of arrays or other types than domains, where
/// PostgreSQL's `get_rels_with_domain` gives up.
pub fn is_stored_within(catalog: &Catalog, address: &Address) -> bool {
    search(catalog, address, true)
}

/// Whether tables in use have columns of the domain, or of a domain over it.
pub fn is_in_use(domain: &Subject) -> bool {
    let (live, setting) = (domain.setting.live, domain.setting);
    let Some(index) = live.objects.get_index_of(domain.address) else { return false };
    let users = live.dependents(index).iter().filter(|(_, tie)| !tie.is_part());
    let mut users = users.map(|&(user, _)| Subject::new(live, user, setting));
    users.any(|user| match user.body::<Domain>() {
        Some(_) => is_in_use(&user),
        None => {
            let column = user.body::<Column>().and_then(|_| user.whole::<Table>());
            column.is_some_and(|(table, _)| table.is_busy())
        }
    })
}

/// Whether there are tables of the composite type.
pub fn has_tables(it: &Subject) -> bool {
    it.catalog.dependents(it.index).iter().any(|&(dependent, _)| is::<Table>(it.catalog, dependent))
}

fn search(catalog: &Catalog, address: &Address, only_within: bool) -> bool {
    let Some(start) = catalog.objects.get_index_of(address) else { return false };
    let mut seen = HashSet::from([(start, false)]);
    let mut next = vec![(start, false)];
    while let Some((index, within)) = next.pop() {
        for &(dependent, tie) in catalog.dependents(index) {
            let object = catalog.at(dependent).1;
            let found = if let Some(column) = object.body.as_any().downcast_ref::<Column>() {
                let holds = !tie.is_part();
                if holds && (!only_within || within || column.type_.ends_with("[]")) {
                    return true;
                }
                // Rows of its table may lie elsewhere.
                let whole = catalog.requirements(dependent).iter().find(|(_, tie)| *tie == Tie::Part);
                whole.filter(|_| holds).map(|&(table, _)| (table, true))
            } else if object.kind() == "materialized view" {
                if !only_within || within {
                    return true;
                }
                None
            } else if is::<CompositeAttribute>(catalog, dependent) {
                let whole = catalog.requirements(dependent).iter().find(|(_, tie)| tie.is_part());
                whole.filter(|(whole, _)| *whole != index).map(|&(whole, _)| (whole, true))
            } else if let Some(domain) = object.body.as_any().downcast_ref::<Domain>() {
                Some((dependent, within || domain.base.ends_with("[]")))
            } else if is::<RangeType>(catalog, dependent) || is::<CompositeType>(catalog, dependent) {
                Some((dependent, true))
            } else {
                None
            };
            if let Some(found) = found
                && seen.insert(found)
            {
                next.push(found);
            }
        }
    }
    false
}

fn is<K: Kind>(catalog: &Catalog, index: usize) -> bool {
    catalog.at(index).1.body.as_any().is::<K>()
}
