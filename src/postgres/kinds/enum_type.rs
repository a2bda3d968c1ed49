//! Enumerated types: `pg_type` of kind e, with their labels from `pg_enum`.

use serde::{Deserialize, Serialize};

use super::aside::type_aside;
use crate::kind::{Alter, Aside, Kind, Subject};
use crate::plan::Step;
use crate::plan::rename::{around, arrange};
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// A type whose values are labels in an order.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct EnumType {
    /// Its schema, unquoted.
    pub schema: String,
    /// Its own name, unquoted.
    pub name: String,
    /// From the lowest to the highest.
    pub labels: Vec<String>,
}

impl EnumType {
    /// ADD VALUE for each label that `old` lacks; None where labels are gone or stand in another order.
    fn additions(&self, old: &EnumType, it: &Subject) -> Option<Vec<Step>> {
        if !self.labels.iter().filter(|label| old.labels.contains(label)).eq(&old.labels) {
            return None;
        }
        let new = |label: &&String| !old.labels.contains(label);
        let mut steps = vec![];
        for (place, label) in self.labels.iter().enumerate().filter(|(_, label)| new(label)) {
            let later = self.labels[place..].iter().find(|later| !new(later));
            let position = match (place, later) {
                (_, None) => String::new(),
                (0, Some(later)) => format!(" BEFORE {}", literal(later)),
                (_, Some(_)) => format!(" AFTER {}", literal(&self.labels[place - 1])),
            };
            steps.push(Step::new(format!(
                "ALTER TYPE {it} ADD VALUE IF NOT EXISTS {}{position}",
                literal(label)
            )));
        }
        // A label cannot be used in the transaction that adds it.
        let last = steps.pop()?;
        steps.push(last.commit_after());
        Some(steps)
    }
}

impl Kind for EnumType {
    const NAME: &'static str = "enum type";
    const KEYWORD: &'static str = "TYPE";
    const QUERY: &'static str = include_str!("enum_type.sql");
    const NAMED: bool = true;
    const PRIVILEGES: Option<char> = Some('T');

    fn create(&self, it: &Subject) -> Vec<Step> {
        let labels: Vec<_> = self.labels.iter().map(|label| literal(label)).collect();
        vec![guard::unless_exists(it, &format!("CREATE TYPE {it} AS ENUM ({})", labels.join(", ")))]
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        self.additions(old, it).map_or(Alter::Replace, Alter::InPlace)
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }

    fn relabel(&self, it: &Subject, pairs: &[(String, String)]) -> Vec<Step> {
        let rename = |from: &str, to: &str| {
            format!("ALTER TYPE {it} RENAME VALUE {} TO {}", literal(from), literal(to))
        };
        let labels = format!("FROM pg_enum WHERE enumtypid = to_regtype({})", literal(&it.object.identity));
        let groups = arrange(pairs).into_iter().map(|group| match group.as_slice() {
            [(from, to)] => guard::when(
                &format!("NOT EXISTS (SELECT {labels} AND enumlabel = {})", literal(to)),
                &rename(from, to),
            ),
            circle => {
                // Where labels pass their names around, only their order tells whether they have.
                let among = |label: &&String| circle.iter().any(|(from, _)| from == *label);
                let order: Vec<_> = self.labels.iter().filter(among).map(|label| literal(label)).collect();
                let order = order.join(", ");
                let found = format!(
                    "ARRAY(SELECT enumlabel::text {labels} AND enumlabel IN ({order}) ORDER BY enumsortorder)"
                );
                guard::when(&format!("{found} = ARRAY[{order}]"), &around(circle, rename).join(";\n"))
            }
        });
        groups.collect()
    }

    fn set_aside(&self, it: &Subject) -> Option<Aside> {
        Some(type_aside(it, &self.schema, &self.name))
    }
}
