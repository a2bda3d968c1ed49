//! A column that existing rows cannot have.

use sqlparser::ast::{ColumnOption, Statement};

use super::super::facts::Facts;
use super::super::name::folded;
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::{actions_in_use, added_column, custom};

pub(super) const RULE: Rule = Rule {
    name: "required-column-without-default",
    concern: Concern::Migration,
    why: "it fails as soon as the table holds a row, and running code that leaves the column out fails from then on",
    remedy: "give it a `DEFAULT`, or add it nullable, fill it, and set NOT NULL later",
    example: "ALTER TABLE food ADD COLUMN unit text NOT NULL;",
    counterexample: "ALTER TABLE food ADD COLUMN unit text NOT NULL DEFAULT 'g';",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    let filled =
        |option: &ColumnOption| matches!(option, ColumnOption::Default(_) | ColumnOption::Generated { .. });
    let added =
        actions_in_use(said, facts).filter_map(|(table, action)| Some((table, added_column(action)?)));
    let required = added.filter(|(_, column)| {
        let options = || column.options.iter().map(|option| &option.option);
        let counts = custom(&column.data_type).is_some_and(|name| name.contains("serial"));
        options().any(|option| matches!(option, ColumnOption::NotNull)) && !options().any(filled) && !counts
    });
    required
        .map(|(table, column)| {
            let message =
                format!("column `{}` of `{table}` is NOT NULL, and has no default", folded(&column.name));
            Mark::new(message, column.name.span)
        })
        .collect()
}
