//! Conversions between encodings: `pg_conversion`. No ALTER changes them.

use serde::{Deserialize, Serialize};

use crate::kind::{Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// How text goes from one encoding to another.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Conversion {
    /// Whether it is the one that is taken where nobody names one.
    pub default: bool,
    /// The encoding that it reads.
    pub source: String,
    /// The encoding that it writes.
    pub target: String,
    /// The function that does it.
    pub function: String,
}

impl Kind for Conversion {
    const NAME: &'static str = "conversion";
    const KEYWORD: &'static str = "CONVERSION";
    const QUERY: &'static str = include_str!("conversion.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let default = if self.default { "DEFAULT " } else { "" };
        vec![guard::unless_exists(
            it,
            &format!(
                "CREATE {default}CONVERSION {it} FOR {} TO {} FROM {}",
                literal(&self.source),
                literal(&self.target),
                self.function
            ),
        )]
    }
}
