//! Foreign tables: `pg_class` of kind f. Their rows are elsewhere, so that they may be made anew.

use serde::{Deserialize, Serialize};

use super::constraint::Constraint;
use super::foreign_column::ForeignColumn;
use super::inheritance::Inheritance;
use super::options;
use crate::catalog::Address;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::quote::literal;

/// A table whose rows a foreign server keeps.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ForeignTable {
    /// The server.
    pub server: String,
    /// `name=value`, in order of names, without secrets.
    pub options: Vec<String>,
}

impl Kind for ForeignTable {
    const NAME: &'static str = "foreign table";
    const KEYWORD: &'static str = "FOREIGN TABLE";
    const QUERY: &'static str = include_str!("foreign_table.sql");
    const PRIVILEGES: Option<char> = Some('r');

    fn create(&self, it: &Subject) -> Vec<Step> {
        let parents: Vec<_> = it.parts::<Inheritance>();
        let mut makes: Vec<Address> = parents.iter().map(|(link, _)| link.address.clone()).collect();
        let mut lines = vec![];
        let mut after = vec![];
        for (column, body) in it.parts::<ForeignColumn>() {
            // A child's column is a part of its parent's.
            if body.table != it.object.identity {
                continue;
            }
            if body.local.0 || parents.is_empty() {
                lines.push(body.clause(&column));
                makes.extend(body.stated(&column));
                after.extend(body.finish(&column));
            } else {
                after.extend(body.overrides(&column));
            }
            makes.push(column.address.clone());
        }
        for (constraint, body) in it.parts::<Constraint>() {
            if body.table != it.object.identity || !body.validated {
                continue;
            }
            if body.local.0 || parents.is_empty() {
                lines.push(body.clause());
            }
            makes.push(constraint.address.clone());
        }
        let body =
            if lines.is_empty() { String::new() } else { format!("\n    {}\n", lines.join(",\n    ")) };
        let mut sql = format!("CREATE FOREIGN TABLE IF NOT EXISTS {it} ({body})");
        if !parents.is_empty() {
            let names: Vec<_> = parents.iter().map(|(_, link)| link.parent.as_str()).collect();
            sql.push_str(&format!("\nINHERITS ({})", names.join(", ")));
        }
        sql.push_str(&format!("\nSERVER {}{}", self.server, options::clause(&self.options)));
        let mut steps = vec![Step::new(sql).makes(makes)];
        steps.extend(after);
        steps
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if self.server != old.server {
            return Alter::Replace;
        }
        let stored = format!(
            "SELECT FROM pg_foreign_table AS t CROSS JOIN unnest(t.ftoptions) AS o \
             JOIN (VALUES (to_regclass({}))) AS v (id) ON v.id = t.ftrelid",
            literal(&it.object.identity)
        );
        let head = format!("ALTER FOREIGN TABLE {it}");
        Alter::InPlace(options::steps(&head, &stored, &old.options, &self.options))
    }

    fn granted_on(&self, it: &Subject) -> (String, String) {
        (String::new(), format!("TABLE {it}"))
    }
}
