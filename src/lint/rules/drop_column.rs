//! A column that running code may still name.

use sqlparser::ast::{AlterTableOperation, Statement};

use super::super::facts::Facts;
use super::super::name::folded;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::actions_in_use;

pub(super) const RULE: Rule = Rule {
    name: "drop-column",
    concern: Concern::Migration,
    why: "code that still runs and names the column fails from then on, and its data are gone",
    remedy: "first deploy code that does not name it, then drop it and `allow` that",
    example: "ALTER TABLE food DROP COLUMN brand;",
    counterexample: "ALTER TABLE food ALTER COLUMN brand DROP NOT NULL;",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    let dropped = actions_in_use(said, facts).flat_map(|(table, action)| {
        let columns = match action {
            AlterTableOperation::DropColumn { column_names, .. } => column_names.as_slice(),
            _ => &[],
        };
        columns.iter().map(move |column| (table, column))
    });
    dropped
        .map(|(table, column)| {
            Mark::new(format!("column `{}` of `{table}` is dropped", folded(column)), column.span)
        })
        .collect()
}
