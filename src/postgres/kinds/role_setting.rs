//! What sessions of a role begin with in whatever database: `pg_db_role_setting`.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Concern, Kind, Subject};
use crate::plan::Step;

/// One parameter of one role.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct RoleSetting {
    /// The role, as the server spells it.
    pub role: String,
    /// The parameter, as the server spells it.
    pub name: String,
    /// What stands after `TO`.
    pub value: String,
}

impl Kind for RoleSetting {
    const NAME: &'static str = "role setting";
    const KEYWORD: &'static str = "ROLE SETTING";
    const QUERY: &'static str = concat!(include_str!("setting.sql"), include_str!("role_setting.sql"));
    const NAMED: bool = true;
    const CONCERN: Concern = Concern::Roles;

    fn create(&self, _: &Subject) -> Vec<Step> {
        vec![Step::new(format!("ALTER ROLE {} SET {} TO {}", self.role, self.name, self.value))]
    }

    fn alter(&self, _: &Self, it: &Subject) -> Alter {
        Alter::InPlace(self.create(it))
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![Step::new(format!("ALTER ROLE {} RESET {}", self.role, self.name))]
    }
}
