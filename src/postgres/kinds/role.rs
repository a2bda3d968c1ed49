//! Roles: `pg_authid`, without passwords. They are the whole server's.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Concern, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// Who may connect, or what may be granted together.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// Whether nothing is denied to it.
    pub superuser: bool,
    /// Whether it has by itself what the roles may do that it becomes a member of.
    pub inherit: bool,
    /// Whether it may make roles.
    pub create_role: bool,
    /// Whether it may make databases.
    pub create_database: bool,
    /// Whether it may connect.
    pub login: bool,
    /// Whether it may copy all of the server.
    pub replication: bool,
    /// Whether policies do not hold for it.
    pub bypass_row_security: bool,
    /// How many connections it may have at once; -1 for any number.
    pub connection_limit: i32,
    /// Until when its password may be used; None for ever.
    pub valid_until: Option<String>,
}

/// As CREATE ROLE makes one of which nothing is said.
const PLAIN: Role = Role {
    superuser: false,
    inherit: true,
    create_role: false,
    create_database: false,
    login: false,
    replication: false,
    bypass_row_security: false,
    connection_limit: -1,
    valid_until: None,
};

impl Role {
    fn flags(&self) -> [(&'static str, bool); 7] {
        [
            ("SUPERUSER", self.superuser),
            ("INHERIT", self.inherit),
            ("CREATEROLE", self.create_role),
            ("CREATEDB", self.create_database),
            ("LOGIN", self.login),
            ("REPLICATION", self.replication),
            ("BYPASSRLS", self.bypass_row_security),
        ]
    }

    /// The options that lead from `old` to this, each with a blank before it.
    fn options_from(&self, old: &Role) -> String {
        let flags = self.flags().into_iter().zip(old.flags());
        let changed = flags.filter(|((_, is), (_, was))| is != was);
        let mut options: String =
            changed.map(|((word, is), _)| format!(" {}{word}", if is { "" } else { "NO" })).collect();
        if self.connection_limit != old.connection_limit {
            options.push_str(&format!(" CONNECTION LIMIT {}", self.connection_limit));
        }
        if self.valid_until != old.valid_until {
            let until = self.valid_until.as_deref().unwrap_or("infinity");
            options.push_str(&format!(" VALID UNTIL {}", literal(until)));
        }
        options
    }
}

impl Kind for Role {
    const NAME: &'static str = "role";
    const KEYWORD: &'static str = "ROLE";
    const QUERY: &'static str = include_str!("role.sql");
    const NAMED: bool = true;
    const CONCERN: Concern = Concern::Roles;

    fn create(&self, it: &Subject) -> Vec<Step> {
        vec![guard::unless_exists(it, &format!("CREATE ROLE {it}{}", self.options_from(&PLAIN)))]
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        Alter::InPlace(vec![Step::new(format!("ALTER ROLE {it}{}", self.options_from(old)))])
    }

    /// What still needs the role makes this fail. Its password, and who was made a member of it by hand, are gone.
    fn remove(&self, it: &Subject) -> Vec<Step> {
        vec![
            Step::new(format!("DROP ROLE IF EXISTS {it}")).hazard(Hazard::DeletesData(it.object.to_string())),
        ]
    }

    fn rename(&self, _: &Subject, _: &str, _: &str) -> Option<String> {
        None
    }
}
