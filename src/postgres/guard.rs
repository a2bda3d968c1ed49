//! Idempotence where PostgreSQL has no words for it: statements that look before they act.

use super::quote::{dollar, literal};
use crate::catalog::{Address, Object};
use crate::kind::Subject;
use crate::plan::Step;

/// Runs `sql` unless an object of this address exists.
pub fn unless_exists(it: &Subject, sql: &str) -> Step {
    let address = it.address;
    let lookup = format!(
        "pg_get_object_address({}, {}, {})",
        literal(&address.class),
        literal(&array(&address.names)),
        literal(&array(&address.args))
    );
    Step::new(format!(
        "DO {}",
        dollar(&format!(
            "\nBEGIN\n    PERFORM {lookup};\nEXCEPTION WHEN undefined_object OR undefined_table OR undefined_column \
             OR undefined_function OR invalid_schema_name THEN\n{};\nEND\n",
            indented(sql)
        ))
    ))
}

/// Drops it, unless its name already belongs to a successor of another class.
pub fn drop(it: &Subject, keyword: &str) -> Step {
    let drop = format!("DROP {keyword} IF EXISTS {it}");
    let succeeds = |(address, object): (&Address, &Object)| {
        address.class != it.address.class
            && object.occupies.iter().any(|name| it.object.occupies.contains(name))
    };
    if it.object.occupies.is_empty() || !it.setting.desired.objects.iter().any(succeeds) {
        return Step::new(drop);
    }
    let body = format!("\nBEGIN\n    {drop};\nEXCEPTION WHEN wrong_object_type THEN\n    NULL;\nEND\n");
    Step::new(format!("DO {}", dollar(&body)))
}

/// Runs `sql` only if `condition` holds.
pub fn when(condition: &str, sql: &str) -> Step {
    Step::new(format!(
        "DO {}",
        dollar(&format!(
            "\nBEGIN\n    IF {condition} THEN\n{};\n    END IF;\nEND\n",
            indented(&indented(sql))
        ))
    ))
}

/// Whether lines may be moved to the right: not where they could stand in a string.
fn indented(sql: &str) -> String {
    if sql.contains(['\'', '$']) && sql.contains('\n') {
        return sql.to_owned();
    }
    sql.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// An array literal's text.
fn array(items: &[String]) -> String {
    let quoted = items.iter().map(|item| {
        let plain = !item.is_empty()
            && !item.eq_ignore_ascii_case("null")
            && item.chars().all(|c| c.is_alphanumeric() || "_$.".contains(c));
        if plain { item.clone() } else { format!("\"{}\"", item.replace('\\', "\\\\").replace('"', "\\\"")) }
    });
    format!("{{{}}}", quoted.collect::<Vec<_>>().join(","))
}
