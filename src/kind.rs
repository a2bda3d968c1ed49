//! What a kind of object must tell the machine.

mod erased;
mod subject;

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use self::erased::{Body, Entry};
pub use self::subject::{Setting, Subject};
use crate::catalog::{Address, Object};
use crate::plan::Step;
use crate::postgres::introspect::Scope;
use crate::postgres::quote::identifier;

/// One kind of object: its catalog query, and the SQL that makes, changes and removes one.
///
/// A row of the query becomes the struct: the name of a column is the name of a field.
pub trait Kind: fmt::Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What messages and `case.yaml` call it, such as `materialized view`.
    const NAME: &'static str;
    /// The words after `CREATE`, `ALTER`, `DROP` and `COMMENT ON`.
    const KEYWORD: &'static str;
    /// One row an object: `classid`, `objid`, `objsubid`, `owner`, `acl`, then one column a field. See `frame.sql`.
    /// `{secret}` stands for what the names of secrets match.
    const QUERY: &'static str;
    /// Whether the query itself gives `class`, `names`, `args` and `identity`, which is faster than asking the server
    /// row by row. A test holds both equal.
    const NAMED: bool = false;
    /// Whether it is not an object of the server but a tie between two. Its query also gives the location of the
    /// two (`dependent_class`, `dependent_id`, `dependent_sub`, `required_class`, …), and it takes the place of the
    /// server's own edge between them.
    const LINK: bool = false;
    /// Kinds of what, made of its whole, has it by itself, as it is at that moment: the default of a domain.
    const HANDED_ON: &'static [&'static str] = &[];
    /// Whether what goes from the origin goes from the heir that this ties to it, whatever the heir has of its own.
    const TAKES_ALONG: bool = false;
    /// Whether its whole's statement alone forms it, as a query forms a view's columns: then what it requires is
    /// required by its whole.
    const FORMED_BY_WHOLE: bool = false;
    /// Whether it holds rows: then it is altered, never replaced without consent.
    const HOLDS_DATA: bool = false;
    /// Whether values of what it requires lie inside its own: then those keep their form for as long as anything holds such
    /// values.
    const EMBEDS: bool = false;
    /// Whether it stores what its query finds: rows that can be made again, but until they are gone keep the form of what
    /// lies inside of them.
    const STORES_RESULT: bool = false;
    /// Whether it acts upon the statements of others: a new one goes first when the file is run again.
    const INTERCEPTS: bool = false;
    /// The letter of its privileges, as `acldefault` takes it; None where there are none.
    const PRIVILEGES: Option<char> = None;
    /// What it is about: it is left out where that is not compared.
    const CONCERN: Concern = Concern::Schema;
    /// Kinds of what changes only once it is made, because what is made later is born otherwise.
    const PRECEDES: &'static [&'static str] = &[];
    /// Whether the server chooses what it needs where more than one would serve: a foreign key's key.
    const CHOOSES: bool = false;
    /// Kinds of dependents that must be out of the way while it follows what is being replaced.
    const DISTURBED: &'static [&'static str] = &[];

    /// Makes it, with those of its parts that the machine does not want stated apart.
    fn create(&self, it: &Subject) -> Vec<Step>;

    /// How what takes long about making it is done beforehand, beside what is there, while others go on working; None
    /// where nothing takes long, or nobody would wait for it.
    fn prepare(&self, _it: &Subject) -> Option<Preparation> {
        None
    }

    /// Turns `old` into this.
    fn alter(&self, _old: &Self, _it: &Subject) -> Alter {
        Alter::Replace
    }

    /// What the server would find in the way of the change: each a tie of live to another object, and that object. The tie
    /// goes before this changes, or, where it stays, the other changes before.
    fn altered_after<'a>(&self, _old: &Self, _it: &Subject<'a>) -> Vec<(&'a Address, &'a Address)> {
        vec![]
    }

    /// Removes it.
    fn remove(&self, it: &Subject) -> Vec<Step> {
        vec![Step::new(format!("DROP {} IF EXISTS {it}", Self::KEYWORD))]
    }

    /// Whether it stays where it would have to make room for a change: the server makes it anew by itself, as it is desired.
    fn survives(&self, _it: &Subject) -> bool {
        false
    }

    /// Restates a reference to something that is being replaced; without an answer, it is rebuilt.
    fn follow(&self, _it: &Subject, _replaced: &Object) -> Option<Vec<Step>> {
        None
    }

    /// Renames itself out of the way while others still hold it.
    fn set_aside(&self, _it: &Subject) -> Option<Aside> {
        None
    }

    /// Keeps its values as text while what lies inside of them changes; without an answer, that is an error.
    fn park(&self, _it: &Subject) -> Option<Parking> {
        None
    }

    /// Forgets of what it is compared by what `scope` leaves out.
    fn narrow(&mut self, _address: &Address, _scope: &Scope) {}

    /// Whether it cannot be replaced by itself, but only together with what it is a part of.
    fn replaced_with_whole(&self, _it: &Subject) -> bool {
        false
    }

    /// Whether the server fits it to columns that get another type, so that it may let go of something without a statement
    /// of its own.
    fn follows_columns(&self) -> bool {
        false
    }

    /// Whether the server makes it in no other way than by writing every row anew that is there.
    fn fills_rows(&self) -> bool {
        false
    }

    /// Whether its text may speak of something of this unquoted name: of what a body uses that is a string, the server keeps
    /// no account.
    fn may_use(&self, _name: &str) -> bool {
        false
    }

    /// Whether a change that it had to make room for can be made once more while it stands: the server makes it anew by
    /// itself, which only fails where it does not fit what the change begins with.
    fn bears_repetition(&self) -> bool {
        false
    }

    /// Whether what [`Kind::CHOOSES`] may get it: a key, for a foreign key.
    fn may_be_chosen(&self) -> bool {
        false
    }

    /// The comment that it has as soon as it is made.
    fn born_comment(&self) -> Option<&str> {
        None
    }

    /// What it has its owner from, where no statement gives it one of its own.
    fn owned_with<'a>(&self, _it: &Subject<'a>) -> Option<Subject<'a>> {
        None
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
    /// Roles, which all databases of a server share. The first of an address's names is that of the role whose it is.
    Roles,
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

/// How an object comes into being in two strides: the long one beside what is there, the short one in its place.
#[derive(Debug)]
pub struct Preparation {
    /// Whether it is prepared under its own name: then what bears that goes before. Else it can stay until the end.
    pub under_own_name: bool,
    /// Prepares it.
    pub steps: Vec<Step>,
    /// Makes it from what has been prepared.
    pub make: Vec<Step>,
}

/// How values wait as text.
#[derive(Debug)]
pub struct Parking {
    /// Turns them into text.
    pub away: Vec<Step>,
    /// Turns the text into values again.
    pub back: Vec<Step>,
}
