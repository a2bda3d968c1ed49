//! A moment that depends on who reads it.

use sqlparser::ast::{DataType, Statement, TimezoneInfo};

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::typed;

pub(super) const RULE: Rule = Rule {
    name: "timestamp-without-time-zone",
    concern: Concern::Schema,
    why: "it does not say which moment is meant: clients in different time zones read it differently",
    remedy: "use `timestamptz`, which stores the moment and takes as much space",
    example: "CREATE TABLE food (id bigint PRIMARY KEY, it timestamp);",
    counterexample: "CREATE TABLE food (id bigint PRIMARY KEY, it timestamptz);",
    check: Check::Parsed(check),
};

fn check(said: &Statement, _: &Facts) -> Vec<Mark> {
    typed(said, |data_type| {
        matches!(data_type, DataType::Timestamp(_, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone))
    })
}
