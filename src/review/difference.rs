//! What differs after a migration, object by object. A scratch database knows which object is which, whatever it is called:
//! what was renamed is told as that, and what only follows a new name is no difference.

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::catalog::{Address, Catalog, Object};
use crate::plan::Change;
use crate::plan::change::between;
use crate::postgres::quote::identifier;
use crate::report::diagram::Names;

/// What changes about one object and its parts.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Group {
    /// Such as `table public.orders`.
    pub object: String,
    /// Its own change first.
    pub changes: Vec<Change>,
}

/// Objects that have another address than before.
#[derive(Debug, Default)]
pub struct Moved {
    /// The address now, by the one before.
    to: HashMap<Address, Address>,
}

impl Moved {
    /// What has moved, from the addresses of the same things before and after.
    pub fn between<K: Ord>(before: &BTreeMap<K, Address>, after: &BTreeMap<K, Address>) -> Moved {
        let pairs = before.iter().filter_map(|(place, old)| Some((old, after.get(place)?)));
        let moved = pairs.filter(|(old, new)| old != new);
        Moved { to: moved.map(|(old, new)| (old.clone(), new.clone())).collect() }
    }

    /// What changes, by what it is part of; what is gone first.
    pub fn groups(&self, before: &Catalog, after: &Catalog) -> Vec<Group> {
        let mut groups: IndexMap<Address, Group> = IndexMap::new();
        let mut put = |catalog: &Catalog, address: &Address, changes: Vec<Change>| {
            let Some(index) = catalog.objects.get_index_of(address).filter(|_| !changes.is_empty()) else {
                return;
            };
            let (whole, object) = catalog.at(catalog.root(index));
            let now = self.to.get(whole).unwrap_or(whole);
            let object = after.objects.get(now).unwrap_or(object);
            let group = groups
                .entry(now.clone())
                .or_insert_with(|| Group { object: object.to_string(), changes: vec![] });
            let at = if address == whole { 0 } else { group.changes.len() };
            group.changes.splice(at..at, changes);
        };
        let mut known = HashMap::new();
        for (address, object) in &before.objects {
            let now = self.to.get(address).unwrap_or(address);
            match after.objects.contains_key(now) {
                true => _ = known.insert(now, (address, object)),
                false => put(before, address, between(Some(object), None).into_iter().collect()),
            }
        }
        let names = self.names(before, after);
        for (address, object) in &after.objects {
            let changes = match known.get(address) {
                None => between(None, Some(object)).into_iter().collect(),
                Some((old_address, old)) => {
                    let renamed = self.renamed(old_address, address, old);
                    renamed.into_iter().chain(follow(between(Some(old), Some(object)), &names)).collect()
                }
            };
            put(after, address, changes);
        }
        groups.into_values().collect()
    }

    /// The tables and columns that have other names.
    pub fn in_pictures(&self) -> Names {
        let spelled =
            |names: &[String]| names.iter().map(|name| identifier(name)).collect::<Vec<_>>().join(".");
        let mut found = Names::default();
        for (old, new) in &self.to {
            match (old.class.as_str(), old.names.as_slice(), new.names.as_slice()) {
                ("table", old, new) => _ = found.tables.insert(spelled(old), spelled(new)),
                ("table column", [.., old], [table @ .., new]) if old != new => {
                    found.columns.insert((spelled(table), identifier(old)), identifier(new));
                }
                _ => {}
            }
        }
        found
    }

    /// Its new name, unless it only has that from what it stands in.
    fn renamed(&self, before: &Address, now: &Address, old: &Object) -> Option<Change> {
        let last = |address: &Address| address.names.last().cloned().unwrap_or_default();
        if before == now || (last(before) == last(now) && before.names.len() > 2) {
            return None;
        }
        let schemas = before.names.len() == 2 && before.names[0] != now.names[0];
        // With a schema that has another name, all that is in it moves.
        let carried = schemas
            && last(before) == last(now)
            && self
                .to
                .iter()
                .any(|(schema, _)| schema.class == "schema" && schema.names[0] == before.names[0]);
        let spelled: Vec<String> = now.names.iter().map(|name| identifier(name)).collect();
        let name = if schemas { spelled.join(".") } else { identifier(&last(now)) };
        (!carried).then(|| Change::Renamed { object: old.to_string(), name, stated: None })
    }

    /// Old and new spellings, the longest first.
    fn names(&self, before: &Catalog, after: &Catalog) -> Vec<(String, String)> {
        let mut found = HashSet::new();
        for (old, new) in &self.to {
            let identity = |catalog: &Catalog, address| {
                catalog.objects.get(address).map(|one: &Object| one.identity.clone())
            };
            found.extend(identity(before, old).zip(identity(after, new)));
            if let (Some(old), Some(new)) = (old.names.last(), new.names.last()) {
                found.insert((identifier(old), identifier(new)));
            }
        }
        let mut found: Vec<_> = found.into_iter().filter(|(old, new)| old != new).collect();
        found.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        found
    }
}

/// A change without the attributes that say the same in other names.
fn follow(change: Option<Change>, names: &[(String, String)]) -> Option<Change> {
    let Some(Change::Changed { object, mut attributes, stated }) = change else { return change };
    let follows = |live: &Value, desired: &Value| {
        let (live, desired) = (live.to_string(), desired.to_string());
        names.iter().fold(live, |text, (old, new)| respelled(&text, old, new)) == desired
    };
    attributes.retain(|attribute| !follows(&attribute.live, &attribute.desired));
    (!attributes.is_empty()).then_some(Change::Changed { object, attributes, stated })
}

/// The text with one name for another, where it stands as a word of its own.
fn respelled(text: &str, old: &str, new: &str) -> String {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut out = String::new();
    let mut copied = 0;
    for (start, _) in text.match_indices(old) {
        let end = start + old.len();
        if text[..start].ends_with(is_name) || text[end..].starts_with(is_name) {
            continue;
        }
        out += &text[copied..start];
        out += new;
        copied = end;
    }
    out + &text[copied..]
}
