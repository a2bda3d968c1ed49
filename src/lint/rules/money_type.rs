//! Amounts whose currency is a setting.

use sqlparser::ast::Statement;

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::{custom, typed};

pub(super) const RULE: Rule = Rule {
    name: "money-type",
    concern: Concern::Schema,
    why: "its digits and its currency follow a setting of the session, so that a dump may be restored as other amounts",
    remedy: "use `numeric`, and a column for the currency",
    example: "CREATE TABLE food (id bigint PRIMARY KEY, it money);",
    counterexample: "CREATE TABLE food (id bigint PRIMARY KEY, it numeric(12,2));",
    check: Check::Parsed(check),
};

fn check(said: &Statement, _: &Facts) -> Vec<Mark> {
    typed(said, |data_type| custom(data_type).is_some_and(|name| name == "money"))
}
