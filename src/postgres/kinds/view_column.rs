//! Columns of views and materialized views: `pg_attribute`. The view's query makes them; they carry comments,
//! privileges and defaults, and, where rows are stored, how that is done.

use serde::{Deserialize, Serialize};

use super::materialized_view::MaterializedView;
use super::storage::Storage;
use super::view::View;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::quote::identifier;

/// A column of a view; its name, type and place are the view's to say.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewColumn {
    /// The view, as the server spells it.
    pub view: String,
    /// The column's own name, as the server spells it.
    pub name: String,
    /// Where it is not the type's own: `p`lain, `e`xternal, `m`ain or e`x`tended.
    pub storage: Option<char>,
    /// The type's own, where rows are stored: columns that exist keep what their type had.
    pub type_storage: Option<char>,
    /// `p`glz or `l`z4; a zero byte where the server's default applies.
    pub compression: char,
    /// Sampling target; -1 is the server's default.
    pub statistics: i32,
    /// Attribute options such as `n_distinct`.
    pub options: Vec<String>,
}

impl ViewColumn {
    /// What the view's query has no words for.
    pub fn finish(&self) -> Vec<Step> {
        self.stored().steps(&Storage::default(), &self.view, &self.name)
    }

    fn stored(&self) -> Storage<'_> {
        Storage {
            storage: self.storage,
            type_storage: self.type_storage.unwrap_or_default(),
            compression: self.compression,
            statistics: self.statistics,
            options: &self.options,
        }
    }
}

impl Kind for ViewColumn {
    const NAME: &'static str = "view column";
    const KEYWORD: &'static str = "COLUMN";
    const QUERY: &'static str = include_str!("view_column.sql");
    const NAMED: bool = true;
    const FORMED_BY_WHOLE: bool = true;
    const PRIVILEGES: Option<char> = Some('c');

    fn create(&self, _: &Subject) -> Vec<Step> {
        vec![]
    }

    fn alter(&self, old: &Self, _: &Subject) -> Alter {
        let in_full = |it: &'_ Self| it.storage.or(it.type_storage);
        let (now, before) = (
            Storage { storage: in_full(self), ..self.stored() },
            Storage { storage: in_full(old), ..old.stored() },
        );
        Alter::InPlace(now.steps(&before, &self.view, &self.name))
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![]
    }

    fn owned_with<'a>(&self, it: &Subject<'a>) -> Option<Subject<'a>> {
        it.whole::<View>()
            .map(|(whole, _)| whole)
            .or_else(|| it.whole::<MaterializedView>().map(|(whole, _)| whole))
    }

    fn granted_on(&self, _: &Subject) -> (String, String) {
        (format!(" ({})", self.name), format!("TABLE {}", self.view))
    }

    fn rename(&self, _: &Subject, from: &str, to: &str) -> Option<String> {
        let (from, to) = (identifier(from), identifier(to));
        Some(format!("ALTER TABLE {} RENAME COLUMN {from} TO {to}", self.view))
    }
}
