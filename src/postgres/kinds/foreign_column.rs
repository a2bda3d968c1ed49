//! Columns of foreign tables: `pg_attribute`. They hold nothing, so that any of them may be made anew.

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::default::Default;
use super::foreign_table::ForeignTable;
use super::not_null::{NotNull, NotNullConstraint, Surroundings};
use super::options;
use super::storage::Storage;
use crate::catalog::Address;
use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::Step;
use crate::postgres::deparse::Printed;
use crate::postgres::guard;
use crate::postgres::quote::{identifier, literal};

/// A column of a foreign table; its default is an object of its own, what it is generated from is not.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ForeignColumn {
    /// The foreign table, as the server spells it.
    pub table: String,
    /// The column's own name, as the server spells it.
    pub name: String,
    /// With its modifiers.
    #[serde(rename = "type")]
    pub type_: String,
    /// Where it is not the type's own.
    pub collation: Option<String>,
    /// Whether NULL is not expected.
    pub not_null: bool,
    /// What is remarkable about that.
    pub not_null_constraint: Option<NotNullConstraint>,
    /// The expression that it is computed from.
    pub generated: Option<Printed>,
    /// Whether it is computed when read, not when written.
    #[serde(rename = "virtual")]
    pub virtual_: bool,
    /// Where it is not the type's own: `p`lain, `e`xternal, `m`ain or e`x`tended.
    pub storage: Option<char>,
    /// The type's own.
    pub type_storage: Incidental<char>,
    /// Sampling target; -1 is the server's default.
    pub statistics: i32,
    /// Attribute options such as `n_distinct`.
    pub attribute_options: Vec<String>,
    /// What the wrapper reads: `name=value`, in order of names, without secrets.
    pub options: Vec<String>,
    /// Whether the table has it by itself, and not only from its parent.
    pub local: Incidental<bool>,
    /// Whether the table has it from a parent, be it by itself too.
    pub inherited: Incidental<bool>,
}

impl ForeignColumn {
    /// As it stands inside CREATE FOREIGN TABLE or after ADD COLUMN.
    pub fn clause(&self, it: &Subject) -> String {
        let mut words = format!("{} {}", self.name, self.type_);
        words.push_str(&options::clause(&self.options));
        words.push_str(&self.collate());
        if let Some(generated) = &self.generated {
            let how = if self.virtual_ { "VIRTUAL" } else { "STORED" };
            words.push_str(&format!(" GENERATED ALWAYS AS ({generated}) {how}"));
        }
        if let Some((_, default)) = it.parts::<Default>().first() {
            words.push_str(&format!(" DEFAULT {}", default.expression));
        }
        words.push_str(&self.nullability(it).clause(it));
        words
    }

    fn nullability<'a>(&'a self, it: &Subject<'a>) -> NotNull<'a> {
        NotNull {
            table: &self.table,
            column: &self.name,
            address: it.address,
            refused: self.not_null,
            constraint: self.not_null_constraint.as_ref(),
        }
    }

    /// What [`ForeignColumn::clause`] states besides the column itself.
    pub fn stated(&self, it: &Subject) -> Vec<Address> {
        it.parts::<Default>().into_iter().map(|(default, _)| default.address.clone()).collect()
    }

    /// What CREATE FOREIGN TABLE and ADD COLUMN have no words for.
    pub fn finish(&self, it: &Subject) -> Vec<Step> {
        let mut steps = self.stored().steps(&Storage::default(), &self.table, &self.name);
        steps.extend(self.nullability(it).finish());
        steps
    }

    /// What a column that comes from a parent has of its own.
    pub fn overrides(&self, it: &Subject) -> Vec<Step> {
        let mut steps = vec![];
        if self.origin(it).is_some_and(|(origin, body)| !body.nullability(origin.address).hands_down()) {
            steps.extend(self.nullability(it).make(it));
        }
        steps.extend(self.set_options(&[]));
        steps.extend(self.finish(it));
        steps
    }

    fn origin<'a>(&self, it: &Subject<'a>) -> Option<(Subject<'a>, &'a Column)> {
        it.required::<Column>().find(|(_, origin)| origin.name == self.name)
    }

    fn stored(&self) -> Storage<'_> {
        Storage {
            storage: self.storage,
            type_storage: self.type_storage.0,
            compression: Storage::default().compression,
            statistics: self.statistics,
            options: &self.attribute_options,
        }
    }

    fn act(&self, action: impl std::fmt::Display) -> Step {
        Step::alter_table(&self.table, format!("ALTER COLUMN {} {action}", self.name))
    }

    fn collate(&self) -> String {
        self.collation.as_ref().map_or(String::new(), |collation| format!(" COLLATE {collation}"))
    }

    fn set_options(&self, old: &[String]) -> Vec<Step> {
        let stored = format!(
            "SELECT FROM pg_attribute AS a CROSS JOIN unnest(a.attfdwoptions) AS o \
             JOIN (VALUES (to_regclass({}), {})) AS v (id, name) ON v.id = a.attrelid AND v.name = quote_ident(a.attname)",
            literal(&self.table),
            literal(&self.name)
        );
        let head = format!("ALTER FOREIGN TABLE {} ALTER COLUMN {}", self.table, self.name);
        options::steps(&head, &stored, old, &self.options)
    }
}

impl Kind for ForeignColumn {
    const NAME: &'static str = "foreign column";
    const EMBEDS: bool = true;
    const KEYWORD: &'static str = "COLUMN";
    const QUERY: &'static str = include_str!("foreign_column.sql");
    const PRIVILEGES: Option<char> = Some('c');

    fn create(&self, it: &Subject) -> Vec<Step> {
        // A parent's new column is its children's too, and a partition takes none of its own.
        let add = format!("ALTER FOREIGN TABLE {} ADD COLUMN {}", self.table, self.clause(it));
        let mut steps = vec![guard::unless_exists(it, &add).makes(self.stated(it))];
        if self.inherited.0 {
            steps.extend(self.overrides(it));
        } else {
            steps.extend(self.finish(it));
        }
        steps
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if (&self.generated, self.virtual_) != (&old.generated, old.virtual_) {
            return Alter::Replace;
        }
        let inherited = self.inherited.0 && old.inherited.0;
        // What is told to a parent reaches its heirs.
        let parent = self.origin(it).filter(|_| inherited).and_then(|(origin, body)| {
            let before = it.setting.live.body::<Column>(origin.address)?;
            Some((before.nullability(origin.address), body.nullability(origin.address)))
        });
        let mut steps = vec![];
        let retyped = (&self.type_, &self.collation) != (&old.type_, &old.collation);
        if retyped && !inherited {
            steps.push(self.act(format!("TYPE {}{}", self.type_, self.collate())));
        }
        let around = Surroundings { parent, comes_with_parent: false, has_heirs: false, busy: false };
        let before = NotNull {
            refused: old.not_null,
            constraint: old.not_null_constraint.as_ref(),
            ..self.nullability(it)
        };
        // Nothing is looked at: the rows are elsewhere.
        let unchecked = |step: Step| Step { hazards: vec![], ..step };
        steps.extend(self.nullability(it).steps(&before, &around, it).into_iter().map(unchecked));
        steps.extend(self.set_options(&old.options));
        steps.extend(self.stored().steps(&old.stored(), &self.table, &self.name));
        if retyped { Alter::Disturbing(steps, Column::DISTURBED) } else { Alter::InPlace(steps) }
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![Step::alter_table(
            format!("IF EXISTS {}", self.table),
            format!("DROP COLUMN IF EXISTS {}", self.name),
        )]
    }

    fn owned_with<'a>(&self, it: &Subject<'a>) -> Option<Subject<'a>> {
        it.whole::<ForeignTable>().map(|(whole, _)| whole)
    }

    fn granted_on(&self, _: &Subject) -> (String, String) {
        (format!(" ({})", self.name), format!("TABLE {}", self.table))
    }

    fn rename(&self, _: &Subject, from: &str, to: &str) -> Option<String> {
        let (from, to) = (identifier(from), identifier(to));
        Some(format!("ALTER FOREIGN TABLE {} RENAME COLUMN {from} TO {to}", self.table))
    }
}
