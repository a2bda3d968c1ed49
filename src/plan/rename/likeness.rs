//! How alike two objects are, names aside, so that a person can be asked whether one has become the other.

use std::collections::BTreeSet;

use serde_json::Value;

use super::names::Names;
use crate::catalog::{Catalog, Tie};
use crate::postgres::quote::identifier;

/// Two objects of one kind, of which one goes and the other comes.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// What goes, such as `column public.foods.kcal`.
    pub object: String,
    /// Its path.
    pub old: Vec<String>,
    /// The path of what comes.
    pub new: Vec<String>,
    /// The share of attributes and parts that are equal, from 0 to 1.
    pub likeness: f64,
}

/// From here on, a question is worth asking.
const ALIKE: f64 = 0.5;

/// What may have been renamed, each with what it is most like: of what holds rows, and of what such things stand in.
pub fn candidates(here: &Catalog, desired: &Catalog) -> Vec<Candidate> {
    let (old_names, new_names) = (Names::new(here), Names::new(desired));
    let gone = only_in(here, desired, &old_names);
    let made = only_in(desired, here, &new_names);
    let mut found = vec![];
    for &old in &gone {
        for &new in &made {
            let (Some(from), Some(to)) = (old_names.path(old), new_names.path(new)) else { continue };
            if here.at(old).1.kind() != desired.at(new).1.kind()
                || container(&from.names) != container(&to.names)
            {
                continue;
            }
            let likeness = likeness((here, &old_names, old), (desired, &new_names, new));
            if likeness >= ALIKE {
                let near = strsim::normalized_damerau_levenshtein(last(&from.names), last(&to.names));
                found.push((likeness, near, old, new));
            }
        }
    }
    found.sort_by(|a, b| (b.0, b.1).partial_cmp(&(a.0, a.1)).unwrap_or(std::cmp::Ordering::Equal));
    let (mut taken_old, mut taken_new) = (BTreeSet::new(), BTreeSet::new());
    let mut chosen: Vec<Candidate> = vec![];
    for (likeness, _, old, new) in found {
        if taken_old.contains(&old) || taken_new.contains(&new) {
            continue;
        }
        taken_old.insert(old);
        taken_new.insert(new);
        let path = |names: &Names, index| names.path(index).map_or(vec![], |path| path.names.clone());
        chosen.push(Candidate {
            object: here.at(old).1.to_string(),
            old: path(&old_names, old),
            new: path(&new_names, new),
            likeness,
        });
    }
    chosen.sort_by_key(|candidate| candidate.old.len());
    chosen
}

fn last(path: &[String]) -> &str {
    path.last().map_or("", String::as_str)
}

fn container(path: &[String]) -> &[String] {
    path.split_last().map_or(&[], |(_, container)| container)
}

/// What only this catalog has, holds rows or has members that do, and is not had from a parent.
fn only_in(catalog: &Catalog, other: &Catalog, names: &Names) -> Vec<usize> {
    let holds = |index: usize| catalog.at(index).1.body.entry().holds_data;
    (0..catalog.objects.len())
        .filter(|&index| !other.objects.contains_key(catalog.at(index).0))
        .filter(|&index| catalog.requirements(index).iter().all(|(_, tie)| *tie != Tie::Inherited))
        .filter(|&index| {
            let members = names.path(index).map_or(&[][..], |path| names.members(&path.names));
            holds(index) || members.iter().any(|&member| holds(member))
        })
        .collect()
}

/// The share of attributes and parts that are equal, names aside: 1 where nothing tells the two apart.
pub fn likeness(one: (&Catalog, &Names, usize), other: (&Catalog, &Names, usize)) -> f64 {
    let (equal, total) = shares(one, other);
    if total == 0.0 { 1.0 } else { equal / total }
}

fn shares(one: (&Catalog, &Names, usize), other: (&Catalog, &Names, usize)) -> (f64, f64) {
    let (mine, theirs) = (attributes(one), attributes(other));
    let keys: BTreeSet<_> = mine.keys().chain(theirs.keys()).collect();
    let told = |attributes: &serde_json::Map<String, Value>, key: &str| {
        attributes.get(key).cloned().unwrap_or(Value::Null)
    };
    let (mut equal, mut total) = (0.0, 0.0);
    for key in keys {
        let (a, b) = (told(&mine, key), told(&theirs, key));
        if says_nothing(&a) && says_nothing(&b) {
            continue;
        }
        total += 1.0;
        equal += if a == b { 1.0 } else { 0.0 };
    }
    let (mine, theirs) = (members(one), members(other));
    for (key, index) in &mine {
        total += 1.0;
        if let Some((_, twin)) = theirs.iter().find(|(other, _)| other == key) {
            equal += likeness((one.0, one.1, *index), (other.0, other.1, *twin));
        }
    }
    total += theirs.iter().filter(|(key, _)| !mine.iter().any(|(other, _)| other == key)).count() as f64;
    (equal, total)
}

/// Kind and name of what stands in it; what is named after it counts as named alike.
fn members((catalog, names, index): (&Catalog, &Names, usize)) -> Vec<((&'static str, String), usize)> {
    let Some(path) = names.path(index) else { return vec![] };
    let own = last(&path.names);
    let keyed = names.members(&path.names).iter().filter_map(|&member| {
        let name = last(&names.path(member)?.names).replace(own, "");
        Some(((catalog.at(member).1.kind(), name), member))
    });
    keyed.collect()
}

/// The attributes that do not only repeat what it or its container is called.
fn attributes((catalog, names, index): (&Catalog, &Names, usize)) -> serde_json::Map<String, Value> {
    let object = catalog.at(index).1;
    let mut attributes = object.body.attributes();
    attributes.insert("comment".into(), serde_json::json!(object.comment));
    if let Some(path) = names.path(index) {
        let container = super::dotted(container(&path.names));
        let own = last(&path.names);
        let names = [container, own.to_owned(), identifier(own), path.names[0].clone()];
        attributes
            .retain(|_, value| !value.as_str().is_some_and(|text| names.iter().any(|name| name == text)));
    }
    attributes
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(value) => matches!(value.as_i64(), Some(0 | -1)),
        Value::String(text) => text.is_empty() || text == "\0",
        Value::Array(items) => items.is_empty(),
        Value::Object(items) => items.is_empty(),
    }
}
