//! Range types with their multirange types: `pg_range`.

use serde::{Deserialize, Serialize};

use super::aside::{other_name, type_aside};
use super::shell_type::{emptied, filled};
use crate::kind::{Alter, Aside, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::{dollar, identifier, literal};

/// A type whose values are ranges of another; its multirange type is no object of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RangeType {
    /// Its schema, unquoted.
    pub schema: String,
    /// Its own name, unquoted.
    pub name: String,
    /// What it has ranges of.
    pub subtype: String,
    /// Where it is not the subtype's default.
    pub operator_class: Option<String>,
    /// Where it is not the subtype's own.
    pub collation: Option<String>,
    /// The function that brings values into canonical form.
    pub canonical: Option<String>,
    /// The function that tells how far two values are apart.
    pub difference: Option<String>,
    /// The schema of the multirange type, unquoted.
    pub multirange_schema: String,
    /// The name of the multirange type, unquoted.
    pub multirange: String,
    /// Schema and name of the functions that make its values, unquoted. They are not renamed with the type.
    pub constructor: Vec<String>,
    /// The same of the multirange type.
    pub multirange_constructor: Vec<String>,
}

impl RangeType {
    /// As `makeMultirangeTypeName` in PostgreSQL's `pg_type.c` names it: "range" becomes "multirange", or
    /// `_multirange` follows.
    fn usual_multirange(&self) -> String {
        match self.name.find("range") {
            Some(at) => format!("{}multirange{}", &self.name[..at], &self.name[at + "range".len()..]),
            None => format!("{}_multirange", self.name),
        }
    }

    /// The multirange type, as the server spells it.
    fn multirange_identity(&self) -> String {
        format!("{}.{}", identifier(&self.multirange_schema), identifier(&self.multirange))
    }

    /// Whether the constructors are those that CREATE TYPE makes: called as their types are, all of them beside the
    /// range type.
    fn constructors_are_usual(&self) -> bool {
        self.constructor == [self.schema.as_str(), &self.name]
            && self.multirange_constructor == [self.schema.as_str(), &self.multirange]
    }

    /// Gives the constructors their names.
    fn name_constructors(&self, it: &Subject) -> Step {
        called([
            (it.object.identity.clone(), &self.constructor),
            (self.multirange_identity(), &self.multirange_constructor),
        ])
    }
}

/// Gives the constructors of types these schemas and names, whatever they were called.
fn called(constructors: [(String, &[String]); 2]) -> Step {
    let wanted = constructors.map(|(type_, path)| {
        let path: Vec<_> = path.iter().map(|name| literal(name)).collect();
        format!("(to_regtype({}), {})", literal(&type_), path.join(", "))
    });
    let body = format!(
        "
DECLARE
    constructor record;
BEGIN
    FOR constructor IN
        SELECT p.oid, p.proname, wanted.schema, wanted.name
        FROM (VALUES {}) AS wanted (type, schema, name)
        JOIN pg_depend AS d ON d.refclassid = 'pg_type'::regclass AND d.refobjid = wanted.type
        JOIN pg_proc AS p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
        WHERE d.deptype = 'i'
    LOOP
        IF constructor.proname <> constructor.name THEN
            EXECUTE format('ALTER FUNCTION %s RENAME TO %I', constructor.oid::regprocedure, constructor.name);
        END IF;
        EXECUTE format('ALTER FUNCTION %s SET SCHEMA %I', constructor.oid::regprocedure, constructor.schema);
    END LOOP;
END
",
        wanted.join(", ")
    );
    Step::new(format!("DO {}", dollar(&body)))
}

impl Kind for RangeType {
    const NAME: &'static str = "range type";
    const KEYWORD: &'static str = "TYPE";
    const QUERY: &'static str = include_str!("range_type.sql");
    const NAMED: bool = true;
    const PRIVILEGES: Option<char> = Some('T');
    const EMBEDS: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut lines = vec![format!("SUBTYPE = {}", self.subtype)];
        let mut add = |word: &str, value: Option<&String>| {
            lines.extend(value.map(|value| format!("{word} = {value}")));
        };
        add("SUBTYPE_OPCLASS", self.operator_class.as_ref());
        add("COLLATION", self.collation.as_ref());
        add("CANONICAL", self.canonical.as_ref());
        add("SUBTYPE_DIFF", self.difference.as_ref());
        let usual = self.multirange_schema == self.schema && self.multirange == self.usual_multirange();
        add("MULTIRANGE_TYPE_NAME", (!usual).then_some(&self.multirange_identity()));
        let create = format!("CREATE TYPE {it} AS RANGE (\n    {}\n)", lines.join(",\n    "));
        let mut steps = filled(it, &self.schema, &self.name, &create);
        steps.extend((!self.constructors_are_usual()).then(|| self.name_constructors(it)));
        steps
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        let (constructor, multirange_constructor) =
            (self.constructor.clone(), self.multirange_constructor.clone());
        match *self == (RangeType { constructor, multirange_constructor, ..old.clone() }) {
            true => Alter::InPlace(vec![self.name_constructors(it)]),
            false => Alter::Replace,
        }
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        emptied(it, &self.schema, &self.name)
    }

    /// ALTER TYPE … RENAME leaves the multirange type and the constructors where they are.
    fn set_aside(&self, it: &Subject) -> Option<Aside> {
        let mut aside = type_aside(it, &self.schema, &self.name);
        let range = other_name(it, &self.schema, &self.name);
        let multirange = other_name(it, &self.multirange_schema, &self.multirange);
        aside.away.push(guard::when(
            &format!("to_regtype({}) IS NULL", literal(&multirange.full)),
            &format!("ALTER TYPE {} RENAME TO {}", self.multirange_identity(), multirange.spelled),
        ));
        // When the file is run again, its successor may have a multirange type of another name.
        let successor = it.setting.desired.body::<RangeType>(it.address);
        if successor.is_none_or(|after| after.multirange_identity() != self.multirange_identity()) {
            let is_old = format!("to_regtype({}) IS NOT NULL", literal(&self.multirange_identity()));
            aside.away = aside.away.into_iter().map(|step| guard::only_when(&is_old, step)).collect();
        }
        let beside = |path: &[String]| path.first().cloned().unwrap_or_default();
        aside.away.push(called([
            (range.full, &[beside(&self.constructor), range.plain]),
            (multirange.full, &[beside(&self.multirange_constructor), multirange.plain]),
        ]));
        Some(aside)
    }
}
