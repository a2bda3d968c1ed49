//! Roles that are members of others: `pg_auth_members`. What a role may do says its memberships, so that they are parts of
//! the member.

use serde::{Deserialize, Serialize};

use super::role::Role;
use crate::kind::{Alter, Concern, Incidental, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// That one role is a member of another.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct RoleMembership {
    /// The member, as the server spells it.
    pub member: String,
    /// The role that it is a member of, as the server spells it.
    pub role: String,
    /// Whether it may make others members.
    pub admin: bool,
    /// Whether it has by itself what the other role may do; from PostgreSQL 16 on.
    pub inherit: Option<bool>,
    /// Whether it may become the other role; from PostgreSQL 16 on.
    pub set: Option<bool>,
    /// Who granted it, as the server spells them, as far as a REVOKE has to name them.
    pub grantors: Incidental<Vec<String>>,
}

impl RoleMembership {
    fn grant(&self, options: &[String]) -> Step {
        let options =
            if options.is_empty() { String::new() } else { format!(" WITH {}", options.join(", ")) };
        Step::new(format!("GRANT {} TO {}{options}", self.role, self.member))
    }

    /// Takes it, or one option of it, away, whoever granted it.
    fn revoke(&self, what: &str, it: &Subject) -> Vec<Step> {
        let plain = format!("REVOKE {what}{} FROM {}", self.role, self.member);
        let of = |grantor: &String| {
            let step = Step::new(format!("{plain} GRANTED BY {grantor}"));
            guard::while_they_last(it, &[&self.role, grantor], step)
        };
        let own = guard::while_they_last(it, &[&self.role], Step::new(plain.clone()));
        std::iter::once(own).chain(self.grantors.0.iter().map(of)).collect()
    }

    /// Each option by name, with what it is; None where the server does not know it.
    fn options(&self) -> [(&'static str, Option<bool>); 3] {
        [("ADMIN", Some(self.admin)), ("INHERIT", self.inherit), ("SET", self.set)]
    }
}

/// How an option is granted; the first form is known to all versions.
fn option(name: &str, is: bool) -> String {
    match (name, is) {
        ("ADMIN", true) => "ADMIN OPTION".to_owned(),
        _ => format!("{name} {}", if is { "TRUE" } else { "FALSE" }),
    }
}

impl Kind for RoleMembership {
    const NAME: &'static str = "role membership";
    const KEYWORD: &'static str = "ROLE MEMBERSHIP";
    const QUERY: &'static str = include_str!("role_membership.sql");
    const NAMED: bool = true;
    const CONCERN: Concern = Concern::Roles;

    fn create(&self, it: &Subject) -> Vec<Step> {
        // The member itself says whether it inherits what nobody says otherwise of.
        let inherits = it.whole::<Role>().is_none_or(|(_, member)| member.inherit);
        let born = [("ADMIN", false), ("INHERIT", inherits), ("SET", true)];
        let said = self.options().into_iter().zip(born);
        let said =
            said.filter_map(|((name, is), (_, born))| is.filter(|is| *is != born).map(|is| option(name, is)));
        vec![self.grant(&said.collect::<Vec<_>>())]
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        let pairs = self.options().into_iter().zip(old.options());
        let changed: Vec<_> = pairs
            .filter(|((_, is), (_, was))| is != was)
            .map(|((name, is), _)| (name, is == Some(true)))
            .collect();
        let lost = changed.iter().filter(|(_, gained)| !gained);
        let mut steps: Vec<Step> =
            lost.flat_map(|(name, _)| old.revoke(&format!("{name} OPTION FOR "), it)).collect();
        let gained: Vec<String> =
            changed.iter().filter(|(_, gained)| *gained).map(|(name, _)| option(name, true)).collect();
        if !gained.is_empty() {
            steps.push(self.grant(&gained));
        }
        Alter::InPlace(steps)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        self.revoke("", it)
    }
}
