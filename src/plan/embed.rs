//! Values inside of values: a column of a table's rows, of a view's, of a composite type or of a range holds what those are
//! made of, and the server changes none of it for as long as it lies there.

use std::collections::BTreeSet;

use crate::catalog::{Address, Catalog, Tie};

/// What has values inside of which those of the part at this index lie, through types too, and so through its whole.
pub fn embedding(catalog: &Catalog, part: usize) -> BTreeSet<usize> {
    let embeds = |index: usize| catalog.at(index).1.body.entry().embeds;
    let mut found = BTreeSet::new();
    let mut next = vec![];
    for part in with_heirs(catalog, part).into_iter().filter(|&part| embeds(part)) {
        next.extend(wholes(catalog, part));
    }
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

/// What values of the whole of this part consist of: all its parts that lie inside of such values, itself included.
pub fn pieces(catalog: &Catalog, part: usize) -> impl Iterator<Item = &Address> {
    let wholes = with_heirs(catalog, part).into_iter().flat_map(|part| wholes(catalog, part));
    let parts = wholes.flat_map(|whole| catalog.dependents(whole));
    let parts = parts.filter(|(_, tie)| tie.is_part()).map(|&(piece, _)| catalog.at(piece));
    parts.filter(|(_, object)| object.body.entry().embeds).map(|(address, _)| address)
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
