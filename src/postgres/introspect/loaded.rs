//! Objects as they come in, before their edges are known.

use foldhash::{HashMap, HashMapExt};

use tokio_postgres::Row;

use super::Location;
use super::found::Found;
use super::roles::Roles;
use crate::catalog::{Address, Object, SecurityLabel, Tie};

/// Objects as they come in, before their edges are known.
#[derive(Default)]
pub struct Loaded {
    pub objects: Vec<(Address, Object)>,
    pub locations: Vec<Location>,
    pub at: HashMap<Location, usize>,
    /// For each link: itself, what hangs on what.
    pub links: Vec<(usize, Location, Location)>,
    /// What else some need, are a part of or mention.
    pub needed: Vec<(usize, Location, Tie)>,
    /// What a table has from its parent, and the parent's own.
    pub inherited: Vec<(Location, Location)>,
}

impl Loaded {
    /// All that was found, kind by kind.
    pub fn new(found: Vec<Vec<Found>>, roles: &Roles) -> Loaded {
        let count = found.iter().map(Vec::len).sum();
        let mut loaded = Loaded {
            objects: Vec::with_capacity(count),
            locations: Vec::with_capacity(count),
            at: HashMap::with_capacity(count),
            ..Loaded::default()
        };
        found.into_iter().flatten().for_each(|found| loaded.add(found, roles));
        loaded
    }

    fn add(&mut self, found: Found, roles: &Roles) {
        let Found { location, address, mut object, owner, giver, granted, ends, needed, origins } = found;
        let index = self.objects.len();
        object.owner = owner.and_then(|owner| roles.name(owner));
        object.privileges = granted.map(|granted| roles.privileges(giver, granted));
        self.links.extend(ends.map(|(dependent, required)| (index, dependent, required)));
        self.needed.extend(needed.into_iter().map(|(location, tie)| (index, location, tie)));
        self.inherited.extend(origins.into_iter().map(|origin| (location, origin)));
        self.locations.push(location);
        self.at.insert(location, index);
        self.objects.push((address, object));
    }

    /// Adds to the objects what is said of them by location: comments and security labels.
    pub fn describe(&mut self, comments: &[Row], labels: &[Row]) {
        for row in comments {
            if let Some(object) = self.object_at(row) {
                object.comment = row.get(3);
            }
        }
        for row in labels {
            if let Some(object) = self.object_at(row) {
                object.labels.push(SecurityLabel { provider: row.get(3), label: row.get(4) });
            }
        }
    }

    fn object_at(&mut self, row: &Row) -> Option<&mut Object> {
        let index = *self.at.get(&(row.get(0), row.get(1), row.get(2)))?;
        Some(&mut self.objects[index].1)
    }
}
