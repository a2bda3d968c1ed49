//! Extensions: `pg_extension`. Their members are theirs, and no objects of ours.

use serde::{Deserialize, Serialize};

use super::default_privileges::DefaultPrivileges;
use crate::catalog::Address;
use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::guard;
use crate::postgres::introspect::Scope;
use crate::postgres::quote::{identifier, literal};

/// An installed extension.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Extension {
    /// The schema that holds its members, as the server spells it.
    pub schema: String,
    /// The version that it shall have; None where that is not compared.
    pub version: Option<String>,
    /// The version of its script.
    pub installed: Incidental<String>,
    /// Whether its members can move to another schema.
    pub relocatable: Incidental<bool>,
    /// Whether the server installs this version where nobody says which.
    pub default_version: Incidental<bool>,
    /// The comment that CREATE EXTENSION gives it.
    pub born_comment: Incidental<Option<String>>,
    /// Whether it has tables or sequences that hold what users put there.
    pub holds_rows: Incidental<bool>,
    /// Where its version is not the default: pairs of versions, each with a way from the first to the second, of
    /// which one is this.
    pub update_paths: Incidental<Vec<String>>,
}

impl Extension {
    /// Whether scripts lead from `old` to this version; where nobody knows, the server shall say.
    fn is_reachable(&self, old: &Extension) -> bool {
        let known = [old, self].into_iter().find(|it| !it.default_version.0);
        known.is_none_or(|it| {
            it.update_paths.0.is_empty()
                || it
                    .update_paths
                    .0
                    .chunks_exact(2)
                    .any(|path| *path == [old.installed.0.clone(), self.installed.0.clone()])
        })
    }

    /// That it is not there in this version, if it shall have a certain one.
    fn is_missing(&self, it: &Subject) -> String {
        match self.version {
            Some(_) => format!("NOT {}", self.is_installed(it)),
            None => format!("NOT EXISTS (SELECT FROM pg_extension WHERE extname = {})", Self::name(it)),
        }
    }

    /// That it is there in this version.
    fn is_installed(&self, it: &Subject) -> String {
        let (name, version) = (Self::name(it), literal(&self.installed.0));
        format!("EXISTS (SELECT FROM pg_extension WHERE extname = {name} AND extversion = {version})")
    }

    fn name(it: &Subject) -> String {
        literal(it.address.names.last().map_or("", String::as_str))
    }
}

/// Runs `sql`, which brings members, while default privileges are as the server has them by itself: what an extension's own
/// script grants could not be told from them afterwards. Where the schema files have members born with them, that is
/// stated apart.
fn without_defaults(it: &Subject, is_missing: &str, sql: String) -> Step {
    let live = it.setting.live;
    let role = identifier(&live.facts.role);
    let standing = (0..live.objects.len()).filter_map(|index| {
        let defaults = Subject::new(live, index, it.setting);
        defaults.body::<DefaultPrivileges>().filter(|body| body.role == role).map(|body| (defaults, body))
    });
    let (mut off, mut on) = (vec![], vec![]);
    for (defaults, body) in standing {
        off.extend(body.remove(&defaults));
        on.extend(body.create(&defaults));
    }
    if off.is_empty() {
        return Step::new(sql);
    }
    let statement = |step: Step| step.within.unwrap_or(step.sql);
    let all: Vec<_> =
        off.into_iter().map(statement).chain([sql]).chain(on.into_iter().map(statement)).collect();
    guard::when(is_missing, &all.join(";\n"))
}

impl Kind for Extension {
    const NAME: &'static str = "extension";
    const KEYWORD: &'static str = "EXTENSION";
    const QUERY: &'static str = include_str!("extension.sql");
    const NAMED: bool = true;
    const PRECEDES: &'static [&'static str] = &["default privilege"];

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut sql = format!("CREATE EXTENSION IF NOT EXISTS {it} SCHEMA {}", self.schema);
        if self.version.is_some() || !self.default_version.0 {
            sql.push_str(&format!(" VERSION {}", identifier(&self.installed.0)));
        }
        vec![without_defaults(it, &self.is_missing(it), sql)]
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        let mut steps = vec![];
        if self.schema != old.schema {
            if !old.relocatable.0 {
                return Alter::Replace;
            }
            steps.push(Step::new(format!("ALTER EXTENSION {it} SET SCHEMA {}", self.schema)));
        }
        if self.version != old.version {
            if !self.is_reachable(old) {
                return Alter::Replace;
            }
            let update = format!("ALTER EXTENSION {it} UPDATE TO {}", identifier(&self.installed.0));
            steps.push(without_defaults(it, &self.is_missing(it), update));
        }
        Alter::InPlace(steps)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let drop = Step::new(format!("DROP EXTENSION IF EXISTS {it}"));
        // When the file is run again, the members of its successor would be born with the default privileges of then.
        let successor = it.setting.desired.body::<Extension>(it.address);
        let is_told_apart = successor.is_some_and(|successor| successor.installed.0 != self.installed.0);
        let drop = guard::only_if(is_told_apart.then(|| self.is_installed(it)), drop);
        vec![if self.holds_rows.0 { drop.hazard(Hazard::DeletesData(it.object.to_string())) } else { drop }]
    }

    fn narrow(&mut self, address: &Address, scope: &Scope) {
        if !address.names.last().is_some_and(|name| scope.versions.take(name)) {
            self.version = None;
        }
    }

    fn born_comment(&self) -> Option<&str> {
        self.born_comment.0.as_deref()
    }

    fn rename(&self, _: &Subject, _: &str, _: &str) -> Option<String> {
        None
    }
}
