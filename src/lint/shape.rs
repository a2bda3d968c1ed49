//! What many rules look for in a statement: columns and their types, actions of ALTER TABLE, foreign keys.

use sqlparser::ast::{
    AlterTableOperation, ArrayElemTypeDef, ColumnDef, ColumnOption, DataType, Ident, ObjectName, Statement,
    TableConstraint,
};
use sqlparser::tokenizer::Span;

use super::facts::Facts;
use super::name::{Name, folded, span};
use super::rule::Mark;

/// The table that a statement alters, and each thing it does to it.
pub(super) fn actions(said: &Statement) -> impl Iterator<Item = (&ObjectName, &AlterTableOperation)> {
    let altered = match said {
        Statement::AlterTable(altered) => Some(altered),
        _ => None,
    };
    altered.into_iter().flat_map(|altered| altered.operations.iter().map(|action| (&altered.name, action)))
}

/// As [`actions`], but of tables that were there before: nobody waits for one that is new.
pub(super) fn actions_in_use<'a>(
    said: &'a Statement,
    facts: &'a Facts,
) -> impl Iterator<Item = (&'a ObjectName, &'a AlterTableOperation)> {
    actions(said).filter(|(table, _)| !facts.creates(&Name::of(table)))
}

/// The columns that a statement makes.
pub(super) fn columns(said: &Statement) -> impl Iterator<Item = &ColumnDef> {
    let created = match said {
        Statement::CreateTable(created) => created.columns.as_slice(),
        _ => &[],
    };
    created.iter().chain(actions(said).filter_map(|(_, action)| added_column(action)))
}

/// The column that an action adds.
pub(super) fn added_column(action: &AlterTableOperation) -> Option<&ColumnDef> {
    match action {
        AlterTableOperation::AddColumn { column_def, .. } => Some(column_def),
        _ => None,
    }
}

/// A mark at every column whose type, or whose elements' type, is one of these.
pub(super) fn typed(said: &Statement, wanted: fn(&DataType) -> bool) -> Vec<Mark> {
    let found = columns(said).filter(|column| wanted(element(&column.data_type)));
    found
        .map(|column| {
            let written = element(&column.data_type).to_string().to_lowercase();
            Mark::new(format!("column `{}` is of type `{written}`", folded(&column.name)), column.name.span)
        })
        .collect()
}

/// The name of a type that the parser does not know.
pub(super) fn custom(data_type: &DataType) -> Option<String> {
    match data_type {
        DataType::Custom(name, _) => Some(Name::of(name).name),
        _ => None,
    }
}

fn element(data_type: &DataType) -> &DataType {
    match data_type {
        DataType::Array(
            ArrayElemTypeDef::SquareBracket(inner, _) | ArrayElemTypeDef::Qualified(inner, _),
        ) => element(inner),
        other => other,
    }
}

/// A foreign key of a table.
pub(super) struct ForeignKey {
    pub table: Name,
    pub columns: Vec<String>,
    pub span: Span,
}

/// The foreign keys that a statement makes.
pub(super) fn foreign_keys(said: &Statement) -> Vec<ForeignKey> {
    let mut found = Vec::new();
    let mut of_columns = |table: &ObjectName, columns: &[&ColumnDef]| {
        for column in columns {
            if column.options.iter().any(|one| matches!(one.option, ColumnOption::ForeignKey(_))) {
                let columns = vec![folded(&column.name)];
                found.push(ForeignKey { table: Name::of(table), columns, span: column.name.span });
            }
        }
    };
    let mut constraints: Vec<(&ObjectName, &TableConstraint)> = Vec::new();
    if let Statement::CreateTable(created) = said {
        of_columns(&created.name, &created.columns.iter().collect::<Vec<_>>());
        constraints.extend(created.constraints.iter().map(|constraint| (&created.name, constraint)));
    }
    for (table, action) in actions(said) {
        of_columns(table, &added_column(action).into_iter().collect::<Vec<_>>());
        if let AlterTableOperation::AddConstraint { constraint, .. } = action {
            constraints.push((table, constraint));
        }
    }
    for (table, constraint) in constraints {
        if let TableConstraint::ForeignKey(key) = constraint {
            let columns = key.columns.iter().map(folded).collect();
            let span = key.columns.first().map_or(span(table), |first: &Ident| first.span);
            found.push(ForeignKey { table: Name::of(table), columns, span });
        }
    }
    found
}

/// What `judge` finds in what a statement does to a table that was there before.
pub(super) fn judged(
    said: &Statement,
    facts: &Facts,
    judge: impl Fn(&ObjectName, &AlterTableOperation) -> Option<Mark>,
) -> Vec<Mark> {
    actions_in_use(said, facts).filter_map(|(table, action)| judge(table, action)).collect()
}
