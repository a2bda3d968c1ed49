//! What a kind of object must tell the machine, and the erased form in which the machine holds it.

use std::any::Any;
use std::collections::{BTreeMap, HashSet};
use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::catalog::{Address, Catalog, Object, Tie};
use crate::plan::{Hazard, Online, Step};
use crate::postgres::quote::{identifier, respelled};
use crate::postgres::row::Row;
use crate::{Error, ErrorKind, Result};

/// One kind of object: its catalog query, and the SQL that makes, changes and removes one.
///
/// A row of the query becomes the struct: the name of a column is the name of a field.
pub trait Kind: fmt::Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What messages and `case.yaml` call it, such as `materialized view`.
    const NAME: &'static str;
    /// The words after `CREATE`, `ALTER`, `DROP` and `COMMENT ON`.
    const KEYWORD: &'static str;
    /// One row an object: `classid`, `objid`, `objsubid`, `owner`, `acl`, then one column a field. See `frame.sql`.
    const QUERY: &'static str;
    /// Whether the query itself gives `class`, `names`, `args` and `identity`, which is faster than asking the server
    /// row by row. A test holds both equal.
    const NAMED: bool = false;
    /// Whether it is not an object of the server but a tie between two. Its query also gives the location of the
    /// two (`dependent_class`, `dependent_id`, `dependent_sub`, `required_class`, …), and it takes the place of the
    /// server's own edge between them.
    const LINK: bool = false;
    /// Whether its whole's statement alone forms it, as a query forms a view's columns: then what it requires is
    /// required by its whole.
    const FORMED_BY_WHOLE: bool = false;
    /// Whether it holds rows: then it is altered, never replaced without consent.
    const HOLDS_DATA: bool = false;
    /// The letter of its privileges, as `acldefault` takes it; None where there are none.
    const PRIVILEGES: Option<char> = None;
    /// What it is about: it is left out where that is not compared.
    const CONCERN: Concern = Concern::Schema;
    /// Kinds of dependents that must be out of the way while it follows what is being replaced.
    const DISTURBED: &'static [&'static str] = &[];

    /// Makes it, with those of its parts that the machine does not want stated apart.
    fn create(&self, it: &Subject) -> Vec<Step>;

    /// Turns `old` into this.
    fn alter(&self, _old: &Self, _it: &Subject) -> Alter {
        Alter::Replace
    }

    /// Removes it.
    fn remove(&self, it: &Subject) -> Vec<Step> {
        vec![Step::new(format!("DROP {} IF EXISTS {it}", Self::KEYWORD))]
    }

    /// Restates a reference to something that is being replaced; without an answer, it is rebuilt.
    fn follow(&self, _it: &Subject, _replaced: &Object) -> Option<Vec<Step>> {
        None
    }

    /// Renames itself out of the way while others still hold it.
    fn set_aside(&self, _it: &Subject) -> Option<Aside> {
        None
    }

    /// Whether it cannot be replaced by itself, but only together with what it is a part of.
    fn replaced_with_whole(&self) -> bool {
        false
    }

    /// The comment that it has as soon as it is made.
    fn born_comment(&self) -> Option<&str> {
        None
    }

    /// Whether its owner changes by itself, with the owner of something else.
    fn owner_follows(&self, _it: &Subject) -> bool {
        false
    }

    /// Where GRANT puts it: the list of columns, then what stands after ON.
    fn granted_on(&self, it: &Subject) -> (String, String) {
        (String::new(), format!("{} {it}", Self::KEYWORD))
    }

    /// The statement by which it, known as `from` at that moment, becomes `to`; None where the server has no words
    /// for that. Both names are unquoted.
    fn rename(&self, it: &Subject, from: &str, to: &str) -> Option<String> {
        Some(format!("ALTER {} RENAME TO {}", it.known_as(from), identifier(to)))
    }

    /// Names inside it that are no objects of their own, in order: the labels of an enumeration.
    fn labels(&self) -> &[String] {
        &[]
    }

    /// Gives labels other names, each from the first to the second of a pair.
    fn relabel(&self, _it: &Subject, _pairs: &[(String, String)]) -> Vec<Step> {
        vec![]
    }

    /// A condition in SQL that holds of it, and would not if `other` stood under its name.
    fn told_from(&self, _other: &Self, _it: &Subject) -> Option<String> {
        None
    }

    /// How `ALTER … OWNER TO`, `COMMENT ON` and `SECURITY LABEL ON` name it.
    fn spelling(&self, it: &Subject) -> String {
        format!("{} {it}", Self::KEYWORD)
    }
}

/// What a kind is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// The schema itself.
    Schema,
    /// Nothing but who may do what.
    Privileges,
    /// What sessions of the database begin with.
    DatabaseSettings,
}

/// An attribute that no statement can change, so that it is known but never a difference.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Incidental<T>(pub T);

impl<T> PartialEq for Incidental<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// How one state of an object becomes another.
#[derive(Debug)]
pub enum Alter {
    /// By these steps.
    InPlace(Vec<Step>),
    /// By these steps, once dependents of these kinds are out of the way.
    Disturbing(Vec<Step>, &'static [&'static str]),
    /// Not at all: it is removed and made again.
    Replace,
}

/// How an object makes room for its successor while others still hold it.
#[derive(Debug)]
pub struct Aside {
    /// Whether it does so even if nothing holds it: it has rows to hand over, or is needed until then.
    pub always: bool,
    /// Renames it.
    pub away: Vec<Step>,
    /// Hands its rows over to its successor.
    pub carry: Vec<Step>,
    /// Removes it under its other name.
    pub remove: Vec<Step>,
}

/// An object in its catalog, seen by the kind that writes its SQL; prints as its identity.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Its key.
    pub address: &'a Address,
    /// The object.
    pub object: &'a Object,
    /// The catalog it stands in.
    pub catalog: &'a Catalog,
    /// Its place there.
    pub index: usize,
    /// The plan it is part of.
    pub setting: &'a Setting<'a>,
}

/// What a plan knows while it is being made.
pub struct Setting<'a> {
    /// What is.
    pub live: &'a Catalog,
    /// What shall be.
    pub desired: &'a Catalog,
    /// Objects that are made by this plan, anew or again.
    pub made: HashSet<Address>,
    /// Parts that are stated on their own, because they would tie a knot.
    pub apart: HashSet<Address>,
    /// When long locks are avoided.
    pub online: Online,
    /// Sizes of live tables in bytes, as far as they were asked for.
    pub sizes: BTreeMap<Address, u64>,
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.object.identity)
    }
}

impl<'a> Subject<'a> {
    /// The object at `index` of a catalog.
    pub fn new(catalog: &'a Catalog, index: usize, setting: &'a Setting<'a>) -> Subject<'a> {
        let (address, object) = catalog.at(index);
        Subject { address, object, catalog, index, setting }
    }

    /// How `ALTER` names it while its own name is `name`, which is unquoted.
    pub fn known_as(&self, name: &str) -> String {
        let body = &self.object.body;
        respelled(&body.spelling(self), body.entry().keyword, name)
    }

    /// The object's attributes, if it is of kind `K`.
    pub fn body<K: Kind>(&self) -> Option<&'a K> {
        self.object.body.as_any().downcast_ref()
    }

    /// The parts of kind `K` that are to be stated inside this one.
    pub fn parts<K: Kind>(&self) -> Vec<(Subject<'a>, &'a K)> {
        self.all_parts().filter(|(part, _)| !self.setting.apart.contains(part.address)).collect()
    }

    /// The parts of kind `K`, wherever they are stated.
    pub fn all_parts<K: Kind>(&self) -> impl Iterator<Item = (Subject<'a>, &'a K)> + use<'a, K> {
        let (catalog, setting) = (self.catalog, self.setting);
        self.catalog
            .parts(self.index)
            .into_iter()
            .map(move |part| Subject::new(catalog, part, setting))
            .filter_map(|part| Some((part, part.body::<K>()?)))
    }

    /// The object of kind `K` that this one is a part of, directly or through other parts.
    pub fn whole<K: Kind>(&self) -> Option<(Subject<'a>, &'a K)> {
        let mut seen = HashSet::new();
        let mut next = vec![self.index];
        while let Some(index) = next.pop() {
            for &(required, tie) in self.catalog.requirements(index) {
                if tie == Tie::Part && seen.insert(required) {
                    let whole = Subject::new(self.catalog, required, self.setting);
                    if let Some(body) = whole.body::<K>() {
                        return Some((whole, body));
                    }
                    next.push(required);
                }
            }
        }
        None
    }

    /// The objects of kind `K` that this one directly requires.
    pub fn required<K: Kind>(&self) -> impl Iterator<Item = (Subject<'a>, &'a K)> + use<'a, K> {
        let (catalog, setting) = (self.catalog, self.setting);
        self.catalog
            .requirements(self.index)
            .iter()
            .map(move |&(required, _)| Subject::new(catalog, required, setting))
            .filter_map(|required| Some((required, required.body::<K>()?)))
    }

    /// Whether the plan makes, anew or again, something that this one directly requires.
    pub fn requires_new(&self) -> bool {
        let requirements = self.catalog.requirements(self.index).iter();
        requirements
            .filter(|(_, tie)| *tie == Tie::Needs)
            .any(|&(required, _)| self.setting.made.contains(self.catalog.at(required).0))
    }

    /// `ONLY `, where what children have from it is to stay theirs when it goes.
    pub fn alone(&self) -> &'static str {
        if self.catalog.is_outlived(self.index, self.setting.desired) { "ONLY " } else { "" }
    }

    /// Whether the plan makes it, so that nobody holds or reads it yet.
    pub fn is_new(&self) -> bool {
        self.setting.made.contains(self.address)
    }

    /// Whether its rows are too many to be locked for as long as reading them takes.
    pub fn is_busy(&self) -> bool {
        !self.is_new()
            && match self.setting.online {
                Online::Always => true,
                Online::Never => false,
                Online::Above(limit) => self.setting.sizes.get(self.address).is_none_or(|&size| size > limit),
            }
    }
}

/// A kind's attributes, whatever the kind.
pub trait Body: fmt::Debug + Send + Sync {
    /// For downcasts.
    fn as_any(&self) -> &dyn Any;
    /// The kind's place in the registry.
    fn entry(&self) -> &'static Entry;
    /// Whether both are of one kind and nothing differs.
    fn equals(&self, other: &dyn Body) -> bool;
    /// The attributes by name, as changes print them.
    fn attributes(&self) -> serde_json::Map<String, serde_json::Value>;
    /// For the cache on disk.
    fn encode(&self) -> Vec<u8>;
    /// See [`Kind::create`].
    fn create(&self, it: &Subject) -> Vec<Step>;
    /// See [`Kind::alter`]; another kind under one address is a replacement.
    fn alter(&self, old: &dyn Body, it: &Subject) -> Alter;
    /// See [`Kind::remove`].
    fn remove(&self, it: &Subject) -> Vec<Step>;
    /// See [`Kind::follow`].
    fn follow(&self, it: &Subject, replaced: &Object) -> Option<Vec<Step>>;
    /// See [`Kind::set_aside`].
    fn set_aside(&self, it: &Subject) -> Option<Aside>;
    /// See [`Kind::replaced_with_whole`].
    fn replaced_with_whole(&self) -> bool;
    /// See [`Kind::born_comment`].
    fn born_comment(&self) -> Option<&str>;
    /// See [`Kind::owner_follows`].
    fn owner_follows(&self, it: &Subject) -> bool;
    /// See [`Kind::granted_on`].
    fn granted_on(&self, it: &Subject) -> (String, String);
    /// See [`Kind::spelling`].
    fn spelling(&self, it: &Subject) -> String;
    /// See [`Kind::rename`].
    fn rename(&self, it: &Subject, from: &str, to: &str) -> Option<String>;
    /// See [`Kind::labels`].
    fn labels(&self) -> &[String];
    /// See [`Kind::relabel`].
    fn relabel(&self, it: &Subject, pairs: &[(String, String)]) -> Vec<Step>;
    /// See [`Kind::told_from`]; None where the other is of another kind.
    fn told_from(&self, other: &dyn Body, it: &Subject) -> Option<String>;
}

impl<K: Kind> Body for K {
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn entry(&self) -> &'static Entry {
        const { &Entry::of::<K>() }
    }
    fn equals(&self, other: &dyn Body) -> bool {
        other.as_any().downcast_ref::<K>().is_some_and(|other| self == other)
    }
    fn attributes(&self) -> serde_json::Map<String, serde_json::Value> {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(attributes)) => attributes,
            _ => serde_json::Map::new(),
        }
    }
    fn encode(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("plain structs always encode")
    }
    fn create(&self, it: &Subject) -> Vec<Step> {
        Kind::create(self, it)
    }
    fn alter(&self, old: &dyn Body, it: &Subject) -> Alter {
        match old.as_any().downcast_ref::<K>() {
            Some(old) => Kind::alter(self, old, it),
            None => Alter::Replace,
        }
    }
    fn remove(&self, it: &Subject) -> Vec<Step> {
        let mut steps = Kind::remove(self, it);
        if K::HOLDS_DATA
            && let Some(first) = steps.first_mut()
        {
            first.hazards.insert(0, Hazard::DeletesData(it.object.to_string()));
        }
        steps
    }
    fn follow(&self, it: &Subject, replaced: &Object) -> Option<Vec<Step>> {
        Kind::follow(self, it, replaced)
    }
    fn set_aside(&self, it: &Subject) -> Option<Aside> {
        Kind::set_aside(self, it)
    }
    fn replaced_with_whole(&self) -> bool {
        Kind::replaced_with_whole(self)
    }
    fn born_comment(&self) -> Option<&str> {
        Kind::born_comment(self)
    }
    fn owner_follows(&self, it: &Subject) -> bool {
        Kind::owner_follows(self, it)
    }
    fn granted_on(&self, it: &Subject) -> (String, String) {
        Kind::granted_on(self, it)
    }
    fn spelling(&self, it: &Subject) -> String {
        Kind::spelling(self, it)
    }
    fn rename(&self, it: &Subject, from: &str, to: &str) -> Option<String> {
        Kind::rename(self, it, from, to)
    }
    fn labels(&self) -> &[String] {
        Kind::labels(self)
    }
    fn relabel(&self, it: &Subject, pairs: &[(String, String)]) -> Vec<Step> {
        Kind::relabel(self, it, pairs)
    }
    fn told_from(&self, other: &dyn Body, it: &Subject) -> Option<String> {
        Kind::told_from(self, other.as_any().downcast_ref::<K>()?, it)
    }
}

/// A kind's place in the registry: what the machine may ask without an object at hand.
#[derive(Debug)]
pub struct Entry {
    /// See [`Kind::NAME`].
    pub name: &'static str,
    /// See [`Kind::KEYWORD`].
    pub keyword: &'static str,
    /// See [`Kind::QUERY`].
    pub query: &'static str,
    /// See [`Kind::NAMED`].
    pub named: bool,
    /// See [`Kind::LINK`].
    pub link: bool,
    /// See [`Kind::FORMED_BY_WHOLE`].
    pub formed_by_whole: bool,
    /// See [`Kind::HOLDS_DATA`].
    pub holds_data: bool,
    /// See [`Kind::PRIVILEGES`].
    pub privileges: Option<char>,
    /// See [`Kind::CONCERN`].
    pub concern: Concern,
    /// See [`Kind::DISTURBED`].
    pub disturbed: &'static [&'static str],
    /// Makes the kind's struct from a row of its query.
    pub read: fn(&Row) -> Result<Box<dyn Body>>,
    /// Makes it from [`Body::encode`]'s bytes.
    pub decode: fn(&[u8]) -> Result<Box<dyn Body>>,
}

impl Entry {
    /// The entry of kind `K`.
    pub const fn of<K: Kind>() -> Entry {
        Entry {
            name: K::NAME,
            keyword: K::KEYWORD,
            query: K::QUERY,
            named: K::NAMED,
            link: K::LINK,
            formed_by_whole: K::FORMED_BY_WHOLE,
            holds_data: K::HOLDS_DATA,
            privileges: K::PRIVILEGES,
            concern: K::CONCERN,
            disturbed: K::DISTURBED,
            read: |row| Ok(Box::new(row.read::<K>()?)),
            decode: |bytes| match postcard::from_bytes::<K>(bytes) {
                Ok(body) => Ok(Box::new(body)),
                Err(error) => {
                    Err(Error::new(ErrorKind::Catalog, "the cached catalog cannot be read").caused_by(error))
                }
            },
        }
    }
}
