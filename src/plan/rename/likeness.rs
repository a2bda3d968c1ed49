//! How alike two objects are, names aside, so that a person can be asked whether one has become the other.

use std::collections::{BTreeSet, HashMap, VecDeque};

use serde_json::Value;

use super::dotted;
use super::names::{Names, Path};
use crate::catalog::{Catalog, Tie};
use crate::kind::{Setting, Subject};
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
    /// Whether rows are lost unless it is the same, and not only what can be made again.
    pub holds_data: bool,
}

impl Candidate {
    /// How alike they are, in percent; rounded down, as what is not wholly alike is never told to be.
    pub fn percent(&self) -> f64 {
        (self.likeness * 100.0).floor()
    }

    /// The name that goes, as SQL spells it.
    pub fn from(&self) -> String {
        identifier(last(&self.old))
    }

    /// The name that comes, as SQL spells it.
    pub fn to(&self) -> String {
        identifier(last(&self.new))
    }

    /// Both ways to say that it has been renamed.
    pub fn ways(&self) -> String {
        format!(
            "`-- schemadiff: renamed from {}` on the line before it, or `--rename {}={}`",
            self.from(),
            dotted(&self.old),
            self.to()
        )
    }
}

/// From here on, a question is worth asking.
const ALIKE: f64 = 0.5;

/// What may have been renamed, each with what it is most like: of what holds rows, and of what such things stand in, what is
/// alike; of all else, what differs by its name alone.
pub fn candidates(here: &Catalog, desired: &Catalog) -> Vec<Candidate> {
    let kinds = |catalog: &Catalog, other: &Catalog| -> BTreeSet<&str> {
        let alone = catalog.beside(other).filter(|(_, _, same)| same.is_none());
        alone.map(|(_, object, _)| object.kind()).collect()
    };
    // Names of large catalogs are not looked up for nothing.
    if kinds(here, desired).is_disjoint(&kinds(desired, here)) {
        return vec![];
    }
    let names = [Names::new(here), Names::new(desired)];
    let mut found = holding_data(here, desired, &names);
    found.extend(twins(here, desired, &names));
    found.sort_by_key(|candidate| candidate.old.len());
    found
}

fn holding_data(here: &Catalog, desired: &Catalog, [old_names, new_names]: &[Names; 2]) -> Vec<Candidate> {
    let gone = only_in(here, desired, old_names);
    let made = only_in(desired, here, new_names);
    let mut found = vec![];
    for &old in &gone {
        for &new in &made {
            let (Some(from), Some(to)) = (old_names.path(old), new_names.path(new)) else { continue };
            if here.at(old).1.kind() != desired.at(new).1.kind()
                || container(&from.names) != container(&to.names)
            {
                continue;
            }
            let likeness = likeness((here, old_names, old), (desired, new_names, new));
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
            old: path(old_names, old),
            new: path(new_names, new),
            likeness,
            holds_data: true,
        });
    }
    chosen
}

/// What holds no rows and can be renamed, each with what comes and differs from it by its name alone.
fn twins(here: &Catalog, desired: &Catalog, names: &[Names; 2]) -> Vec<Candidate> {
    let keyed = |side: usize| {
        let (catalog, other) = if side == 0 { (here, desired) } else { (desired, here) };
        let gone = (0..catalog.objects.len())
            .filter(|&index| !other.objects.contains_key(catalog.at(index).0))
            .filter(|&index| is_alone((catalog, &names[side]), index));
        let names = &names[side];
        gone.filter_map(|index| Some((index, without_name(catalog, index, names.path(index)?))))
            .collect::<Vec<_>>()
    };
    let gone = keyed(0);
    if gone.is_empty() {
        return vec![];
    }
    let mut comes: HashMap<_, VecDeque<usize>> = HashMap::new();
    for (index, key) in keyed(1) {
        comes.entry(key).or_default().push_back(index);
    }
    let setting = Setting::new(here, desired);
    let pairs = gone.into_iter().filter_map(|(old, key)| {
        let subject = Subject::new(here, old, &setting);
        let (from, to) = (names[0].path(old)?, names[1].path(*comes.get(&key)?.front()?)?);
        subject.object.body.rename(&subject, last(&from.names), last(&to.names))?;
        comes.get_mut(&key)?.pop_front();
        let (old, new) = (from.names.clone(), to.names.clone());
        Some(Candidate { object: subject.object.to_string(), old, new, likeness: 1.0, holds_data: false })
    });
    pairs.collect()
}

/// Whether an object holds neither rows nor others, and has its name from nothing else: neither from a parent, nor from what
/// it stands for or goes with.
fn is_alone((catalog, names): (&Catalog, &Names), index: usize) -> bool {
    let entry = catalog.at(index).1.body.entry();
    let members = names.path(index).map_or(&[][..], |path| names.members(&path.names));
    let holds = members.iter().any(|member| !catalog.at(*member).1.body.entry().formed_by_whole);
    let own = catalog.at(index).0.names.last();
    let is_named_alike = |whole: usize| catalog.at(whole).0.names.last() == own;
    let mut ties = catalog.requirements(index).iter();
    let is_own = |tie: Tie, other: usize| match tie {
        Tie::Inherited | Tie::Follows => false,
        Tie::Part => !is_named_alike(other),
        Tie::Needs | Tie::Mentions => true,
    };
    // An empty schema is like any other.
    let is_told = attributes((catalog, names, index)).values().any(|value| !says_nothing(value));
    !entry.holds_data
        && !entry.formed_by_whole
        && !holds
        && is_told
        && ties.all(|&(other, tie)| is_own(tie, other))
}

/// All that tells an object from others of its kind, but for its name.
fn without_name(catalog: &Catalog, index: usize, path: &Path) -> (&'static str, Vec<String>, String, String) {
    let object = catalog.at(index).1;
    let told = Value::Object(object.body.attributes()).to_string().replace(last(&path.names), "\0");
    (object.kind(), container(&path.names).to_vec(), path.rest.clone(), told)
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
        let container = dotted(container(&path.names));
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
