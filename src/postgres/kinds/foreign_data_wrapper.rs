//! Foreign-data wrappers: `pg_foreign_data_wrapper`. Those that an extension brings are the extension's.

use serde::{Deserialize, Serialize};

use super::options;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// A way to reach what is elsewhere.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ForeignDataWrapper {
    /// The function that tells the server how.
    pub handler: Option<String>,
    /// The function that looks at options.
    pub validator: Option<String>,
    /// `name=value`, in order of names, without secrets.
    pub options: Vec<String>,
}

impl Kind for ForeignDataWrapper {
    const NAME: &'static str = "foreign data wrapper";
    const KEYWORD: &'static str = "FOREIGN DATA WRAPPER";
    const QUERY: &'static str = include_str!("foreign_data_wrapper.sql");
    const PRIVILEGES: Option<char> = Some('F');

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut sql = format!("CREATE FOREIGN DATA WRAPPER {it}");
        sql.extend(self.handler.as_ref().map(|handler| format!(" HANDLER {handler}")));
        sql.extend(self.validator.as_ref().map(|validator| format!(" VALIDATOR {validator}")));
        sql.push_str(&options::clause(&self.options));
        vec![guard::unless_exists(it, &sql)]
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        let head = format!("ALTER FOREIGN DATA WRAPPER {it}");
        let mut steps = vec![];
        let mut act = |clause: String| steps.push(Step::new(format!("{head} {clause}")));
        match &self.handler {
            _ if self.handler == old.handler => {}
            Some(handler) => act(format!("HANDLER {handler}")),
            None => act("NO HANDLER".to_owned()),
        }
        // Neither validator knows all options on the way from the one to the other.
        let validated = self.validator != old.validator;
        if validated && old.validator.is_some() {
            act("NO VALIDATOR".to_owned());
        }
        let stored = format!(
            "SELECT FROM pg_foreign_data_wrapper AS w CROSS JOIN unnest(w.fdwoptions) AS o \
             JOIN (VALUES ({})) AS v (name) ON v.name = w.fdwname",
            literal(&it.address.names[0])
        );
        steps.extend(options::steps(&head, &stored, &old.options, &self.options));
        if validated && let Some(validator) = &self.validator {
            steps.push(Step::new(format!("{head} VALIDATOR {validator}")));
        }
        Alter::InPlace(steps)
    }
}
