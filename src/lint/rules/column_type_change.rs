//! A column that gets another type in place.

use sqlparser::ast::{AlterColumnOperation, AlterTableOperation, Statement};

use super::super::facts::Facts;
use super::super::name::folded;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::judged;

pub(super) const RULE: Rule = Rule {
    name: "column-type-change",
    concern: Concern::Migration,
    why: "most changes of type rewrite the table and its indexes while nobody can read or write them",
    remedy: "add a column of the new type, fill it in batches, and let the code change over; `allow` it where the server rewrites nothing, as from `varchar` to `text`",
    example: "ALTER TABLE food ALTER COLUMN amount TYPE bigint;",
    counterexample: "ALTER TABLE food ADD COLUMN amount_in_full bigint;",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    judged(said, facts, |table, action| match action {
        AlterTableOperation::AlterColumn {
            column_name,
            op: AlterColumnOperation::SetDataType { data_type, .. },
        } => {
            let message = format!("column `{}` of `{table}` becomes `{data_type}`", folded(column_name));
            Some(Mark::new(message, column_name.span))
        }
        _ => None,
    })
}
