//! Text search dictionaries: `pg_ts_dict`.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// A template with its options.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct TextSearchDictionary {
    /// The template, as the server spells it.
    pub template: String,
    /// The options in their order, such as `language = 'dutch'`, as the server prints them.
    pub options: Vec<String>,
}

impl TextSearchDictionary {
    fn names(&self) -> impl Iterator<Item = &str> {
        self.options.iter().map(|option| option.split_once(" = ").map_or(option.as_str(), |(name, _)| name))
    }
}

impl Kind for TextSearchDictionary {
    const NAME: &'static str = "text search dictionary";
    const KEYWORD: &'static str = "TEXT SEARCH DICTIONARY";
    const QUERY: &'static str = include_str!("text_search_dictionary.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let template = format!("TEMPLATE = {}", self.template);
        let lines: Vec<_> = std::iter::once(&template).chain(&self.options).map(String::as_str).collect();
        let sql = format!("CREATE TEXT SEARCH DICTIONARY {it} (\n    {}\n)", lines.join(",\n    "));
        vec![guard::unless_exists(it, &sql)]
    }

    /// An option that is stated goes to the end of the list, and one without a value goes: all of them stated, in
    /// order, make the list.
    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if self.template != old.template {
            return Alter::Replace;
        }
        let gone = old.names().filter(|name| !self.names().any(|kept| kept == *name));
        let options: Vec<_> = gone.chain(self.options.iter().map(String::as_str)).collect();
        Alter::InPlace(vec![Step::new(format!("ALTER TEXT SEARCH DICTIONARY {it} ({})", options.join(", ")))])
    }
}
