//! Range types with their multirange types: `pg_range`.

use serde::{Deserialize, Serialize};

use super::aside::{aside_name, type_aside};
use super::shell_type::{emptied, filled};
use crate::kind::{Aside, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::{dollar, identifier, literal};

/// A type whose values are ranges of another; its multirange type is no object of its own.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
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
}

impl Kind for RangeType {
    const NAME: &'static str = "range type";
    const KEYWORD: &'static str = "TYPE";
    const QUERY: &'static str = include_str!("range_type.sql");
    const NAMED: bool = true;
    const PRIVILEGES: Option<char> = Some('T');

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
        let named = format!("{}.{}", identifier(&self.multirange_schema), identifier(&self.multirange));
        add("MULTIRANGE_TYPE_NAME", (!usual).then_some(&named));
        let create = format!("CREATE TYPE {it} AS RANGE (\n    {}\n)", lines.join(",\n    "));
        filled(it, &self.schema, &self.name, &create)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        emptied(it, &self.schema, &self.name)
    }

    /// ALTER TYPE … RENAME leaves the multirange type and the constructor functions where they are.
    fn set_aside(&self, it: &Subject) -> Option<Aside> {
        let mut aside = type_aside(it, &self.schema, &self.name);
        let (_, old) = aside_name(&self.schema, &self.name);
        let (multirange_name, multirange) = aside_name(&self.multirange_schema, &self.multirange);
        aside.away.push(guard::when(
            &format!("to_regtype({}) IS NULL", literal(&multirange)),
            &format!(
                "ALTER TYPE {}.{} RENAME TO {multirange_name}",
                identifier(&self.multirange_schema),
                identifier(&self.multirange)
            ),
        ));
        aside.away.push(Step::new(format!(
            "DO {}",
            dollar(&format!(
                "
DECLARE
    constructor record;
BEGIN
    FOR constructor IN
        SELECT p.oid::regprocedure AS signature, t.typname AS name
        FROM pg_depend AS d
        JOIN pg_type AS t ON t.oid = d.refobjid
        JOIN pg_proc AS p ON p.oid = d.objid AND p.proname <> t.typname
        WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_type'::regclass AND d.deptype = 'i'
            AND d.refobjid IN ({}::regtype, {}::regtype)
    LOOP
        EXECUTE format('ALTER FUNCTION %s RENAME TO %I', constructor.signature, constructor.name);
    END LOOP;
END
",
                literal(&old),
                literal(&multirange)
            ))
        )));
        Some(aside)
    }
}
