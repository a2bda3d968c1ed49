//! Constraints of domains: `pg_constraint` with a type. From PostgreSQL 17 on, NOT NULL is one of them.

use serde::{Deserialize, Serialize};

use super::domain::Domain;
use super::stored::{is_in_use, is_stored_within};
use super::unfit::{misfits, stands_on_what_stays_besides};
use crate::kind::{Alter, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::deparse::Printed;
use crate::postgres::guard;
use crate::postgres::quote::{identifier, literal};

/// A check, or that NULL is refused.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct DomainConstraint {
    /// The domain, as the server spells it.
    pub domain: String,
    /// The constraint's own name, as the server spells it.
    pub name: String,
    /// What follows the name, as the server prints it, without NOT VALID.
    pub definition: Printed,
    /// Whether the values that exist are known to fit.
    pub validated: bool,
}

impl DomainConstraint {
    /// As it stands inside CREATE DOMAIN or after ADD.
    pub fn clause(&self) -> String {
        format!("CONSTRAINT {} {}", self.name, self.definition)
    }

    fn may_fail(&self, it: &Subject) -> Hazard {
        let domain = it.whole::<Domain>().filter(|(domain, _)| stands_on_what_stays_besides(it, domain));
        let misfits =
            domain.and_then(|(domain, _)| misfits(&domain, (&self.name, &self.definition.to_string())));
        Hazard::MayFail(it.object.to_string(), misfits)
    }

    /// What shall bear its name, where that is told from it.
    fn successor<'a>(&self, it: &Subject<'a>) -> Option<&'a DomainConstraint> {
        let successor = it.setting.desired.body::<DomainConstraint>(it.address)?;
        (successor.definition != self.definition).then_some(successor)
    }

    /// That its successor does not bear its name yet, where that could not be made again: by then, values lie inside of others.
    fn unless_succeeded(&self, it: &Subject) -> Option<String> {
        let desired = it.setting.desired;
        let (domain, _) = it.whole::<Domain>()?;
        let successor = self.successor(it).filter(|_| it.is_replaced())?;
        is_stored_within(desired, domain.address).then(|| {
            format!(
                "NOT EXISTS (SELECT FROM pg_constraint WHERE contypid = to_regtype({}) AND quote_ident(conname) = {} AND pg_get_constraintdef(oid) = {})",
                literal(&self.domain),
                literal(&self.name),
                literal(&successor.definition.to_string())
            )
        })
    }

    fn validate(&self, it: &Subject) -> Step {
        Step::new(format!("ALTER DOMAIN {} VALIDATE CONSTRAINT {}", self.domain, self.name))
            .hazard(self.may_fail(it))
            .alone()
    }
}

impl Kind for DomainConstraint {
    const NAME: &'static str = "domain constraint";
    const KEYWORD: &'static str = "CONSTRAINT";
    const QUERY: &'static str = include_str!("domain_constraint.sql");
    const NAMED: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let fresh = it.whole::<Domain>().is_some_and(|(domain, _)| domain.is_new());
        let check = self.definition.0.starts_with("CHECK");
        // Later there may be values inside of other values, where PostgreSQL cannot look.
        let can_wait =
            |domain: &Subject| is_in_use(domain) && !is_stored_within(domain.catalog, domain.address);
        let later = self.validated
            && check
            && !fresh
            && it.whole::<Domain>().is_some_and(|(domain, _)| can_wait(&domain));
        let not_valid = if self.validated && !later { "" } else { " NOT VALID" };
        let add = guard::unless_exists(
            it,
            &format!("ALTER DOMAIN {} ADD {}{not_valid}", self.domain, self.clause()),
        );
        let at_once = self.validated && !fresh && !later;
        let add = if at_once { add.hazard(self.may_fail(it)) } else { add };
        let validate = later.then(|| self.validate(it));
        std::iter::once(add).chain(validate).collect()
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if self.definition == old.definition && self.validated {
            return Alter::InPlace(vec![self.validate(it)]);
        }
        Alter::Replace
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let drop = format!("ALTER DOMAIN {} DROP CONSTRAINT IF EXISTS {}", self.domain, self.name);
        let there = format!("to_regtype({}) IS NOT NULL", literal(&self.domain));
        let condition = [Some(there), self.unless_succeeded(it)];
        let condition: Vec<String> = condition.into_iter().flatten().collect();
        vec![guard::when(&condition.join(" AND "), &drop)]
    }

    /// PostgreSQL cannot look for values inside of other values, were it added again.
    fn replaced_with_whole(&self, it: &Subject) -> bool {
        let domain = it.whole::<Domain>().filter(|_| self.validated);
        domain.is_some_and(|(domain, _)| is_stored_within(it.setting.live, domain.address))
    }

    fn spelling(&self, _: &Subject) -> String {
        format!("CONSTRAINT {} ON DOMAIN {}", self.name, self.domain)
    }

    fn rename(&self, _: &Subject, from: &str, to: &str) -> Option<String> {
        let (from, to) = (identifier(from), identifier(to));
        Some(format!("ALTER DOMAIN {} RENAME CONSTRAINT {from} TO {to}", self.domain))
    }
}
