//! Which roles a statement names, so that they can be made in a private scratch server before the files are loaded.

use super::database;
use super::words::Words;

/// Words that stand for a role without naming one.
const STAND_INS: [&str; 7] =
    ["all", "public", "current_user", "session_user", "current_role", "none", "default"];

/// Calls `each` with every role that a statement of this `kind` names.
pub fn roles(words: &Words<'_>, kind: &str, mut each: impl FnMut(String)) {
    let grants =
        kind.starts_with("GRANT") || kind.starts_with("REVOKE") || kind == "ALTER DEFAULT PRIVILEGES";
    if kind == "GRANT ROLE" || kind == "REVOKE ROLE" {
        let options = words.find("for").map_or(1, |at| at + 1);
        list(words, options, &mut each);
    }
    if let "CREATE ROLE" | "CREATE USER" | "CREATE GROUP" | "ALTER ROLE" | "ALTER USER" | "ALTER GROUP" = kind
    {
        list(words, 2, &mut each);
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
