//! What the annotations of schema files say about renames, as far as it can be known without a catalog.

use super::annotation::{Annotation, Target};
use super::words::Words;
use super::{Source, Statement};
use crate::error::{Error, ErrorKind, Position, Result};

/// One annotation `renamed from`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The word behind CREATE or ALTER in the statement that it is about.
    pub keyword: String,
    /// The name of the statement's object, as written.
    pub object: Vec<String>,
    /// The schema that a name without one stands in, where the file says so.
    pub schema: Option<String>,
    /// The name of the column, constraint or label that it is about; empty where it is about the object itself.
    pub element: Vec<String>,
    /// The name before, as written.
    pub old: Vec<String>,
    /// Where it is written.
    pub position: Position,
}

impl Source {
    /// All renames that the files state.
    ///
    /// # Errors
    /// Of kind `Source`: it belongs to a statement that names nothing, or says more than a name.
    pub fn renames(&self) -> Result<Vec<Renamed>> {
        let annotated = self.statements.iter().flat_map(|statement| {
            statement.annotations.iter().map(move |annotation| (statement, annotation))
        });
        let renames = annotated.filter_map(|(statement, annotation)| {
            annotation.renamed_from().map(|old| renamed(statement, annotation, old))
        });
        renames.collect()
    }
}

fn renamed(statement: &Statement, annotation: &Annotation, old: &str) -> Result<Renamed> {
    let keyword = statement.kind.split_once(' ').map(|(_, object)| object.to_owned());
    let (Some(keyword), Some(object)) = (keyword, statement.name.clone()) else {
        return Err(Error::new(
            ErrorKind::Source,
            format!("`{}` is about a statement that names nothing", annotation.words),
        )
        .at(annotation.position.clone()));
    };
    let element = match &annotation.target {
        Target::Element { name, .. } => name.clone(),
        Target::Statement | Target::Itself => vec![],
    };
    Ok(Renamed {
        keyword,
        object,
        schema: statement.settings.schema(),
        element,
        old: one_name(old).ok_or_else(|| not_a_name(annotation, old))?,
        position: annotation.position.clone(),
    })
}

/// The parts of a dotted name as the server would store them, or a label in quotes; None for anything more.
pub fn one_name(text: &str) -> Option<Vec<String>> {
    let words = Words::new(text);
    if words.count() == 1
        && let Some(label) = words.string(0)
    {
        return Some(vec![label.into_owned()]);
    }
    let mut parts = vec![];
    let behind = words.qualified(0, &mut parts);
    let whole = !parts.is_empty() && behind == words.count() && words.raw(behind - 1) != ".";
    whole.then(|| parts.into_iter().map(|part| part.into_owned()).collect())
}

pub(super) fn not_a_name(annotation: &Annotation, text: &str) -> Error {
    Error::new(ErrorKind::Source, format!("`{text}` is not a name"))
        .at(annotation.position.clone())
        .hint("names with other than lower-case letters, digits and `_` stand in double quotes, labels in single ones")
}
