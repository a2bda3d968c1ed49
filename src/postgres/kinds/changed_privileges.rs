//! What was granted and revoked on objects that are not the schema's own: those of the server's catalog and those of
//! extensions, whose first privileges `pg_init_privs` remembers.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Concern, Kind, Subject};
use crate::plan::Step;

/// How the privileges of one such object differ from those that it was born with.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangedPrivileges {
    /// The statements that lead here from the first privileges.
    pub made: Vec<String>,
    /// Those that lead back.
    pub undone: Vec<String>,
}

fn steps(statements: &[String]) -> Vec<Step> {
    statements.iter().map(Step::new).collect()
}

impl Kind for ChangedPrivileges {
    const NAME: &'static str = "changed privileges";
    const KEYWORD: &'static str = "PRIVILEGES";
    const QUERY: &'static str = include_str!("changed_privileges.sql");
    const NAMED: bool = true;
    const CONCERN: Concern = Concern::Privileges;

    fn create(&self, _: &Subject) -> Vec<Step> {
        steps(&self.made)
    }

    fn alter(&self, old: &Self, _: &Subject) -> Alter {
        let gone = old.undone.iter().filter(|statement| !self.undone.contains(statement));
        let new = self.made.iter().filter(|statement| !old.made.contains(statement));
        Alter::InPlace(gone.chain(new).map(Step::new).collect())
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        steps(&self.undone)
    }
}
