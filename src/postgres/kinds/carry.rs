//! How values go over from a type that waits to its successor: through their text, which every type can write and
//! read, unless a cast knows better.

use super::collation::Collation;
use super::composite_attribute::CompositeAttribute;
use super::composite_type::CompositeType;
use super::domain::Domain;
use crate::catalog::{Address, Tie};
use crate::kind::{Kind, Setting, Subject};

/// A type as the server spells it, without its modifiers, and those.
pub fn parted(type_: &str) -> (String, &str) {
    match (type_.find('('), type_.find(')')) {
        (Some(open), Some(close)) => {
            (format!("{}{}", &type_[..open], &type_[close + 1..]), &type_[open + 1..close])
        }
        _ => (type_.to_owned(), ""),
    }
}

/// Where PostgreSQL itself casts between two types without their modifiers, if it does.
fn context(setting: &Setting, from: &str, to: &str) -> Option<char> {
    let pair = (from.to_owned(), to.to_owned());
    [setting.live, setting.desired].into_iter().find_map(|catalog| catalog.facts.casts.get(&pair).copied())
}

fn is_textual(type_: &str) -> bool {
    matches!(type_, "text" | "character varying" | "character" | "name" | "\"char\"")
}

/// Whether values of any of these types, paired as they are and as they shall be, can be compared with those of any other.
pub fn are_akin(types: &[(&str, &str)]) -> bool {
    let integer = |type_: &str| matches!(type_, "smallint" | "integer" | "bigint");
    let text = |type_: &str| matches!(parted(type_).0.as_str(), "text" | "character varying");
    let all = |akin: &dyn Fn(&str) -> bool| types.iter().all(|(from, to)| akin(from) && akin(to));
    !types.is_empty() && (all(&integer) || all(&text))
}

/// Whether PostgreSQL itself casts between two types, as it spells them with their modifiers.
pub fn is_castable(setting: &Setting, from: &str, to: &str) -> bool {
    let ((from, _), (to, _)) = (parted(from), parted(to));
    from == to || is_textual(&from) || is_textual(&to) || context(setting, &from, &to).is_some()
}

/// Whether values go from this type to that of the desired object `it`, which waits under another name when the file is run
/// again: between the two there is no cast, but text goes over to itself.
pub fn goes_by_text_to_replaced(it: &Subject, from: &str) -> bool {
    let is_replaced = |address: &Address| {
        let setting = it.setting;
        address.class == "type"
            && setting.made.contains(address)
            && setting.live.objects.contains_key(address)
    };
    let mut required = it.catalog.requirements(it.index).iter().filter(|(_, tie)| *tie == Tie::Needs);
    is_textual(&parted(from).0) && required.any(|&(required, _)| is_replaced(it.catalog.at(required).0))
}

/// `value`, of one type, as one of another. What would be cut off where it is cast is refused where it is assigned.
pub fn carried(setting: &Setting, value: &str, from: &str, to: &str) -> String {
    if !is_castable(setting, from, to) {
        return format!("{value}::text::{to}");
    }
    let (bare, length) = parted(to);
    let cut_off =
        matches!(bare.trim_end_matches("[]"), "character varying" | "character") && !length.is_empty();
    if cut_off { value.to_owned() } else { format!("{value}::{to}") }
}

/// Whether PostgreSQL writes every row again where a column of a table goes from one type to the other: it knows which
/// modifiers only allow more, and which types are stored alike.
pub fn is_rewritten(from: &str, to: &str) -> bool {
    let ((from, before), (to, after)) = (parted(from), parted(to));
    let number = |text: &str| text.trim().parse::<i32>().ok();
    let grows = after.is_empty() || number(before).is_some_and(|before| number(after) >= Some(before));
    match (from.as_str(), to.as_str()) {
        (from, to) if from == to && before == after => false,
        ("character varying" | "text", "text") | ("text", "character varying") => !after.is_empty(),
        ("character varying", "character varying") | ("bit varying", "bit varying") => !grows,
        ("numeric", "numeric") => !after.is_empty() && has_fewer_digits(before, after, i32::ne),
        (from, to) if from == to && (from.starts_with("time") || from == "interval") => !grows,
        ("cidr", "inet") => false,
        _ => true,
    }
}

/// Whether a value may have no place in the other type, which is an error.
pub fn may_fail(setting: &Setting, from: &str, to: &str) -> bool {
    let ((from, before), (to, after)) = (parted(from), parted(to));
    let number = |text: &str| text.trim().parse::<i32>().ok();
    let is_limited = !after.is_empty() && number(before).is_none_or(|before| number(after) < Some(before));
    match (from.as_str(), to.as_str()) {
        (from, to) if from == to && is_textual(from) => is_limited,
        ("numeric", "numeric") => !after.is_empty() && has_fewer_digits(before, after, |_, _| false),
        (from, to) if from == to => false,
        (_, "numeric") if !after.is_empty() => true,
        (_, "name" | "\"char\"") => false,
        (from, to) if is_textual(to) => !after.is_empty() && (!is_textual(from) || is_limited),
        (from, "date" | "time without time zone" | "time with time zone")
            if from.starts_with("timestamp") =>
        {
            false
        }
        (from, to) => is_textual(from) || context(setting, from, to) != Some('i'),
    }
}

/// Whether the second modifiers of a number allow fewer digits before its point than the first, or differ as told in
/// those behind it.
fn has_fewer_digits(before: &str, after: &str, differ: fn(&i32, &i32) -> bool) -> bool {
    let digits = |modifiers: &str| {
        let (all, scale) = modifiers.split_once(',').unwrap_or((modifiers, "0"));
        Some((all.trim().parse::<i32>().ok()?, scale.trim().parse::<i32>().ok()?))
    };
    match (digits(before), digits(after)) {
        (Some((all, scale)), Some((all_after, scale_after))) => {
            all_after - scale_after < all - scale || differ(&scale, &scale_after)
        }
        _ => true,
    }
}

/// Whether values may become others without anybody noticing when they go from one type to the other.
pub fn is_lossy(setting: &Setting, from: &str, to: &str) -> bool {
    let ((from, before), (to, after)) = (parted(from), parted(to));
    if from == to {
        return is_coarser(from.trim_end_matches("[]"), before, after);
    }
    let precise = |type_: &str| !matches!(type_, "smallint" | "integer" | "real");
    match (from.as_str(), to.as_str()) {
        // Cut off at 63 bytes, and at one.
        (_, "name" | "\"char\"") => true,
        ("integer", "real") => true,
        (from, "real" | "double precision") if precise(from) && !is_textual(from) => true,
        // What does not fit is an error.
        ("smallint" | "integer" | "bigint", "smallint" | "integer" | "bigint") => false,
        ("json", "jsonb") | ("jsonb", "json") => false,
        ("boolean", _) => false,
        (from, to) if is_textual(from) || is_textual(to) => false,
        (from, to) => context(setting, from, to).is_some_and(|context| context != 'i'),
    }
}

/// Whether values are cut off, or become others, where they are cast inside of a row.
pub fn is_lossy_within(setting: &Setting, from: &str, to: &str) -> bool {
    let ((bare, before), (after_bare, after)) = (parted(from), parted(to));
    let length = |text: &str| text.parse::<u32>().unwrap_or(u32::MAX);
    let textual = is_textual(after_bare.trim_end_matches("[]")) && !after.is_empty();
    let fits = bare == after_bare && length(before) <= length(after);
    textual && !fits || is_lossy(setting, from, to)
}

/// Whether the second modifiers keep fewer digits of a number or of a time than the first.
fn is_coarser(type_: &str, before: &str, after: &str) -> bool {
    let number = |text: &str| text.trim().parse::<i32>().ok();
    if type_ == "numeric" {
        let scale = |modifiers: &str| number(modifiers.split_once(',').map_or(modifiers, |(_, scale)| scale));
        return !after.is_empty()
            && scale(before).filter(|_| !before.is_empty()).is_none_or(|it| scale(after) < Some(it));
    }
    let digits = |modifiers: &str| number(modifiers).unwrap_or(6);
    (type_.starts_with("time") || type_ == "interval") && digits(after) < digits(before)
}

/// Whether values of the desired type `it` must be cast: rows whose attributes were others, in other places, and
/// domains over another type.
pub fn goes_by_cast(it: &Subject) -> bool {
    let live = it.setting.live;
    if let Some(desired) = it.body::<CompositeType>() {
        let retyped = |attribute: &Subject, body: &CompositeAttribute| {
            let before = live.body::<CompositeAttribute>(attribute.address);
            before.is_some_and(|before| before.type_ != body.type_)
        };
        return live.body::<CompositeType>(it.address).is_some_and(|before| {
            before.attributes != desired.attributes
                || it
                    .all_parts::<CompositeAttribute>()
                    .any(|(attribute, body)| retyped(&attribute, body) || holds_cast(&attribute))
        });
    }
    if let Some(desired) = it.body::<Domain>() {
        let retyped = live.body::<Domain>(it.address).is_some_and(|before| {
            before.base != desired.base && is_castable(it.setting, &before.base, &desired.base)
        });
        return retyped || holds_cast(it);
    }
    false
}

/// Whether the plan makes, anew or again, what values of the desired object `it` are made of; texts stay what they are when
/// their order changes.
pub fn is_of_new(it: &Subject) -> bool {
    let requirements = it.catalog.requirements(it.index).iter().filter(|(_, tie)| *tie == Tie::Needs);
    let mut required = requirements.map(|&(required, _)| it.catalog.at(required));
    required.any(|(address, object)| it.setting.made.contains(address) && object.kind() != Collation::NAME)
}

/// Whether a type that is directly required by the desired object `it` goes by cast.
pub fn holds_cast(it: &Subject) -> bool {
    let whole = it.body::<CompositeAttribute>().and_then(|_| it.whole::<CompositeType>());
    let whole = whole.map(|(whole, _)| whole.index);
    it.required::<CompositeType>()
        .any(|(required, _)| Some(required.index) != whole && goes_by_cast(&required))
        || it.required::<Domain>().any(|(required, _)| goes_by_cast(&required))
}
