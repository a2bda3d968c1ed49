//! What differs between two catalogs, object by object. No kind is named here.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::catalog::{Address, Catalog, Object};

/// One observed difference.
#[derive(Debug, Serialize)]
#[serde(tag = "change", rename_all = "lowercase")]
pub enum Change {
    /// Only desired.
    Added {
        /// Such as `table public.orders`.
        object: String,
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
    },
    /// In both, with other attributes.
    Changed {
        /// Such as `table public.orders`.
        object: String,
        /// What differs.
        attributes: Vec<Attribute>,
    },
}

impl fmt::Display for Change {
    /// `+ table public.orders`, `- …`, or `~ …: owner "a" → "b"`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Added { object } => write!(f, "+ {object}"),
            Change::Removed { object } => write!(f, "- {object}"),
            Change::Renamed { object, name } => write!(f, "~ {object}: renamed to {name}"),
            Change::Changed { object, attributes } => {
                write!(f, "~ {object}:")?;
                for (index, Attribute { name, live, desired }) in attributes.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma} {name} {live} → {desired}")?;
                }
                Ok(())
            }
        }
    }
}

/// One attribute that differs.
#[derive(Debug, Serialize)]
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
        (None, Some(wanted)) => Some(Change::Added { object: wanted.to_string() }),
        (Some(found), Some(wanted)) if !found.same(wanted) => {
            Some(Change::Changed { object: wanted.to_string(), attributes: attributes(found, wanted) })
        }
        _ => None,
    }
}

/// The addresses of everything that differs.
pub fn differing<'a>(live: &'a Catalog, desired: &'a Catalog) -> Vec<&'a Address> {
    let removed = live.objects.keys().filter(|address| !desired.objects.contains_key(*address));
    let others = desired.objects.iter().filter_map(|(address, wanted)| {
        (!live.objects.get(address).is_some_and(|found| found.same(wanted))).then_some(address)
    });
    removed.chain(others).collect()
}

/// What holds rows in live and is whole, such as a table, and something changes about it or its parts.
pub fn touched<'a>(live: &'a Catalog, desired: &'a Catalog) -> Vec<&'a Address> {
    let mut found: Vec<_> = differing(live, desired)
        .into_iter()
        .flat_map(|address| {
            let of = |catalog: &'a Catalog| {
                let index = catalog.objects.get_index_of(address)?;
                Some(catalog.at(catalog.root(index)).0)
            };
            [of(live), of(desired)].into_iter().flatten()
        })
        .filter(|root| live.objects.get(*root).is_some_and(|object| object.body.entry().holds_data))
        .collect();
    found.sort();
    found.dedup();
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
    attributes.insert("privileges".into(), serde_json::json!(object.privileges));
    attributes.insert("security labels".into(), serde_json::json!(object.labels));
    attributes
}
