//! Transforms between a type and a language: `pg_transform`.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::Step;

/// How values of a type go into a language and come out of it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Transform {
    /// The type and the language: `FOR … LANGUAGE …`.
    pub target: Incidental<String>,
    /// The function that takes a value into the language.
    pub from_sql: Option<String>,
    /// The function that takes it out again.
    pub to_sql: Option<String>,
}

impl Transform {
    fn define(&self) -> Vec<Step> {
        let clause = |word: &str, function: &Option<String>| {
            function.as_ref().map(|function| format!("{word} SQL WITH FUNCTION {function}"))
        };
        let clauses = clause("FROM", &self.from_sql).into_iter().chain(clause("TO", &self.to_sql));
        let clauses: Vec<_> = clauses.collect();
        vec![Step::new(format!(
            "CREATE OR REPLACE TRANSFORM {} (\n    {}\n)",
            self.target.0,
            clauses.join(",\n    ")
        ))]
    }
}

impl Kind for Transform {
    const NAME: &'static str = "transform";
    const KEYWORD: &'static str = "TRANSFORM";
    const QUERY: &'static str = include_str!("transform.sql");

    fn create(&self, _: &Subject) -> Vec<Step> {
        self.define()
    }

    fn alter(&self, _: &Self, _: &Subject) -> Alter {
        Alter::InPlace(self.define())
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![Step::new(format!("DROP TRANSFORM IF EXISTS {}", self.target.0))]
    }

    fn spelling(&self, _: &Subject) -> String {
        format!("TRANSFORM {}", self.target.0)
    }

    fn rename(&self, _: &Subject, _: &str, _: &str) -> Option<String> {
        None
    }
}
