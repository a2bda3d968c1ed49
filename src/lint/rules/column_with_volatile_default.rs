//! A default that rewrites the table.

use sqlparser::ast::{ColumnOption, Expr, Statement};

use super::super::facts::Facts;
use super::super::name::{Name, folded};
use super::super::rule::{Check, Concern, Mark, Rule};
use super::super::shape::{actions_in_use, added_column};
use crate::postgres::volatile::FUNCTIONS;

pub(super) const RULE: Rule = Rule {
    name: "column-with-volatile-default",
    concern: Concern::Migration,
    why: "every row gets a value of its own, so the table is rewritten while nobody can read or write it",
    remedy: "add the column without it, set the default for new rows, and fill the others in batches",
    example: "ALTER TABLE food ADD COLUMN code uuid DEFAULT gen_random_uuid();",
    counterexample: "ALTER TABLE food ADD COLUMN code uuid;\n\
        ALTER TABLE food ALTER COLUMN code SET DEFAULT gen_random_uuid();\n\
        ALTER TABLE food ADD COLUMN made timestamptz DEFAULT now();",
    check: Check::Parsed(check),
};

fn check(said: &Statement, facts: &Facts) -> Vec<Mark> {
    let volatile = |option: &ColumnOption| match option {
        ColumnOption::Default(Expr::Function(call)) => {
            FUNCTIONS.contains(&Name::of(&call.name).name.as_str())
        }
        _ => false,
    };
    let added =
        actions_in_use(said, facts).filter_map(|(table, action)| Some((table, added_column(action)?)));
    added
        .filter(|(_, column)| column.options.iter().any(|option| volatile(&option.option)))
        .map(|(table, column)| {
            let message = format!("the default of column `{}` rewrites `{table}`", folded(&column.name));
            Mark::new(message, column.name.span)
        })
        .collect()
}
