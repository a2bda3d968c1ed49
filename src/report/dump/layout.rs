//! Which file an object stands in.

use std::path::PathBuf;

use crate::catalog::Catalog;
use crate::config::Layout;

/// The file of what belongs to no schema, such as extensions, where each schema has a file.
const DATABASE: &str = "database.sql";

/// The only file, where there is only one.
const SINGLE: &str = "schema.sql";

/// The file of the whole at `index`, in the folder of the schema files.
pub fn file(catalog: &Catalog, index: usize, layout: Layout) -> PathBuf {
    let (address, object) = catalog.at(index);
    match layout {
        Layout::Single => SINGLE.into(),
        Layout::Schema => match schema(catalog, index) {
            Some(schema) => format!("{}.sql", plain(schema)).into(),
            None => DATABASE.into(),
        },
        Layout::Object => {
            PathBuf::from(plural(object.kind())).join(format!("{}.sql", plain(&address.names.join("."))))
        }
    }
}

/// The name of the schema that the object at `index` is, or is in.
fn schema(catalog: &Catalog, index: usize) -> Option<&str> {
    let identity = &catalog.at(index).1.identity;
    let required = catalog.requirements(index).iter().map(|&(required, _)| required);
    let schema = std::iter::once(index).chain(required).find(|&index| {
        let (address, schema) = catalog.at(index);
        let rest = identity.strip_prefix(&schema.identity);
        address.class == "schema" && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })?;
    catalog.at(schema).0.names.first().map(String::as_str)
}

/// The folder of a kind: `tables`, `materialized_views`.
fn plural(kind: &str) -> String {
    let kind = kind.replace(' ', "_");
    match kind.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if kind.ends_with('s') => kind,
        None => format!("{kind}s"),
    }
}

/// A name that every file system takes. Two that become one share a file, which harms nothing.
fn plain(name: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || "._-$".contains(c) { c } else { '_' };
    let plain: String = name.to_lowercase().chars().filter(|c| *c != '"').map(kept).collect();
    // Hidden files are no schema files.
    if plain.starts_with('.') { format!("_{plain}") } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_plain_names() {
        assert_eq!(plural("materialized view"), "materialized_views");
        assert_eq!(plural("statistics"), "statistics");
        assert_eq!(plain("../My \"Foods\""), "_.._my_foods");
    }
}
