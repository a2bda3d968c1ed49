//! Numbers from a sequence that only looks like a part of the column.

use sqlparser::ast::{ColumnDef, Statement};

use super::super::facts::Facts;
use super::super::name::folded;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::{columns, custom};

pub(super) const RULE: Rule = Rule {
    name: "serial-instead-of-identity",
    concern: Concern::Schema,
    why: "the sequence is an object of its own, with owner, privileges and a name that drift apart from the column",
    remedy: "use `bigint GENERATED ALWAYS AS IDENTITY`",
    example: "CREATE TABLE food (id bigint PRIMARY KEY, it bigserial);",
    counterexample: "CREATE TABLE food (id bigint PRIMARY KEY, it bigint GENERATED ALWAYS AS IDENTITY);",
    check: Check::Parsed(check),
};

fn check(said: &Statement, _: &Facts) -> Vec<Mark> {
    let serials = ["serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"];
    let counted =
        |column: &&ColumnDef| custom(&column.data_type).is_some_and(|name| serials.contains(&name.as_str()));
    columns(said)
        .filter(counted)
        .map(|column| {
            let message = format!("column `{}` is a `{}`", folded(&column.name), column.data_type);
            Mark::new(message.to_lowercase(), column.name.span)
        })
        .collect()
}
