//! How values go over from a type that waits to its successor: through their text, which every type can write and
//! read, unless a cast knows better.

use super::composite_attribute::CompositeAttribute;
use super::composite_type::CompositeType;
use super::domain::Domain;
use crate::kind::{Setting, Subject};

/// Whether PostgreSQL itself casts between two types, as it spells them with their modifiers.
pub fn is_castable(setting: &Setting, from: &str, to: &str) -> bool {
    let bare = |type_: &str| type_.split('(').next().unwrap_or(type_).to_owned();
    let (from, to) = (bare(from), bare(to));
    let textual =
        |type_: &str| matches!(type_, "text" | "character varying" | "character" | "name" | "\"char\"");
    let known = |catalog: &crate::catalog::Catalog| catalog.facts.casts.contains(&(from.clone(), to.clone()));
    from == to || textual(&from) || textual(&to) || known(setting.live) || known(setting.desired)
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

/// Whether a type that is directly required by the desired object `it` goes by cast.
pub fn holds_cast(it: &Subject) -> bool {
    let whole = it.body::<CompositeAttribute>().and_then(|_| it.whole::<CompositeType>());
    let whole = whole.map(|(whole, _)| whole.index);
    it.required::<CompositeType>()
        .any(|(required, _)| Some(required.index) != whole && goes_by_cast(&required))
        || it.required::<Domain>().any(|(required, _)| goes_by_cast(&required))
}
