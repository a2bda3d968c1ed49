//! Text whose length is a part of its type.

use sqlparser::ast::{DataType, Statement};

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::typed;

pub(super) const RULE: Rule = Rule {
    name: "varchar-with-length",
    concern: Concern::Schema,
    why: "the limit is enforced in every statement and is a change of type to raise; it saves no space",
    remedy: "use `text`, with a `CHECK` where a limit matters",
    example: "CREATE TABLE food (id bigint PRIMARY KEY, it varchar(40));",
    counterexample: "CREATE TABLE food (id bigint PRIMARY KEY, it text);",
    check: Check::Parsed(check),
};

fn check(said: &Statement, _: &Facts) -> Vec<Mark> {
    typed(said, |data_type| {
        matches!(
            data_type,
            DataType::Varchar(Some(_)) | DataType::CharacterVarying(Some(_)) | DataType::CharVarying(Some(_))
        )
    })
}
