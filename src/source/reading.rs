//! What can be said of a statement from its keywords and names alone: its kind, the object it is about, whom it
//! mentions. Leading keywords decide the kind of every statement that PostgreSQL knows; nothing is ever refused here.

use std::borrow::Cow;

use super::words::Words;

/// Kinds that are spelled with several words, longest first.
const COMPOUNDS: [&str; 14] = [
    "text search configuration",
    "text search dictionary",
    "text search parser",
    "text search template",
    "foreign data wrapper",
    "materialized view",
    "foreign table",
    "access method",
    "event trigger",
    "operator class",
    "operator family",
    "user mapping",
    "default privileges",
    "large object",
];

/// What may stand between CREATE and the kind.
const MODIFIERS: [&str; 13] = [
    "or",
    "replace",
    "global",
    "local",
    "temp",
    "temporary",
    "unlogged",
    "recursive",
    "unique",
    "trusted",
    "procedural",
    "constraint",
    "default",
];

/// Objects that have no name of their own, or one made of operator symbols.
const NAMELESS: [&str; 8] = [
    "CAST",
    "TRANSFORM",
    "USER MAPPING",
    "DEFAULT PRIVILEGES",
    "OPERATOR",
    "LARGE OBJECT",
    "SYSTEM",
    "OWNED",
];

/// Objects that are named together with the table they belong to.
const OF_TABLE: [&str; 4] = ["TRIGGER", "POLICY", "RULE", "CONSTRAINT"];

/// What the words of a statement say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The leading keywords: `CREATE TABLE`, `ALTER SEQUENCE`, `COMMENT ON COLUMN`, `GRANT ON SCHEMA`, `GRANT ROLE`,
    /// `INSERT` … without `OR REPLACE`, `TEMPORARY` and the like.
    pub kind: String,
    /// The name of the object that the statement is about, as it is written, folded as the server folds it; that of a
    /// trigger, policy, rule or constraint follows the name of its table.
    pub name: Option<Vec<String>>,
}

/// Reads the kind and the name.
pub fn read(words: &Words<'_>) -> Reading {
    let first = words.raw(0).to_ascii_uppercase();
    let (verb, mut at) = match first.as_str() {
        "CREATE" => {
            let mut at = 1;
            while words.is_any(at, &MODIFIERS) {
                at += 1;
            }
            ("CREATE", at)
        }
        "ALTER" => ("ALTER", 1),
        "DROP" => ("DROP", 1),
        "COMMENT" => ("COMMENT ON", 2),
        "SECURITY" => ("SECURITY LABEL ON", words.find("on").map_or(2, |on| on + 1)),
        "GRANT" | "REVOKE" => return grant(words, &first),
        _ => {
            return Reading { kind: first, name: None };
        }
    };
    let object = match COMPOUNDS.iter().find(|compound| words.are(at, compound)) {
        Some(compound) => {
            at += compound.split(' ').count();
            compound.to_ascii_uppercase()
        }
        None => {
            at += 1;
            words.raw(at - 1).to_ascii_uppercase()
        }
    };
    let name = name(words, &object, at);
    Reading { kind: format!("{verb} {object}"), name }
}

/// Calls `each` with every dotted name outside strings and comments, keywords included, and with names of sequences
/// in `nextval('…')`.
pub fn mentions<'a>(words: &Words<'a>, mut each: impl FnMut(&[Cow<'a, str>])) {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < words.count() {
        let next = words.qualified(at, &mut parts);
        if next > at {
            each(&parts);
            at = next;
            continue;
        }
        if let Some(string) = words.string(at)
            && at >= 2
            && words.are(at - 2, "nextval (")
        {
            let mut inner = Vec::new();
            Words::new(&string).qualified(0, &mut inner);
            let owned: Vec<_> = inner.into_iter().map(|part| Cow::Owned(part.into_owned())).collect();
            each(&owned);
        }
        at += 1;
    }
}

fn name(words: &Words<'_>, object: &str, mut at: usize) -> Option<Vec<String>> {
    if NAMELESS.contains(&object) {
        return None;
    }
    for phrase in ["concurrently", "if not exists", "if exists", "only"] {
        if words.are(at, phrase) {
            at += phrase.split(' ').count();
        }
    }
    if object == "INDEX" && words.is(at, "on") {
        return None;
    }
    if object == "SCHEMA" && words.is(at, "authorization") {
        at += 1;
    }
    let mut parts = Vec::new();
    let after = words.qualified(at, &mut parts);
    if OF_TABLE.contains(&object) {
        let link = if object == "RULE" && words.is(0, "create") { "to" } else { "on" };
        let link = (after..words.count()).find(|index| words.is(*index, link))?;
        let mut table = Vec::new();
        words.qualified(link + 1, &mut table);
        table.append(&mut parts);
        parts = table;
    }
    (!parts.is_empty()).then(|| parts.into_iter().map(Cow::into_owned).collect())
}

/// `GRANT … ON <kind>` is about objects; without ON it makes a role the member of another.
fn grant(words: &Words<'_>, verb: &str) -> Reading {
    const OBJECTS: [&str; 15] = [
        "table",
        "sequence",
        "database",
        "domain",
        "foreign",
        "function",
        "language",
        "large",
        "parameter",
        "procedure",
        "routine",
        "schema",
        "tablespace",
        "type",
        "all",
    ];
    let on = words.outside_parentheses().find(|index| words.is_any(*index, &["on", "to", "from"]));
    let kind = match on {
        Some(on) if words.is(on, "on") && words.is_any(on + 1, &OBJECTS) => {
            format!("{verb} ON {}", words.raw(on + 1).to_ascii_uppercase())
        }
        Some(on) if words.is(on, "on") => format!("{verb} ON TABLE"),
        _ => format!("{verb} ROLE"),
    };
    Reading { kind, name: None }
}
