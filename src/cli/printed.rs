//! What `--format json` prints, command by command, and a schema of all of it for those who write programs.

use std::path::PathBuf;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::preview::Line;
use crate::adopt::Adoption;
use crate::check;
use crate::lint::{self, Rule};
use crate::losses::Loss;
use crate::migration::{Renumbering, Version};
use crate::plan::Change;
use crate::precheck::Precheck;
use crate::report::diagram::Diagram;
use crate::report::dump::tree::Refreshed;
use crate::review::Review;
use crate::runner::{Entry, Event};
use crate::why::Reason;

/// The version of all these shapes; a key that is added does not change it.
const VERSION: u32 = 1;

/// The files of a new project.
#[derive(JsonSchema, Serialize)]
pub struct Begun<'a> {
    /// In the order in which they were written.
    pub written: &'a [PathBuf],
}

/// A migration that `generate` has written, or would write.
#[derive(Default, JsonSchema, Serialize)]
pub struct Generated<'a> {
    /// The files; none after a dry run, and where there is nothing to do.
    pub files: Vec<PathBuf>,
    /// What differs.
    pub changes: &'a [Change],
    /// What it may cost, in words.
    pub hazards: Vec<String>,
    /// What it deletes, and how much of that there is.
    pub losses: &'a [Loss],
    /// What may fail on rows that exist, and how many of the live database do not fit.
    pub prechecks: &'a [Precheck],
    /// The text of the migration; none where there is nothing to do.
    pub up: Option<String>,
    /// The text of its down script.
    pub down: Option<String>,
}

/// The files of a migration that is begun by hand.
#[derive(JsonSchema, Serialize)]
pub struct New {
    /// Its number.
    pub version: Version,
    /// Its name, without the number.
    pub name: String,
    /// The files.
    pub files: Vec<PathBuf>,
}

/// How migrations stand.
#[derive(JsonSchema, Serialize)]
pub struct Status<'a> {
    /// Applied or not, in their order.
    pub migrations: &'a [Entry],
    /// What leads from the database to what its history says; null where `--drift` did not ask.
    pub drift: Option<&'a [Change]>,
}

/// What `check` has looked at, and found.
#[derive(JsonSchema, Serialize)]
pub struct Checked<'a> {
    /// How many migrations there are.
    pub migrations: usize,
    /// Whether the history of a database was compared.
    pub history: bool,
    /// Whether all of them ran in a scratch database.
    pub replayed: bool,
    /// What keeps them from being merged.
    pub findings: &'a [check::Finding],
}

/// The rules of `lint --rules`.
#[derive(JsonSchema, Serialize)]
pub struct Rules {
    /// In the order of their names.
    pub rules: &'static [Rule],
}

/// The reason of a statement.
#[derive(JsonSchema, Serialize)]
pub struct Explained<'a> {
    /// Its text.
    pub statement: &'a str,
    /// None where no plan has it.
    pub reason: Option<Reason>,
}

/// A schema as one script.
#[derive(JsonSchema, Serialize)]
pub struct Dumped {
    /// Its statements, in an order that loads.
    pub sql: String,
}

/// What `baseline` has recorded.
#[derive(JsonSchema, Serialize)]
pub struct Recorded {
    /// The migrations that history did not know.
    pub recorded: Vec<Named>,
    /// Whether nothing was written.
    pub dry_run: bool,
}

/// A migration.
#[derive(JsonSchema, Serialize)]
pub struct Named {
    /// Its number.
    pub version: Version,
    /// Its name, without the number.
    pub name: String,
}

/// One line of `apply` and `rollback`.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it is only described: each is printed as what it is")]
enum RunOutput<'a> {
    Event(Event),
    Line(Line<'a>),
}

/// The findings of `lint`, or with `--rules` its rules.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it is only described: each is printed as what it is")]
enum LintOutput {
    Findings(lint::Report),
    Rules(Rules),
}

/// What was refreshed in a folder, or the script.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it is only described: each is printed as what it is")]
enum DumpOutput {
    Folder(Refreshed),
    Script(Dumped),
}

type Describe = fn(&mut SchemaGenerator) -> Schema;

/// What each command prints; of `apply` and `rollback`, each line.
const PRINTED: [(&str, Describe); 16] = [
    ("init", SchemaGenerator::subschema_for::<Begun>),
    ("generate", SchemaGenerator::subschema_for::<Generated>),
    ("new", SchemaGenerator::subschema_for::<New>),
    ("apply", SchemaGenerator::subschema_for::<RunOutput>),
    ("rollback", SchemaGenerator::subschema_for::<RunOutput>),
    ("status", SchemaGenerator::subschema_for::<Status>),
    ("check", SchemaGenerator::subschema_for::<Checked>),
    ("lint", SchemaGenerator::subschema_for::<LintOutput>),
    ("review", SchemaGenerator::subschema_for::<Review>),
    ("graph", SchemaGenerator::subschema_for::<Diagram>),
    ("why", SchemaGenerator::subschema_for::<Explained>),
    ("diff", SchemaGenerator::subschema_for::<Vec<Change>>),
    ("dump", SchemaGenerator::subschema_for::<DumpOutput>),
    ("baseline", SchemaGenerator::subschema_for::<Recorded>),
    ("renumber", SchemaGenerator::subschema_for::<Renumbering>),
    ("adopt", SchemaGenerator::subschema_for::<Adoption>),
];

/// A JSON schema with a property for each command.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut generator = settings.into_generator();
    let describe =
        |(command, describe): &(&str, Describe)| ((*command).to_owned(), describe(&mut generator).to_value());
    let properties: Map<String, Value> = PRINTED.iter().map(describe).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What `--format json` prints, by command",
        "description": format!(
            "Version {VERSION}. Keys may be added under the same version; a key that is taken away or means something else makes \
             a new one. `apply` and `rollback` print one such document a line."
        ),
        "type": "object",
        "properties": properties,
        "$defs": generator.take_definitions(true),
    })
}
