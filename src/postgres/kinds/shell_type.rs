//! Shell types, and how a type comes into being together with functions that take or give its values: `pg_type`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::function::Function;
use crate::kind::{Incidental, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::{dollar, literal};

/// A type of which nothing is known but its name.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ShellType {
    /// Its schema, unquoted.
    pub schema: Incidental<String>,
    /// Its own name, unquoted.
    pub name: Incidental<String>,
}

impl Kind for ShellType {
    const NAME: &'static str = "shell type";
    const KEYWORD: &'static str = "TYPE";
    const QUERY: &'static str = include_str!("shell_type.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        vec![guard::unless_exists(it, &format!("CREATE TYPE {it}"))]
    }

    /// When the file is run again, it may have been filled, or be about to be.
    fn remove(&self, it: &Subject) -> Vec<Step> {
        let empty = format!(
            "EXISTS (SELECT FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace \
             WHERE n.nspname = {} AND t.typname = {} AND NOT t.typisdefined \
             AND NOT EXISTS (SELECT FROM pg_depend WHERE refclassid = t.tableoid AND refobjid = t.oid))",
            literal(&self.schema.0),
            literal(&self.name.0)
        );
        vec![guard::when(&empty, &format!("DROP TYPE {it}"))]
    }
}

/// Makes a type, after a shell of it and its functions, which need the name of the type as it needs them; schema and
/// name are unquoted.
pub fn filled(it: &Subject, schema: &str, name: &str, create: &str) -> Vec<Step> {
    let functions: Vec<_> =
        it.parts::<Function>().into_iter().filter(|(function, _)| function.is_new()).collect();
    if functions.is_empty() {
        return vec![guard::unless_exists(it, create)];
    }
    let mut steps = vec![guard::unless_exists(it, &format!("CREATE TYPE {it}"))];
    let mut makes = vec![];
    for (function, body) in functions {
        steps.extend(body.create(&function));
        makes.push(function.address.clone());
    }
    let defined = format!(
        "EXISTS (SELECT FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace \
         WHERE n.nspname = {} AND t.typname = {} AND t.typisdefined)",
        literal(schema),
        literal(name)
    );
    steps.push(guard::when(&format!("NOT {defined}"), create).makes(makes));
    steps
}

/// Removes a type with its functions. Each needs the other: the type its input and output functions, these the type in
/// their signatures. Neither can be dropped first, a shell cannot be made of a type again, and DROP takes no list of
/// objects of several kinds; so PostgreSQL has no words for this but CASCADE, which is said only after a look that nothing
/// else goes.
pub fn emptied(it: &Subject, schema: &str, name: &str) -> Vec<Step> {
    // When the file is run again, the functions are those of the successor.
    let states = [it.setting.live, it.setting.desired].into_iter();
    let functions: BTreeSet<_> = states
        .filter_map(|catalog| it.within(catalog))
        .flat_map(|state| state.all_parts::<Function>().collect::<Vec<_>>())
        .map(|(function, _)| {
            let names: Vec<_> = function.address.names.iter().map(|name| literal(name)).collect();
            format!("({})", names.join(", "))
        })
        .collect();
    if functions.is_empty() {
        return vec![Step::new(format!("DROP TYPE IF EXISTS {it}"))];
    }
    let functions: Vec<_> = functions.into_iter().collect();
    let body = format!(
        "
BEGIN
    IF EXISTS (
        WITH type AS (
            SELECT t.oid, t.typarray FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace
            WHERE n.nspname = {} AND t.typname = {}
        ), held AS (
            SELECT 'pg_type'::regclass AS class, unnest(ARRAY[type.oid, type.typarray]) AS id FROM type
            UNION ALL
            SELECT 'pg_proc'::regclass, p.oid FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
            WHERE (n.nspname, p.proname) IN ({})
                AND EXISTS (SELECT FROM type JOIN pg_depend AS d ON d.objid = p.oid AND d.refobjid = type.oid)
        )
        SELECT FROM pg_depend AS d JOIN held AS h ON h.class = d.refclassid AND h.id = d.refobjid
        WHERE (d.classid, d.objid) NOT IN (SELECT class, id FROM held)
    ) THEN
        RAISE EXCEPTION 'something else needs the type %', {};
    END IF;
    DROP TYPE IF EXISTS {it} CASCADE;
END
",
        literal(schema),
        literal(name),
        functions.join(", "),
        literal(&it.object.identity)
    );
    vec![Step::new(format!("DO {}", dollar(&body)))]
}
