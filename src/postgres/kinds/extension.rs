//! Extensions: `pg_extension`. Their members are theirs, and no objects of ours.

use serde::{Deserialize, Serialize};

use super::default_privileges::DefaultPrivileges;
use crate::catalog::Address;
use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::introspect::Scope;
use crate::postgres::quote::{dollar, identifier, literal};

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
}

impl Extension {
    /// Whether default privileges may reach its members. Those are for what the schema makes: what was granted on members
    /// is stated apart, seen from what the server gives by itself.
    fn is_born_otherwise(&self, it: &Subject) -> bool {
        [it.setting.live, it.setting.desired].iter().any(|catalog| {
            catalog.objects.values().any(|object| {
                let born = object.body.as_any().downcast_ref::<DefaultPrivileges>();
                born.is_some_and(|born| born.schema.as_ref().is_none_or(|schema| *schema == self.schema))
            })
        })
    }
}

/// Gives members what the server gives by itself, but for those that the extension's own script grants something on.
fn first_privileges(it: &Subject) -> Step {
    let name = it.address.names.last().map_or("", String::as_str);
    let body = include_str!("first_privileges.sql").replace("{extension}", &literal(name));
    let why = "Default privileges are not for what the extension brings";
    Step::new(format!("-- {why}\nDO {}", dollar(&format!("\n{body}"))))
}

impl Kind for Extension {
    const NAME: &'static str = "extension";
    const KEYWORD: &'static str = "EXTENSION";
    const QUERY: &'static str = include_str!("extension.sql");
    const NAMED: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut sql = format!("CREATE EXTENSION IF NOT EXISTS {it} SCHEMA {}", self.schema);
        if self.version.is_some() || !self.default_version.0 {
            sql.push_str(&format!(" VERSION {}", identifier(&self.installed.0)));
        }
        let create = Step::new(sql);
        if self.is_born_otherwise(it) { vec![create, first_privileges(it)] } else { vec![create] }
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
            steps
                .push(Step::new(format!("ALTER EXTENSION {it} UPDATE TO {}", identifier(&self.installed.0))));
        }
        Alter::InPlace(steps)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let drop = Step::new(format!("DROP EXTENSION IF EXISTS {it}"));
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
