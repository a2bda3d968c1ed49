//! A unique or primary key whose index is built under the strongest lock.

use sqlparser::ast::{AlterTableOperation, Statement, TableConstraint};

use super::super::facts::Facts;
use super::super::name::span;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::judged;

pub(super) const RULE: Rule = Rule {
    name: "add-unique-without-index",
    concern: Concern::Migration,
    why: "its index is built while nobody can read or write the table",
    remedy: "build a unique index with `CREATE UNIQUE INDEX CONCURRENTLY`, then add the constraint `USING INDEX`",
    example: "ALTER TABLE food ADD CONSTRAINT food_name_key UNIQUE (name);",
    counterexample: "ALTER TABLE food ADD CONSTRAINT food_name_key UNIQUE USING INDEX food_name_key;",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    judged(said, facts, |table, action| match action {
        AlterTableOperation::AddConstraint { constraint: TableConstraint::Unique(_), .. } => {
            Some(Mark::new(format!("a unique constraint of `{table}` builds its index"), span(table)))
        }
        AlterTableOperation::AddConstraint { constraint: TableConstraint::PrimaryKey(_), .. } => {
            Some(Mark::new(format!("the primary key of `{table}` builds its index"), span(table)))
        }
        _ => None,
    })
}
