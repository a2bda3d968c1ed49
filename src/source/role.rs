//! Which roles a statement names, so that they can be made in a private scratch server before the files are loaded, and
//! which it makes itself.

use super::database;
use super::words::Words;

/// Words that stand for a role without naming one.
const STAND_INS: [&str; 7] =
    ["all", "public", "current_user", "session_user", "current_role", "none", "default"];

/// What makes and changes roles.
const STATEMENTS: [&str; 6] =
    ["CREATE ROLE", "CREATE USER", "CREATE GROUP", "ALTER ROLE", "ALTER USER", "ALTER GROUP"];

/// Whether a statement of this `kind` says what one role is like, or that roles are members of others.
pub fn is_about_roles(words: &Words<'_>, kind: &str) -> bool {
    const OTHERS: [&str; 4] = ["COMMENT ON ROLE", "SECURITY LABEL ON ROLE", "GRANT ROLE", "REVOKE ROLE"];
    OTHERS.contains(&kind) || (states_attributes(kind) && !words.is(2, "all"))
}

/// Whether a statement of this `kind` says what one role is like.
pub fn states_attributes(kind: &str) -> bool {
    STATEMENTS.contains(&kind)
}

/// Calls `each` with every role that a statement of this `kind` makes, also from within a `DO` block.
pub fn made(words: &Words<'_>, kind: &str, mut each: impl FnMut(String)) {
    if kind.starts_with("CREATE ") && states_attributes(kind) {
        each(words.name(2).unwrap_or_default().into_owned());
    }
    database::within(words, kind, |inner| {
        for at in (0..inner.count()).filter(|at| inner.is(*at, "create")) {
            let makes = inner.is_any(at + 1, &["role", "user", "group"]) && !inner.is(at + 2, "mapping");
            if let Some(name) = inner.name(at + 2).filter(|_| makes) {
                each(name.into_owned());
            }
        }
    });
}

/// Calls `each` with every role that a statement of this `kind` makes a member of another, or no longer one, unless it
/// makes that role itself.
pub fn members(words: &Words<'_>, kind: &str, mut each: impl FnMut(String)) {
    let (first, clauses): (usize, &[&str]) = match kind {
        "GRANT ROLE" => (2, &["to"]),
        "REVOKE ROLE" => (2, &["from"]),
        "CREATE ROLE" | "CREATE USER" | "CREATE GROUP" => (3, &["role", "user", "admin"]),
        "ALTER GROUP" => (3, &["user"]),
        _ => return,
    };
    let is_group = |at: usize| words.is(at - 1, "in");
    for at in (first..words.count()).filter(|at| words.is_any(*at, clauses) && !is_group(*at)) {
        list(words, at + 1, &mut each);
    }
}

/// Calls `each` with every role that a statement of this `kind` names.
pub fn roles(words: &Words<'_>, kind: &str, mut each: impl FnMut(String)) {
    let grants =
        kind.starts_with("GRANT") || kind.starts_with("REVOKE") || kind == "ALTER DEFAULT PRIVILEGES";
    if kind == "GRANT ROLE" || kind == "REVOKE ROLE" {
        let options = words.find("for").map_or(1, |at| at + 1);
        list(words, options, &mut each);
    }
    if states_attributes(kind) {
        list(words, 2, &mut each);
        for at in (3..words.count()).filter(|at| words.is_any(*at, &["role", "user", "group", "admin"])) {
            list(words, at + 1, &mut each);
        }
    }
    if let "COMMENT ON ROLE" = kind {
        list(words, 3, &mut each);
    }
    database::within(words, kind, |inner| {
        for at in 0..inner.count() {
            if inner.is(at, "alter")
                && inner.is_any(at + 1, &["role", "user"])
                && inner.are(at + 3, "in database")
            {
                list(inner, at + 2, &mut each);
            }
        }
    });
    for at in words.outside_parentheses() {
        let names_follow = (words.is(at, "to") && at > 0 && words.is(at - 1, "owner"))
            || (grants && words.is_any(at, &["to", "from"]))
            || (kind.ends_with(" POLICY") && words.is(at, "to") && !words.is(at - 1, "rename"))
            || (kind == "SET" && words.is(at, "role"))
            || (kind == "REASSIGN" && words.is_any(at, &["by", "to"]))
            || (kind == "DROP OWNED" && words.is(at, "by"))
            || (kind.ends_with("USER MAPPING") && words.is(at, "for"))
            || (kind == "ALTER DEFAULT PRIVILEGES" && at > 0 && words.is(at - 1, "for"))
            || (grants && at > 0 && words.are(at - 1, "granted by"))
            || (matches!(kind, "CREATE SCHEMA" | "SET") && words.is(at, "authorization"));
        if names_follow {
            list(words, at + 1, &mut each);
        }
    }
}

/// Role names from `at` on, as many as commas join.
fn list(words: &Words<'_>, mut at: usize, each: &mut impl FnMut(String)) {
    loop {
        at += usize::from(words.is(at, "group"));
        at += usize::from(words.is_any(at, &["to", "="]));
        let quoted = words.raw(at).starts_with('"');
        if let Some(name) = words.name(at).or_else(|| words.string(at))
            && (quoted || !STAND_INS.contains(&name.as_ref()))
        {
            each(name.into_owned());
        }
        if !words.is(at + 1, ",") {
            break;
        }
        at += 2;
    }
}
