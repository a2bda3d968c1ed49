//! Columns that are filled as they are added, where PostgreSQL refuses that in one statement: rows of the table lie inside
//! of other values.

use super::column::Column;
use super::stored::is_stored;
use super::table::{Table, past_policies};
use crate::kind::Subject;
use crate::plan::{Hazard, Step};
use crate::postgres::guard;

/// Adds the column empty and then fills it, if it has to be filled and rows of its table, or of one that has it from
/// there, lie elsewhere. A generated column cannot be added so.
pub fn added_and_filled(column: &Column, it: &Subject) -> Option<Step> {
    let stored = |part: &Subject| {
        part.whole::<Table>().is_some_and(|(table, _)| is_stored(it.setting.live, table.address))
    };
    if !stored(it) && !it.all_parts::<Column>().any(|(heir, _)| stored(&heir)) {
        return None;
    }
    let (table, name) = (&column.table, &column.name);
    let alter = |action: String| format!("ALTER TABLE {table} ALTER COLUMN {name} {action}");
    let fill = format!("UPDATE {table} SET {name} = DEFAULT");
    let mut statements = vec![format!("ALTER TABLE {table} ADD COLUMN {name} {}", column.typed())];
    if let Some(identity) = column.identity_clause(it) {
        statements.push(format!("UPDATE {table} SET {name} = 0"));
        statements.push(alter("SET NOT NULL".into()));
        statements.push(alter(format!("ADD {identity}")));
        statements.push(fill);
    } else {
        let (_, default) = column.own_default(it)?;
        statements.push(alter(format!("SET DEFAULT {}", default.expression)));
        statements.push(fill);
        if column.not_null {
            statements.push(alter("SET NOT NULL".into()));
        }
    }
    if let Some((whole, _)) = it.whole::<Table>() {
        statements = past_policies(&whole, statements);
    }
    let add = guard::unless_column(table, name, &statements.join(";\n"));
    Some(add.hazard(Hazard::RewritesTable(format!("table {table}"))))
}
