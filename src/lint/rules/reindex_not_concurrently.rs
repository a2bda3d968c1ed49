//! An index that is built again while its table is in use.

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule, Wording};

pub(super) const RULE: Rule = Rule {
    name: "reindex-not-concurrently",
    concern: Concern::Migration,
    why: "while an index is built again, nobody can write to its table, nor run a query that could use the index",
    remedy: "write `REINDEX … CONCURRENTLY`, below `-- schemadiff: no-transaction`",
    example: "REINDEX TABLE food;",
    counterexample: "-- schemadiff: no-transaction\n\
        REINDEX TABLE CONCURRENTLY food;",
    check: Check::Worded(check),
};

fn check(it: &Wording<'_>, _: &Facts) -> Option<Mark> {
    let keeps_waiting = it.words.is(0, "reindex") && it.words.find("concurrently").is_none();
    keeps_waiting.then(|| it.mark("indexes are built again at once", 0))
}
