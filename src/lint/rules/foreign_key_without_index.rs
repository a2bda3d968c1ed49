//! A foreign key that no index helps.

use sqlparser::ast::Statement;

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::foreign_keys;

pub(super) const RULE: Rule = Rule {
    name: "foreign-key-without-index",
    concern: Concern::Schema,
    why: "whoever deletes a referenced row, or changes its key, waits for a scan of the whole referencing table",
    remedy: "create an index that begins with the columns of the foreign key",
    example: "CREATE TABLE food (id bigint PRIMARY KEY, made_by bigint REFERENCES account);",
    counterexample: "CREATE TABLE food (id bigint PRIMARY KEY, made_by bigint REFERENCES account);\n\
        CREATE INDEX ON food (made_by, id) WHERE made_by IS NOT NULL;",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    let without = foreign_keys(said).into_iter().filter(|key| !facts.has_index(&key.table, &key.columns));
    without
        .map(|key| {
            let columns = key.columns.join(", ");
            let message = format!("no index of `{}` begins with `{columns}`, a foreign key", key.table.name);
            Mark::new(message, key.span)
        })
        .collect()
}
