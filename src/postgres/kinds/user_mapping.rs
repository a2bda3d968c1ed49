//! User mappings: `pg_user_mapping`, as far as the role that reads may see their options.

use serde::{Deserialize, Serialize};

use super::options;
use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::quote::literal;

/// As whom a role comes to a foreign server.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct UserMapping {
    /// The role, or `PUBLIC`, and the server: `… SERVER …`.
    pub target: Incidental<String>,
    /// The unquoted name of the role, or `public`.
    pub role: Incidental<String>,
    /// The unquoted name of the server.
    pub server: Incidental<String>,
    /// `name=value`, in order of names, without secrets.
    pub options: Vec<String>,
    /// The names of secret options, which are kept as they are.
    pub secrets: Incidental<Vec<String>>,
}

impl Kind for UserMapping {
    const NAME: &'static str = "user mapping";
    const KEYWORD: &'static str = "USER MAPPING";
    const QUERY: &'static str = include_str!("user_mapping.sql");

    /// Secrets are not written down, so that a new mapping lacks them.
    fn create(&self, _: &Subject) -> Vec<Step> {
        let mut sql = format!("CREATE USER MAPPING IF NOT EXISTS FOR {}", self.target.0);
        sql.push_str(&options::clause(&self.options));
        if !self.secrets.0.is_empty() {
            sql = format!(
                "-- Secrets are not written here; to be set with ALTER USER MAPPING: {}\n{sql}",
                self.secrets.0.join(", ")
            );
        }
        vec![Step::new(sql)]
    }

    fn alter(&self, old: &Self, _: &Subject) -> Alter {
        let stored = format!(
            "SELECT FROM pg_user_mappings AS m CROSS JOIN unnest(m.umoptions) AS o \
             JOIN (VALUES ({}, {})) AS v (role, server) ON v.role = m.usename AND v.server = m.srvname",
            literal(&self.role.0),
            literal(&self.server.0)
        );
        let head = format!("ALTER USER MAPPING FOR {}", self.target.0);
        Alter::InPlace(options::steps(&head, &stored, &old.options, &self.options))
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        // IF EXISTS forgives neither a missing role nor a missing server on all versions.
        let known = format!(
            "EXISTS (SELECT FROM pg_user_mappings WHERE usename = {} AND srvname = {})",
            literal(&self.role.0),
            literal(&self.server.0)
        );
        let drop = crate::postgres::guard::when(&known, &format!("DROP USER MAPPING FOR {}", self.target.0));
        if self.secrets.0.is_empty() {
            return vec![drop];
        }
        vec![drop.hazard(Hazard::DeletesData(format!("secrets of {}", it.object)))]
    }

    fn rename(&self, _: &Subject, _: &str, _: &str) -> Option<String> {
        None
    }
}
