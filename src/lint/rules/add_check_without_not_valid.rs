//! A check that looks at all rows at once.

use sqlparser::ast::{AlterTableOperation, Statement, TableConstraint};

use super::super::facts::Facts;
use super::super::name::span;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::judged;

pub(super) const RULE: Rule = Rule {
    name: "add-check-without-not-valid",
    concern: Concern::Migration,
    why: "all rows are looked at while nobody can read or write the table",
    remedy: "add it `NOT VALID`, and `VALIDATE CONSTRAINT` it in a later transaction, which lets others read and write",
    example: "ALTER TABLE food ADD CONSTRAINT food_named CHECK (name <> '');",
    counterexample: "ALTER TABLE food ADD CONSTRAINT food_named CHECK (name <> '') NOT VALID;",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    judged(said, facts, |table, action| match action {
        AlterTableOperation::AddConstraint {
            constraint: TableConstraint::Check(check),
            not_valid: false,
        } => {
            let place = check.name.as_ref().map_or(span(table), |name| name.span);
            Some(Mark::new(format!("a check of `{table}` is added and validated at once"), place))
        }
        _ => None,
    })
}
