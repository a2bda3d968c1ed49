//! A table whose rows have no identity.

use sqlparser::ast::Statement;

use super::super::facts::Facts;
use super::super::name::{Name, span};
use super::super::rule::{Check, Concern, Mark, Rule};

pub(super) const RULE: Rule = Rule {
    name: "table-without-primary-key",
    concern: Concern::Schema,
    why: "single rows cannot be told apart, and logical replication cannot change them",
    remedy: "add a primary key, such as `id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY`",
    example: "CREATE TABLE food (name text);",
    counterexample: "CREATE TABLE food (name text PRIMARY KEY);\n\
        CREATE TABLE meal (name text);\n\
        ALTER TABLE ONLY public.meal ADD CONSTRAINT meal_pkey PRIMARY KEY (name);",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    match said {
        Statement::CreateTable(table)
            if !table.temporary
                && table.partition_of.is_none()
                && table.inherits.is_none()
                && table.like.is_none()
                && table.query.is_none()
                && !facts.has_primary_key(&Name::of(&table.name)) =>
        {
            vec![Mark::new(format!("table `{}` has no primary key", table.name), span(&table.name))]
        }
        _ => Vec::new(),
    }
}
