//! The erased form in which the machine holds objects of all kinds.

use std::any::Any;
use std::fmt;

use super::{Alter, Aside, Concern, Kind, Parking, Preparation, Subject};
use crate::catalog::{Address, Object};
use crate::plan::{Hazard, Step};
use crate::postgres::introspect::Scope;
use crate::postgres::row::Row;
use crate::{Error, ErrorKind, Result};

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
    /// See [`Kind::prepare`].
    fn prepare(&self, it: &Subject) -> Option<Preparation>;
    /// See [`Kind::alter`]; another kind under one address is a replacement.
    fn alter(&self, old: &dyn Body, it: &Subject) -> Alter;
    /// See [`Kind::altered_after`].
    fn altered_after<'a>(&self, old: &dyn Body, it: &Subject<'a>) -> Vec<(&'a Address, &'a Address)>;
    /// See [`Kind::remove`].
    fn remove(&self, it: &Subject) -> Vec<Step>;
    /// See [`Kind::survives`].
    fn survives(&self, it: &Subject) -> bool;
    /// See [`Kind::follow`].
    fn follow(&self, it: &Subject, replaced: &Object) -> Option<Vec<Step>>;
    /// See [`Kind::set_aside`].
    fn set_aside(&self, it: &Subject) -> Option<Aside>;
    /// See [`Kind::park`].
    fn park(&self, it: &Subject) -> Option<Parking>;
    /// See [`Kind::narrow`].
    fn narrow(&mut self, address: &Address, scope: &Scope);
    /// See [`Kind::replaced_with_whole`].
    fn replaced_with_whole(&self, it: &Subject) -> bool;
    /// See [`Kind::fills_rows`].
    fn fills_rows(&self) -> bool;
    /// See [`Kind::may_use`].
    fn may_use(&self, name: &str) -> bool;
    /// See [`Kind::bears_repetition`].
    fn bears_repetition(&self) -> bool;
    /// See [`Kind::may_be_chosen`].
    fn may_be_chosen(&self) -> bool;
    /// See [`Kind::born_comment`].
    fn born_comment(&self) -> Option<&str>;
    /// See [`Kind::follows_columns`].
    fn follows_columns(&self) -> bool;
    /// See [`Kind::owned_with`].
    fn owned_with<'a>(&self, it: &Subject<'a>) -> Option<Subject<'a>>;
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
    fn prepare(&self, it: &Subject) -> Option<Preparation> {
        Kind::prepare(self, it)
    }
    fn alter(&self, old: &dyn Body, it: &Subject) -> Alter {
        match old.as_any().downcast_ref::<K>() {
            Some(old) => Kind::alter(self, old, it),
            None => Alter::Replace,
        }
    }
    fn altered_after<'a>(&self, old: &dyn Body, it: &Subject<'a>) -> Vec<(&'a Address, &'a Address)> {
        let old = old.as_any().downcast_ref::<K>();
        old.map_or(vec![], |old| Kind::altered_after(self, old, it))
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
    fn survives(&self, it: &Subject) -> bool {
        Kind::survives(self, it)
    }
    fn follow(&self, it: &Subject, replaced: &Object) -> Option<Vec<Step>> {
        Kind::follow(self, it, replaced)
    }
    fn set_aside(&self, it: &Subject) -> Option<Aside> {
        Kind::set_aside(self, it)
    }
    fn park(&self, it: &Subject) -> Option<Parking> {
        Kind::park(self, it)
    }
    fn narrow(&mut self, address: &Address, scope: &Scope) {
        Kind::narrow(self, address, scope);
    }
    fn replaced_with_whole(&self, it: &Subject) -> bool {
        Kind::replaced_with_whole(self, it)
    }
    fn fills_rows(&self) -> bool {
        Kind::fills_rows(self)
    }
    fn may_use(&self, name: &str) -> bool {
        Kind::may_use(self, name)
    }
    fn bears_repetition(&self) -> bool {
        Kind::bears_repetition(self)
    }
    fn may_be_chosen(&self) -> bool {
        Kind::may_be_chosen(self)
    }
    fn born_comment(&self) -> Option<&str> {
        Kind::born_comment(self)
    }
    fn follows_columns(&self) -> bool {
        Kind::follows_columns(self)
    }
    fn owned_with<'a>(&self, it: &Subject<'a>) -> Option<Subject<'a>> {
        Kind::owned_with(self, it)
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
    /// See [`Kind::EMBEDS`].
    pub embeds: bool,
    /// See [`Kind::STORES_RESULT`].
    pub stores_result: bool,
    /// See [`Kind::INTERCEPTS`].
    pub intercepts: bool,
    /// See [`Kind::PRIVILEGES`].
    pub privileges: Option<char>,
    /// See [`Kind::CONCERN`].
    pub concern: Concern,
    /// See [`Kind::HANDED_ON`].
    pub handed_on: &'static [&'static str],
    /// See [`Kind::TAKES_ALONG`].
    pub takes_along: bool,
    /// See [`Kind::PRECEDES`].
    pub precedes: &'static [&'static str],
    /// See [`Kind::CHOOSES`].
    pub chooses: bool,
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
            embeds: K::EMBEDS,
            stores_result: K::STORES_RESULT,
            intercepts: K::INTERCEPTS,
            privileges: K::PRIVILEGES,
            concern: K::CONCERN,
            handed_on: K::HANDED_ON,
            takes_along: K::TAKES_ALONG,
            precedes: K::PRECEDES,
            chooses: K::CHOOSES,
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
