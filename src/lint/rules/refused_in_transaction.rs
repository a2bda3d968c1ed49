//! What PostgreSQL runs outside of transactions only.

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule, Wording};

pub(super) const RULE: Rule = Rule {
    name: "refused-in-transaction",
    concern: Concern::Migration,
    why: "the server refuses it in a transaction, so that the migration fails",
    remedy: "write `-- schemadiff: no-transaction` on the line before it, and `-- schemadiff: transaction` before what follows",
    example: "CREATE INDEX CONCURRENTLY food_name_idx ON food (name);",
    counterexample: "-- schemadiff: no-transaction\n\
        CREATE INDEX CONCURRENTLY food_name_idx ON food (name);",
    check: Check::Worded(check),
};

fn check(it: &Wording<'_>, _: &Facts) -> Option<Mark> {
    let words = &it.words;
    // REFRESH MATERIALIZED VIEW CONCURRENTLY is none of them.
    let builds = words.is_any(0, &["create", "drop", "reindex"]) || words.are(0, "alter table");
    let told = if builds && words.outside_parentheses().any(|at| words.is(at, "concurrently")) {
        "CONCURRENTLY"
    } else {
        let whole = ["vacuum", "alter system", "create database", "drop database", "create tablespace"];
        whole.into_iter().chain(["drop tablespace"]).find(|phrase| words.are(0, phrase))?
    };
    let message = format!("`{}` runs in a transaction here", told.to_uppercase());
    it.in_transaction.then(|| it.mark(message, 0))
}
