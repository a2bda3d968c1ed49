//! Casts: `pg_cast`. Nothing about one can be altered.

use serde::{Deserialize, Serialize};

use crate::kind::{Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// A way from one type to another; the two types are its name.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Cast {
    /// By `f`unction, through the text of `i`nput and output, or as they are: `b`inary.
    pub method: char,
    /// The function with the types of its arguments, as the server spells it.
    pub function: Option<String>,
    /// Taken where it is written `e`xplicitly, also in `a`ssignments, or everywhere: `i`mplicitly.
    pub context: char,
}

impl Kind for Cast {
    const NAME: &'static str = "cast";
    const KEYWORD: &'static str = "CAST";
    const QUERY: &'static str = include_str!("cast.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let way = match (&self.function, self.method) {
            (Some(function), _) => format!("WITH FUNCTION {function}"),
            (None, 'i') => "WITH INOUT".to_owned(),
            (None, _) => "WITHOUT FUNCTION".to_owned(),
        };
        let context = match self.context {
            'a' => " AS ASSIGNMENT",
            'i' => " AS IMPLICIT",
            _ => "",
        };
        vec![guard::unless_exists(it, &format!("CREATE CAST {it} {way}{context}"))]
    }

    fn rename(&self, _: &Subject, _: &str, _: &str) -> Option<String> {
        None
    }
}
