//! What sessions of the database begin with: `pg_db_role_setting`.
//!
//! A schema is the same whatever its database is called, so that no statement here names it.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Concern, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::{dollar, literal};

/// One parameter, for all roles or for one.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct DatabaseSetting {
    /// The role, as the server spells it, if it is not for all.
    pub role: Option<String>,
    /// The parameter, as the server spells it.
    pub name: String,
    /// What stands after `TO`.
    pub value: String,
}

impl DatabaseSetting {
    /// ALTER DATABASE takes no word for the database at hand: its name is put in when the statement is run.
    fn act(&self, action: &str) -> Step {
        let escaped = |text: &str| text.replace('%', "%%");
        let head = match &self.role {
            Some(role) => format!("ALTER ROLE {} IN DATABASE", escaped(role)),
            None => "ALTER DATABASE".to_owned(),
        };
        let statement = literal(&format!("{head} %I {}", escaped(action)));
        let execute = format!("EXECUTE format({statement}, current_database())");
        let body = format!("\nBEGIN\n    {execute};\nEND\n");
        Step { within: Some(execute), ..Step::new(format!("DO {}", dollar(&body))) }
    }
}

impl Kind for DatabaseSetting {
    const NAME: &'static str = "database setting";
    const KEYWORD: &'static str = "DATABASE SETTING";
    const QUERY: &'static str = concat!(include_str!("setting.sql"), include_str!("database_setting.sql"));
    const NAMED: bool = true;
    const CONCERN: Concern = Concern::DatabaseSettings;

    fn create(&self, _: &Subject) -> Vec<Step> {
        vec![self.act(&format!("SET {} TO {}", self.name, self.value))]
    }

    fn alter(&self, _: &Self, it: &Subject) -> Alter {
        Alter::InPlace(self.create(it))
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let reset = self.act(&format!("RESET {}", self.name));
        let role = self.role.as_deref().unwrap_or_default();
        vec![guard::while_they_last(it, &[role], reset)]
    }
}
