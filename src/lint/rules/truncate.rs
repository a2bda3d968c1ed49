//! A table that is emptied.

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule, Wording};

pub(super) const RULE: Rule = Rule {
    name: "truncate",
    concern: Concern::Migration,
    why: "all rows are gone at once, and until the transaction ends nobody can read or write the table",
    remedy: "delete what is to go in batches (`-- schemadiff: batch`), or `allow` it where nobody uses the table",
    example: "TRUNCATE TABLE food;",
    counterexample: "-- schemadiff: batch\n\
        DELETE FROM food WHERE id IN (SELECT id FROM food LIMIT 5000);",
    check: Check::Worded(check),
};

fn check(it: &Wording<'_>, facts: &Facts) -> Option<Mark> {
    let table = it.words.is(0, "truncate").then(|| it.table_in_use(1, facts))??;
    Some(it.mark(format!("table `{table}` is emptied"), 0))
}
