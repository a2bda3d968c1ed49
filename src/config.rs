//! schemadiff.yaml: what a project says once instead of on every command line.

mod derived;
pub mod environment;
pub mod value;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::Position;
use crate::postgres::kinds::REGISTRY;
use crate::selection::Selection;
use crate::{Error, ErrorKind, Result};
pub use environment::Environment;
pub use value::{Bytes, Destructive, Digits, Layout, Managed, Numbers, OnDrift, Online, ScratchChoice, Span};

/// The name under which the configuration is looked for in the current folder, and nowhere above
/// it: the same command in a subfolder must not silently act on another project's database.
pub const FILE_NAME: &str = "schemadiff.yaml";

/// What to do where a folder or file of a project is missing: go to the project, if one is above it, or begin one.
pub(crate) fn advice_without(missing: &Path) -> Option<String> {
    let missing = std::path::absolute(missing).ok()?;
    let mut above = missing.ancestors().skip(1);
    if above.next()?.join(FILE_NAME).exists() {
        return None;
    }
    let project = above.find(|folder| folder.join(FILE_NAME).exists())?;
    Some(format!("the project is in `{}`: run it there", project.display()))
}

/// The configuration of a project; every key has a default.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The folder or file that states the desired schema.
    pub schema: PathBuf,
    /// How schema files are laid out that are written from a database.
    pub layout: Layout,
    /// The folder of the numbered files.
    pub migrations: PathBuf,
    /// How new numbered files are called.
    pub naming: Naming,
    /// Comment lines that new numbered files bear below their header, with `${NAME}` for variables, as written; see
    /// [`Environment::expand`].
    pub header: String,
    /// Patterns of what is compared: names of schemas, and of objects with or without their kind; everything, if empty.
    pub include: Vec<String>,
    /// Patterns of what is not compared.
    pub exclude: Vec<String>,
    /// What is different where: `dev`, `staging`, `prod`, chosen by `--env`.
    pub environments: BTreeMap<String, Surroundings>,
    /// The live database, with `${NAME}` for variables, as written; see [`Environment::expand`].
    pub database_url: Option<String>,
    /// Where scratch databases are made.
    pub scratch: ScratchChoice,
    /// The folder of the server's programs, for a private server.
    pub binaries: Option<PathBuf>,
    /// What is managed besides the objects themselves.
    pub manage: Manage,
    /// Where applied migrations are recorded.
    pub history: History,
    /// What it takes to destroy data.
    pub destructive: Destructive,
    /// When plans take the ways that keep a live table usable.
    pub online: Online,
    /// Tables up to this size get the plain form under `online: auto`.
    pub small_table: Bytes,
    /// What to do where the database is not what a migration was made for.
    pub on_drift: OnDrift,
    /// How long a migration's statement waits for a lock; `None` leaves it to what the statement does.
    pub lock_timeout: Option<Span>,
    /// The environment that was chosen.
    #[serde(skip)]
    pub environment: Option<String>,
    /// The folder of the file: all paths are relative to it, and `.env` is read there.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// What one environment says otherwise.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Surroundings {
    /// See [`Config::database_url`].
    pub database_url: Option<String>,
    /// See [`Config::scratch`].
    pub scratch: Option<ScratchChoice>,
    /// See [`Config::destructive`].
    pub destructive: Option<Destructive>,
    /// See [`Config::online`].
    pub online: Option<Online>,
    /// See [`Config::on_drift`].
    pub on_drift: Option<OnDrift>,
    /// See [`Config::lock_timeout`].
    pub lock_timeout: Option<Span>,
}

/// How new numbered files are called.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Naming {
    /// How their numbers are found.
    pub numbers: Numbers,
    /// How many digits a number has, at least; `None` leaves that to the files that are there.
    pub digits: Option<Digits>,
}

/// What is managed besides the objects themselves.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Manage {
    /// Who owns an object.
    pub owners: Managed,
    /// What is granted on an object.
    pub privileges: Managed,
    /// What sessions of the database begin with.
    pub settings: Managed,
    /// Which version of an extension is installed.
    pub extension_versions: Managed,
    /// The roles that the schema files make, which all databases of a server share.
    pub roles: bool,
}

/// The history table.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct History {
    /// Its name.
    pub table: String,
    /// The schema it is in.
    pub schema: String,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            schema: "schema".into(),
            layout: Layout::default(),
            migrations: "migrations".into(),
            naming: Naming::default(),
            header: String::new(),
            include: vec![],
            exclude: vec![],
            environments: BTreeMap::new(),
            database_url: None,
            scratch: ScratchChoice::default(),
            binaries: None,
            manage: Manage::default(),
            history: History::default(),
            destructive: Destructive::default(),
            online: Online::default(),
            small_table: Bytes(8 << 20),
            on_drift: OnDrift::default(),
            lock_timeout: None,
            environment: None,
            folder: PathBuf::new(),
        }
    }
}

impl Default for History {
    fn default() -> History {
        History { table: "schema_migrations".to_owned(), schema: "schemadiff".to_owned() }
    }
}

impl Config {
    /// Makes what the environment of this name says hold.
    ///
    /// # Errors
    /// There is none of this name.
    pub fn choose(&mut self, name: &str) -> Result<()> {
        let Some(chosen) = self.environments.get(name).cloned() else {
            let known: Vec<&str> = self.environments.keys().map(String::as_str).collect();
            let listed: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            let hint = match nearest(name, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => format!("write it into `{FILE_NAME}`, below `environments:`"),
                None => format!("`{FILE_NAME}` has {}", listed.join(", ")),
            };
            return Err(Error::new(ErrorKind::Usage, format!("there is no environment `{name}`")).hint(hint));
        };
        self.environment = Some(name.to_owned());
        self.scratch = chosen.scratch.unwrap_or(std::mem::take(&mut self.scratch));
        self.destructive = chosen.destructive.unwrap_or(self.destructive);
        self.online = chosen.online.unwrap_or(self.online);
        self.on_drift = chosen.on_drift.unwrap_or(self.on_drift);
        self.lock_timeout = chosen.lock_timeout.or(self.lock_timeout);
        Ok(())
    }

    /// The database of the environment that was chosen, and where it is named.
    pub fn chosen_database(&self) -> Option<(&str, String)> {
        let name = self.environment.as_ref()?;
        let url = self.environments.get(name)?.database_url.as_deref()?;
        Some((url, format!("`database_url` of the environment `{name}` in schemadiff.yaml")))
    }

    /// What is compared.
    pub fn selection(&self) -> Selection {
        Selection { include: self.include.clone(), exclude: self.exclude.clone() }
    }

    /// Reads `file`, or else schemadiff.yaml in the current folder; without one, the defaults.
    ///
    /// # Errors
    /// A named file that is missing, or one that does not make sense.
    pub fn read(file: Option<&Path>) -> Result<Config> {
        let path = file.unwrap_or(Path::new(FILE_NAME));
        match std::fs::read_to_string(path) {
            Ok(text) => Config::parse(&text, path),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && file.is_none() => {
                match ["schemadiff.yml", "schemadiff.json", "schemadiff.toml"]
                    .into_iter()
                    .find(|near| Path::new(near).exists())
                {
                    Some(near) => Err(Error::new(ErrorKind::Usage, format!("`{near}` is not read"))
                        .hint(format!("the configuration is named `{FILE_NAME}`; or say `--config {near}`"))),
                    None => Ok(Config::default()),
                }
            }
            Err(error) => Err(Error::new(
                ErrorKind::Usage,
                match error.kind() {
                    std::io::ErrorKind::NotFound => format!("there is no file `{}`", path.display()),
                    std::io::ErrorKind::InvalidData => format!("`{}` is not UTF-8", path.display()),
                    _ => format!("cannot read `{}`: {error}", path.display()),
                },
            )
            .caused_by(error)),
        }
    }

    /// Reads the text of `file`; its paths become relative to the file's folder.
    ///
    /// # Errors
    /// An unknown key (with the nearest known one), a value of the wrong form, or no YAML at all.
    pub fn parse(text: &str, file: &Path) -> Result<Config> {
        let blank = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        let mut config = match blank {
            true => Config::default(),
            false => serde_yaml::from_str(text).map_err(|error| explain(error, text, file))?,
        };
        config.folder = file.parent().map(Path::to_owned).unwrap_or_default();
        config.schema = config.folder.join(&config.schema);
        config.migrations = config.folder.join(&config.migrations);
        config.binaries = config.binaries.map(|binaries| config.folder.join(binaries));
        for (key, value) in [("schema", &config.history.schema), ("table", &config.history.table)] {
            if value.trim().is_empty() {
                return Err(Error::new(ErrorKind::Usage, format!("`history.{key}` is empty"))
                    .hint("leave the key out for the usual name"));
            }
        }
        let kinds: Vec<&str> = REGISTRY.iter().map(|entry| entry.name).collect();
        if let Some((pattern, error)) = config.selection().mistakes(&kinds).next() {
            let place = |offset| Position::locate(file, text, offset);
            return Err(match text.find(pattern).filter(|_| !pattern.is_empty()) {
                Some(offset) => error.at(place(offset)),
                None => error,
            });
        }
        Ok(config)
    }
}

/// What the YAML reader says, in our words and at its place in the file.
fn explain(error: serde_yaml::Error, text: &str, file: &Path) -> Error {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let told = match said.split_once("unknown field `") {
        Some((_, names)) => {
            let names: Vec<&str> = names.split('`').step_by(2).collect();
            let (unknown, known) = names.split_first().expect("the text has at least one piece");
            let hint = match nearest(unknown, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys here are `{}`", known.join("`, `")),
            };
            Error::new(ErrorKind::Usage, format!("unknown key `{unknown}`")).hint(hint)
        }
        None => match said.split_once(": ") {
            Some((key, reason)) if !key.contains(' ') => {
                Error::new(ErrorKind::Usage, format!("`{key}`: {reason}"))
            }
            _ => Error::new(ErrorKind::Usage, said.to_owned()),
        },
    };
    match error.location() {
        Some(place) => told.at(Position::locate(file, text, offset(text, place.line(), place.column()))),
        None => told,
    }
}

/// The byte at a line and a column, both from 1 and the column in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let within = text[before..].char_indices().nth(column - 1).map_or(text.len() - before, |(at, _)| at);
    before + within
}

/// The known name that a person most likely meant.
pub(crate) fn nearest<'a>(unknown: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |name: &str| strsim::jaro_winkler(&unknown.to_lowercase(), name);
    let best = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) > 0.75).then_some(*best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Config::parse(text, Path::new("schemadiff.yaml")).unwrap_err().to_string()
    }

    #[test]
    fn every_key_is_read() {
        let text = "schema: sql\nlayout: schema\nmigrations: db/migrations\ndatabase_url: postgres://${ROLE}@db/plans\nscratch: server\n\
                    binaries: bin\nmanage: {owners: true, privileges: auto, settings: false, extension_versions: true, roles: true}\n\
                    history: {table: applied, schema: ops}\nonline: always\nsmall_table: 1MB\nlock_timeout: 2s\n";
        let config = Config::parse(text, Path::new("project/schemadiff.yaml")).unwrap();
        assert_eq!(config.schema, Path::new("project/sql"));
        assert_eq!(config.migrations, Path::new("project/db/migrations"));
        assert_eq!(config.layout, Layout::Schema);
        assert_eq!(config.binaries.as_deref(), Some(Path::new("project/bin")));
        assert_eq!(config.scratch, ScratchChoice::Server);
        assert_eq!(
            config.manage,
            Manage {
                owners: Managed::Always,
                privileges: Managed::Auto,
                settings: Managed::Never,
                extension_versions: Managed::Always,
                roles: true
            }
        );
        assert_eq!(config.history, History { table: "applied".into(), schema: "ops".into() });
        assert_eq!(config.online, Online::Always);
        assert_eq!(config.small_table, Bytes(1 << 20));
        assert_eq!(config.lock_timeout, Some(Span(std::time::Duration::from_secs(2))));
    }

    #[test]
    fn an_empty_file_means_the_defaults() {
        for text in ["", "# nothing yet\n", "\n\n"] {
            assert_eq!(Config::parse(text, Path::new("schemadiff.yaml")).unwrap(), Config::default());
        }
    }

    #[test]
    fn an_environment_says_otherwise() {
        let text =
            "online: never\nlock_timeout: 1s\nenvironments: {prod: {database_url: a, online: always}}\n";
        let mut config = Config::parse(text, Path::new("schemadiff.yaml")).unwrap();
        assert_eq!(config.chosen_database(), None);
        config.choose("prod").unwrap();
        assert_eq!(config.online, Online::Always);
        assert_eq!(config.lock_timeout, Some(Span(std::time::Duration::from_secs(1))));
        assert_eq!(config.chosen_database().unwrap().0, "a");
        assert_eq!(config.choose("prd").unwrap_err().hint.as_deref(), Some("did you mean `prod`?"));
    }

    /// The keys that a mistake lists, below `prefix`.
    fn keys(prefix: &str) -> Vec<String> {
        let said = error(&format!("{prefix}nonsense_key_: 1\n"));
        let hint = said.split("the keys here are ").nth(1).unwrap();
        hint.split(", ").map(|key| key.trim_matches('`').to_owned()).collect()
    }

    #[test]
    fn the_schema_for_editors_and_the_example_know_every_key() {
        let schema: serde_json::Value =
            serde_json::from_str(include_str!("../docs/schemadiff.schema.json")).unwrap();
        let all = &schema["properties"];
        for (prefix, properties) in [
            ("", all),
            ("manage:\n  ", &all["manage"]["properties"]),
            ("history:\n  ", &all["history"]["properties"]),
            ("naming:\n  ", &all["naming"]["properties"]),
            ("environments:\n  prod:\n    ", &all["environments"]["additionalProperties"]["properties"]),
        ] {
            let mut written: Vec<_> = properties.as_object().unwrap().keys().cloned().collect();
            let mut read = keys(prefix);
            written.sort();
            read.sort();
            assert_eq!(written, read, "{prefix}");
        }
        let example = crate::init::CONFIGURATION;
        for key in keys("") {
            assert!(example.contains(&format!("\n# {key}:")), "{key} is not in the example");
        }
        // What is commented out makes sense too.
        let keyed = |line: &str| line.starts_with(|c: char| c.is_lowercase() || c == ' ');
        let lines = example.lines().filter_map(|line| line.strip_prefix("# ")).filter(|line| {
            keyed(line) && line.split_once(':').is_some_and(|(key, _)| !key.trim().contains([' ', '`', '.']))
        });
        let text: String = lines.map(|line| format!("{line}\n")).collect();
        Config::parse(&text, Path::new("schemadiff.yaml")).unwrap_or_else(|error| panic!("{error}\n{text}"));
    }

    #[test]
    fn mistakes_are_shown_where_they_are() {
        let texts = [
            "schema: sql\nmigratons: db\n",
            "manage:\n  owner: true\n",
            "manage:\n  owners: perhaps\n",
            "small_table: 8 apples\n",
            "schema: [a, b]\n",
            "schema: a\nschema: b\n",
            "schema: 'open\n",
            "# größer\ncolour: blue\n",
        ];
        let all: Vec<String> = texts.iter().map(|text| format!("{text}\nerror: {}\n", error(text))).collect();
        insta::with_settings!({snapshot_path => "../snapshots/config", prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!("mistakes", all.join("\n"));
        });
    }
}
