//! What a script destroys: what its header says, or, where it was written by hand, what its words say.

use super::apply::Options;
use super::task::Task;
use super::words::statements;
use crate::error::{Error, ErrorKind, Result};
use crate::plan::Hazard;

/// What holds rows, or what holds such things; and roles, with their passwords.
const HOLDERS: [&str; 7] = ["TABLE", "COLUMN", "SCHEMA", "FOREIGN", "OWNED", "DATABASE", "ROLE"];

/// What of `ALTER TABLE … DROP` is not a column.
const HARMLESS: [&str; 5] = ["CONSTRAINT", "DEFAULT", "NOT", "IDENTITY", "EXPRESSION"];

/// What would be gone after the script, in words; what is overwritten is not known.
///
/// # Errors
///
/// A header that cannot be read.
pub(super) fn losses(task: &Task<'_>) -> Result<Vec<String>> {
    let header = task.header()?;
    let stated = header.hazards.iter().filter_map(|hazard| Hazard::loss(hazard));
    let stated: Vec<String> = stated.map(str::to_owned).collect();
    // Only a generated script says what was proven, and knows all that it deletes.
    if !stated.is_empty() || !header.proven.is_empty() {
        return Ok(stated);
    }
    let statements = task.units.iter().flat_map(|unit| &unit.statements);
    let texts = statements.map(|statement| &task.text[statement.range.clone()]);
    Ok(texts.filter(|sql| destroys(sql)).map(first_words).collect())
}

/// The same of several scripts, each with the name of its migration, one a line.
///
/// # Errors
///
/// As [`losses`].
pub(super) fn listed(tasks: &[Task<'_>]) -> Result<Vec<String>> {
    let mut listed = Vec::new();
    for task in tasks {
        listed.extend(losses(task)?.iter().map(|loss| format!("  {}_{}: {loss}", task.version, task.name)));
    }
    Ok(listed)
}

/// Refuses what would destroy data where that is never to be.
///
/// # Errors
///
/// `Refused`, with the list of losses; as [`losses`].
pub(super) fn forbid(tasks: &[Task<'_>], options: &Options<'_>) -> Result<()> {
    if !options.forbid_losses {
        return Ok(());
    }
    let lost = listed(tasks)?;
    if lost.is_empty() {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Refused, format!("this would destroy data:\n{}", lost.join("\n")))
        .hint("`destructive: never` in the configuration forbids it; nothing was run"))
}

/// Whether a statement's words, or those in the body of a `DO` block, take away what may hold rows.
fn destroys(sql: &str) -> bool {
    statements(sql).iter().any(|words| takes_away(words))
}

fn takes_away(words: &[String]) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let alters = words.starts_with(&["ALTER", "TABLE"]);
    let drops = |pair: &[&str]| match pair {
        ["DROP", what] => HOLDERS.contains(what) || (alters && !HARMLESS.contains(what)),
        _ => false,
    };
    match words.first() {
        // What goes along is not named: columns of a type, tables of an extension.
        Some(&"DROP") if words.contains(&"CASCADE") => true,
        Some(&("DELETE" | "TRUNCATE")) => true,
        Some(&"WITH") => words.contains(&"DELETE"),
        _ => words.windows(2).any(drops),
    }
}

fn first_words(sql: &str) -> String {
    let words: Vec<&str> = sql.split_whitespace().take(12).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::destroys;

    #[test]
    fn what_holds_rows_counts() {
        for sql in [
            "DROP TABLE IF EXISTS a",
            "alter table a drop b",
            "ALTER TABLE a ALTER b DROP DEFAULT, DROP COLUMN c",
            // Written by hand: what we write never says so.
            "DROP SCHEMA s CASCADE",
            "DROP TYPE mood CASCADE",
            "DROP EXTENSION IF EXISTS hstore CASCADE",
            "DO $$ BEGIN IF true THEN DROP DOMAIN d CASCADE; END IF; END $$",
            "TRUNCATE a",
            "DELETE FROM a",
            "WITH old AS (SELECT 1) DELETE FROM a",
            "DO $$ BEGIN IF true THEN DELETE FROM a; END IF; END $$",
            "DO $x$ BEGIN EXECUTE 'DROP TABLE a'; END $x$",
        ] {
            assert!(destroys(sql), "{sql}");
        }
        for sql in [
            "DROP INDEX i",
            "DROP VIEW v",
            "DROP TYPE mood RESTRICT",
            "ALTER TABLE a DROP CONSTRAINT c, ALTER b DROP NOT NULL",
            "CREATE TRIGGER t BEFORE DELETE ON a EXECUTE FUNCTION f()",
            "REVOKE DELETE ON a FROM b",
            "DO $$ BEGIN ALTER TABLE a DROP CONSTRAINT IF EXISTS c; END $$",
        ] {
            assert!(!destroys(sql), "{sql}");
        }
    }
}
