//! Text search templates: `pg_ts_template`. They have no owner, and nothing about one can be altered.

use serde::{Deserialize, Serialize};

use crate::kind::{Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// What dictionaries are made of; functions are spelled as the server spells them.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct TextSearchTemplate {
    /// Reads a dictionary's options.
    pub init: Option<String>,
    /// Turns a token into lexemes.
    pub lexize: String,
}

impl Kind for TextSearchTemplate {
    const NAME: &'static str = "text search template";
    const KEYWORD: &'static str = "TEXT SEARCH TEMPLATE";
    const QUERY: &'static str = include_str!("text_search_template.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let init = self.init.as_ref().map_or(String::new(), |init| format!("INIT = {init}, "));
        let sql = format!("CREATE TEXT SEARCH TEMPLATE {it} ({init}LEXIZE = {})", self.lexize);
        vec![guard::unless_exists(it, &sql)]
    }
}
