//! Names as the server would store them.

use std::borrow::Cow;
use std::fmt;

use sqlparser::ast::{Ident, ObjectName, ObjectNamePart};
use sqlparser::tokenizer::Span;

/// The name of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Name {
    schema: Option<String>,
    pub name: String,
}

impl Name {
    pub fn of(name: &ObjectName) -> Name {
        let mut parts = name.0.iter().rev().filter_map(ObjectNamePart::as_ident).map(folded);
        Name { name: parts.next().unwrap_or_default(), schema: parts.next() }
    }

    /// Of the parts of a dotted name.
    pub fn written(parts: &[Cow<'_, str>]) -> Name {
        let mut parts = parts.iter().rev().map(|part| part.clone().into_owned());
        Name { name: parts.next().unwrap_or_default(), schema: parts.next() }
    }

    /// Whether both may be one: where a schema is left out, the rest decides.
    pub fn may_be(&self, other: &Name) -> bool {
        let schemas = self.schema.as_ref().zip(other.schema.as_ref());
        self.name == other.name && schemas.is_none_or(|(a, b)| a == b)
    }
}

impl fmt::Display for Name {
    /// As it was written, without its quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.schema.iter().try_for_each(|schema| write!(f, "{schema}."))?;
        f.write_str(&self.name)
    }
}

/// Where a name stands.
pub(super) fn span(name: &ObjectName) -> Span {
    name.0.iter().rev().find_map(ObjectNamePart::as_ident).map_or(Span::empty(), |ident| ident.span)
}

/// As the server folds it.
pub(super) fn folded(ident: &Ident) -> String {
    match ident.quote_style {
        Some(_) => ident.value.clone(),
        None => ident.value.to_ascii_lowercase(),
    }
}
