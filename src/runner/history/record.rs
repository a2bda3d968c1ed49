//! What history says of one migration.

use serde::Serialize;

use crate::migration::{File, Version};

/// What stands before the checksum of a file that is known to be gone.
const GONE: &str = "gone:";

/// One migration that has run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Its number.
    pub version: Version,
    /// Its name, without the number.
    pub name: String,
    /// What its header said.
    pub description: String,
    /// What it required, as its header said.
    pub depends: Vec<String>,
    /// See [`crate::migration::checksum`]; empty for what another system ran, and has no file here; marked where the file
    /// has gone since, and the user has said so.
    pub checksum: String,
    /// When it was recorded, as ISO 8601 in UTC.
    pub applied_at: String,
    /// The role that recorded it.
    pub applied_by: String,
    /// How long it ran, in milliseconds.
    pub execution_time_ms: i64,
}

impl Record {
    /// Whether it needs no file: another system ran it before `schemadiff adopt`, or its file is known to be gone.
    pub fn is_without_file(&self) -> bool {
        self.is_adopted() || self.checksum.starts_with(GONE)
    }

    /// Whether another system ran it, and left no file.
    pub fn is_adopted(&self) -> bool {
        self.checksum.is_empty()
    }

    /// The checksum of the file that ran.
    pub fn ran(&self) -> &str {
        self.checksum.strip_prefix(GONE).unwrap_or(&self.checksum)
    }

    /// Whether it tells of the file, by number and name.
    pub fn is_of(&self, file: &File) -> bool {
        self.version == file.version && self.name == file.name
    }

    /// Its checksum when the file is known to be gone.
    pub(super) fn gone(&self) -> String {
        format!("{GONE}{}", self.ran())
    }
}
