//! The model: every object of one database and what requires what.
//!
//! An object is whatever the server's dependency catalog can point at: a table, each of its columns, a column's
//! default, a constraint. Nothing here knows any kind.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};

use crate::kind::{Body, Concern};

/// What the server calls an object, whatever its oid. A key: never to be parsed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Address {
    /// The class of object, such as `table column`.
    pub class: String,
    /// Its name, in as many pieces as the class has.
    pub names: Vec<String>,
    /// What else tells it from others, such as argument types.
    pub args: Vec<String>,
}

/// Who holds a privilege.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grantee {
    /// Whoever owns the object, or the table that it is a column of.
    Owner,
    /// Everybody.
    Public,
    /// A role, by its unquoted name.
    Role(String),
}

/// One privilege on an object, as one grantee holds it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Privilege {
    /// Who holds it.
    pub grantee: Grantee,
    /// Its word in GRANT, such as `SELECT`.
    pub privilege: String,
    /// Whether the grantee may grant it on.
    pub grantable: bool,
    /// The unquoted name of the role that gave it, where that is not the owner.
    pub grantor: Option<String>,
}

impl Privilege {
    /// Whether the grant option of this one lets its grantee give the other.
    pub fn permits(&self, given: &Privilege) -> bool {
        let giver = given.grantor.as_deref();
        self.grantable
            && self.privilege == given.privilege
            && matches!(&self.grantee, Grantee::Role(role) if giver == Some(role))
    }
}

/// A label that a security provider reads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SecurityLabel {
    /// The provider's name.
    pub provider: String,
    /// The label.
    pub label: String,
}

/// One thing that a dependency can point at.
#[derive(Debug)]
pub struct Object {
    /// The server's own quoted spelling, usable in DDL.
    pub identity: String,
    /// The owner's unquoted name, where the kind has owners.
    pub owner: Option<String>,
    /// What COMMENT ON says of it.
    pub comment: Option<String>,
    /// Who may do what, as the server lists it; None where nobody changed what the server gives by itself. Two sets are
    /// equal whatever their order.
    pub privileges: Option<IndexSet<Privilege>>,
    /// Its security labels, by provider.
    pub labels: Vec<SecurityLabel>,
    /// The names it occupies in namespaces that kinds share: `relation public.orders`.
    pub occupies: Vec<String>,
    /// The kind's own attributes.
    pub body: Box<dyn Body>,
    /// What is not compared.
    pub kept: Kept,
}

/// What a live object has that is not compared: where it is made again, it gets that back.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// See [`Object::owner`].
    pub owner: Option<String>,
    /// See [`Object::privileges`]; the outer None where they are compared, or not known.
    pub privileges: Option<Option<IndexSet<Privilege>>>,
}

impl Kept {
    /// Whether a role of this unquoted name owns it, holds a privilege on it, or gave one.
    pub fn mentions(&self, role: &str) -> bool {
        let mut privileges = self.privileges.iter().flatten().flatten();
        self.owner.as_deref() == Some(role)
            || privileges.any(|held| {
                matches!(&held.grantee, Grantee::Role(name) if name == role)
                    || held.grantor.as_deref() == Some(role)
            })
    }
}

/// How a dependent hangs on what it requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tie {
    /// It mentions it, as an object does its owner: it is made after it, and lets go of it by being altered.
    Mentions,
    /// It cannot exist without it.
    Needs,
    /// It also goes when the other goes, and may be stated inside the other's statement.
    Part,
    /// It goes when the other goes, but may be made before it: a sequence that a column owns.
    Follows,
    /// A part, for as long as a link ties their tables: what a table has from its parent.
    Inherited,
}

impl Tie {
    /// Whether the dependent may be stated inside what it requires.
    pub fn is_part(self) -> bool {
        matches!(self, Tie::Part | Tie::Inherited)
    }
}

/// `dependent` requires `required`; both are indexes into [`Catalog::objects`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Requires {
    /// What requires.
    pub dependent: usize,
    /// What is required.
    pub required: usize,
    /// How.
    pub tie: Tie,
}

/// Objects by address.
pub type Objects = IndexMap<Address, Object, foldhash::fast::RandomState>;

/// All objects of one database, with the edges between them.
#[derive(Debug, Default)]
pub struct Catalog {
    /// In the order in which the server made them, kind by kind.
    pub objects: Objects,
    /// What objects that are not compared need of those that are, with the names of the former.
    pub held: BTreeMap<Address, Vec<String>>,
    /// The patterns of the selection that match nothing here, with the name that is most like each.
    pub unmatched: BTreeMap<String, Option<String>>,
    /// What is left out because other systems of migrations keep it for themselves, such as `table public.migrations`.
    pub kept_by_others: Vec<String>,
    /// Whether privileges are left out of comparisons.
    pub without_privileges: bool,
    /// Facts about the server that kinds ask when they write SQL.
    pub facts: Facts,
    requires: Vec<Requires>,
    dependents: Neighbours,
    requirements: Neighbours,
}

/// What is true of the database as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// As the server gives it: 170002 is 17.2.
    pub version: u32,
    /// The role that reads, which also owns what it makes.
    pub role: String,
    /// Pairs of types (as the server prints them) that a cast leads from and to, each with where it applies by
    /// itself: `i`n any expression, in `a`ssignments or only where it is told `e`xplicitly.
    pub casts: HashMap<(String, String), char>,
    /// Schemas and names of constraints whose names the server would choose for what others say, and now avoids.
    pub constraint_names: HashSet<(String, String)>,
    /// What objects are born with, by the letter of their class: the server's built-in default.
    pub builtin_privileges: Vec<(char, Privilege)>,
    /// What ALTER DEFAULT PRIVILEGES adds: role, schema (None: all), letter, privilege.
    pub default_privileges: Vec<DefaultPrivilege>,
}

/// One privilege that objects yet to be made will be born with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DefaultPrivilege {
    /// The role that makes them.
    pub role: String,
    /// The schema they are made in; None for all.
    pub schema: Option<String>,
    /// The letter of their class.
    pub class: char,
    /// What is granted.
    pub privilege: Privilege,
}

/// The other ends of each object's edges, in one piece of memory: large catalogs have hundreds of thousands.
#[derive(Debug, Default)]
struct Neighbours {
    /// Object by object.
    ends: Vec<(usize, Tie)>,
    /// Where those of each object begin; the last is where all end.
    starts: Vec<usize>,
}

impl Neighbours {
    /// `edges` seen from the object that `split` says first.
    fn new(
        objects: usize,
        edges: &[Requires],
        split: impl Fn(&Requires) -> (usize, (usize, Tie)),
    ) -> Neighbours {
        let mut seen: Vec<_> = edges.iter().map(split).collect();
        seen.sort_by_key(|&(object, _)| object);
        let starts = (0..=objects).map(|object| seen.partition_point(|&(other, _)| other < object)).collect();
        Neighbours { ends: seen.into_iter().map(|(_, end)| end).collect(), starts }
    }

    fn of(&self, object: usize) -> &[(usize, Tie)] {
        &self.ends[self.starts[object]..self.starts[object + 1]]
    }
}

impl Catalog {
    /// A catalog of these objects and edges.
    pub fn new(objects: Objects, mut requires: Vec<Requires>, facts: Facts) -> Catalog {
        requires.sort_unstable();
        // The strongest tie of a pair sorts last.
        requires.dedup_by(|later, earlier| {
            let same = (later.dependent, later.required) == (earlier.dependent, earlier.required);
            if same {
                earlier.tie = later.tie;
            }
            same
        });
        let dependents =
            Neighbours::new(objects.len(), &requires, |edge| (edge.required, (edge.dependent, edge.tie)));
        let requirements =
            Neighbours::new(objects.len(), &requires, |edge| (edge.dependent, (edge.required, edge.tie)));
        Catalog {
            objects,
            held: BTreeMap::new(),
            unmatched: BTreeMap::new(),
            kept_by_others: Vec::new(),
            without_privileges: false,
            facts,
            requires,
            dependents,
            requirements,
        }
    }

    /// Leaves owners, or privileges, out of what is compared; each object keeps its own for when it is made again.
    pub fn set_apart(&mut self, owners: bool, privileges: bool) {
        self.without_privileges = privileges;
        for object in self.objects.values_mut() {
            if owners {
                object.kept.owner = object.owner.take();
            }
            if privileges {
                object.kept.privileges = Some(object.privileges.take());
            }
        }
        if owners {
            self.name_owners_of_parts();
        }
    }

    /// What a part grants to the owner of its whole, it grants to a role: the whole of the same name elsewhere, which
    /// counts as equal, may be another's.
    fn name_owners_of_parts(&mut self) {
        let is_owner = |held: &Privilege| held.grantee == Grantee::Owner;
        let parts = self.objects.values().enumerate().filter(|(_, part)| part.kept.owner.is_none());
        let parts = parts.filter(|(_, part)| part.privileges.iter().flatten().any(is_owner));
        let named = parts.filter_map(|(index, _)| {
            let wholes = self.requirements(index).iter().filter(|(_, tie)| *tie == Tie::Part);
            let owner = wholes.filter_map(|&(whole, _)| self.at(whole).1.kept.owner.clone()).next()?;
            Some((index, owner))
        });
        for (index, owner) in named.collect::<Vec<_>>() {
            let named = |held: Privilege| match held.grantee {
                Grantee::Owner => Privilege { grantee: Grantee::Role(owner.clone()), ..held },
                _ => held,
            };
            let privileges = &mut self.objects[index].privileges;
            *privileges = privileges.take().map(|held| held.into_iter().map(named).collect());
        }
    }

    /// Takes what is not compared from `other`: of a scratch database, its own says nothing.
    pub fn keep_as(&mut self, other: &Catalog) {
        for (address, object) in &mut self.objects {
            object.kept = other.objects.get(address).map_or_else(Kept::default, |other| other.kept.clone());
        }
    }

    /// Each object, with what `other` has at its address. Both have nearly the same order, so what stands next there is
    /// looked at before an address is looked up.
    pub fn beside<'a>(
        &'a self,
        other: &'a Catalog,
    ) -> impl Iterator<Item = (&'a Address, &'a Object, Option<&'a Object>)> {
        let mut next = 0;
        self.objects.iter().map(move |(address, object)| {
            let index = match other.objects.get_index(next) {
                Some((there, _)) if there == address => Some(next),
                _ => other.objects.get_index_of(address),
            };
            next = index.unwrap_or(next) + usize::from(index.is_some());
            (address, object, index.map(|index| other.at(index).1))
        })
    }

    /// Every edge, in order.
    pub fn requires(&self) -> &[Requires] {
        &self.requires
    }

    /// What directly requires the object at `index`.
    pub fn dependents(&self, index: usize) -> &[(usize, Tie)] {
        self.dependents.of(index)
    }

    /// What the object at `index` directly requires.
    pub fn requirements(&self, index: usize) -> &[(usize, Tie)] {
        self.requirements.of(index)
    }

    /// Whether the object at one address directly requires that at the other, both being there.
    pub fn has_edge(&self, dependent: &Address, required: &Address) -> bool {
        let index = self.objects.get_index_of(dependent);
        index.is_some_and(|index| {
            self.requirements(index).iter().any(|&(other, _)| self.at(other).0 == required)
        })
    }

    /// The address and object at `index`.
    pub fn at(&self, index: usize) -> (&Address, &Object) {
        self.objects.get_index(index).expect("edges point at objects of their own catalog")
    }

    /// The object's typed attributes, if it exists and is of kind `K`.
    pub fn body<K: 'static>(&self, address: &Address) -> Option<&K> {
        self.objects.get(address)?.body.as_any().downcast_ref()
    }

    /// The object that this one is ultimately a part of; itself, if it is no part.
    pub fn root(&self, index: usize) -> usize {
        std::iter::successors(Some(index), |&part| self.whole(part)).last().unwrap_or(index)
    }

    /// What the object at this place is a part of.
    pub fn whole(&self, index: usize) -> Option<usize> {
        let mut requirements = self.requirements(index).iter();
        requirements.find(|(_, tie)| *tie == Tie::Part).map(|&(whole, _)| whole)
    }

    /// The link through which `heir` has what it has from `origin`.
    pub fn inherited_through(&self, heir: usize, origin: usize) -> Option<usize> {
        let (child, parent) = (self.root(heir), self.root(origin));
        let mut dependents = self.dependents(parent).iter().map(|&(dependent, _)| dependent);
        dependents.find(|&link| {
            self.at(link).1.body.entry().link && self.requirements(link).contains(&(child, Tie::Part))
        })
    }

    /// The link by which the object at `dependent` hangs on the one at `required`.
    pub fn link(&self, dependent: usize, required: usize) -> Option<usize> {
        let mut parts = self.dependents(dependent).iter().filter(|(_, tie)| *tie == Tie::Part);
        let ties = |link: usize| {
            self.at(link).1.body.entry().link
                && self.requirements(link).iter().any(|(end, _)| *end == required)
        };
        parts.find(|(part, _)| ties(*part)).map(|&(link, _)| link)
    }

    /// What else of the same whole a dependent needs along with what an edge leads to: the columns that a foreign key refers
    /// to, beside their key.
    pub fn referred(&self, edge: Requires) -> impl Iterator<Item = usize> {
        let whole = self.root(edge.required);
        let needs = self.requirements(edge.dependent).iter().filter(|(_, tie)| *tie == Tie::Needs);
        let needs = needs.map(|&(required, _)| required).filter(move |&required| required != edge.required);
        needs.filter(move |&required| required != whole && self.root(required) == whole)
    }

    /// What `link` ties, and to what: a partition, and its table.
    pub fn tied(&self, link: usize) -> Option<(usize, usize)> {
        let requirements = self.requirements(link).iter();
        let is_link = |index: usize| self.at(index).1.body.entry().link;
        let tied = |&&(whole, tie): &&(usize, Tie)| tie == Tie::Part && !is_link(whole);
        let &(tied, _) = requirements.clone().find(tied)?;
        let &(to, _) = requirements.clone().find(|(_, tie)| *tie == Tie::Needs)?;
        Some((tied, to))
    }

    /// What others have from the object at `index`.
    pub fn heirs(&self, index: usize) -> impl Iterator<Item = usize> {
        let dependents = self.dependents(index).iter();
        dependents.filter(|(_, tie)| *tie == Tie::Inherited).map(|&(heir, _)| heir)
    }

    /// Whether the object at `index` is gone in `later`, while something that others have from it, directly or through
    /// others, stays there.
    pub fn is_outlived(&self, index: usize, later: &Catalog) -> bool {
        let stays = |heir: usize| later.objects.contains_key(self.at(heir).0);
        let goes_along = |heir: usize| {
            self.inherited_through(heir, index).map(|link| self.at(link)).is_some_and(|(address, link)| {
                link.body.entry().takes_along && later.objects.contains_key(address)
            })
        };
        let outlives = |heir: usize| stays(heir) || self.is_outlived(heir, later);
        !stays(index) && self.heirs(index).any(outlives) && !self.heirs(index).any(goes_along)
    }

    /// The parts of the object at `index`, and the parts of those, nearest first.
    pub fn parts(&self, index: usize) -> Vec<usize> {
        let mut found = vec![];
        let mut seen = HashSet::from([index]);
        let mut next = vec![index];
        while !next.is_empty() {
            let mut level = vec![];
            for whole in next {
                for &(part, tie) in self.dependents(whole) {
                    if tie.is_part() && seen.insert(part) {
                        level.push(part);
                    }
                }
            }
            level.sort_unstable();
            found.extend_from_slice(&level);
            next = level;
        }
        found
    }
}

impl Facts {
    /// What objects of the class of this letter are born with.
    pub fn builtin_privileges_of(&self, letter: char) -> IndexSet<Privilege> {
        let of_class = self.builtin_privileges.iter().filter(|(class, _)| *class == letter);
        of_class.map(|(_, privilege)| privilege.clone()).collect()
    }
}

impl Object {
    /// The kind's name, such as `table`.
    pub fn kind(&self) -> &'static str {
        self.body.entry().name
    }

    /// Whether it is a role, or something of one: not the database's, but the server's.
    pub fn is_of_roles(&self) -> bool {
        self.body.entry().concern == Concern::Roles
    }

    /// Whether nothing that is compared differs.
    pub fn same(&self, other: &Object) -> bool {
        self.body.equals(other.body.as_ref())
            && self.owner == other.owner
            && self.comment == other.comment
            && self.privileges == other.privileges
            && self.labels == other.labels
    }
}

impl fmt::Display for Object {
    /// The kind and the server's spelling: `table public.orders`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.identity)
    }
}
