//! A table or column that running code may still call by its old name.

use sqlparser::ast::{AlterTableOperation, Statement};

use super::super::facts::Facts;
use super::super::name::{folded, span};
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::judged;

pub(super) const RULE: Rule = Rule {
    name: "rename-in-use",
    concern: Concern::Migration,
    why: "code that still runs and uses the old name fails from then on",
    remedy: "keep the old name alive until the code has changed over: a view of the old name, or a second column that a trigger fills",
    example: "ALTER TABLE food RENAME COLUMN brand TO maker;\n\
        ALTER TABLE food RENAME TO foods;",
    counterexample: "ALTER TABLE food RENAME CONSTRAINT a TO b;",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    judged(said, facts, |table, action| match action {
        AlterTableOperation::RenameColumn { old_column_name: old, .. } => {
            Some(Mark::new(format!("column `{}` of `{table}` is renamed", folded(old)), old.span))
        }
        AlterTableOperation::RenameTable { .. } => {
            Some(Mark::new(format!("table `{table}` is renamed"), span(table)))
        }
        _ => None,
    })
}
