//! An index that is built on a table in use.

use sqlparser::ast::Statement;

use super::super::facts::Facts;
use super::super::name::{Name, span};
use super::super::rule::{Check, Concern, Mark, Rule};

pub(super) const RULE: Rule = Rule {
    name: "create-index-not-concurrently",
    concern: Concern::Migration,
    why: "while the index is built, nobody can write to the table",
    remedy: "write `CREATE INDEX CONCURRENTLY`, below `-- schemadiff: no-transaction`",
    example: "CREATE INDEX food_name_idx ON food (name);",
    counterexample: "CREATE INDEX CONCURRENTLY food_name_idx ON food (name);\n\
        CREATE TABLE meal (id bigint PRIMARY KEY, name text);\n\
        CREATE INDEX ON meal (name);",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    match said {
        Statement::CreateIndex(made) if !made.concurrently && !facts.creates(&Name::of(&made.table_name)) => {
            vec![Mark::new(
                format!("an index on `{}` is built at once", made.table_name),
                span(&made.table_name),
            )]
        }
        _ => Vec::new(),
    }
}
