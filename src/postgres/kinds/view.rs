//! Views: `pg_class` of kind v and the rule that stands for their query.

use serde::{Deserialize, Serialize};

use super::parameters::Parameters;
use super::view_column::ViewColumn;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::deparse::Printed;

/// A view; defaults, comments and privileges of its columns are objects of their own.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Its query, as the server prints it, without space before it and semicolon behind it.
    pub definition: Printed,
    /// `name type`, and `COLLATE …` where it is not the type's own, column by column.
    pub columns: Vec<String>,
    /// `security_barrier`, `security_invoker` and `check_option`.
    pub options: Parameters,
}

impl View {
    /// OR REPLACE takes all options anew, those that are not named included.
    fn state(&self, it: &Subject) -> Step {
        let options = self.options.clause(" ");
        // The server aligns its lines to a first line that is set in by one.
        Step::new(format!("CREATE OR REPLACE VIEW {it}{options} AS\n {}", self.definition))
            .makes(it.parts::<ViewColumn>().into_iter().map(|(column, _)| column.address.clone()))
    }
}

impl Kind for View {
    const NAME: &'static str = "view";
    const KEYWORD: &'static str = "VIEW";
    const QUERY: &'static str = include_str!("view.sql");
    const NAMED: bool = true;
    const EMBEDS: bool = true;
    const PRIVILEGES: Option<char> = Some('r');

    fn create(&self, it: &Subject) -> Vec<Step> {
        vec![self.state(it)]
    }

    /// OR REPLACE may only append columns (`checkViewColumns` in the server's `view.c`).
    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if !self.columns.starts_with(&old.columns) {
            return Alter::Replace;
        }
        if self.definition != old.definition || self.columns != old.columns {
            return Alter::InPlace(vec![self.state(it)]);
        }
        Alter::InPlace(self.options.steps(&format!("VIEW {it}"), &old.options))
    }

    fn granted_on(&self, it: &Subject) -> (String, String) {
        (String::new(), format!("TABLE {it}"))
    }
}
