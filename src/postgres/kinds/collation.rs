//! Collations: `pg_collation`. Their versions are the operating system's matter, and not compared.

use serde::{Deserialize, Serialize};

use super::aside::{OtherName, other_name};
use crate::kind::{Aside, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// An order of text.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Collation {
    /// `libc`, `icu` or `builtin`.
    pub provider: String,
    /// Whether texts that are equal are the same bytes.
    pub deterministic: bool,
    /// The locale; of libc, the one that orders.
    pub locale: String,
    /// The locale of libc that classifies characters.
    pub ctype: String,
    /// What an ICU locale is tailored by.
    pub rules: Option<String>,
}

impl Kind for Collation {
    const NAME: &'static str = "collation";
    const KEYWORD: &'static str = "COLLATION";
    const QUERY: &'static str = include_str!("collation.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut options = vec![format!("provider = {}", self.provider)];
        if !self.deterministic {
            options.push("deterministic = false".to_owned());
        }
        if self.provider != "libc" || self.locale == self.ctype {
            options.push(format!("locale = {}", literal(&self.locale)));
        } else {
            options.push(format!("lc_collate = {}", literal(&self.locale)));
            options.push(format!("lc_ctype = {}", literal(&self.ctype)));
        }
        if let Some(rules) = &self.rules {
            options.push(format!("rules = {}", literal(rules)));
        }
        vec![guard::unless_exists(it, &format!("CREATE COLLATION {it} ({})", options.join(", ")))]
    }

    /// Columns go over to the successor while this one waits under another name.
    fn set_aside(&self, it: &Subject) -> Option<Aside> {
        let [schema, name] = it.address.names.as_slice() else { return None };
        let OtherName { spelled, full, .. } = other_name(it, schema, name);
        let away = guard::when(
            &format!("to_regcollation({}) IS NULL", literal(&full)),
            &format!("ALTER COLLATION {it} RENAME TO {spelled}"),
        );
        let remove = Step::new(format!("DROP COLLATION IF EXISTS {full}"));
        Some(Aside { always: false, away: vec![away], carry: vec![], remove: vec![remove] })
    }
}
