//! How things that others still hold make room for their successors: under another name.

use super::table::Table;
use crate::catalog::Address;
use crate::kind::{Aside, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::{identifier, literal, shortened};

/// The name under which something waits for its successor.
pub struct OtherName {
    /// Unquoted, as it is given; at most 63 bytes, as names are.
    pub plain: String,
    /// As the server spells it.
    pub spelled: String,
    /// The same with its schema.
    pub full: String,
}

impl OtherName {
    /// `name` with this ending, or with a number behind it; the first that is free. Schema and name are unquoted.
    fn new(schema: &str, name: &str, ending: &str, free: impl Fn(&OtherName) -> bool) -> OtherName {
        let numbered = (2..).map(|number| format!("{ending}{number}"));
        let mut names = std::iter::once(ending.to_owned()).chain(numbered).map(|end| {
            let plain = format!("{}{end}", shortened(name, 63 - end.len()));
            let spelled = identifier(&plain);
            OtherName { full: format!("{}.{spelled}", identifier(schema)), plain, spelled }
        });
        names.find(free).expect("no catalog has every name")
    }

    /// Whether nothing bears it, before or after.
    fn is_free(&self, it: &Subject) -> bool {
        let catalogs = [it.setting.live, it.setting.desired];
        let mut objects = catalogs.iter().flat_map(|catalog| catalog.objects.values());
        !objects.any(|object| {
            let mut names = object.occupies.iter().filter_map(|name| name.split_once(' '));
            names.any(|(_, name)| name == self.full)
        })
    }
}

/// The name under which something waits that has this schema and name, unquoted: one that nothing bears, before or
/// after.
pub fn other_name(it: &Subject, schema: &str, name: &str) -> OtherName {
    OtherName::new(schema, name, "__old", |name| name.is_free(it))
}

/// The name under which something is made ready beside what it replaces: one that nothing bears, before or after.
pub fn beside_name(it: &Subject) -> Option<OtherName> {
    free_name(it, "__new")
}

/// The name under which a part waits for its successor: one that nothing bears, before or after.
pub fn aside_name(it: &Subject) -> Option<OtherName> {
    free_name(it, "__old")
}

fn free_name(it: &Subject, ending: &str) -> Option<OtherName> {
    let (name, others) = it.address.names.split_last()?;
    let is_there = |name: &OtherName| {
        let address = beside(it, &name.plain);
        [it.setting.live, it.setting.desired].iter().any(|catalog| catalog.objects.contains_key(&address))
    };
    Some(OtherName::new(others.first()?, name, ending, |name| name.is_free(it) && !is_there(name)))
}

/// The address that it has under this name.
pub fn beside(it: &Subject, name: &str) -> Address {
    let mut address = it.address.clone();
    address.names.pop();
    address.names.push(name.to_owned());
    address
}

/// Where a table waits for its successor.
pub fn table_aside(table: &Subject) -> Option<OtherName> {
    let [schema, name] = table.address.names.as_slice() else { return None };
    Some(other_name(table, schema, name))
}

/// The table that `part` has in live, once what is made anew beside it has taken its name; a part that is not in live is
/// of the successor.
pub fn table_by_then(part: &Subject, spelled: &str) -> String {
    let is_there = part.setting.live.objects.contains_key(part.address);
    let table = part.whole::<Table>().map(|(table, _)| table).filter(|table| is_there && table.is_replaced());
    table.and_then(|table| table_aside(&table)).map_or(spelled.to_owned(), |aside| aside.full)
}

/// A type or domain waits under another name until every column has gone over to its successor; schema and name are
/// unquoted.
pub fn type_aside(it: &Subject, schema: &str, name: &str) -> Aside {
    let OtherName { spelled, full, .. } = other_name(it, schema, name);
    // PostgreSQL takes TYPE for domains too, so that a file can be run again where a domain becomes another type.
    let away = guard::when(
        &format!("to_regtype({}) IS NULL", literal(&full)),
        &format!("ALTER TYPE {it} RENAME TO {spelled}"),
    );
    let remove = Step::new(format!("DROP TYPE IF EXISTS {full}"));
    Aside { always: false, away: vec![away], carry: vec![], remove: vec![remove] }
}
