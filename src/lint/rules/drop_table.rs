//! A table that running code may still read.

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule, Wording};

pub(super) const RULE: Rule = Rule {
    name: "drop-table",
    concern: Concern::Migration,
    why: "code that still runs and names the table fails from then on, and its rows are gone",
    remedy: "first deploy code that does not name it, then drop it and `allow` that",
    example: "DROP TABLE food;\n\
        CREATE TABLE kept AS SELECT * FROM meal;\n\
        DROP TABLE kept, meal;",
    counterexample: "CREATE TABLE kept AS SELECT * FROM food;\n\
        DROP TABLE kept;\n\
        DROP VIEW foods;",
    check: Check::Worded(check),
};

fn check(it: &Wording<'_>, facts: &Facts) -> Option<Mark> {
    let table = it.words.are(0, "drop table").then(|| it.table_in_use(1, facts))??;
    Some(it.mark(format!("table `{table}` is dropped"), 0))
}
