//! A lock that a statement takes for its own sake.

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule, Wording};

pub(super) const RULE: Rule = Rule {
    name: "lock-table",
    concern: Concern::Migration,
    why: "others wait for the table until the transaction ends, however little of it needs the lock",
    remedy: "leave it out: each statement takes the weakest lock that it needs; `allow` it where nothing may change in between",
    example: "LOCK TABLE food;",
    counterexample: "LOCK TABLE food IN ROW EXCLUSIVE MODE;",
    check: Check::Worded(check),
};

/// Modes under which others read and write.
const HARMLESS: [&str; 4] =
    ["in access share mode", "in row share mode", "in row exclusive mode", "in share update exclusive mode"];

fn check(it: &Wording<'_>, facts: &Facts) -> Option<Mark> {
    let table = it.words.is(0, "lock").then(|| it.table_in_use(1, facts))??;
    let lets_work = HARMLESS.iter().any(|mode| (1..it.words.count()).any(|at| it.words.are(at, mode)));
    (!lets_work).then(|| it.mark(format!("table `{table}` is locked"), 0))
}
