//! Materialized views: `pg_class` of kind m. Their rows can be made again, so they are replaced where need be.

use serde::{Deserialize, Serialize};

use super::parameters::Parameters;
use super::table::HEAP;
use super::view_column::ViewColumn;
use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::deparse::Printed;
use crate::postgres::quote::identifier;

/// A materialized view; its indexes and columns are objects of their own.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct MaterializedView {
    /// Its query, as the server prints it, without space before it and semicolon behind it.
    pub definition: Printed,
    /// `name type`, and `COLLATE …` where it is not the type's own, column by column.
    pub columns: Vec<String>,
    /// Storage parameters; those of its TOAST table begin with `toast.`.
    pub options: Parameters,
    /// How its rows are stored.
    pub access_method: Option<String>,
    /// Where it is stored, if not where the database is.
    pub tablespace: Option<String>,
    /// Whether it has been filled, so that it can be read.
    pub populated: Incidental<bool>,
}

impl Kind for MaterializedView {
    const NAME: &'static str = "materialized view";
    const KEYWORD: &'static str = "MATERIALIZED VIEW";
    const QUERY: &'static str = include_str!("materialized_view.sql");
    const NAMED: bool = true;
    const EMBEDS: bool = true;
    const STORES_RESULT: bool = true;
    const PRIVILEGES: Option<char> = Some('r');

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut sql = format!("CREATE MATERIALIZED VIEW IF NOT EXISTS {it}");
        if let Some(method) = self.access_method.as_deref().filter(|method| *method != HEAP) {
            sql.push_str(&format!("\nUSING {}", identifier(method)));
        }
        sql.push_str(&self.options.clause("\n"));
        if let Some(tablespace) = &self.tablespace {
            sql.push_str(&format!("\nTABLESPACE {}", identifier(tablespace)));
        }
        // The server aligns its lines to a first line that is set in by one.
        sql.push_str(&format!(" AS\n {}", self.definition));
        if !self.populated.0 {
            sql.push_str("\nWITH NO DATA");
        }
        let columns = it.parts::<ViewColumn>();
        let mut steps = vec![Step::new(sql).makes(columns.iter().map(|(column, _)| column.address.clone()))];
        steps.extend(columns.iter().flat_map(|(_, body)| body.finish()));
        steps
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if (&self.definition, &self.columns) != (&old.definition, &old.columns) {
            return Alter::Replace;
        }
        let mut steps = self.options.steps(&format!("MATERIALIZED VIEW {it}"), &old.options);
        let rewrites = || Hazard::RewritesTable(it.object.to_string());
        if self.access_method != old.access_method {
            let Some(method) = &self.access_method else { return Alter::Replace };
            let set = format!("ALTER MATERIALIZED VIEW {it} SET ACCESS METHOD {}", identifier(method));
            steps.push(Step::new(set).hazard(rewrites()));
        }
        if self.tablespace != old.tablespace {
            let place = identifier(self.tablespace.as_deref().unwrap_or("pg_default"));
            let set = format!("ALTER MATERIALIZED VIEW {it} SET TABLESPACE {place}");
            steps.push(Step::new(set).hazard(rewrites()));
        }
        Alter::InPlace(steps)
    }

    fn granted_on(&self, it: &Subject) -> (String, String) {
        (String::new(), format!("TABLE {it}"))
    }
}
