//! A foreign key that looks at all rows at once.

use sqlparser::ast::{AlterTableOperation, Statement, TableConstraint};

use super::super::facts::Facts;
use super::super::name::span;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::judged;

pub(super) const RULE: Rule = Rule {
    name: "add-foreign-key-without-not-valid",
    concern: Concern::Migration,
    why: "all rows are looked at while nobody can write to either table",
    remedy: "add it `NOT VALID`, and `VALIDATE CONSTRAINT` it in a later transaction, which lets others write",
    example: "ALTER TABLE food ADD CONSTRAINT food_by FOREIGN KEY (by) REFERENCES account (id);",
    counterexample: "ALTER TABLE food ADD CONSTRAINT food_by FOREIGN KEY (by) REFERENCES account (id) NOT VALID;\n\
        ALTER TABLE food VALIDATE CONSTRAINT food_by;",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    judged(said, facts, |table, action| match action {
        AlterTableOperation::AddConstraint {
            constraint: TableConstraint::ForeignKey(key),
            not_valid: false,
        } => {
            let place = key.columns.first().map_or(span(table), |column| column.span);
            Some(Mark::new(format!("a foreign key of `{table}` is added and validated at once"), place))
        }
        _ => None,
    })
}
