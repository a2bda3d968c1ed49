//! Defaults of domains: `typdefaultbin` of `pg_type`.

use serde::{Deserialize, Serialize};

use super::domain::Domain;
use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::Step;
use crate::postgres::deparse::Printed;
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// What a column of a domain gets when neither row nor column says.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct DomainDefault {
    /// The domain, as the server spells it.
    pub domain: String,
    /// The expression, as the server prints it.
    pub expression: Printed,
    /// Whether it can only be told once the domain is there, as it names that.
    pub names_domain: Incidental<bool>,
}

impl DomainDefault {
    fn set(&self) -> Vec<Step> {
        vec![Step::new(format!("ALTER DOMAIN {} SET DEFAULT {}", self.domain, self.expression))]
    }
}

impl Kind for DomainDefault {
    const NAME: &'static str = "domain default";
    const KEYWORD: &'static str = "DEFAULT";
    const QUERY: &'static str = include_str!("domain_default.sql");
    const NAMED: bool = true;
    const HANDED_ON: &'static [&'static str] = &["column", "foreign column", "domain"];

    fn create(&self, _: &Subject) -> Vec<Step> {
        self.set()
    }

    fn alter(&self, _old: &Self, _: &Subject) -> Alter {
        Alter::InPlace(self.set())
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let drop = format!("ALTER DOMAIN {} DROP DEFAULT", self.domain);
        let stays = it.whole::<Domain>().is_some_and(|(domain, _)| {
            [it.setting.live, it.setting.desired]
                .iter()
                .all(|catalog| catalog.body::<Domain>(domain.address).is_some())
        });
        if stays {
            return vec![Step::new(drop)];
        }
        // When the file is run again, the domain may not be there yet, or no longer.
        let is_there = format!(
            "EXISTS (SELECT FROM pg_type WHERE oid = to_regtype({}) AND typtype = 'd')",
            literal(&self.domain)
        );
        vec![guard::when(&is_there, &drop)]
    }
}
