//! Whether a folder of migrations is fit to be merged: in order, unedited, and together equal to the schema files.
//!
//! Each check goes on after what it finds, so that one run names everything.

mod files;
mod history;
mod replay;

use std::fmt;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::Error;

pub use files::check_files;
pub use history::check_history;
pub use replay::{Replay, check_downs, check_replay};

/// What something found speaks against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Files are named by number and name, a number is there once, and all are UTF-8.
    Folder,
    /// A text can be cut into statements and sections.
    Script,
    /// A header says what it must, and of this file.
    Header,
    /// What a file depends on exists and comes before it.
    Depends,
    /// History and the folder tell the same story.
    History,
    /// All migrations run, one after the other, in an empty database.
    Replay,
    /// What they lead to is what the schema files say.
    Schema,
    /// A down script leads back to where its migration began, from where that runs again.
    Down,
}

impl fmt::Display for Rule {
    /// As JSON has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Rule::Folder => "folder",
            Rule::Script => "script",
            Rule::Header => "header",
            Rule::Depends => "depends",
            Rule::History => "history",
            Rule::Replay => "replay",
            Rule::Schema => "schema",
            Rule::Down => "down",
        })
    }
}

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Finding {
    /// What it speaks against.
    pub rule: Rule,
    /// The file or folder it is about.
    pub file: Option<PathBuf>,
    /// The line of the file, from 1.
    pub line: Option<usize>,
    /// In characters, from 1.
    pub column: Option<usize>,
    /// What was found; further lines are details.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    #[serde(skip)]
    shown: String,
}

impl Finding {
    /// A finding about `file` from an error, which may know the place better.
    fn new(rule: Rule, file: Option<&Path>, error: &Error) -> Finding {
        let at = error.at.as_deref();
        Finding {
            rule,
            file: at.map(|at| at.file.clone()).or(file.map(Path::to_owned)),
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
            message: error.message.clone(),
            hint: error.hint.clone(),
            shown: error.to_string(),
        }
    }
}

impl fmt::Display for Finding {
    /// As an error is shown: message, the marked line of the file, the hint.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}
