//! Text search configurations: `pg_ts_config`, with their mappings, which the server has no address for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// How texts of one language become lexemes.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct TextSearchConfiguration {
    /// The parser, as the server spells it.
    pub parser: String,
    /// The dictionaries that each type of token is offered to, in this order, as the server spells them.
    pub mappings: BTreeMap<String, Vec<String>>,
}

impl TextSearchConfiguration {
    /// From `old` mappings to these, a statement for all types of tokens that go the same way.
    fn map(&self, old: &BTreeMap<String, Vec<String>>, it: &Subject) -> Vec<Step> {
        let mut gone: Vec<_> = old.keys().filter(|token| !self.mappings.contains_key(*token)).collect();
        let mut steps = vec![];
        if !gone.is_empty() {
            gone.sort();
            steps.push(format!("DROP MAPPING IF EXISTS FOR {}", list(gone)));
        }
        let mut ways: Vec<(&Vec<String>, Vec<&String>)> = vec![];
        for (token, way) in self.mappings.iter().filter(|(token, way)| old.get(*token) != Some(*way)) {
            match ways.iter_mut().find(|(same, _)| *same == way) {
                Some((_, tokens)) => tokens.push(token),
                None => ways.push((way, vec![token])),
            }
        }
        // ALTER MAPPING also makes one that is not there yet, which ADD MAPPING does only once.
        let altered = ways
            .into_iter()
            .map(|(way, tokens)| format!("ALTER MAPPING FOR {}\n    WITH {}", list(tokens), list(way)));
        steps.extend(altered);
        steps
            .into_iter()
            .map(|action| Step::new(format!("ALTER TEXT SEARCH CONFIGURATION {it}\n    {action}")))
            .collect()
    }
}

impl Kind for TextSearchConfiguration {
    const NAME: &'static str = "text search configuration";
    const KEYWORD: &'static str = "TEXT SEARCH CONFIGURATION";
    const QUERY: &'static str = include_str!("text_search_configuration.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let create = format!("CREATE TEXT SEARCH CONFIGURATION {it} (PARSER = {})", self.parser);
        let mappings = self.map(&BTreeMap::new(), it);
        std::iter::once(guard::unless_exists(it, &create)).chain(mappings).collect()
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if self.parser == old.parser { Alter::InPlace(self.map(&old.mappings, it)) } else { Alter::Replace }
    }
}

fn list<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    names.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}
