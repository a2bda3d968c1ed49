//! Values that have no place in the type that their column shall have.

use super::{CHANGE, Complaint, Rows};
use crate::kind::Subject;
use crate::plan::Precondition;
use crate::postgres::kinds::carry::parted;
use crate::postgres::kinds::column::Column;
use crate::postgres::kinds::enum_type::EnumType;
use crate::postgres::kinds::table::Table;
use crate::postgres::quote::literal;

/// The first version that can be asked whether a text is a value of a type.
const ASKED_SINCE: u32 = 160_000;

/// The whole numbers of a type.
fn bounds(type_: &str) -> Option<(i64, i64)> {
    match type_ {
        "smallint" => Some((i16::MIN.into(), i16::MAX.into())),
        "integer" => Some((i32::MIN.into(), i32::MAX.into())),
        "bigint" => Some((i64::MIN, i64::MAX)),
        _ => None,
    }
}

fn is_text(type_: &str) -> bool {
    matches!(type_, "text" | "character varying")
}

/// That every value of a column `it` of the desired catalog, which was `old` before, has a place in its type; None where
/// that cannot be told of a value before it is tried.
pub fn misfit(it: &Subject, old: &Column) -> Option<Vec<Precondition>> {
    let new = it.body::<Column>()?;
    let rows = Rows::of(&it.whole::<Table>()?.0)?;
    let unfit = labels(it, new).or_else(|| out_of_bounds(it, old, new))?;
    if unfit.is_empty() {
        return Some(vec![]);
    }
    let complaint =
        Complaint { words: format!("whose `{}` is no `{}`", new.name, new.type_), remedy: CHANGE };
    Some(vec![rows.none(new.table.clone(), unfit, complaint)])
}

/// The values that an enumeration lacks from now on, or never had; empty where there are none.
fn labels(it: &Subject, new: &Column) -> Option<String> {
    let mut types = it.required::<EnumType>();
    let (after, body) = types.find(|(after, _)| after.to_string() == new.type_)?;
    let before = it.setting.live.body::<EnumType>(after.address);
    let was_one = it.setting.live.body::<Column>(it.address).is_some_and(|old| old.type_ == new.type_);
    let listed = |labels: &mut dyn Iterator<Item = &String>| {
        labels.map(|label| literal(label)).collect::<Vec<_>>().join(", ")
    };
    let unfit = match before.filter(|_| was_one) {
        Some(before) => {
            let gone = listed(&mut before.labels.iter().filter(|label| !body.labels.contains(label)));
            if gone.is_empty() { gone } else { format!("{}::text IN ({gone})", new.name) }
        }
        None => format!("{}::text NOT IN ({})", new.name, listed(&mut body.labels.iter())),
    };
    Some(unfit)
}

fn out_of_bounds(it: &Subject, old: &Column, new: &Column) -> Option<String> {
    let ((from, _), (to, modifiers)) = (parted(&old.type_), parted(&new.type_));
    let name = &new.name;
    let is_number =
        bounds(&from).is_some() || matches!(from.as_str(), "numeric" | "real" | "double precision");
    match to.as_str() {
        "character varying" | "character" if !from.contains(['.', '[']) => {
            let length: u32 = modifiers.parse().ok()?;
            Some(format!("char_length(rtrim({name}::text)) > {length}"))
        }
        "numeric" if is_number => {
            let (digits, scale) = modifiers.split_once(',').unwrap_or((modifiers, "0"));
            let (digits, scale) = (digits.trim().parse::<usize>().ok()?, scale.trim().parse::<usize>().ok()?);
            let limit = format!("1{}", "0".repeat(digits.checked_sub(scale)?));
            let value = format!("{name}::numeric");
            Some(format!("abs(round({value}, {scale})) >= {limit} AND {value} <> 'NaN'"))
        }
        _ if is_number => {
            let (least, most) = bounds(&to)?;
            // Floating-point numbers are rounded as their cast does it.
            let value = match from.as_str() {
                "numeric" => format!("round({name}::numeric)"),
                "real" | "double precision" => format!("round({name}::double precision)"),
                _ => name.clone(),
            };
            Some(format!("{value} NOT BETWEEN {least} AND {most}"))
        }
        _ if is_text(&from) && it.setting.live.facts.version >= ASKED_SINCE && !to.contains(['.', '[']) => {
            let (text, type_) = (format!("{name}::text"), literal(&new.type_));
            Some(format!("NOT pg_input_is_valid({text}, {type_})"))
        }
        _ => None,
    }
}
