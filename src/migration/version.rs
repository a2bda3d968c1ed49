//! The number of a migration, which remembers how wide its folder writes numbers.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// The digits that a new folder gives to a number.
pub(super) const DIGITS: usize = 4;

/// The number of a migration. Two are equal if their numbers are, however many zeros precede them.
#[derive(Debug, Clone, Copy)]
pub struct Version {
    /// The number itself, as history keeps it.
    pub number: i64,
    /// How many digits it is written with, at least.
    pub digits: usize,
}

impl Version {
    /// Reads leading zeros and digits; `None` for anything else, or for what a `bigint` cannot hold.
    pub fn parse(text: &str) -> Option<Version> {
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Some(Version { number: text.parse().ok()?, digits: text.len() })
    }
}

impl From<i64> for Version {
    fn from(number: i64) -> Version {
        Version { number, digits: DIGITS }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0digits$}", self.number, digits = self.digits)
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Version) -> bool {
        self.number == other.number
    }
}

impl Eq for Version {}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Version) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Version) -> Ordering {
        self.number.cmp(&other.number)
    }
}

impl Hash for Version {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl JsonSchema for Version {
    fn schema_name() -> Cow<'static, str> {
        "Version".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "The number of a migration.", "type": "integer" })
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.number)
    }
}
