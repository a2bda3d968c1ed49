//! Whether a database is what a migration was made for: the header of a generated migration holds a fingerprint of each
//! object that it touches, as it was where the migration was made.
//!
//! Only what a migration touches counts: two that were made side by side and touch different objects are no drift.
//! Fingerprints are compared under the same major version and the same build of the queries only, because the server
//! prints the same object differently from one major version to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::catalog::{Address, Catalog};
use crate::hexadecimal::hexadecimal;
use crate::kind::Concern;
use crate::plan::{Plan, change};
use crate::postgres::introspect::texts;

/// How many hexadecimal digits tell one state from another.
const DIGITS: usize = 8;

/// What stands before an object that must not be there.
const ABSENT: &str = "no ";

/// One object that is not what a migration was made for.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Drifted {
    /// Such as `table public.orders`.
    pub object: String,
    /// How it differs.
    pub state: DriftedState,
}

/// How an object differs from what a migration was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DriftedState {
    /// It, or one of its parts, has other attributes.
    Changed,
    /// It is not there.
    Missing,
    /// It is there already.
    Present,
}

impl fmt::Display for Drifted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            DriftedState::Changed => "is not what it was",
            DriftedState::Missing => "is not there",
            DriftedState::Present => "is there already",
        };
        write!(f, "{} {state}", self.object)
    }
}

/// What the header of a migration says that it was made for: the fingerprint of every object of `live` that the way to
/// `desired` touches, and the names of those that it makes, unless `live` is where everything begins.
pub fn made_for(live: &Catalog, desired: &Catalog, up: &Plan, first: bool) -> String {
    let made = up.steps.iter().flat_map(|step| step.makes.iter().chain(&step.object));
    let mut there = BTreeSet::new();
    let mut absent = BTreeSet::new();
    for address in change::differing(live, desired).into_iter().chain(made) {
        let roots = [live, desired].map(|catalog| root(catalog, address));
        let held = roots.iter().flatten().find_map(|root| live.objects.get_index_of(*root));
        match (held, roots[1]) {
            (Some(index), _) => _ = there.insert(index),
            (None, Some(root)) if !first && !desired.objects[root].is_of_roles() => {
                _ = absent.insert(desired.objects[root].to_string());
            }
            _ => {}
        }
    }
    let prints = fingerprints(live, &there);
    let there = prints.iter().map(|(object, print)| format!("{object} {print}"));
    let absent = absent.iter().map(|object| format!("{ABSENT}{object}"));
    let named: Vec<_> = there.chain(absent).filter(|one| is_plain(one)).collect();
    match named.is_empty() {
        true => String::new(),
        false => format!("{}; {}", made_on(live), named.join("; ")),
    }
}

/// What of the database `live` is not what a migration with this header was made for. None where that cannot be told:
/// the header says nothing of it, or says it of another version.
pub fn drifted(made_for: &str, live: &Catalog) -> Option<Vec<Drifted>> {
    let mut said = made_for.split("; ");
    if said.next() != Some(made_on(live).as_str()) {
        return None;
    }
    let roots = (0..live.objects.len()).filter(|index| live.root(*index) == *index);
    let by_name: BTreeMap<String, usize> = roots.map(|index| (live.at(index).1.to_string(), index)).collect();
    let said: Vec<&str> = said.collect();
    let stated = said.iter().filter_map(|one| one.rsplit_once(' '));
    let touched = stated.filter_map(|(object, _)| by_name.get(object)).copied().collect();
    let prints = fingerprints(live, &touched);
    let judge = |one: &&str| {
        let differs = |object: &str, state| Some(Drifted { object: object.to_owned(), state });
        if let Some(object) = one.strip_prefix(ABSENT) {
            return by_name.contains_key(object).then(|| differs(object, DriftedState::Present)).flatten();
        }
        let (object, print) = one.rsplit_once(' ')?;
        match prints.get(object) {
            None => differs(object, DriftedState::Missing),
            Some(found) if found != print => differs(object, DriftedState::Changed),
            Some(_) => None,
        }
    };
    Some(said.iter().filter_map(judge).collect())
}

/// The names of all objects that a header speaks of.
pub fn objects(made_for: &str) -> impl Iterator<Item = &str> {
    let said = made_for.split("; ").skip(1);
    said.filter_map(|one| one.strip_prefix(ABSENT).or_else(|| one.rsplit_once(' ').map(|(object, _)| object)))
}

/// Under which circumstances fingerprints are equal for equal objects.
fn made_on(catalog: &Catalog) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    texts().for_each(|text| hash.update(text));
    format!("PostgreSQL {} ({})", catalog.facts.version / 10000, digits(hash))
}

fn root<'a>(catalog: &'a Catalog, address: &Address) -> Option<&'a Address> {
    let index = catalog.objects.get_index_of(address)?;
    Some(catalog.at(catalog.root(index)).0)
}

/// A fingerprint of each of these objects with all its parts, by name. Owners, privileges and comments do not count:
/// no migration goes wrong because of them, and they differ from one environment to the next.
fn fingerprints(catalog: &Catalog, roots: &BTreeSet<usize>) -> BTreeMap<String, String> {
    let mut parts: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for index in 0..catalog.objects.len() {
        let root = catalog.root(index);
        let (address, object) = catalog.at(index);
        if roots.contains(&root) && object.body.entry().concern == Concern::Schema {
            let attributes = unordered(Value::Object(object.body.attributes()));
            parts.entry(root).or_default().push(format!("{address:?} {attributes}"));
        }
    }
    let print = |(root, mut parts): (usize, Vec<String>)| {
        parts.sort();
        let mut hash = Sha256::new();
        parts.iter().for_each(|part| hash.update(part));
        (catalog.at(root).1.to_string(), digits(hash))
    };
    parts.into_iter().map(print).collect()
}

/// Lists in one order: that of storage parameters, for one, means nothing.
fn unordered(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(unordered).collect();
            items.sort_by_key(ToString::to_string);
            Value::Array(items)
        }
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, unordered(value))).collect())
        }
        other => other,
    }
}

fn digits(hash: Sha256) -> String {
    let mut text = hexadecimal(&hash.finalize());
    text.truncate(DIGITS);
    text
}

/// Whether a header can hold it and be read again: its lines are broken at blanks.
fn is_plain(one: &str) -> bool {
    !one.contains(';') && one.split_whitespace().collect::<Vec<_>>().join(" ") == one
}
