//! Edges between what was loaded: those of the server, seen from the objects that we know, and those that it leaves out.

use foldhash::{HashMap, HashSet};

use super::Location;
use super::loaded::Loaded;
use super::scope::Scope;
use crate::catalog::{Catalog, Facts, Requires, Tie};

/// An edge of the server: dependent, required and `deptype`.
pub type Edge = (Location, Location, u8);

/// What stands for what, where we know of no object at a location.
struct Standing<'a> {
    at: &'a HashMap<Location, usize>,
    internal: HashMap<Location, Location>,
    cloned: HashMap<Location, Location>,
    member: HashMap<Location, Location>,
}

impl<'a> Standing<'a> {
    fn new(at: &'a HashMap<Location, usize>, edges: &[Edge]) -> Standing<'a> {
        let by = |wanted: u8| -> HashMap<Location, Location> {
            let edges = edges.iter().filter(|(_, _, deptype)| *deptype == wanted);
            edges.map(|&(dependent, required, _)| (dependent, required)).collect()
        };
        Standing { at, internal: by(b'i'), cloned: by(b'P'), member: by(b'e') }
    }

    /// The location, what it is internal to or the whole that it is a column of, and so on.
    fn outwards(&self, location: Location) -> impl Iterator<Item = Location> {
        let next = |&location: &Location| match self.internal.get(&location) {
            Some(&stands_for) => Some(stands_for),
            None if location.2 != 0 => Some((location.0, location.1, 0)),
            None => None,
        };
        // No chain is longer; a circle would be.
        std::iter::successors(Some(location), next).take(32)
    }

    /// The object that is there. What we did not load stands for what it is internal to, or for the whole it is a column
    /// of.
    fn resolve(&self, location: Location) -> Option<usize> {
        self.outwards(location).find_map(|location| self.at.get(&location).copied())
    }

    /// The extension that has it as a member.
    fn extension(&self, location: Location) -> Option<usize> {
        let extension = self.outwards(location).find_map(|location| self.member.get(&location))?;
        self.at.get(extension).copied()
    }

    /// The object that is required where this is: what requires a member of an extension requires the extension, and
    /// what a partition has because its parent has it is required as the parent's.
    fn resolve_required(&self, location: Location) -> Option<usize> {
        let mut original = location;
        while !self.at.contains_key(&original)
            && let Some(&next) = self.cloned.get(&original)
        {
            original = next;
        }
        self.extension(original).or_else(|| self.resolve(original))
    }
}

impl Loaded {
    /// The catalog of what is in scope, with all edges.
    pub fn catalog(self, edges: &[Edge], scope: &Scope, facts: Facts) -> Catalog {
        let standing = Standing::new(&self.at, edges);
        let members = self.members(edges, &standing);
        let mut requires = self.server_edges(edges, &standing);
        self.add_mutual(&mut requires);
        self.add_links(&standing, &mut requires);
        self.add_columns(&standing, &mut requires);
        self.add_inherited(&mut requires);
        self.within(scope, members, requires, facts)
    }

    /// Members of extensions.
    fn members(&self, edges: &[Edge], standing: &Standing) -> HashSet<usize> {
        let mut members = HashSet::default();
        for &(dependent, required, deptype) in edges {
            let Some(&part) = self.at.get(&dependent) else { continue };
            // What an extension's object holds is the extension's too, unless it holds rows of its own.
            let goes_with = matches!(deptype, b'a' | b'i')
                && standing.extension(required).is_some()
                && !self.objects[part].1.body.entry().holds_data;
            if deptype == b'e' || goes_with {
                members.insert(part);
            }
        }
        members
    }

    fn server_edges(&self, edges: &[Edge], standing: &Standing) -> HashSet<Requires> {
        let ends = self.links.iter().filter_map(|&(_, dependent, required)| {
            Some((standing.resolve(dependent)?, standing.resolve(required)?))
        });
        let linked: HashSet<(usize, usize)> = ends.collect();
        let stated = self.needs_of_parts();
        let mut requires = HashSet::default();
        for &(mut dependent, required, deptype) in edges.iter().filter(|(_, _, deptype)| *deptype != b'e') {
            let formed = |&index: &usize| self.objects[index].1.body.entry().formed_by_whole;
            if self.at.get(&dependent).is_some_and(formed) {
                dependent.2 = 0;
            }
            if deptype == b'n'
                && let Some(&part) = stated.get(&(dependent, required))
            {
                dependent = part;
            }
            let (Some(dependent), Some(required)) =
                (standing.resolve(dependent), standing.resolve_required(required))
            else {
                continue;
            };
            if dependent == required {
                continue;
            }
            let tie = match deptype {
                // A link between the two says the same; what is left is that one goes with the other.
                b'n' if linked.contains(&(dependent, required)) => continue,
                _ if linked.contains(&(dependent, required)) => Tie::Follows,
                // Keys that are linked say it for the indexes behind them.
                b'P' => continue,
                b'a' | b'i' | b'S' => Tie::Part,
                // Owners, grantees and roles of policies.
                b'r' => Tie::Mentions,
                _ => Tie::Needs,
            };
            requires.insert(Requires { dependent, required, tie });
        }
        requires
    }

    /// What parts say that they need, which share a row with their whole: the server records it as that one's needs.
    fn needs_of_parts(&self) -> HashMap<(Location, Location), Location> {
        let needs = self.needed.iter().filter(|(_, _, tie)| *tie == Tie::Needs);
        let needs = needs.map(|&(part, needed, _)| (self.locations[part], needed));
        let of_parts = needs.filter(|((.., sub), _)| *sub != 0);
        of_parts.map(|(part, needed)| (((part.0, part.1, 0), needed), part)).collect()
    }

    /// A type and the functions that read and write its values need each other: they are parts of the type.
    fn add_mutual(&self, requires: &mut HashSet<Requires>) {
        let mutual: Vec<Requires> = requires
            .iter()
            .filter(|edge| self.objects[edge.required].0.class == "type")
            .filter(|edge| {
                let back = Requires { dependent: edge.required, required: edge.dependent, tie: Tie::Needs };
                edge.tie == Tie::Needs && requires.contains(&back)
            })
            .copied()
            .collect();
        requires.extend(mutual.into_iter().map(|edge| Requires { tie: Tie::Part, ..edge }));
    }

    fn add_links(&self, standing: &Standing, requires: &mut HashSet<Requires>) {
        for &(link, dependent, required) in &self.links {
            let (dependent, required) = (standing.resolve(dependent), standing.resolve(required));
            let part = dependent.map(|required| Requires { dependent: link, required, tie: Tie::Part });
            let needs = required.map(|required| Requires { dependent: link, required, tie: Tie::Needs });
            requires.extend(part.into_iter().chain(needs));
        }
        for &(link, needed, tie) in &self.needed {
            if let Some(&required) = self.at.get(&needed) {
                requires.insert(Requires { dependent: link, required, tie });
            }
        }
    }

    /// A column has no edge to its table: it is a part of it.
    fn add_columns(&self, standing: &Standing, requires: &mut HashSet<Requires>) {
        for (index, &(class, id, sub)) in self.locations.iter().enumerate() {
            if sub != 0
                && let Some(required) = standing.resolve((class, id, 0))
            {
                requires.insert(Requires { dependent: index, required, tie: Tie::Part });
            }
        }
    }

    fn add_inherited(&self, requires: &mut HashSet<Requires>) {
        for &(heir, origin) in &self.inherited {
            let (Some(&heir), Some(&origin)) = (self.at.get(&heir), self.at.get(&origin)) else { continue };
            // A typed table has its columns from the attributes of its type, and from nothing else.
            let typed = self.objects[origin].0.class == "composite type column";
            let tie = if typed { Tie::Part } else { Tie::Inherited };
            requires.insert(Requires { dependent: heir, required: origin, tie });
        }
    }
}
