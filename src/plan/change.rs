//! What differs between two catalogs, object by object. No kind is named here.

use std::collections::BTreeSet;
use std::fmt;

use indexmap::IndexSet;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::catalog::{Address, Catalog, Object};
use crate::provenance::Stated;

/// One observed difference.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(tag = "change", rename_all = "lowercase")]
pub enum Change {
    /// Only desired.
    Added {
        /// Such as `table public.orders`.
        object: String,
        /// Where the schema files state it.
        #[serde(skip_serializing_if = "Option::is_none")]
        stated: Option<Stated>,
    },
    /// Only live.
    Removed {
        /// Such as `table public.orders`.
        object: String,
    },
    /// In both, under different names.
    Renamed {
        /// Under its old name, such as `table public.orders`.
        object: String,
        /// Its new name; in full, where its schema changes too.
        name: String,
        /// Where the schema files state it.
        #[serde(skip_serializing_if = "Option::is_none")]
        stated: Option<Stated>,
    },
    /// In both, with other attributes.
    Changed {
        /// Such as `table public.orders`.
        object: String,
        /// What differs.
        attributes: Vec<Attribute>,
        /// Where the schema files state it.
        #[serde(skip_serializing_if = "Option::is_none")]
        stated: Option<Stated>,
    },
}

impl fmt::Display for Change {
    /// `+ table public.orders`, `- …`, or `~ …: owner "a" → "b"`; behind it in parentheses, where that is stated.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Added { object, .. } => write!(f, "+ {object}")?,
            Change::Removed { object } => write!(f, "- {object}")?,
            Change::Renamed { object, name, .. } => write!(f, "~ {object}: renamed to {name}")?,
            Change::Changed { object, attributes, .. } => {
                write!(f, "~ {object}:")?;
                for (index, Attribute { name, live, desired }) in attributes.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma} {name} {live} → {desired}")?;
                }
            }
        }
        self.stated().iter().try_for_each(|stated| write!(f, " ({stated})"))
    }
}

impl Change {
    /// What it is about; where that is renamed, under its old name.
    pub fn object(&self) -> &str {
        match self {
            Change::Added { object, .. }
            | Change::Removed { object }
            | Change::Renamed { object, .. }
            | Change::Changed { object, .. } => object,
        }
    }

    /// Where the schema files state what it is about.
    pub fn stated(&self) -> Option<&Stated> {
        match self {
            Change::Removed { .. } => None,
            Change::Added { stated, .. }
            | Change::Renamed { stated, .. }
            | Change::Changed { stated, .. } => stated.as_ref(),
        }
    }

    /// Says where the schema files state what it is about, which `find` knows by what is told of it.
    pub fn locate(&mut self, find: impl FnOnce(&str) -> Option<Stated>) {
        let found = find(self.object());
        match self {
            Change::Removed { .. } => {}
            Change::Added { stated, .. }
            | Change::Renamed { stated, .. }
            | Change::Changed { stated, .. } => {
                *stated = found;
            }
        }
    }
}

/// One attribute that differs.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// As it is.
    pub live: Value,
    /// As it shall be.
    pub desired: Value,
}

/// Everything that differs, what is removed first.
pub fn changes(live: &Catalog, desired: &Catalog) -> Vec<Change> {
    let addresses = differing(live, desired).into_iter();
    addresses.filter_map(|address| between(live.objects.get(address), desired.objects.get(address))).collect()
}

/// What becomes of one object, from the one catalog to the other.
pub fn between(live: Option<&Object>, desired: Option<&Object>) -> Option<Change> {
    match (live, desired) {
        (Some(found), None) => Some(Change::Removed { object: found.to_string() }),
        (None, Some(wanted)) => Some(Change::Added { object: wanted.to_string(), stated: None }),
        (Some(found), Some(wanted)) if !found.same(wanted) => {
            let attributes = attributes(found, wanted);
            Some(Change::Changed { object: wanted.to_string(), attributes, stated: None })
        }
        _ => None,
    }
}

/// The addresses of everything that differs.
pub fn differing<'a>(live: &'a Catalog, desired: &'a Catalog) -> Vec<&'a Address> {
    let removed = live.beside(desired).filter(|(_, _, wanted)| wanted.is_none());
    let others =
        desired.beside(live).filter(|(_, wanted, found)| !found.is_some_and(|found| found.same(wanted)));
    removed.chain(others).map(|(address, ..)| address).collect()
}

/// How far from a table that changes there may be others that a plan comes to: a partition's key goes with its parent's, and
/// that with those of all other partitions.
const REACH: usize = 2;

/// What holds rows in live and is whole, such as a table, where something changes about it or its parts, or about those that
/// it is tied to.
pub fn touched<'a>(live: &'a Catalog, desired: &'a Catalog) -> Vec<&'a Address> {
    let changed = differing(live, desired).into_iter().flat_map(|address| {
        let of = |catalog: &'a Catalog| {
            let index = catalog.objects.get_index_of(address)?;
            Some(catalog.at(catalog.root(index)).0)
        };
        [of(live), of(desired)].into_iter().flatten()
    });
    let holds_data = |index: usize| live.at(index).1.body.entry().holds_data;
    let indexes =
        changed.filter_map(|root| live.objects.get_index_of(root)).filter(|index| holds_data(*index));
    let mut found: BTreeSet<usize> = indexes.collect();
    if found.is_empty() {
        return vec![];
    }
    let ends = live.requires().iter().map(|edge| [live.root(edge.dependent), live.root(edge.required)]);
    let tied: Vec<_> =
        ends.filter(|[one, other]| one != other && holds_data(*one) && holds_data(*other)).collect();
    for _ in 0..REACH {
        let reached: Vec<_> = tied
            .iter()
            .filter(|ends| ends.iter().any(|end| found.contains(end)))
            .flatten()
            .copied()
            .collect();
        found.extend(reached);
    }
    let mut found: Vec<_> = found.into_iter().map(|index| live.at(index).0).collect();
    found.sort();
    found
}

fn attributes(live: &Object, desired: &Object) -> Vec<Attribute> {
    let (mut before, mut after) = (all(live), all(desired));
    let names: Vec<String> = before.keys().chain(after.keys()).cloned().collect();
    let mut found = vec![];
    for name in names {
        let (live, desired) = (take(&mut before, &name), take(&mut after, &name));
        if live != desired {
            found.push(Attribute { name, live, desired });
        }
    }
    found
}

fn take(attributes: &mut serde_json::Map<String, Value>, name: &str) -> Value {
    attributes.remove(name).unwrap_or(Value::Null)
}

fn all(object: &Object) -> serde_json::Map<String, Value> {
    let mut attributes = object.body.attributes();
    attributes.insert("kind".into(), object.kind().into());
    attributes.insert("owner".into(), serde_json::json!(object.owner));
    attributes.insert("comment".into(), serde_json::json!(object.comment));
    let mut privileges = object.privileges.clone();
    privileges.iter_mut().for_each(IndexSet::sort);
    attributes.insert("privileges".into(), serde_json::json!(privileges));
    attributes.insert("security labels".into(), serde_json::json!(object.labels));
    attributes
}
