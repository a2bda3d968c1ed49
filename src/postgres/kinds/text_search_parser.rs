//! Text search parsers: `pg_ts_parser`. They have no owner, and nothing about one can be altered.

use serde::{Deserialize, Serialize};

use crate::kind::{Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// What cuts a text into tokens; functions are spelled as the server spells them.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct TextSearchParser {
    /// Begins with a text.
    pub start: String,
    /// Gives the next token.
    pub token: String,
    /// Ends.
    pub end: String,
    /// Chooses what to show of a text that was found.
    pub headline: Option<String>,
    /// Lists the types of tokens.
    pub types: String,
}

impl Kind for TextSearchParser {
    const NAME: &'static str = "text search parser";
    const KEYWORD: &'static str = "TEXT SEARCH PARSER";
    const QUERY: &'static str = include_str!("text_search_parser.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let headline =
            self.headline.as_ref().map_or(String::new(), |name| format!("    HEADLINE = {name},\n"));
        let sql = format!(
            "CREATE TEXT SEARCH PARSER {it} (\n    START = {},\n    GETTOKEN = {},\n    END = {},\n{headline}    \
             LEXTYPES = {}\n)",
            self.start, self.token, self.end, self.types
        );
        vec![guard::unless_exists(it, &sql)]
    }
}
