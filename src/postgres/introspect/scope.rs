//! What is left out of a catalog: what is not compared, and what belongs to extensions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::{HashMap, HashSet};

use super::loaded::Loaded;
use crate::catalog::{Address, Catalog, Facts, Object, Objects, Requires, Tie};
use crate::kind::{Concern, Entry};
use crate::postgres::empty::BORN;
use crate::selection::Selection;

/// What to leave out.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Names that objects may not begin with, such as the schema and table that hold the history of migrations.
    pub without: Vec<Vec<String>>,
    /// What of that which other systems of migrations keep for themselves is not left out.
    pub others: Others,
    /// What is compared of the rest.
    pub selection: Selection,
    /// Whether owners are left out of comparisons.
    pub without_owners: bool,
    /// Whether privileges are left out of comparisons.
    pub without_privileges: bool,
    /// Whether settings of the database are left out of comparisons.
    pub without_settings: bool,
    /// The extensions whose versions are compared.
    pub versions: Versions,
    /// The roles of the server that are compared.
    pub roles: BTreeSet<String>,
}

/// Which extensions shall have a certain version. Of the others, every server installs what it calls the default.
#[derive(Debug, Clone, Default)]
pub enum Versions {
    /// None.
    #[default]
    None,
    /// These.
    Of(BTreeSet<String>),
    /// All.
    All,
}

impl Versions {
    /// Whether the version of this extension is compared.
    pub fn take(&self, extension: &str) -> bool {
        match self {
            Versions::None => false,
            Versions::Of(extensions) => extensions.contains(extension),
            Versions::All => true,
        }
    }
}

/// Which tables of other systems of migrations are taken for a part of the schema.
#[derive(Debug, Clone, Default)]
pub enum Others {
    /// None: whoever only looks at a database does not mean them.
    #[default]
    None,
    /// Those that the schema files make, by the names that are written there, with or without their schema; and those in
    /// schemas of which the files make nothing: such a schema goes, and what is in it goes with it.
    Written(Arc<BTreeSet<Vec<String>>>),
    /// All.
    All,
}

impl Others {
    fn takes(&self, name: &[String]) -> bool {
        match self {
            Others::None => false,
            Others::Written(names) => {
                (0..name.len()).any(|from| names.contains(&name[from..])) || goes_with_its_schema(name, names)
            }
            Others::All => true,
        }
    }
}

/// Whether the schema of what bears this name is one that the files, which make what bears `written`, do without.
fn goes_with_its_schema(name: &[String], written: &BTreeSet<Vec<String>>) -> bool {
    let (schema, rest) = name.split_first().expect("a name is not empty");
    !rest.is_empty() && schema != BORN && !written.iter().any(|name| name.first() == Some(schema))
}

impl Scope {
    /// The same, without what other systems keep under these names, unless it is taken for a part of the schema.
    pub(super) fn beside(&self, kept: &[Vec<String>]) -> Scope {
        let mut scope = self.clone();
        scope.without.extend(kept.iter().filter(|name| !self.others.takes(name)).cloned());
        scope
    }

    /// Whether the objects of this kind are left out.
    pub fn leaves_out(&self, entry: &Entry) -> bool {
        match entry.concern {
            Concern::Schema => false,
            Concern::Privileges => self.without_privileges,
            Concern::DatabaseSettings => self.without_settings,
            Concern::Roles => self.roles.is_empty(),
        }
    }

    /// Whether an object is left out: its kind, what it is named after, or the role whose it is.
    fn leaves_out_object(&self, address: &Address, object: &Object) -> bool {
        self.without.iter().any(|names| address.names.starts_with(names))
            || self.leaves_out(object.body.entry())
            || (object.is_of_roles() && !address.names.first().is_some_and(|role| self.roles.contains(role)))
    }
}

impl Loaded {
    /// The objects of these names that `scope` does not leave out by itself.
    pub fn left_out(&self, names: &[Vec<String>], scope: &Scope) -> Vec<String> {
        let found = self.objects.iter().filter(|(address, _)| {
            names.iter().any(|name| *name == address.names && !scope.others.takes(name))
        });
        let spelled = found.map(|(address, object)| (address, object, object.to_string()));
        let stays = spelled.filter(|(address, object, spelled)| {
            scope.selection.takes(&[&object.identity, spelled, &address.names[0]])
        });
        stays.map(|(_, _, spelled)| spelled).collect()
    }

    /// Leaves out, with their parts, the wholes that the selection does not take. Of what stays, what something left out
    /// needs is returned, with the names of that; and the patterns that match nothing.
    fn deselect(
        &self,
        scope: &Scope,
        parts: &HashMap<usize, Vec<usize>>,
        requires: &HashSet<Requires>,
        out: &mut HashSet<usize>,
    ) -> (BTreeMap<Address, Vec<String>>, BTreeMap<String, Option<String>>) {
        if scope.selection.is_all() {
            return Default::default();
        }
        let mut schemas: HashMap<usize, &str> = HashMap::default();
        for edge in requires.iter().filter(|edge| self.objects[edge.required].0.class == "schema") {
            let (object, schema) = (&self.objects[edge.dependent].1, &self.objects[edge.required].1.identity);
            if object.identity.strip_prefix(schema.as_str()).is_some_and(|rest| rest.starts_with('.')) {
                schemas.insert(edge.dependent, schema);
            }
        }
        let part: HashSet<usize> = parts.values().flatten().copied().collect();
        let wholes: Vec<usize> = (0..self.objects.len())
            .filter(|index| !part.contains(index))
            // Roles are chosen by being declared.
            .filter(|index| !self.objects[*index].1.is_of_roles())
            .collect();
        let spelled: Vec<String> = wholes.iter().map(|index| self.objects[*index].1.to_string()).collect();
        let names: Vec<[&str; 3]> = std::iter::zip(&wholes, &spelled)
            .map(|(index, spelled)| {
                let identity = self.objects[*index].1.identity.as_str();
                [identity, spelled, schemas.get(index).copied().unwrap_or(identity)]
            })
            .collect();
        let unmatched = scope.selection.unmatched(names.as_flattened());
        let mut left_out = HashSet::default();
        let mut next: Vec<usize> = std::iter::zip(&wholes, &names)
            .filter(|(index, names)| !out.contains(index) && !scope.selection.takes(names.as_slice()))
            .map(|(index, _)| *index)
            .collect();
        while let Some(index) = next.pop() {
            if left_out.insert(index) {
                next.extend(parts.get(&index).into_iter().flatten());
            }
        }
        let mut held: BTreeMap<Address, Vec<String>> = BTreeMap::new();
        for edge in requires.iter().filter(|edge| left_out.contains(&edge.dependent)) {
            if !left_out.contains(&edge.required) && !out.contains(&edge.required) {
                let holders = held.entry(self.objects[edge.required].0.clone()).or_default();
                holders.push(self.objects[edge.dependent].1.to_string());
            }
        }
        out.extend(left_out);
        (held, unmatched)
    }

    /// Leaves out members of extensions and what is out of scope, with all their parts.
    pub fn within(
        self,
        scope: &Scope,
        members: HashSet<usize>,
        requires: HashSet<Requires>,
        facts: Facts,
    ) -> Catalog {
        let hanging = |tie: Tie| {
            let mut hanging: HashMap<usize, Vec<usize>> = HashMap::default();
            for edge in requires.iter().filter(|edge| edge.tie == tie) {
                hanging.entry(edge.required).or_default().push(edge.dependent);
            }
            hanging
        };
        let (parts, owned) = (hanging(Tie::Part), hanging(Tie::Follows));
        let objects = self.objects.iter().enumerate();
        let named = objects.filter(|(_, (address, object))| scope.leaves_out_object(address, object));
        let named = named.map(|(index, _)| (index, true));
        let mut out = HashSet::default();
        let mut next: Vec<(usize, bool)> =
            members.into_iter().map(|index| (index, false)).chain(named).collect();
        while let Some((index, is_named)) = next.pop() {
            if out.insert(index) {
                // The sequences of a table are named after it, but not by it.
                let owned = owned.get(&index).filter(|_| is_named);
                let along = [parts.get(&index), owned].into_iter().flatten().flatten();
                next.extend(along.map(|index| (*index, is_named)));
            }
        }
        let (held, unmatched) = self.deselect(scope, &parts, &requires, &mut out);
        let mut place = vec![usize::MAX; self.objects.len()];
        let mut objects =
            Objects::with_capacity_and_hasher(self.objects.len() - out.len(), Default::default());
        for (index, (address, mut object)) in self.objects.into_iter().enumerate() {
            if let (Some(found), Some(class)) = (&object.privileges, object.body.entry().privileges)
                && facts.builtin_privileges_of(class) == *found
            {
                object.privileges = None;
            }
            if !out.contains(&index) {
                object.body.narrow(&address, scope);
                place[index] = objects.insert_full(address, object).0;
            }
        }
        let requires = requires
            .into_iter()
            .map(|edge| Requires {
                dependent: place[edge.dependent],
                required: place[edge.required],
                tie: edge.tie,
            })
            .filter(|edge| edge.dependent != usize::MAX && edge.required != usize::MAX)
            .collect();
        let mut catalog = Catalog::new(objects, requires, facts);
        catalog.held = held;
        catalog.unmatched = unmatched;
        catalog.set_apart(scope.without_owners, scope.without_privileges);
        catalog
    }
}
