//! Rows that a constraint would refuse.

use super::super::column::Column;
use super::super::enum_type::EnumType;
use super::super::table::Table;
use super::super::unfit::{CHANGE, Complaint, Rows, listed, stands_on_what_stays};
use super::Constraint;
use crate::kind::Subject;
use crate::plan::{Hazard, Precondition};

impl Constraint {
    /// That rows which exist may be in its way.
    pub(super) fn may_fail(&self, it: &Subject) -> Hazard {
        // What is only made again was true of them before.
        let again = it.setting.live.body::<Constraint>(it.address).is_some_and(|before| before == self);
        let unfit = self.unfit(it).map(|unfit| if again { vec![] } else { unfit });
        Hazard::MayFail(it.object.to_string(), unfit)
    }

    /// None where they cannot be looked for beforehand; for an exclusion that would compare each row with each.
    fn unfit(&self, it: &Subject) -> Option<Vec<Precondition>> {
        let rows = Rows::of(&it.whole::<Table>()?.0)?;
        match self.type_ {
            'c' => self.broken_check(it, &rows).map(|broken| vec![broken]),
            'p' | 'u' => self.copies(&rows),
            'f' => self.without_target(it, &rows).map(|alone| vec![alone]),
            _ => None,
        }
    }

    fn broken_check(&self, it: &Subject, rows: &Rows) -> Option<Precondition> {
        if !stands_on_what_stays(it) {
            return None;
        }
        let definition = self.definition.to_string();
        let (condition, rest) = listed(&definition)?;
        let condition = condition.join(", ");
        let unfit = match listed(&condition) {
            Some((_, "")) if condition.starts_with('(') => format!("NOT {condition}"),
            _ => format!("NOT ({condition})"),
        };
        let table = if rest.contains("NO INHERIT") { rows.alone() } else { self.table.clone() };
        let complaint = Complaint { words: format!("that do not satisfy `{}`", self.name), remedy: CHANGE };
        Some(rows.none(table, unfit, complaint))
    }

    fn copies(&self, rows: &Rows) -> Option<Vec<Precondition>> {
        let (columns, _) = listed(&self.definition.0)?;
        columns.iter().all(|column| rows.settled_column(column).is_some()).then_some(())?;
        let copies = rows.no_two(&columns, None, self.definition.0.contains("NULLS NOT DISTINCT"));
        Some(copies.into_iter().collect())
    }

    fn without_target(&self, it: &Subject, rows: &Rows) -> Option<Precondition> {
        let definition = &self.definition.0;
        let (columns, rest) = listed(definition)?;
        let (targets, rest) = listed(rest)?;
        let mut others = it.required::<Column>().filter_map(|(column, body)| {
            let table = column.whole::<Table>()?.0;
            (body.table == table.to_string()).then_some(table)
        });
        let itself = definition.contains(&format!(" REFERENCES {}(", self.table));
        let other = if itself {
            it.whole::<Table>()?.0
        } else {
            others.find(|table| table.to_string() != self.table)?
        };
        let others = Rows::of(&other).filter(|_| sees_all(it, &other))?;
        for (column, target) in columns.iter().zip(&targets) {
            let (column, target) = (rows.settled_column(column)?, others.settled_column(target)?);
            if !are_compared_alike(it, column, target) {
                return None;
            }
        }
        let pairs =
            columns.iter().zip(&targets).map(|(column, target)| format!("other.{target} = it.{column}"));
        let pairs: Vec<_> = pairs.collect();
        let own: Vec<_> = columns.iter().map(|column| format!("it.{column}")).collect();
        let own = own.join(", ");
        let given = match rest.contains("MATCH FULL") {
            true => format!("num_nulls({own}) < {}", columns.len()),
            false => format!("num_nulls({own}) = 0"),
        };
        let unfit = format!(
            "{given} AND NOT EXISTS (SELECT FROM {} AS other WHERE {})",
            others.alone(),
            pairs.join(" AND ")
        );
        let named = if columns.len() == 1 { columns.concat() } else { format!("({})", columns.join(", ")) };
        let complaint = Complaint { words: format!("whose `{named}` is not in `{other}`"), remedy: CHANGE };
        Some(rows.none(format!("{} AS it", rows.alone()), unfit, complaint))
    }
}

/// Whether who may change the table also sees all rows of the other: a foreign key asks no policy and no privilege.
fn sees_all(it: &Subject, other: &Subject) -> bool {
    let (table, other_body) = (it.whole::<Table>().map(|(table, _)| table), other.body::<Table>());
    let same_owner = table.is_some_and(|table| table.owner() == other.owner());
    same_owner && !other_body.is_some_and(|body| body.row_security && body.force_row_security)
}

/// Whether `=` between two columns means what the key means by it, whatever the search path.
fn are_compared_alike(it: &Subject, column: &Column, target: &Column) -> bool {
    let built_in = |column: &Column| !column.type_.contains('.');
    let enumerated = || {
        let mut types = it.required::<Column>().flat_map(|(column, _)| column.required::<EnumType>());
        types.any(|(type_, _)| type_.to_string() == column.type_)
    };
    let akin = built_in(column) && built_in(target) || column.type_ == target.type_ && enumerated();
    akin && column.collation.is_none() && target.collation.is_none()
}
