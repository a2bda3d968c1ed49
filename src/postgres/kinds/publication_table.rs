//! Tables that a publication publishes: `pg_publication_rel`.

use serde::{Deserialize, Serialize};

use crate::kind::{Incidental, Kind, Subject};
use crate::plan::Step;
use crate::postgres::deparse::Printed;
use crate::postgres::guard;

/// One table's place in one publication.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicationTable {
    /// The publication, as the server spells it.
    pub publication: String,
    /// The table, as the server spells it.
    pub table: String,
    /// The columns that are published, as the server spells them, by name; none for all. Their order says nothing.
    pub columns: Vec<String>,
    /// Whether it has children, each of which is published by itself. Partitions are none.
    pub has_children: Incidental<bool>,
    /// Which rows are published.
    pub filter: Option<Printed>,
}

impl PublicationTable {
    /// As it stands after FOR or ADD.
    pub fn clause(&self) -> String {
        let only = if self.has_children.0 { "ONLY " } else { "" };
        let mut clause = format!("{only}{}", self.table);
        if !self.columns.is_empty() {
            clause.push_str(&format!(" ({})", self.columns.join(", ")));
        }
        if let Some(filter) = &self.filter {
            clause.push_str(&format!(" WHERE ({filter})"));
        }
        clause
    }
}

impl Kind for PublicationTable {
    const NAME: &'static str = "publication table";
    const KEYWORD: &'static str = "PUBLICATION TABLE";
    const QUERY: &'static str = include_str!("publication_table.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let add = format!("ALTER PUBLICATION {} ADD TABLE {}", self.publication, self.clause());
        vec![guard::unless_exists(it, &add)]
    }

    /// By now it may have new children, which must not be looked for.
    fn remove(&self, it: &Subject) -> Vec<Step> {
        let drop = format!("ALTER PUBLICATION {} DROP TABLE ONLY {}", self.publication, self.table);
        vec![guard::if_there(it.address, &drop)]
    }
}
