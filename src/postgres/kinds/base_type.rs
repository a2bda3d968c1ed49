//! Base types: `pg_type` of type b, other than arrays.

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::function::Function;
use super::shell_type::{emptied, filled};
use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::Step;
use crate::postgres::quote::literal;

/// A type whose values functions read and write.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct BaseType {
    /// Its schema, unquoted.
    pub schema: Incidental<String>,
    /// Its own name, unquoted.
    pub name: Incidental<String>,
    /// Reads the text of a value.
    pub input: String,
    /// Writes it.
    pub output: String,
    /// Reads the binary form of a value.
    pub receive: Option<String>,
    /// Writes it.
    pub send: Option<String>,
    /// Reads modifiers.
    pub modifier_input: Option<String>,
    /// Writes them.
    pub modifier_output: Option<String>,
    /// Gathers statistics.
    pub analyze: Option<String>,
    /// Takes values apart.
    pub subscript: Option<String>,
    /// In bytes; negative where it varies.
    pub length: i16,
    /// Whether values are passed as they are, and not by their place.
    pub by_value: bool,
    /// The word after ALIGNMENT.
    pub alignment: String,
    /// The word after STORAGE.
    pub storage: String,
    /// What it resolves ambiguity in.
    pub category: char,
    /// Whether it is what others of its category are cast to.
    pub preferred: bool,
    /// What columns get that say nothing.
    pub default: Option<String>,
    /// The type of what subscripts give.
    pub element: Option<String>,
    /// What stands between values in arrays.
    pub delimiter: char,
    /// Whether collations apply.
    pub collatable: bool,
}

impl BaseType {
    /// What ALTER TYPE … SET takes, too.
    fn changeable(&self) -> [(&'static str, &Option<String>); 6] {
        [
            ("RECEIVE", &self.receive),
            ("SEND", &self.send),
            ("TYPMOD_IN", &self.modifier_input),
            ("TYPMOD_OUT", &self.modifier_output),
            ("ANALYZE", &self.analyze),
            ("SUBSCRIPT", &self.subscript),
        ]
    }

    /// Columns that exist keep the storage that their type had.
    fn restored_columns(&self, it: &Subject) -> Vec<Step> {
        let dependents = it.catalog.dependents(it.index).iter();
        let columns = dependents.map(|&(dependent, _)| Subject::new(it.catalog, dependent, it.setting));
        columns
            .filter(|column| it.setting.live.objects.contains_key(column.address))
            .filter_map(|column| column.body::<Column>())
            .filter(|column| column.storage.is_none() && !column.type_.ends_with("[]"))
            .map(|column| {
                let action =
                    format!("ALTER COLUMN {} SET STORAGE {}", column.name, self.storage.to_uppercase());
                Step::alter_table(format!("ONLY {}", column.table), action)
            })
            .collect()
    }

    fn fixed(&self) -> impl PartialEq + '_ {
        (
            (&self.input, &self.output, self.length, self.by_value, &self.alignment, self.category),
            (self.preferred, &self.default, &self.element, self.delimiter, self.collatable),
        )
    }
}

impl Kind for BaseType {
    const NAME: &'static str = "base type";
    const KEYWORD: &'static str = "TYPE";
    const QUERY: &'static str = include_str!("base_type.sql");
    const PRIVILEGES: Option<char> = Some('T');

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut lines = vec![format!("INPUT = {}", self.input), format!("OUTPUT = {}", self.output)];
        let functions = self.changeable().into_iter();
        lines.extend(
            functions.filter_map(|(word, function)| Some(format!("{word} = {}", function.as_ref()?))),
        );
        lines.push(match self.length {
            length if length > 0 => format!("INTERNALLENGTH = {length}"),
            _ => "INTERNALLENGTH = VARIABLE".to_owned(),
        });
        if self.by_value {
            lines.push("PASSEDBYVALUE".to_owned());
        }
        lines.push(format!("ALIGNMENT = {}", self.alignment));
        lines.push(format!("STORAGE = {}", self.storage));
        lines.push(format!("CATEGORY = {}", literal(&self.category.to_string())));
        if self.preferred {
            lines.push("PREFERRED = true".to_owned());
        }
        lines.extend(self.default.as_ref().map(|default| format!("DEFAULT = {}", literal(default))));
        lines.extend(self.element.as_ref().map(|element| format!("ELEMENT = {element}")));
        lines.push(format!("DELIMITER = {}", literal(&self.delimiter.to_string())));
        if self.collatable {
            lines.push("COLLATABLE = true".to_owned());
        }
        let create = format!("CREATE TYPE {it} (\n    {}\n)", lines.join(",\n    "));
        filled(it, &self.schema.0, &self.name.0, &create)
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        // The server refuses to forget that values may be stored out of line.
        let storable = self.storage == old.storage || (self.storage != "plain" && old.storage != "plain");
        if self.fixed() != old.fixed() || !storable {
            return Alter::Replace;
        }
        let mut steps = vec![];
        for (function, body) in it.parts::<Function>().into_iter().filter(|(function, _)| function.is_new()) {
            let mut made = body.create(&function);
            made[0].makes.push(function.address.clone());
            steps.extend(made);
        }
        let before = old.changeable();
        let mut set: Vec<_> = self
            .changeable()
            .into_iter()
            .zip(before)
            .filter(|((_, after), (_, before))| after != before)
            .map(|((word, after), _)| format!("{word} = {}", after.as_deref().unwrap_or("NONE")))
            .collect();
        if self.storage != old.storage {
            set.push(format!("STORAGE = {}", self.storage));
        }
        if !set.is_empty() {
            steps.push(Step::new(format!("ALTER TYPE {it} SET ({})", set.join(", "))));
        }
        if self.storage != old.storage {
            steps.extend(self.restored_columns(it));
        }
        Alter::InPlace(steps)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        emptied(it, &self.schema.0, &self.name.0)
    }
}
