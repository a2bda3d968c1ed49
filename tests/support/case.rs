//! The cases in `tests/cases`: what each folder holds.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use schemadiff::Result;
use schemadiff::postgres::introspect::{Scope, Versions};
use schemadiff::postgres::quote::identifier;
use schemadiff::postgres::scratch::plain;
use schemadiff::postgres::server::Server;
use schemadiff::source::Source;
use serde::Deserialize;

use super::programs::programs;

/// Two states of a schema, and what must be true of the way between them.
pub struct Case {
    /// The folder of its kind and its own: `column/add`.
    pub name: String,
    /// What `case.yaml` says.
    pub about: About,
    folder: PathBuf,
}

/// The keys of `case.yaml`, all of which may be left out.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct About {
    /// `">=16"`: the first major version that knows what the case is about.
    server: Option<String>,
    /// Roles that exist beforehand.
    pub roles: Vec<String>,
    /// Tablespaces that exist beforehand, inside of the server's own folder: from PostgreSQL 15 on.
    pub tablespaces: Vec<String>,
    /// What is hard about it; for the reader.
    #[serde(rename = "note")]
    _note: Option<String>,
    /// Planning must be refused, and say this.
    pub error: Option<String>,
    /// Renames that no annotation states: `public.foods.kcal=energy_kcal`.
    pub rename: Vec<String>,
    /// Words that no statement may contain, either way.
    pub forbid: Vec<String>,
    /// What it makes refuses statements, also those of other cases.
    pub alone: bool,
    /// Roles are managed: each of its databases is on a server of its own.
    pub roles_managed: bool,
    /// Why it does not work yet. The case must fail, so that this goes when it works.
    pub unsupported: Option<String>,
}

#[allow(dead_code, reason = "not every test looks at all of it")]
impl Case {
    /// Every case, in the order of names.
    pub fn all() -> Vec<Case> {
        let kinds = folders(&root());
        kinds.iter().flat_map(|kind| folders(kind)).map(|folder| Case::read(&folder)).collect()
    }

    fn read(folder: &Path) -> Case {
        Case::within(folder, folder.strip_prefix(root()).unwrap().display().to_string())
    }

    /// The case in this folder, wherever that is.
    pub fn within(folder: &Path, name: String) -> Case {
        let text = fs::read_to_string(folder.join("case.yaml")).unwrap_or_default();
        let about: Option<About> =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}/case.yaml: {error}"));
        Case::new(folder.to_owned(), name, about.unwrap_or_default())
    }

    /// The case of which this is known.
    pub fn new(folder: PathBuf, name: String, about: About) -> Case {
        Case { name, about, folder }
    }

    /// The folder of its kind, and its own name.
    pub fn kind_and_name(&self) -> (&str, &str) {
        self.name.split_once('/').expect("a case is in the folder of its kind")
    }

    /// The oldest major version that it runs on.
    pub fn oldest_server(&self) -> u32 {
        let Some(server) = &self.about.server else { return 0 };
        let version = server.strip_prefix(">=").and_then(|version| version.parse().ok());
        version.unwrap_or_else(|| panic!("{}/case.yaml: `server` is written as \">=16\"", self.name))
    }

    /// One of its two states: `old` or `new`.
    pub fn state(&self, which: &str) -> Result<Source> {
        let source = Source::read(&self.folder.join(format!("{which}.sql")))?;
        if self.about.roles_managed { source.managing_roles() } else { Ok(source) }
    }

    /// What is compared of both states.
    pub fn scope(&self) -> Scope {
        let roles = self.state("new").map(|new| new.managed_roles()).unwrap_or_default();
        let versioned = self.state("new").map(|new| new.versioned_extensions()).unwrap_or_default();
        Scope { roles, versions: Versions::Of(versioned), ..Scope::default() }
    }

    /// So many servers of its own, with what it counts on, if its roles would stand in the way of other cases.
    pub async fn own_servers(&self, count: usize) -> Vec<Server> {
        let mut servers = Vec::new();
        for _ in 0..if self.about.roles_managed { count } else { 0 } {
            let server = Server::start(&programs()).unwrap_or_else(|error| panic!("{error}"));
            let superuser = plain(server.config(server.database())).await.unwrap();
            for statement in surroundings([self]) {
                superuser.batch_execute(&statement).await.unwrap();
            }
            servers.push(server);
        }
        servers
    }

    /// The same as it is written.
    pub fn text(&self, which: &str) -> String {
        let file = self.folder.join(format!("{which}.sql"));
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// Pairs of the name now and the name to be.
    pub fn renames(&self) -> Vec<(String, String)> {
        let pairs = self.about.rename.iter().map(|pair| pair.split_once('=').expect("`rename` is OLD=NEW"));
        pairs.map(|(old, new)| (old.to_owned(), new.to_owned())).collect()
    }

    /// Whether it states renames, by annotation or by option.
    pub fn states_renames(&self) -> Result<bool> {
        Ok(!self.about.rename.is_empty() || !self.state("new")?.renames()?.is_empty())
    }

    /// The statements that put rows into the old state.
    pub fn rows(&self) -> String {
        fs::read_to_string(self.folder.join("rows.sql")).unwrap_or_default()
    }
}

/// What makes the roles and tablespaces of these cases on a server, each statement to be run by itself.
pub fn surroundings<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Vec<String> {
    let cases: Vec<&Case> = cases.into_iter().collect();
    let all = |of: fn(&About) -> &Vec<String>| -> BTreeSet<String> {
        cases.iter().flat_map(|case| of(&case.about)).map(|name| identifier(name)).collect()
    };
    let roles = all(|about| &about.roles).into_iter().map(|name| format!("CREATE ROLE {name}"));
    let tablespaces = all(|about| &about.tablespaces);
    let allow = (!tablespaces.is_empty()).then(|| String::from("SET allow_in_place_tablespaces = on"));
    let create = tablespaces.into_iter().map(|name| format!("CREATE TABLESPACE {name} LOCATION ''"));
    roles.chain(allow).chain(create).collect()
}

/// Where the cases are.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}
