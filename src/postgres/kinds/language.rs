//! Procedural languages: `pg_language`. Those that an extension brings are the extension's.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;

/// A language for functions.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Language {
    /// Whether everybody may be allowed to use it.
    pub trusted: bool,
    /// The function that runs functions.
    pub handler: String,
    /// The function that runs DO.
    pub inline: Option<String>,
    /// The function that looks at functions when they are made.
    pub validator: Option<String>,
}

impl Language {
    fn define(&self, it: &Subject) -> Vec<Step> {
        let trusted = if self.trusted { "TRUSTED " } else { "" };
        let mut sql = format!("CREATE OR REPLACE {trusted}LANGUAGE {it} HANDLER {}", self.handler);
        sql.extend(self.inline.as_ref().map(|inline| format!(" INLINE {inline}")));
        sql.extend(self.validator.as_ref().map(|validator| format!(" VALIDATOR {validator}")));
        vec![Step::new(sql)]
    }
}

impl Kind for Language {
    const NAME: &'static str = "language";
    const KEYWORD: &'static str = "LANGUAGE";
    const QUERY: &'static str = include_str!("language.sql");
    const PRIVILEGES: Option<char> = Some('l');

    fn create(&self, it: &Subject) -> Vec<Step> {
        self.define(it)
    }

    fn alter(&self, _: &Self, it: &Subject) -> Alter {
        Alter::InPlace(self.define(it))
    }
}
