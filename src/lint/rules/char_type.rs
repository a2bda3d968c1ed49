//! Text that is padded with blanks.

use sqlparser::ast::{DataType, Statement};

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::{custom, typed};

pub(super) const RULE: Rule = Rule {
    name: "char-type",
    concern: Concern::Schema,
    why: "values are padded with blanks, which count in some comparisons and not in others; it is no faster",
    remedy: "use `text`, with a `CHECK` on the length where it is fixed",
    example: "CREATE TABLE food (id bigint PRIMARY KEY, it char(3));",
    counterexample: "CREATE TABLE food (id bigint PRIMARY KEY, it text);",
    check: Check::Parsed(check),
};

fn check(said: &Statement, _: &Facts) -> Vec<Mark> {
    typed(said, |data_type| {
        matches!(data_type, DataType::Char(_) | DataType::Character(_))
            || custom(data_type).is_some_and(|name| name == "bpchar")
    })
}
