//! Values of a domain, in the columns of whatever table.

use super::{CHANGE, Complaint, Rows, listed};
use crate::kind::Subject;
use crate::plan::Precondition;
use crate::postgres::kinds::column::Column;
use crate::postgres::kinds::domain::Domain;
use crate::postgres::kinds::table::Table;

/// That no column of a domain, or of a domain over it, holds a value that breaks this constraint: its name, and `CHECK (…)`,
/// as the server prints it, or `NOT NULL`. None where one of the tables cannot be looked at beforehand.
pub fn misfits(domain: &Subject, (called, constraint): (&str, &str)) -> Option<Vec<Precondition>> {
    let mut found = vec![];
    for &(user, tie) in domain.catalog.dependents(domain.index) {
        let user = Subject::new(domain.catalog, user, domain.setting);
        if user.body::<Domain>().is_some() {
            found.extend(misfits(&user, (called, constraint))?);
        } else if let Some(column) = user.body::<Column>()
            && !tie.is_part()
            && column.type_ == domain.to_string()
            && !column.inherited.0
            && !user.is_new()
        {
            found.push(misfit(&user, column, (called, constraint))?);
        }
    }
    Some(found)
}

fn misfit(it: &Subject, column: &Column, (called, constraint): (&str, &str)) -> Option<Precondition> {
    let rows = Rows::of(&it.whole::<Table>()?.0)?;
    it.setting.live.body::<Column>(it.address).filter(|before| before.type_ == column.type_)?;
    let name = &column.name;
    let unfit = match constraint.starts_with("CHECK") {
        // VALUE is the name of a column like any other.
        true => {
            let condition = listed(constraint)?.0.join(", ");
            let value = format!("(SELECT {condition} FROM (SELECT it.{name}) AS domain (value))");
            format!("NOT {value}")
        }
        false => format!("it.{name} IS NULL"),
    };
    let complaint =
        Complaint { words: format!("whose `{name}` does not satisfy `{called}`"), remedy: CHANGE };
    Some(rows.none(format!("{} AS it", column.table), unfit, complaint))
}
