//! What statements say together: which tables they make, which keys and indexes there are.

use std::collections::{HashMap, HashSet};

use sqlparser::ast::{
    AlterTableOperation, ColumnOption, Expr, IndexColumn, IndexType, Statement, TableConstraint,
};

use super::Read;
use super::name::{Name, folded};
use super::shape::actions;

/// Facts about tables, found by their names.
#[derive(Default)]
pub(super) struct Facts {
    created: HashMap<String, Vec<Name>>,
    primary: HashMap<String, Vec<Name>>,
    indexes: HashMap<String, Vec<(Name, Vec<String>)>>,
    never_null: HashMap<String, Vec<(Name, String)>>,
    /// All words of what could not be read.
    unread: HashSet<String>,
}

impl Facts {
    pub fn of<'a>(statements: impl IntoIterator<Item = &'a Read>) -> Facts {
        let mut facts = Facts::default();
        for read in statements {
            facts.unread.extend(read.words.iter().cloned());
            if let Some(said) = &read.said {
                facts.take(said);
            }
        }
        facts
    }

    /// Whether the table is made by one of the statements.
    pub fn creates(&self, table: &Name) -> bool {
        let named = self.created.get(&table.name);
        named.is_some_and(|all| all.iter().any(|one| one.may_be(table)))
    }

    /// Whether the table has a primary key, as far as can be told.
    pub fn has_primary_key(&self, table: &Name) -> bool {
        let named = self.primary.get(&table.name);
        self.unread.contains(&table.name) || named.is_some_and(|all| all.iter().any(|one| one.may_be(table)))
    }

    /// Whether an index leads with these columns, in any order, as far as can be told.
    pub fn has_index(&self, table: &Name, columns: &[String]) -> bool {
        let leads = |index: &[String]| {
            let first = index.get(..columns.len());
            first.is_some_and(|first| columns.iter().all(|column| first.contains(column)))
        };
        let named = self.indexes.get(&table.name);
        self.unread.contains(&table.name)
            || named.is_some_and(|all| all.iter().any(|(of, index)| of.may_be(table) && leads(index)))
    }

    /// Whether a check says that the column is never null, as far as can be told.
    pub fn never_null(&self, table: &Name, column: &str) -> bool {
        let named = self.never_null.get(&table.name);
        self.unread.contains(&table.name)
            || named.is_some_and(|all| all.iter().any(|(of, one)| of.may_be(table) && one == column))
    }

    fn take(&mut self, said: &Statement) {
        match said {
            Statement::CreateTable(created) => {
                let table = Name::of(&created.name);
                self.created.entry(table.name.clone()).or_default().push(table.clone());
                for column in &created.columns {
                    for option in &column.options {
                        self.column(&table, &folded(&column.name), &option.option);
                    }
                }
                created.constraints.iter().for_each(|constraint| self.constraint(&table, constraint));
            }
            Statement::CreateIndex(created) if searches(created.using.as_ref()) => {
                let columns = plain(&created.columns);
                if created.predicate.as_ref().is_none_or(|predicate| spares_nulls(predicate, &columns)) {
                    self.index(&Name::of(&created.table_name), columns);
                }
            }
            _ => {}
        }
        for (table, action) in actions(said) {
            let table = Name::of(table);
            match action {
                AlterTableOperation::AddConstraint { constraint, .. } => self.constraint(&table, constraint),
                AlterTableOperation::AddColumn { column_def, .. } => {
                    for option in &column_def.options {
                        self.column(&table, &folded(&column_def.name), &option.option);
                    }
                }
                _ => {}
            }
        }
    }

    fn column(&mut self, table: &Name, column: &str, option: &ColumnOption) {
        match option {
            ColumnOption::PrimaryKey(_) => self.key(table, vec![column.to_owned()]),
            ColumnOption::Unique(_) => self.index(table, vec![column.to_owned()]),
            _ => {}
        }
    }

    fn constraint(&mut self, table: &Name, constraint: &TableConstraint) {
        match constraint {
            TableConstraint::PrimaryKey(key) => self.key(table, plain(&key.columns)),
            TableConstraint::PrimaryKeyUsingIndex(_) => self.key(table, Vec::new()),
            TableConstraint::Unique(unique) => self.index(table, plain(&unique.columns)),
            TableConstraint::Check(check) => {
                if let Some(column) = not_null(&check.expr) {
                    self.never_null.entry(table.name.clone()).or_default().push((table.clone(), column));
                }
            }
            _ => {}
        }
    }

    fn key(&mut self, table: &Name, columns: Vec<String>) {
        self.primary.entry(table.name.clone()).or_default().push(table.clone());
        self.index(table, columns);
    }

    fn index(&mut self, table: &Name, columns: Vec<String>) {
        self.indexes.entry(table.name.clone()).or_default().push((table.clone(), columns));
    }
}

/// The columns up to the first expression: behind it, an index is of no use by itself.
fn plain(columns: &[IndexColumn]) -> Vec<String> {
    let names = columns.iter().map_while(|one| match &one.column.expr {
        Expr::Identifier(column) => Some(folded(column)),
        _ => None,
    });
    names.collect()
}

/// Whether an index of this method finds rows by equality.
fn searches(method: Option<&IndexType>) -> bool {
    matches!(method, None | Some(IndexType::BTree | IndexType::Hash))
}

/// A foreign key never looks for null.
fn spares_nulls(predicate: &Expr, columns: &[String]) -> bool {
    not_null(predicate).is_some_and(|column| columns.first() == Some(&column))
}

/// The column that an expression says is not null.
fn not_null(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Nested(inner) => not_null(inner),
        Expr::IsNotNull(inner) => match inner.as_ref() {
            Expr::Identifier(column) => Some(folded(column)),
            _ => None,
        },
        _ => None,
    }
}
