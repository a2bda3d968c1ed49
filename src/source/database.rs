//! Settings of a database in schema files: `ALTER DATABASE name SET …`, `ALTER ROLE name IN DATABASE name SET …`, or the
//! same in a `DO` block that asks for the name. A schema does not know what its database is called: the one that is
//! named is the one at hand.

use super::words::Words;

/// How deep strings within strings are looked into: a `DO` block, what it executes, and once more.
const DEPTH: usize = 3;

/// Where a statement of this `kind` names the database whose settings it changes.
pub fn place(words: &Words<'_>, kind: &str) -> Option<usize> {
    let changes =
        |at: usize| words.is(at, "reset") || (words.is(at, "set") && !words.is(at + 1, "tablespace"));
    match kind {
        "ALTER DATABASE" if changes(3) => Some(2),
        "ALTER ROLE" | "ALTER USER" if words.are(3, "in database") && changes(6) => Some(5),
        _ => None,
    }
}

/// Whether a statement of this `kind` sets anything for the sessions of a database.
pub fn is_set(words: &Words<'_>, kind: &str) -> bool {
    let mut found = place(words, kind).is_some();
    within(words, kind, |inner| {
        found |= (0..inner.count()).any(|at| {
            (inner.are(at, "alter database") || inner.are(at, "in database"))
                && (at..inner.count()).any(|at| inner.is_any(at, &["set", "reset"]))
        });
    });
    found
}

/// Calls `each` with what the strings of a `DO` block say, and the strings in these.
pub fn within(words: &Words<'_>, kind: &str, mut each: impl FnMut(&Words<'_>)) {
    if kind == "DO" {
        descend(words, DEPTH, &mut each);
    }
}

fn descend(words: &Words<'_>, depth: usize, each: &mut dyn FnMut(&Words<'_>)) {
    for at in (0..words.count()).filter(|_| depth > 0) {
        if let Some(text) = words.text(at) {
            let inner = Words::new(&text);
            each(&inner);
            descend(&inner, depth - 1, each);
        }
    }
}

/// The same statement about the database with this `name`, which is spelled as SQL takes it.
pub fn renamed(text: &str, kind: &str, name: &str) -> Option<String> {
    let words = Words::new(text);
    let token = words.token(place(&words, kind)?)?;
    Some(format!("{}{name}{}", &text[..token.start], &text[token.end..]))
}
