//! Composite types that stand by themselves: `pg_type` of kind c over a `pg_class` of kind c.

use serde::{Deserialize, Serialize};

use super::aside::{other_name, type_aside};
use super::carry::{carried, goes_by_cast, holds_cast, is_lossy_within, is_of_new};
use super::composite_attribute::CompositeAttribute;
use super::stored::is_stored;
use crate::kind::{Alter, Aside, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::guard;
use crate::postgres::quote::{dollar, literal};

/// A row type; its attributes are objects of their own.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct CompositeType {
    /// Its schema, unquoted.
    pub schema: String,
    /// Its own name, unquoted.
    pub name: String,
    /// The names of its attributes as the server spells them, in the order that row literals have.
    pub attributes: Vec<String>,
}

impl CompositeType {
    /// Each value of the type that waits, as one of its successor `desired`.
    fn row(&self, desired: &Subject) -> String {
        let value = |attribute: &Subject, body: &CompositeAttribute| {
            let live = desired.setting.live.body::<CompositeAttribute>(attribute.address);
            let Some(live) = live else { return "NULL".to_owned() };
            let value = format!("($1).{}", body.name);
            if holds_cast(attribute) {
                format!("{value}::{}", body.type_)
            } else if live.type_ != body.type_ {
                carried(desired.setting, &value, &live.type_, &body.type_)
            } else if is_of_new(attribute) {
                format!("{value}::text::{}", body.type_)
            } else {
                value
            }
        };
        let values: Vec<_> =
            desired.all_parts::<CompositeAttribute>().map(|(it, body)| value(&it, body)).collect();
        format!("SELECT ROW({})::{desired}", values.join(", "))
    }

    /// What of stored values their successors do not have.
    fn lost(&self, it: &Subject) -> Vec<Hazard> {
        if !is_stored(it.catalog, it.address) {
            return vec![];
        }
        let lost = it.all_parts::<CompositeAttribute>().filter(|(attribute, before)| {
            let after = it.setting.desired.body::<CompositeAttribute>(attribute.address);
            after.is_none_or(|after| is_lossy_within(it.setting, &before.type_, &after.type_))
        });
        lost.map(|(attribute, _)| Hazard::DeletesData(attribute.object.to_string())).collect()
    }

    /// A cast to the successor, which also serves arrays and types that contain it.
    fn cast(&self, it: &Subject, desired: &Subject, aside: &mut Aside) {
        let old = other_name(it, &self.schema, &self.name).full;
        // The function bears the name of the type that waits, which is ours.
        aside.carry.push(Step::new(format!(
            "CREATE OR REPLACE FUNCTION {old}({old}) RETURNS {desired} LANGUAGE sql STRICT AS {}",
            dollar(&self.row(desired))
        )));
        let exists = format!(
            "EXISTS (SELECT FROM pg_cast WHERE castsource = {}::regtype AND casttarget = {}::regtype)",
            literal(&old),
            literal(&desired.to_string())
        );
        aside.carry.push(guard::when(
            &format!("NOT {exists}"),
            &format!("CREATE CAST ({old} AS {desired}) WITH FUNCTION {old}({old})"),
        ));
        let remove = [
            format!("DROP CAST IF EXISTS ({old} AS {desired})"),
            format!("DROP FUNCTION IF EXISTS {old}({old})"),
        ];
        aside.remove.splice(0..0, remove.map(Step::new));
    }
}

impl Kind for CompositeType {
    const NAME: &'static str = "composite type";
    const KEYWORD: &'static str = "TYPE";
    const QUERY: &'static str = include_str!("composite_type.sql");
    const NAMED: bool = true;
    const PRIVILEGES: Option<char> = Some('T');

    fn create(&self, it: &Subject) -> Vec<Step> {
        let attributes: Vec<_> = it.all_parts::<CompositeAttribute>().collect();
        let lines: Vec<_> = attributes.iter().map(|(_, body)| body.clause()).collect();
        let body =
            if lines.is_empty() { String::new() } else { format!("\n    {}\n", lines.join(",\n    ")) };
        let makes = attributes.into_iter().map(|(attribute, _)| attribute.address.clone());
        vec![guard::unless_exists(it, &format!("CREATE TYPE {it} AS ({body})")).makes(makes)]
    }

    /// Attributes come and go by themselves, but a new one only at the end.
    fn alter(&self, old: &Self, _: &Subject) -> Alter {
        let kept = old.attributes.iter().filter(|name| self.attributes.contains(name));
        let new = self.attributes.iter().filter(|name| !old.attributes.contains(name));
        if kept.chain(new).eq(&self.attributes) { Alter::InPlace(vec![]) } else { Alter::Replace }
    }

    fn set_aside(&self, it: &Subject) -> Option<Aside> {
        let mut aside = type_aside(it, &self.schema, &self.name);
        if let Some(successor) = it.within(it.setting.desired) {
            if goes_by_cast(&successor) {
                self.cast(it, &successor, &mut aside);
            }
            aside.remove.last_mut().expect("the type itself is removed").hazards.extend(self.lost(it));
        }
        Some(aside)
    }
}
