//! A table that is written anew for the sake of its order or its size.

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule, Wording};

pub(super) const RULE: Rule = Rule {
    name: "table-rewritten",
    concern: Concern::Migration,
    why: "the table and its indexes are written anew while nobody can read or write them",
    remedy: "leave it to autovacuum, or have an extension that does it online do it; `allow` it where nobody uses the table",
    example: "VACUUM FULL food;\n\
        CLUSTER food USING food_pkey;",
    counterexample: "-- schemadiff: no-transaction\n\
        VACUUM (ANALYZE) food;",
    check: Check::Worded(check),
};

fn check(it: &Wording<'_>, _: &Facts) -> Option<Mark> {
    let words = &it.words;
    // In its list of options, or as the old syntax has it.
    let end = words.find(")").unwrap_or(3);
    let is_full = words.is(0, "vacuum") && (1..end).any(|at| words.is(at, "full"));
    let told = if is_full { "VACUUM FULL" } else { words.is(0, "cluster").then_some("CLUSTER")? };
    Some(it.mark(format!("`{told}` rewrites what it is about"), 0))
}
