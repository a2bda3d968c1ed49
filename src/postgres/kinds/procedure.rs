//! Procedures: `pg_proc` of kind p.

use serde::{Deserialize, Serialize};

use super::function::Function;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;

/// A procedure, which has all that a function has.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Procedure(Function);

impl Kind for Procedure {
    const NAME: &'static str = "procedure";
    const KEYWORD: &'static str = "PROCEDURE";
    const QUERY: &'static str = concat!(include_str!("routine.sql"), "    AND p.prokind = 'p'\n");
    const PRIVILEGES: Option<char> = Some('f');

    fn create(&self, it: &Subject) -> Vec<Step> {
        self.0.define(&self.spelling(it))
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        self.0.redefine(&old.0, &self.spelling(it))
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![Step::new(format!("DROP {} IF EXISTS {}", Self::KEYWORD, self.0.signature.0))]
    }

    fn granted_on(&self, it: &Subject) -> (String, String) {
        (String::new(), self.spelling(it))
    }

    fn spelling(&self, _: &Subject) -> String {
        format!("PROCEDURE {}", self.0.signature.0)
    }
}
