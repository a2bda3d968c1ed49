//! How things that others still hold make room for their successors: under another name.

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

/// The name under which something waits that has this schema and name, unquoted: one that nothing bears, before or
/// after.
pub fn other_name(it: &Subject, schema: &str, name: &str) -> OtherName {
    let catalogs = [it.setting.live, it.setting.desired];
    let taken = |full: &str| {
        let mut objects = catalogs.iter().flat_map(|catalog| catalog.objects.values());
        objects.any(|object| {
            object.occupies.iter().any(|name| name.split_once(' ').is_some_and(|(_, name)| name == full))
        })
    };
    let names = std::iter::once("__old".to_owned()).chain((2..).map(|number| format!("__old{number}")));
    let mut names = names.map(|end| {
        let plain = format!("{}{end}", shortened(name, 63 - end.len()));
        let spelled = identifier(&plain);
        OtherName { full: format!("{}.{spelled}", identifier(schema)), plain, spelled }
    });
    names.find(|name| !taken(&name.full)).expect("no catalog has every name")
}

/// Where a table waits for its successor.
pub fn table_aside(table: &Subject) -> Option<OtherName> {
    let [schema, name] = table.address.names.as_slice() else { return None };
    Some(other_name(table, schema, name))
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
