//! What objects yet to be made will be born with: ALTER DEFAULT PRIVILEGES, `pg_default_acl`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Concern, Incidental, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// Grantee as DDL spells it, privilege, and whether it may be granted on.
type Granted = (String, String, bool);

/// The default privileges of what one role makes, of one class, in one schema or in all.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct DefaultPrivileges {
    /// Who makes the objects.
    pub role: String,
    /// Where; None for everywhere.
    pub schema: Option<String>,
    /// `r`elations, `S`equences, `f`unctions, `T`ypes, `n`amespaces or `L`arge objects.
    pub class_letter: char,
    /// All that is granted; in a schema, what is granted on top.
    pub granted: Vec<Granted>,
    /// What would be granted by itself.
    pub builtin: Incidental<Vec<Granted>>,
}

impl DefaultPrivileges {
    fn lead(&self, from: &[Granted], to: &[Granted], it: &Subject) -> Vec<Step> {
        let (from, to): (BTreeSet<_>, BTreeSet<_>) = (from.iter().collect(), to.iter().collect());
        let place = self.schema.as_ref().map_or(String::new(), |schema| format!(" IN SCHEMA {schema}"));
        let head = format!("ALTER DEFAULT PRIVILEGES FOR ROLE {}{place}", self.role);
        let objects = match self.class_letter {
            'S' => "SEQUENCES",
            'f' => "FUNCTIONS",
            'T' => "TYPES",
            'n' => "SCHEMAS",
            'L' => "LARGE OBJECTS",
            _ => "TABLES",
        };
        let grantees: BTreeSet<_> = from.symmetric_difference(&to).map(|(grantee, ..)| grantee).collect();
        let mut steps = vec![];
        for grantee in grantees {
            let mut found = vec![];
            let words = |some: Vec<&&Granted>| -> String {
                let words =
                    some.iter().filter(|(to, ..)| to == grantee).map(|(_, privilege, _)| privilege.as_str());
                words.collect::<Vec<_>>().join(", ")
            };
            let gone = words(from.difference(&to).collect());
            if !gone.is_empty() {
                let revoke = Step::new(format!("{head} REVOKE {gone} ON {objects} FROM {grantee}"));
                found.push(revoke);
            }
            for (grantable, option) in [(false, ""), (true, " WITH GRANT OPTION")] {
                let new = words(to.difference(&from).filter(|(.., may)| *may == grantable).collect());
                if !new.is_empty() {
                    found.push(Step::new(format!("{head} GRANT {new} ON {objects} TO {grantee}{option}")));
                }
            }
            let last = |step| guard::while_they_last(it, &[&self.role, grantee], step);
            steps.extend(found.into_iter().map(last));
        }
        steps
    }
}

impl Kind for DefaultPrivileges {
    const NAME: &'static str = "default privilege";
    const KEYWORD: &'static str = "DEFAULT PRIVILEGES";
    const QUERY: &'static str = include_str!("default_privileges.sql");
    const CONCERN: Concern = Concern::Privileges;

    fn create(&self, it: &Subject) -> Vec<Step> {
        self.lead(&self.builtin.0, &self.granted, it)
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        Alter::InPlace(self.lead(&old.granted, &self.granted, it))
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        self.lead(&self.granted, &self.builtin.0, it)
    }
}
