//! Statements that are repeated until they affect no row: which of them can come to an end, as far as their words tell.
//!
//! That each pass leaves fewer rows to the next cannot be known for sure. Here is refused what says nothing that could make
//! it so; the runner counts the rows of the rest.

use std::borrow::Cow;

use crate::source::words::Words;

/// How a batch is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Batch {
    /// Each row is changed once.
    Once,
    /// Rows may be changed again, as with `SET tries = tries + 1 WHERE tries < 3`.
    Again,
}

const CHANGES: [&str; 4] = ["insert", "update", "delete", "merge"];
const READS: [&str; 3] = ["select", "values", "table"];

impl Batch {
    /// What the annotation says.
    pub fn words(self) -> &'static str {
        match self {
            Batch::Once => "batch",
            Batch::Again => "batch again",
        }
    }

    pub(super) fn read(said: &str) -> Option<Batch> {
        let said: Vec<&str> = said.split_whitespace().collect();
        [Batch::Once, Batch::Again]
            .into_iter()
            .find(|batch| batch.words().split(' ').eq(said.iter().copied()))
    }

    /// Why the statement would never end, as advice.
    pub(super) fn refusal(self, said: &Words<'_>) -> Option<&'static str> {
        let has =
            |phrases: &[&str]| (0..said.count()).any(|at| phrases.iter().any(|phrase| said.are(at, phrase)));
        let Some(verb) = verb(said) else {
            return Some(
                "a batch is an `UPDATE`, a `DELETE` or an `INSERT` that takes some rows at a time; behind `WITH`, the one that is told how many",
            );
        };
        let once = self == Batch::Once;
        let taken = || (0..verb).any(|at| said.is(at, "delete"));
        let anti = || has(&["left join", "left outer join"]) && has(&["is null"]);
        if said.is(verb, "update") && !has(&["where"]) {
            Some("say with `WHERE` which rows are still to be changed, or it will never end")
        } else if said.is(verb, "update") && once && !asks_for_what_it_sets(said, verb) {
            Some(
                "`WHERE` asks for nothing that `SET` changes, so it will never end; if something else makes it end, say `-- schemadiff: batch again`",
            )
        } else if said.is(verb, "insert")
            && once
            && !has(&["not exists", "not in", "do nothing", "except"])
            && !anti()
            && !taken()
        {
            Some(
                "say with `WHERE NOT EXISTS` or `ON CONFLICT DO NOTHING` what is still to come, or it will never end; if something else makes it end, say `-- schemadiff: batch again`",
            )
        } else {
            None
        }
    }
}

/// Where the verb stands whose rows the server counts.
fn verb(said: &Words<'_>) -> Option<usize> {
    let mut outside = said.outside_parentheses();
    let first = match said.is(0, "with") {
        true => outside.find(|at| said.is_any(*at, &CHANGES) || said.is_any(*at, &READS))?,
        false => 0,
    };
    said.is_any(first, &CHANGES).then_some(first)
}

/// Whether a column that an `UPDATE` sets is mentioned where it says which rows.
fn asks_for_what_it_sets(said: &Words<'_>, verb: usize) -> bool {
    let outside: Vec<usize> = said.outside_parentheses().filter(|at| *at > verb).collect();
    let Some(set) = outside.iter().copied().find(|at| said.is(*at, "set")) else { return false };
    let ends = |at: &usize| *at > set && said.is_any(*at, &["from", "where", "returning"]);
    let end = outside.iter().copied().find(ends).unwrap_or(said.count());
    let begins = |at: usize| at == set || outside.contains(&at) && said.is(at, ",");
    let mut names: Vec<Cow<'_, str>> = Vec::new();
    for at in (set..end).filter(|at| begins(*at)) {
        match said.is(at + 1, "(") {
            true => {
                names.extend((at + 2..end).take_while(|at| !said.is(*at, ")")).filter_map(|at| said.name(at)))
            }
            false => names.extend(said.name(at + 1)),
        }
    }
    (0..set).chain(end..said.count()).any(|at| said.name(at).is_some_and(|name| names.contains(&name)))
}

/// The table whose rows a statement changes in their place, as SQL names it.
pub(crate) fn changed_table(sql: &str) -> Option<String> {
    let said = Words::new(sql);
    let verb = verb(&said).filter(|at| said.is_any(*at, &["update", "merge"]))?;
    let at = verb + 1 + usize::from(said.is(verb + 1, "into"));
    let at = at + usize::from(said.is(at, "only"));
    let end = said.qualified(at, &mut Vec::new());
    let words: String = (at..end).map(|at| said.raw(at)).collect();
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::{Batch, changed_table};
    use crate::source::words::Words;

    #[test]
    fn what_says_nothing_that_could_end_it_is_refused() {
        let ends = |sql: &str| Batch::Once.refusal(&Words::new(sql)).is_none();
        for sql in [
            "UPDATE a SET b = 1 WHERE b IS NULL",
            "UPDATE a SET (b, \"C\") = (1, 2) WHERE id IN (SELECT id FROM a WHERE \"C\" IS NULL LIMIT 9)",
            "WITH c AS (SELECT id FROM a WHERE d IS NULL LIMIT 9) UPDATE a SET e = f(1, 2), d = 2 FROM c WHERE a.id = c.id",
            "DELETE FROM a",
            "WITH old AS (DELETE FROM a WHERE b RETURNING *) INSERT INTO c SELECT * FROM old",
            "INSERT INTO a SELECT * FROM b LEFT JOIN a USING (id) WHERE a.id IS NULL LIMIT 9",
            "INSERT INTO a SELECT 1 ON CONFLICT DO NOTHING",
            "INSERT INTO a SELECT * FROM b EXCEPT SELECT * FROM a LIMIT 9",
        ] {
            assert!(ends(sql), "{sql}");
        }
        for sql in [
            "UPDATE a SET b = 1",
            "UPDATE a SET b = 1, c = 2 WHERE d IS NULL",
            "INSERT INTO a SELECT * FROM b WHERE c LIMIT 9",
            "INSERT INTO a VALUES (1) ON CONFLICT (id) DO UPDATE SET b = 1 WHERE true",
            "WITH d AS (DELETE FROM a RETURNING 1) SELECT count(*) FROM d",
            "SELECT 1",
        ] {
            assert!(!ends(sql), "{sql}");
        }
        assert!(Batch::Again.refusal(&Words::new("UPDATE a SET b = 1 WHERE d IS NULL")).is_none());
        assert!(Batch::Again.refusal(&Words::new("UPDATE a SET b = 1")).is_some());
    }

    #[test]
    fn the_table_that_is_changed_is_found() {
        assert_eq!(
            changed_table("UPDATE ONLY shop.\"Food\" AS f SET a = 1").as_deref(),
            Some("shop.\"Food\"")
        );
        assert_eq!(changed_table("WITH a AS (SELECT 1) MERGE INTO b USING a ON true").as_deref(), Some("b"));
        assert_eq!(changed_table("DELETE FROM a"), None);
    }
}
