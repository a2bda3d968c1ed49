//! What was granted and revoked on objects that are not the schema's own: those of the server's catalog and those of
//! extensions, whose first privileges `pg_init_privs` remembers.

use serde::{Deserialize, Serialize};

use super::extension::Extension;
use crate::kind::{Alter, Concern, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// How the privileges of one such object differ from those that it was born with.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangedPrivileges {
    /// The statements that lead here from the first privileges.
    pub made: Vec<String>,
    /// Those that lead back.
    pub undone: Vec<String>,
}

/// The statements as steps; what ends with the name of a role is not done once that is gone.
fn steps<'a>(statements: impl Iterator<Item = &'a String>, it: &Subject) -> Vec<Step> {
    let step = |statement: &String| match statement.rsplit_once(" FROM ") {
        Some((_, role)) => guard::while_they_last(it, &[role], Step::new(statement)),
        None => Step::new(statement),
    };
    statements.map(step).collect()
}

impl Kind for ChangedPrivileges {
    const NAME: &'static str = "changed privileges";
    const KEYWORD: &'static str = "PRIVILEGES";
    const QUERY: &'static str = include_str!("changed_privileges.sql");
    const NAMED: bool = true;
    const CONCERN: Concern = Concern::Privileges;

    fn create(&self, it: &Subject) -> Vec<Step> {
        steps(self.made.iter(), it)
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        let gone = old.undone.iter().filter(|statement| !self.undone.contains(statement));
        let new = self.made.iter().filter(|statement| !old.made.contains(statement));
        Alter::InPlace(steps(gone.chain(new), it))
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let steps = steps(self.undone.iter(), it);
        // Where its extension is elsewhere when the file is run again, there is nothing of this name.
        let moves = it.required::<Extension>().any(|(extension, before)| {
            let after = it.setting.desired.body::<Extension>(extension.address);
            after.is_some_and(|after| after.schema != before.schema)
        });
        if !moves {
            return steps;
        }
        steps.into_iter().map(guard::if_known).collect()
    }
}
