//! Access methods: `pg_am`. No ALTER changes them.

use serde::{Deserialize, Serialize};

use crate::kind::{Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// A way to store tables or indexes.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct AccessMethod {
    /// `TABLE` or `INDEX`.
    pub stores: String,
    /// The function that the server asks how.
    pub handler: String,
}

impl Kind for AccessMethod {
    const NAME: &'static str = "access method";
    const KEYWORD: &'static str = "ACCESS METHOD";
    const QUERY: &'static str = include_str!("access_method.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        vec![guard::unless_exists(
            it,
            &format!("CREATE ACCESS METHOD {it} TYPE {} HANDLER {}", self.stores, self.handler),
        )]
    }

    fn rename(&self, _: &Subject, _: &str, _: &str) -> Option<String> {
        None
    }
}
