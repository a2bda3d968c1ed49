//! Rows that have no value where one is demanded.

use super::super::base_type::BaseType;
use super::super::domain::Domain;
use super::super::table::Table;
use super::super::unfit::{CHANGE, Complaint, Rows};
use super::Column;
use crate::kind::Subject;
use crate::plan::Precondition;
use crate::postgres::quote::literal;

impl Column {
    /// That its table has no rows, as none has a value for this new column.
    pub(super) fn rows_without(&self, it: &Subject) -> Option<Vec<Precondition>> {
        let rows = Rows::of(&it.whole::<Table>()?.0)?;
        // What is there already, or may be there among children, or has a default in its type, is another matter.
        let may_be_filled =
            it.required::<Domain>().next().is_some() || it.required::<BaseType>().next().is_some();
        if it.setting.live.objects.contains_key(it.address) || rows.has_heirs() || may_be_filled {
            return None;
        }
        let absent = format!(
            "NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = {}::regclass AND attname = {})",
            literal(&self.table),
            literal(it.address.names.last()?)
        );
        let complaint = Complaint {
            words: format!("that have no value for the new column `{}`", self.name),
            remedy: "give the column a default, or let it be NULL until a migration has filled it, and generate this one again",
        };
        Some(vec![rows.none(self.table.clone(), absent, complaint)])
    }

    /// That no row lacks a value.
    pub fn nulls(&self, it: &Subject) -> Option<Vec<Precondition>> {
        let rows = Rows::of(&it.whole::<Table>()?.0)?;
        it.setting.live.body::<Column>(it.address).filter(|_| !it.is_new())?;
        let complaint = Complaint { words: format!("without `{}`", self.name), remedy: CHANGE };
        let unfit = format!("{} IS NULL", self.name);
        let alone = self.not_null_constraint.as_ref().is_some_and(|own| own.no_inherit);
        let table = if alone { rows.alone() } else { self.table.clone() };
        Some(vec![rows.none(table, unfit, complaint)])
    }
}
