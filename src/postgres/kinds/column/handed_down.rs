//! Columns that a table has of its own and shall have from its parent alone. When a parent is given a column that its heir
//! has already, the server merges the two, and the heir keeps it as its own as well: no statement takes that away. So the
//! heir's own column makes room, and its values move into the one that is handed down.

use super::{Column, reaches};
use crate::catalog::{Catalog, Object};
use crate::kind::Subject;
use crate::plan::{Hazard, Step};
use crate::postgres::guard;
use crate::postgres::kinds::aside::{OtherName, aside_name};
use crate::postgres::kinds::rule::Rule;
use crate::postgres::kinds::table::{Table, past_policies};
use crate::postgres::kinds::trigger::Trigger;

/// Adds the column to the parent while the columns of heirs stand aside; None where none has to. What is read or written
/// by others, and what is too large to be written anew, stays the heir's own as well.
pub fn handed_down(column: &Column, it: &Subject) -> Option<Step> {
    let heirs = it.parts::<Column>();
    let moving: Vec<(&Column, OtherName, &Subject)> = heirs
        .iter()
        .filter(|(heir, body)| reaches(&column.table, heir) && moves(body, heir))
        .filter_map(|(heir, body)| Some((*body, aside_name(heir)?, heir)))
        .collect();
    if moving.is_empty() {
        return None;
    }
    let each = |statement: fn(&Column, &OtherName) -> String| {
        moving.iter().map(move |(heir, other, _)| statement(heir, other)).collect::<Vec<_>>()
    };
    let away = |heir: &Column, other: &OtherName| {
        format!("ALTER TABLE {} RENAME COLUMN {} TO {}", heir.table, heir.name, other.spelled)
    };
    let carry = |(heir, other, it): &(&Column, OtherName, &Subject)| {
        let fill = vec![format!("UPDATE {} SET {} = {}", heir.table, heir.name, other.spelled)];
        match it.whole::<Table>() {
            Some((table, _)) => past_policies(&table, fill),
            None => fill,
        }
    };
    let remove = |heir: &Column, other: &OtherName| {
        format!("ALTER TABLE {} DROP COLUMN {}", heir.table, other.spelled)
    };
    let add = format!("ALTER TABLE {} ADD COLUMN {}", column.table, column.clause(it));
    let carried = moving.iter().flat_map(carry).collect();
    let statements = [each(away), vec![add], carried, each(remove)].concat();
    let add = guard::unless_column(&column.table, &column.name, &statements.join(";\n"));
    let rewritten = moving.iter().map(|(heir, ..)| Hazard::RewritesTable(heir.rows()));
    Some(rewritten.fold(add, Step::hazard))
}

/// Whether nothing but its values has to be taken along, and nobody notices that they are.
fn moves(column: &Column, heir: &Subject) -> bool {
    let (live, desired) = (heir.setting.live, heir.catalog);
    let Some(index) = live.objects.get_index_of(heir.address) else { return false };
    let before = Subject::new(live, index, heir.setting);
    let Some((table, _)) = before.whole::<Table>() else { return false };
    let is_watched =
        table.all_parts::<Trigger>().next().is_some() || table.all_parts::<Rule>().next().is_some();
    let own = before.body::<Column>().is_some_and(|own| own.local.0 && !own.inherited.0 && own == column);
    own && !column.local.0
        && column.takes_default()
        && !column.not_null
        && column.finish(heir).is_empty()
        && is_bare(live, index)
        && is_bare(desired, heir.index)
        && !is_watched
        && !table.is_busy()
}

/// Whether it has values, and nothing else.
fn is_bare(catalog: &Catalog, index: usize) -> bool {
    let Object { comment, privileges, labels, kept, .. } = catalog.at(index).1;
    let is_granted = privileges.is_some() || kept.privileges.iter().any(Option::is_some);
    let mut dependents = catalog.dependents(index).iter().map(|&(dependent, _)| catalog.at(dependent).1);
    let is_used = dependents.any(|dependent| !dependent.body.entry().link);
    comment.is_none() && !is_granted && labels.is_empty() && !is_used
}
