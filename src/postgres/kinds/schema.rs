//! Schemas: `pg_namespace`.

use serde::{Deserialize, Serialize};

use crate::kind::{Kind, Subject};
use crate::plan::Step;

/// A namespace; all that can be said of it is said of every object.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Schema {}

impl Kind for Schema {
    const NAME: &'static str = "schema";
    const KEYWORD: &'static str = "SCHEMA";
    const QUERY: &'static str = include_str!("schema.sql");
    const PRIVILEGES: Option<char> = Some('n');

    fn create(&self, it: &Subject) -> Vec<Step> {
        vec![Step::new(format!("CREATE SCHEMA IF NOT EXISTS {it}"))]
    }
}
