//! The tables of a catalog as a picture shows them.

use std::borrow::Cow;

use super::kinds::column::Column;
use super::kinds::constraint::Constraint;
use super::kinds::partition::Partition;
use super::kinds::table::Table;
use super::quote::identifier;
use crate::catalog::Catalog;
use crate::report::diagram::{self, Diagram, Mark, Reference};
use crate::source::words::Words;

/// All tables of a catalog, with their columns, keys and foreign keys; partitions are part of what they divide.
pub fn entities(catalog: &Catalog) -> Diagram {
    let (mut tables, mut references) = (Vec::new(), Vec::new());
    for (index, (address, object)) in catalog.objects.iter().enumerate() {
        if catalog.body::<Table>(address).is_none() {
            continue;
        }
        let parts = || catalog.parts(index).into_iter().map(|part| catalog.at(part).0);
        let own = |table: &String| *table == object.identity;
        if parts().any(|part| catalog.body(part).is_some_and(|link: &Partition| !own(&link.parent))) {
            continue;
        }
        let keys: Vec<&Constraint> = parts()
            .filter_map(|part| catalog.body(part))
            .filter(|key: &&Constraint| own(&key.table))
            .collect();
        let columns = parts().filter_map(|part| catalog.body::<Column>(part)).filter(|one| own(&one.table));
        let columns: Vec<_> = columns.map(|column| drawn(column, &keys)).collect();
        references.extend(keys.iter().filter_map(|key| reference(key, &keys, &columns)));
        let name = object.identity.clone();
        tables.push(diagram::Table { key: name.clone(), name, columns, more: 0, mark: Mark::Same });
    }
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    references.sort_by(|a, b| (&a.from, &a.name).cmp(&(&b.from, &b.name)));
    Diagram { tables, references }.only(|_| true)
}

fn drawn(column: &Column, keys: &[&Constraint]) -> diagram::Column {
    let of = |type_: char| keys.iter().filter(move |key| key.type_ == type_).map(|key| key_columns(key));
    let holds = |type_: char| of(type_).any(|columns| columns.contains(&column.name));
    diagram::Column {
        name: column.name.clone(),
        type_: column.type_.clone(),
        not_null: column.not_null,
        primary: holds('p'),
        foreign: holds('f'),
        unique: of('u').any(|columns| columns == [column.name.as_str()]),
        mark: Mark::Same,
    }
}

fn reference(key: &Constraint, keys: &[&Constraint], columns: &[diagram::Column]) -> Option<Reference> {
    if key.type_ != 'f' {
        return None;
    }
    let words = Words::new(&key.definition.0);
    let at = words.outside_parentheses().find(|at| words.is(*at, "references"))?;
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    let behind = words.qualified(at + 1, &mut parts);
    let target: Vec<String> = parts.iter().map(|part| identifier(part)).collect();
    let from = key_columns(key);
    let is_key = |other: &&&Constraint| matches!(other.type_, 'p' | 'u') && key_columns(other) == from;
    Some(Reference {
        name: key.name.clone(),
        to: (target.join("."), listed(&words, behind)),
        mandatory: columns.iter().filter(|one| from.contains(&one.name)).all(|one| one.not_null),
        single: keys.iter().any(|other| is_key(&other)),
        from: (key.table.clone(), from),
        mark: Mark::Same,
    })
}

/// The columns of a key, as the server spells them.
fn key_columns(key: &Constraint) -> Vec<String> {
    let words = Words::new(&key.definition.0);
    let open = (0..words.count()).find(|at| words.is(*at, "("));
    open.map_or(Vec::new(), |open| listed(&words, open))
}

/// The names in the parentheses that open at `open`.
fn listed(words: &Words<'_>, open: usize) -> Vec<String> {
    let inside = (open + 1..words.count()).take_while(|at| !words.is(*at, ")"));
    inside.filter_map(|at| words.name(at)).map(|name| identifier(&name)).collect()
}
