//! Publications: `pg_publication`. Which tables and schemas they publish are objects of their own.

use serde::{Deserialize, Serialize};

use super::publication_schema::PublicationSchema;
use super::publication_table::PublicationTable;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// What a publication publishes where it does not say: all of it.
const EVERY_COMMAND: [&str; 4] = ["insert", "update", "delete", "truncate"];

/// A set of changes that subscribers receive.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// Whether it is FOR ALL TABLES.
    pub all_tables: bool,
    /// The commands whose changes it publishes.
    pub publish: Vec<String>,
    /// Whether changes in a partition are published as those of the topmost parent.
    pub via_partition_root: bool,
    /// Whether it also publishes `stored` generated columns, or `none`; None where PostgreSQL is older than 18.
    pub generated_columns: Option<String>,
}

impl Publication {
    /// The options that differ from those of `other`, in parentheses.
    fn options(&self, other: &Publication) -> Option<String> {
        let publish =
            (self.publish != other.publish).then(|| format!("publish = '{}'", self.publish.join(", ")));
        let root = (self.via_partition_root != other.via_partition_root)
            .then(|| format!("publish_via_partition_root = {}", self.via_partition_root));
        let generated = (self.generated_columns != other.generated_columns)
            .then(|| {
                self.generated_columns
                    .as_ref()
                    .map(|columns| format!("publish_generated_columns = {columns}"))
            })
            .flatten();
        let options: Vec<_> = [publish, root, generated].into_iter().flatten().collect();
        (!options.is_empty()).then(|| format!("({})", options.join(", ")))
    }

    /// What CREATE PUBLICATION makes without options.
    fn plain(&self) -> Publication {
        Publication {
            all_tables: self.all_tables,
            publish: EVERY_COMMAND.map(str::to_owned).to_vec(),
            via_partition_root: false,
            generated_columns: self.generated_columns.as_ref().map(|_| "none".to_owned()),
        }
    }
}

impl Kind for Publication {
    const NAME: &'static str = "publication";
    const KEYWORD: &'static str = "PUBLICATION";
    const QUERY: &'static str = include_str!("publication.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let (tables, schemas) = (it.parts::<PublicationTable>(), it.parts::<PublicationSchema>());
        // PostgreSQL 14 takes the word TABLE only once.
        let named = tables.iter().map(|(_, table)| table.clause()).collect::<Vec<_>>().join(",\n    ");
        let named = (!named.is_empty()).then(|| format!("TABLE {named}"));
        let clauses: Vec<_> =
            named.into_iter().chain(schemas.iter().map(|(_, schema)| schema.clause())).collect();
        let mut sql = format!("CREATE PUBLICATION {it}");
        if self.all_tables {
            sql.push_str(" FOR ALL TABLES");
        } else if !clauses.is_empty() {
            sql.push_str(&format!("\n    FOR {}", clauses.join(",\n    ")));
        }
        if let Some(options) = self.options(&self.plain()) {
            sql.push_str(&format!("\n    WITH {options}"));
        }
        let tables = tables.into_iter().map(|(table, _)| table.address.clone());
        let schemas = schemas.into_iter().map(|(schema, _)| schema.address.clone());
        vec![guard::unless_exists(it, &sql).makes(tables.chain(schemas))]
    }

    /// Nothing but its options can be altered before PostgreSQL 19.
    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        match self.options(old) {
            _ if self.all_tables != old.all_tables => Alter::Replace,
            Some(options) => Alter::InPlace(vec![Step::new(format!("ALTER PUBLICATION {it} SET {options}"))]),
            None => Alter::InPlace(vec![]),
        }
    }
}
