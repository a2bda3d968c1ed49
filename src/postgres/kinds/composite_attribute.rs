//! Attributes of composite types: `pg_attribute` of a `pg_class` of kind c.

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::composite_type::CompositeType;
use super::stored::{has_tables, is_stored};
use crate::catalog::Object;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::guard;
use crate::postgres::quote::{dollar, identifier, literal};

/// One attribute of a composite type.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct CompositeAttribute {
    /// The type, as the server spells it.
    pub composite: String,
    /// The attribute's own name, as the server spells it.
    pub name: String,
    /// With its modifiers.
    #[serde(rename = "type")]
    pub type_: String,
    /// Where it is not the type's own.
    pub collation: Option<String>,
}

impl CompositeAttribute {
    /// As it stands inside CREATE TYPE or after ADD ATTRIBUTE.
    pub fn clause(&self) -> String {
        format!("{} {}", self.name, self.typed())
    }

    fn typed(&self) -> String {
        let collation = self.collation.as_ref().map(|collation| format!(" COLLATE {collation}"));
        format!("{}{}", self.type_, collation.unwrap_or_default())
    }

    /// Tables of the type are changed with it, but only if told so: PostgreSQL refuses to change the type under them
    /// otherwise, and their columns cannot be changed but through the type. While an attribute is added, changed or
    /// renamed, CASCADE drops nothing; for the rest see [`CompositeAttribute::drop_with_tables`].
    fn with_tables(it: &Subject) -> &'static str {
        if it.whole::<CompositeType>().is_some_and(|(whole, _)| has_tables(&whole)) { " CASCADE" } else { "" }
    }

    /// Where an attribute is dropped, CASCADE would take along what needs the columns of tables, too: it is said only
    /// after a look that nothing does, as DROP COLUMN itself would look.
    fn drop_with_tables(&self, it: &Subject, drop: &str) -> Step {
        let name = it.address.names.last().map_or("", String::as_str);
        let needed = format!(
            "EXISTS (SELECT FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid \
             JOIN pg_depend AS d ON d.refclassid = c.tableoid AND d.refobjid = c.oid AND d.refobjsubid = a.attnum \
             WHERE to_regtype({}) IN (c.reltype, c.reloftype) AND a.attname = {} AND d.deptype = 'n')",
            literal(&self.composite),
            literal(name)
        );
        let refuse = format!(
            "RAISE EXCEPTION 'something else needs the attribute %', {};",
            literal(&it.object.identity)
        );
        let body =
            format!("\nBEGIN\n    IF {needed} THEN\n        {refuse}\n    END IF;\n    {drop};\nEND\n");
        Step::new(format!("DO {}", dollar(&body)))
    }

    /// That the type is there and has it.
    fn is_there(&self, it: &Subject) -> String {
        format!(
            "EXISTS (SELECT FROM pg_attribute AS a JOIN pg_type AS t ON t.typrelid = a.attrelid \
             WHERE t.oid = to_regtype({}) AND a.attname = {})",
            literal(&self.composite),
            literal(it.address.names.last().map_or("", String::as_str))
        )
    }

    /// Whether tables of the type are there once all is done.
    fn gets_tables(it: &Subject) -> bool {
        let whole = it.whole::<CompositeType>().and_then(|(whole, _)| whole.within(it.setting.desired));
        whole.is_some_and(|whole| has_tables(&whole))
    }

    fn change_type(&self, it: &Subject) -> Vec<Step> {
        let cascade = Self::with_tables(it);
        let action = format!("ALTER ATTRIBUTE {} TYPE {}{cascade}", self.name, self.typed());
        let step = Step::new(format!("ALTER TYPE {} {action}", self.composite));
        let tables = it.all_parts::<Column>().map(|(_, column)| format!("table {}", column.table));
        vec![tables.fold(step, |step, table| step.hazard(Hazard::RewritesTable(table)))]
    }

    /// Whether columns of tables hold values of the type.
    fn is_stored(it: &Subject) -> bool {
        it.whole::<CompositeType>().is_some_and(|(whole, _)| is_stored(it.setting.live, whole.address))
    }
}

impl Kind for CompositeAttribute {
    const NAME: &'static str = "attribute";
    const KEYWORD: &'static str = "COLUMN";
    const QUERY: &'static str = include_str!("composite_attribute.sql");
    const NAMED: bool = true;
    const EMBEDS: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let absent = format!("NOT {}", self.is_there(it));
        let cascade = Self::with_tables(it);
        let add = format!("ALTER TYPE {} ADD ATTRIBUTE {}{cascade}", self.composite, self.clause());
        let columns = it.parts::<Column>();
        let made = columns.iter().map(|(column, _)| column.address.clone());
        let mut steps = vec![guard::when(&absent, &add).makes(made)];
        steps.extend(columns.iter().flat_map(|(column, body)| body.own_beside_type(column)));
        steps
    }

    fn alter(&self, _: &Self, it: &Subject) -> Alter {
        if Self::is_stored(it) {
            return Alter::Replace;
        }
        let disturbed = &["view", "materialized view", "rule", "policy", "trigger", "function", "procedure"];
        Alter::Disturbing(self.change_type(it), disturbed)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let cascade = Self::with_tables(it);
        let drop = format!("ALTER TYPE {} DROP ATTRIBUTE IF EXISTS {}{cascade}", self.composite, self.name);
        let drop = if cascade.is_empty() { Step::new(drop) } else { self.drop_with_tables(it, &drop) };
        // IF EXISTS does not forgive that the type is gone, nor new tables of it where there is nothing to drop any more.
        let whole = it.whole::<CompositeType>().map(|(whole, _)| whole.address);
        let type_goes = whole.is_some_and(|whole| !it.setting.desired.objects.contains_key(whole));
        let is_refused = type_goes || cascade.is_empty() && Self::gets_tables(it);
        let drop = guard::only_if(is_refused.then(|| self.is_there(it)), drop);
        let holds_rows = !cascade.is_empty() || Self::is_stored(it);
        vec![if holds_rows { drop.hazard(Hazard::DeletesData(it.object.to_string())) } else { drop }]
    }

    fn follow(&self, it: &Subject, _: &Object) -> Option<Vec<Step>> {
        let moves_alone = !Self::is_stored(it) && Self::with_tables(it).is_empty();
        moves_alone.then(|| self.change_type(it))
    }

    fn replaced_with_whole(&self, _: &Subject) -> bool {
        true
    }

    fn rename(&self, it: &Subject, from: &str, to: &str) -> Option<String> {
        let (from, to, cascade) = (identifier(from), identifier(to), Self::with_tables(it));
        Some(format!("ALTER TYPE {} RENAME ATTRIBUTE {from} TO {to}{cascade}", self.composite))
    }
}
