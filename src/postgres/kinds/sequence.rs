//! Sequences, with those of identity columns: `pg_sequence`.

use serde::{Deserialize, Serialize};

use crate::catalog::Address;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;

/// A sequence; its present value is data, and never compared.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Sequence {
    /// `smallint`, `integer` or `bigint`.
    #[serde(rename = "type")]
    pub type_: String,
    /// First value.
    pub start: i64,
    /// Step.
    pub increment: i64,
    /// Lowest value.
    pub minimum: i64,
    /// Highest value.
    pub maximum: i64,
    /// Values a session takes at once.
    pub cache: i64,
    /// Whether it begins again at its end.
    pub cycle: bool,
    /// Whether its changes are kept out of the write-ahead log.
    pub unlogged: bool,
    /// Whether it belongs to an identity column, which makes it.
    #[serde(rename = "identity_column")]
    pub identity: bool,
}

impl Sequence {
    /// What follows AS IDENTITY for the column at `column`, with a space before it.
    pub fn identity_options(&self, it: &Subject, column: &Address) -> String {
        let mut options = self.options();
        // The name that the server chooses where it need not shorten or number it.
        if let ([_, table, column], [_, name]) = (column.names.as_slice(), it.address.names.as_slice())
            && format!("{table}_{column}_seq") != *name
        {
            options.insert(0, format!("SEQUENCE NAME {it}"));
        }
        if options.is_empty() { String::new() } else { format!(" ({})", options.join(" ")) }
    }

    /// Only what is not as the server would choose it.
    fn options(&self) -> Vec<String> {
        let highest = match self.type_.as_str() {
            "smallint" => i64::from(i16::MAX),
            "integer" => i64::from(i32::MAX),
            _ => i64::MAX,
        };
        let lowest = -highest - 1;
        let rising = self.increment > 0;
        let (minimum, maximum) = if rising { (1, highest) } else { (lowest, -1) };
        let mut options = vec![];
        if self.increment != 1 {
            options.push(format!("INCREMENT BY {}", self.increment));
        }
        if self.minimum != minimum {
            options.push(format!("MINVALUE {}", self.minimum));
        }
        if self.maximum != maximum {
            options.push(format!("MAXVALUE {}", self.maximum));
        }
        if self.start != if rising { self.minimum } else { self.maximum } {
            options.push(format!("START WITH {}", self.start));
        }
        if self.cache != 1 {
            options.push(format!("CACHE {}", self.cache));
        }
        if self.cycle {
            options.push("CYCLE".to_owned());
        }
        options
    }
}

impl Kind for Sequence {
    const NAME: &'static str = "sequence";
    const KEYWORD: &'static str = "SEQUENCE";
    const QUERY: &'static str = include_str!("sequence.sql");
    const NAMED: bool = true;
    const PRIVILEGES: Option<char> = Some('s');

    fn create(&self, it: &Subject) -> Vec<Step> {
        if self.identity {
            return vec![];
        }
        let unlogged = if self.unlogged { "UNLOGGED " } else { "" };
        let mut sql = format!("CREATE {unlogged}SEQUENCE IF NOT EXISTS {it}");
        if self.type_ != "bigint" {
            sql.push_str(&format!(" AS {}", self.type_));
        }
        for option in self.options() {
            sql.push(' ');
            sql.push_str(&option);
        }
        vec![Step::new(sql)]
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if self.identity != old.identity {
            return Alter::Replace;
        }
        let mut steps = vec![];
        let bare = |it: &Sequence| Sequence { unlogged: false, type_: it.type_.clone(), ..*it };
        if bare(self) != bare(old) {
            let cycle = if self.cycle { "CYCLE" } else { "NO CYCLE" };
            steps.push(Step::new(format!(
                "ALTER SEQUENCE {it} AS {} INCREMENT BY {} MINVALUE {} MAXVALUE {} START WITH {} CACHE {} {cycle}",
                self.type_, self.increment, self.minimum, self.maximum, self.start, self.cache
            )));
        }
        if self.unlogged != old.unlogged {
            let word = if self.unlogged { "UNLOGGED" } else { "LOGGED" };
            steps.push(Step::new(format!("ALTER SEQUENCE {it} SET {word}")));
        }
        Alter::InPlace(steps)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        if self.identity { vec![] } else { vec![Step::new(format!("DROP SEQUENCE IF EXISTS {it}"))] }
    }
}
