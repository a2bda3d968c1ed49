//! JSON that is kept as text.

use sqlparser::ast::{DataType, Statement};

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::typed;

pub(super) const RULE: Rule = Rule {
    name: "json-instead-of-jsonb",
    concern: Concern::Schema,
    why: "the text is parsed again at every use, and has no equality: DISTINCT, GROUP BY and indexes do not work on it",
    remedy: "use `jsonb`, unless blanks, the order of keys and repeated keys are to be kept",
    example: "CREATE TABLE food (id bigint PRIMARY KEY, it json);",
    counterexample: "CREATE TABLE food (id bigint PRIMARY KEY, it jsonb);",
    check: Check::Parsed(check),
};

fn check(said: &Statement, _: &Facts) -> Vec<Mark> {
    typed(said, |data_type| matches!(data_type, DataType::JSON))
}
