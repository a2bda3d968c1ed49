//! Values inside of values: a column of a table's rows, of a view's, of a composite type or of a range holds what those are
//! made of, and the server changes none of it for as long as it lies there.

use std::collections::BTreeSet;

use crate::catalog::{Address, Catalog, Tie};

/// What has values inside of which those of the object at this index lie, through types too: of a part, and so of its
/// whole, or of a whole that is made of such parts.
pub fn embedding(catalog: &Catalog, index: usize) -> BTreeSet<usize> {
    let embeds = |index: usize| catalog.at(index).1.body.entry().embeds;
    let mut found = BTreeSet::new();
    let mut next = values(catalog, index);
    while let Some(whole) = next.pop() {
        for &(user, tie) in catalog.dependents(whole) {
            if tie == Tie::Needs && embeds(user) && found.insert(user) {
                next.push(user);
                next.extend(wholes(catalog, user));
            }
        }
    }
    found
}

/// What the values consist of that change with the object at this index: all the parts that lie inside of them.
pub fn pieces(catalog: &Catalog, index: usize) -> impl Iterator<Item = &Address> {
    let wholes = values(catalog, index).into_iter();
    wholes.flat_map(|whole| parts(catalog, whole)).map(|piece| catalog.at(piece).0)
}

/// The wholes whose values change with the object at this index: those that it is a part of, or itself.
fn values(catalog: &Catalog, index: usize) -> Vec<usize> {
    let embeds = |index: usize| catalog.at(index).1.body.entry().embeds;
    if embeds(index) {
        let parts = with_heirs(catalog, index).into_iter().filter(|&part| embeds(part));
        parts.flat_map(|part| wholes(catalog, part)).collect()
    } else {
        parts(catalog, index).next().map(|_| index).into_iter().collect()
    }
}

fn parts(catalog: &Catalog, whole: usize) -> impl Iterator<Item = usize> {
    let parts = catalog.dependents(whole).iter().filter(|(_, tie)| tie.is_part());
    parts.map(|&(part, _)| part).filter(|&part| catalog.at(part).1.body.entry().embeds)
}

/// The part, and what others have from it, which changes with it: children's columns, and those of tables of a type.
fn with_heirs(catalog: &Catalog, part: usize) -> Vec<usize> {
    let embeds = |index: usize| catalog.at(index).1.body.entry().embeds;
    let mut found = vec![part];
    let mut next = 0;
    while let Some(&origin) = found.get(next) {
        let of_type = |heir: usize| embeds(origin) && embeds(heir);
        let heirs = catalog
            .dependents(origin)
            .iter()
            .filter(|&&(heir, tie)| tie == Tie::Inherited || tie == Tie::Part && of_type(heir));
        let heirs: Vec<_> = heirs.map(|&(heir, _)| heir).filter(|heir| !found.contains(heir)).collect();
        found.extend(heirs);
        next += 1;
    }
    found
}

fn wholes(catalog: &Catalog, part: usize) -> Vec<usize> {
    let wholes = catalog.requirements(part).iter().filter(|(_, tie)| *tie == Tie::Part);
    wholes.map(|&(whole, _)| whole).collect()
}
