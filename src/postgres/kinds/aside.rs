//! How things that others still hold make room for their successors: under another name.

use crate::catalog::Address;
use crate::kind::{Aside, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::{identifier, literal, shortened};

/// The name under which an object waits for its successor; at most 63 bytes, as names are. Unquoted, as it is given.
pub fn set_aside(name: &str) -> String {
    format!("{}__old", shortened(name, 58))
}

/// The same as the server spells it, alone and in full.
pub fn aside_name(schema: &str, name: &str) -> (String, String) {
    let old = identifier(&set_aside(name));
    let full = format!("{}.{old}", identifier(schema));
    (old, full)
}

/// Where the table at this address waits for its successor.
pub fn table_aside(address: &Address) -> Option<String> {
    let [schema, name] = address.names.as_slice() else { return None };
    Some(aside_name(schema, name).1)
}

/// A type or domain waits under another name until every column has gone over to its successor; schema and name are
/// unquoted.
pub fn type_aside(it: &Subject, schema: &str, name: &str) -> Aside {
    let (old_name, old) = aside_name(schema, name);
    // PostgreSQL takes TYPE for domains too, so that a file can be run again where a domain becomes another type.
    let away = guard::when(
        &format!("to_regtype({}) IS NULL", literal(&old)),
        &format!("ALTER TYPE {it} RENAME TO {old_name}"),
    );
    let remove = Step::new(format!("DROP TYPE IF EXISTS {old}"));
    Aside { always: false, away: vec![away], carry: vec![], remove: vec![remove] }
}
