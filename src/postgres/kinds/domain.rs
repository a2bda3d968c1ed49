//! Domains: `pg_type` of kind d.

use serde::{Deserialize, Serialize};

use super::aside::type_aside;
use super::domain_constraint::DomainConstraint;
use super::domain_default::DomainDefault;
use super::stored::is_stored_within;
use super::unfit::misfits;
use crate::kind::{Alter, Aside, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::guard;

/// A type with conditions of its own; its constraints and its default are objects of their own.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Domain {
    /// Its schema, unquoted.
    pub schema: String,
    /// Its own name, unquoted.
    pub name: String,
    /// The type it is made from, with its modifiers.
    pub base: String,
    /// Where it is not that type's own.
    pub collation: Option<String>,
    /// Whether NULL is refused, on servers before 17, where that is no constraint.
    pub not_null: bool,
    /// What is known of all values: the constraints that are validated, with their names, as the server prints them.
    pub promises: Vec<String>,
}

impl Domain {
    /// Whether more is promised of all values than `old` did.
    fn is_stricter(&self, old: &Domain) -> bool {
        self.not_null && !old.not_null || self.promises.iter().any(|promise| !old.promises.contains(promise))
    }

    /// Whether it is made from a domain that has a default, which it then gets and shall not have: DEFAULT NULL would be
    /// one, too, since the server sees a cast there.
    fn gets_default_of_base(&self, it: &Subject) -> bool {
        let has_default = |domain: &Subject| domain.all_parts::<DomainDefault>().next().is_some();
        let mut bases = it.required::<Domain>().filter(|(base, _)| base.object.identity == self.base);
        !has_default(it) && bases.any(|(base, _)| has_default(&base))
    }
}

impl Kind for Domain {
    const NAME: &'static str = "domain";
    const KEYWORD: &'static str = "DOMAIN";
    const QUERY: &'static str = include_str!("domain.sql");
    const NAMED: bool = true;
    const PRIVILEGES: Option<char> = Some('T');
    const EMBEDS: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut sql = format!("CREATE DOMAIN {it} AS {}", self.base);
        if let Some(collation) = &self.collation {
            sql.push_str(&format!(" COLLATE {collation}"));
        }
        let mut makes = vec![];
        let default = it.parts::<DomainDefault>().into_iter().find(|(_, default)| !default.names_domain.0);
        if let Some((default, body)) = default {
            sql.push_str(&format!(" DEFAULT {}", body.expression));
            makes.push(default.address.clone());
        }
        if self.not_null {
            sql.push_str(" NOT NULL");
        }
        for (constraint, body) in it.parts::<DomainConstraint>() {
            // A constraint inside CREATE DOMAIN is always validated.
            if body.validated {
                sql.push_str(&format!("\n    {}", body.clause()));
                makes.push(constraint.address.clone());
            }
        }
        let create = guard::unless_exists(it, &sql).makes(makes);
        let lose_default = || Step::new(format!("ALTER DOMAIN {it} DROP DEFAULT"));
        std::iter::once(create).chain(self.gets_default_of_base(it).then(lose_default)).collect()
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if (&self.base, &self.collation) != (&old.base, &old.collation) {
            return Alter::Replace;
        }
        // PostgreSQL cannot look for values inside of other values.
        if self.is_stricter(old) && is_stored_within(it.setting.live, it.address) {
            return Alter::Replace;
        }
        let mut steps = vec![];
        if self.not_null && !old.not_null {
            let hazard = Hazard::MayFail(it.object.to_string(), misfits(it, ("NOT NULL", "NOT NULL")));
            steps.push(Step::new(format!("ALTER DOMAIN {it} SET NOT NULL")).hazard(hazard));
        } else if old.not_null && !self.not_null {
            steps.push(Step::new(format!("ALTER DOMAIN {it} DROP NOT NULL")));
        }
        Alter::InPlace(steps)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let successor = it.setting.desired.objects.get(it.address);
        // Where the file is run again, another kind of type may bear the name.
        let word = if successor.is_none_or(|it| it.kind() == Self::NAME) { Self::KEYWORD } else { "TYPE" };
        vec![Step::new(format!("DROP {word} IF EXISTS {it}"))]
    }

    fn set_aside(&self, it: &Subject) -> Option<Aside> {
        Some(type_aside(it, &self.schema, &self.name))
    }
}
