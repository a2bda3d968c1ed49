//! Idempotence where PostgreSQL has no words for it: statements that look before they act.

use std::collections::BTreeSet;

use super::quote::{dollar, identifier, literal};
use crate::catalog::Address;
use crate::kind::Subject;
use crate::plan::Step;
use crate::source::token::{TokenKind, Tokens};

/// What `pg_get_object_address` raises where it finds nothing of that class and name.
const MISSING: &str = "undefined_object OR undefined_table OR undefined_column OR undefined_function \
    OR invalid_schema_name OR wrong_object_type";

/// Runs `sql`, which makes an object of this address, unless it exists. What it stands in does exist.
pub fn unless_exists(it: &Subject, sql: &str) -> Step {
    unless_made(it.address, sql)
}

/// Runs `sql`, which makes an object of this address, unless it exists. What it stands in does exist.
pub fn unless_made(address: &Address, sql: &str) -> Step {
    unless_found(address, missing(&address.class), sql)
}

/// What is raised where the object alone is missing, as far as that is one thing only.
fn missing(class: &str) -> &'static str {
    match class {
        "table constraint" | "domain constraint" | "policy" | "trigger" | "rule" | "type" | "collation"
        | "role" => "undefined_object",
        _ => MISSING,
    }
}

/// Runs `sql` unless there is an object of this address.
pub fn unless_there(address: &Address, sql: &str) -> Step {
    unless_found(address, MISSING, sql)
}

fn unless_found(address: &Address, missing: &str, sql: &str) -> Step {
    let lookup = lookup(address);
    block(sql, &format!("    PERFORM {lookup};\nEXCEPTION WHEN {missing} THEN\n{};\n", indented(sql)))
}

/// What ALTER forgives the absence of, if it is told to.
const FORGIVEN: [&str; 6] = ["TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE", "SEQUENCE", "INDEX"];

/// Runs `sql`, which gives an object the name that this address holds, unless it has it. Where nothing else takes the
/// old name, it is enough that nothing is left under it.
pub fn rename(keyword: &str, successor: &Address, old_name_is_taken: bool, sql: &str) -> Step {
    let head = format!("ALTER {keyword} ");
    match sql.strip_prefix(&head) {
        Some(rest) if FORGIVEN.contains(&keyword) && !old_name_is_taken && !sql.contains(";\n") => {
            Step { unguarded: Some(sql.to_owned()), ..Step::new(format!("{head}IF EXISTS {rest}")) }
        }
        _ => unless_there(successor, sql),
    }
}

/// The steps as one, of which nothing is done once there is an object of any of these addresses.
pub fn unless_any(later: &BTreeSet<Address>, steps: &[Step]) -> Step {
    let missing: Vec<_> = later.iter().map(is_missing).collect();
    let within = |step: &Step| format!("{};\n", step.within.as_ref().unwrap_or(&step.sql));
    let all: String = steps.iter().map(within).collect();
    let guarded = when(&missing.join(" AND "), all.trim_end().trim_end_matches(';'));
    let hazards = steps.iter().flat_map(|step| step.hazards.clone()).collect();
    let after = steps.iter().flat_map(|step| step.after.clone()).collect();
    Step { hazards, after, object: steps.first().and_then(|step| step.object.clone()), ..guarded }
}

/// That there is no table or column of this address.
fn is_missing(address: &Address) -> String {
    let [schema, relation, column @ ..] = address.names.as_slice() else { return "true".into() };
    let relation = literal(&format!("{}.{}", identifier(schema), identifier(relation)));
    match column {
        [] => format!("to_regclass({relation}) IS NULL"),
        [column, ..] => format!(
            "NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass({relation}) AND attname = {})",
            literal(column)
        ),
    }
}

/// Runs `sql` if there is an object of this address.
pub fn if_there(address: &Address, sql: &str) -> Step {
    if_found(address, MISSING, sql)
}

/// Runs `sql` if there is an object of this address. What it stands in does exist.
pub fn if_made(address: &Address, sql: &str) -> Step {
    if_found(address, missing(&address.class), sql)
}

fn if_found(address: &Address, missing: &str, sql: &str) -> Step {
    let found = format!("    BEGIN\n        PERFORM {};\n", lookup(address));
    let missing = format!("    EXCEPTION WHEN {missing} THEN\n        RETURN;\n    END;\n");
    block(sql, &format!("{found}{missing}{};\n", indented(sql)))
}

/// What the server also finds in something of another class that bears the name: a type in a table, a function in an
/// aggregate.
const FOUND_IN_OTHERS: [&str; 2] = ["type", "function"];

/// Removes what is in the way of a successor of another class that takes its name: IF EXISTS does not forgive the
/// successor, which stands there when the file is run again.
///
/// `told_apart` says whether the successor is only found once it is there: not so for the index of a key that goes.
pub fn make_way(gone: &Address, successor: &Address, told_apart: bool, step: Step) -> Step {
    if told_apart && !FOUND_IN_OTHERS.contains(&successor.class.as_str()) {
        return Step { sql: unless_there(successor, &step.sql).sql, action: None, ..step };
    }
    while_there(gone, step)
}

/// Removes what is of this address: IF EXISTS does not forgive what is of another class and has its name.
pub fn while_there(address: &Address, step: Step) -> Step {
    Step { sql: if_there(address, &step.sql).sql, action: None, ..step }
}

fn lookup(address: &Address) -> String {
    // Columns of whatever relation are found under one word, and under no other.
    let class = if address.class.ends_with(" column") { "table column" } else { &address.class };
    format!(
        "pg_get_object_address({}, {}, {})",
        literal(class),
        literal(&array(&address.names)),
        literal(&array(&address.args))
    )
}

fn block(sql: &str, body: &str) -> Step {
    let guarded = Step::new(format!("DO {}", dollar(&format!("\nBEGIN\n{body}END\n"))));
    Step { unguarded: Some(sql.to_owned()), ..guarded }
}

/// Runs `sql` only if `condition` holds.
pub fn when(condition: &str, sql: &str) -> Step {
    let within = format!("IF {condition} THEN\n{};\nEND IF", indented(sql));
    Step { within: Some(within.clone()), ..block(sql, &format!("{};\n", indented(&within))) }
}

/// Runs `sql` only if the table has no such column; both are spelled as SQL takes them.
pub fn unless_column(table: &str, column: &str, sql: &str) -> Step {
    let absent = format!(
        "NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = {}::regclass AND quote_ident(attname) = {})",
        literal(table),
        literal(column)
    );
    when(&absent, sql)
}

/// The step, of which nothing is done unless `condition` holds.
pub fn only_when(condition: &str, step: Step) -> Step {
    let guarded = when(condition, step.within.as_ref().unwrap_or(&step.sql));
    Step { sql: guarded.sql, within: guarded.within, action: None, ..step }
}

/// The step, which takes something from roles, or by their names: where the plan drops one of them, nothing is done once
/// that is gone. They are spelled as SQL takes them.
pub fn while_they_last(it: &Subject, roles: &[&str], step: Step) -> Step {
    let last = roles.iter().filter(|role| it.setting.dropped_roles.contains(*role));
    let last: Vec<_> = last.map(|role| format!("to_regrole({}) IS NOT NULL", literal(role))).collect();
    if last.is_empty() { step } else { only_when(&last.join(" AND "), step) }
}

/// The step, with a condition if there is one.
pub fn only_if(condition: Option<String>, step: Step) -> Step {
    match condition {
        Some(condition) => only_when(&condition, step),
        None => step,
    }
}

/// Runs `sql`, which takes privileges away, as the role of this name. One that holds nothing has given nothing: that is
/// no error.
pub fn revoked_by(role: &str, sql: &str) -> Step {
    acting_as(role, &format!("BEGIN\n    {sql};\nEXCEPTION WHEN insufficient_privilege THEN\n    NULL;\nEND"))
}

/// The step, of which nothing is done where what it names is not there.
pub fn if_known(step: Step) -> Step {
    let body = format!("{};\nEXCEPTION WHEN {MISSING} THEN\n    NULL;\n", indented(&step.sql));
    Step { sql: block(&step.sql, &body).sql, action: None, ..step }
}

/// Runs `sql` as the role of this name, and goes on as before.
pub fn acting_as(role: &str, sql: &str) -> Step {
    let body = format!(
        "\nDECLARE\n    before text := current_setting('role');\nBEGIN\n    SET LOCAL ROLE {};\n{};\n    \
         PERFORM set_config('role', before, true);\nEND\n",
        identifier(role),
        indented(sql)
    );
    Step::new(format!("DO {}", dollar(&body)))
}

/// The lines moved to the right, but for those that begin inside of a string.
fn indented(sql: &str) -> String {
    let texts: Vec<_> = Tokens::new(sql.as_bytes(), 0)
        .filter(|token| matches!(token.kind, TokenKind::Quoted | TokenKind::Text | TokenKind::Dollar))
        .collect();
    let mut start = 0;
    let lines = sql.split('\n').map(|line| {
        let fixed = line.is_empty() || texts.iter().any(|text| text.start < start && start < text.end);
        start += line.len() + 1;
        if fixed { line.to_owned() } else { format!("    {line}") }
    });
    lines.collect::<Vec<_>>().join("\n")
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
