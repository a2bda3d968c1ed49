//! Objects by what people call them: the dotted path of names from schema to column.

use std::collections::HashMap;

use crate::catalog::{Catalog, Object};
use crate::config::nearest;
use crate::source::words::Words;

/// The paths of all objects of a catalog that bear a name.
#[derive(Debug)]
pub struct Names {
    /// By the object's place in the catalog.
    paths: Vec<Option<Path>>,
    by_path: HashMap<Vec<String>, Vec<usize>>,
    members: HashMap<Vec<String>, Vec<usize>>,
}

/// What one object is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Its name, last, behind those of what it stands in; unquoted.
    pub names: Vec<String>,
    /// What tells it from others of the same name, such as the types of its arguments.
    pub rest: String,
}

impl Names {
    /// The names in a catalog.
    pub fn new(catalog: &Catalog) -> Names {
        let paths: Vec<_> = catalog.objects.values().map(path).collect();
        let mut by_path: HashMap<_, Vec<_>> = HashMap::new();
        let mut members: HashMap<_, Vec<_>> = HashMap::new();
        for (index, path) in paths.iter().enumerate() {
            let Some(path) = path else { continue };
            by_path.entry(path.names.clone()).or_default().push(index);
            if let [container @ .., _] = path.names.as_slice() {
                members.entry(container.to_vec()).or_default().push(index);
            }
        }
        Names { paths, by_path, members }
    }

    /// What the object at `index` is called.
    pub fn path(&self, index: usize) -> Option<&Path> {
        self.paths[index].as_ref()
    }

    /// The objects that are called so.
    pub fn at(&self, names: &[String]) -> &[usize] {
        self.by_path.get(names).map_or(&[], Vec::as_slice)
    }

    /// What stands directly in what is called so: the tables of a schema, the columns of a table.
    pub fn members(&self, names: &[String]) -> &[usize] {
        self.members.get(names).map_or(&[], Vec::as_slice)
    }

    /// What may have been meant by a name that nothing has, written out as far as it was.
    pub fn nearest(&self, names: &[String]) -> Option<String> {
        let ends = self.paths.iter().flatten().filter_map(|path| {
            let from = path.names.len().checked_sub(names.len())?;
            Some(super::dotted(&path.names[from..]))
        });
        let ends: Vec<String> = ends.collect();
        let ends: Vec<&str> = ends.iter().map(String::as_str).collect();
        nearest(&super::dotted(names), &ends).map(str::to_owned)
    }

    /// What is called so, and all that stands in it.
    pub fn within<'a>(&'a self, names: &'a [String]) -> impl Iterator<Item = usize> + 'a {
        let all = self.paths.iter().enumerate();
        all.filter(move |(_, path)| path.as_ref().is_some_and(|path| path.names.starts_with(names)))
            .map(|(index, _)| index)
    }

    /// Every path whose last names are these.
    pub fn ending(&self, names: &[String]) -> impl Iterator<Item = (usize, &Path)> {
        let all = self.paths.iter().enumerate().filter_map(|(index, path)| Some((index, path.as_ref()?)));
        all.filter(move |(_, path)| path.names.ends_with(names))
    }
}

/// What the object is called; None for ties, casts and what else bears no name, and for roles, whose names are the server's.
fn path(object: &Object) -> Option<Path> {
    if object.body.entry().link || object.is_of_roles() {
        return None;
    }
    let words = Words::new(&object.identity);
    let mut names = vec![];
    let behind = words.qualified(0, &mut names);
    if names.is_empty() || words.raw(behind - 1) == "." {
        return None;
    }
    let mut names: Vec<String> = names.into_iter().map(|name| name.into_owned()).collect();
    if words.is(behind, "on") {
        let mut container = vec![];
        words.qualified(behind + 1, &mut container);
        let container = container.into_iter().map(|name| name.into_owned());
        return Some(Path { names: container.chain(names.drain(..)).collect(), rest: String::new() });
    }
    let rest = words.token(behind).map_or("", |token| &object.identity[token.start..]);
    (rest.is_empty() || rest.starts_with('(') || words.is(behind, "using"))
        .then(|| Path { names, rest: rest.to_owned() })
}
