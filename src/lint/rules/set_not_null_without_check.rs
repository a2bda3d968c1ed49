//! NOT NULL that looks at all rows at once.

use sqlparser::ast::{AlterColumnOperation, AlterTableOperation, Statement};

use super::super::facts::Facts;
use super::super::name::{Name, folded};
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::judged;

pub(super) const RULE: Rule = Rule {
    name: "set-not-null-without-check",
    concern: Concern::Migration,
    why: "all rows are looked at while nobody can read or write the table",
    remedy: "first add `CHECK (… IS NOT NULL) NOT VALID` and validate it: the server then trusts it and looks at no row",
    example: "ALTER TABLE food ALTER COLUMN name SET NOT NULL;",
    counterexample: "ALTER TABLE food ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID;\n\
        ALTER TABLE food VALIDATE CONSTRAINT named;\n\
        ALTER TABLE food ALTER COLUMN name SET NOT NULL;",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    judged(said, facts, |table, action| match action {
        AlterTableOperation::AlterColumn { column_name, op: AlterColumnOperation::SetNotNull } => {
            let column = folded(column_name);
            let spared = facts.never_null(&Name::of(table), &column);
            let message = format!("column `{column}` of `{table}` becomes NOT NULL at once");
            (!spared).then(|| Mark::new(message, column_name.span))
        }
        _ => None,
    })
}
