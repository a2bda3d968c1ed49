//! An outside eye on every case: a database that was migrated must look like one that was loaded afresh, row by row in
//! the system catalogs, and to `pg_dump`. It shares no query with the program, and so sees what the program does not.
//!
//! `SCHEMADIFF_PG_BIN`, `CASE` and `SPREAD` are those of `cases.rs`.
#![allow(clippy::unwrap_used)]

use schemadiff::postgres::server::Server;

#[path = "support/case.rs"]
mod case;
#[path = "support/dump.rs"]
mod dump;
#[path = "support/observer.rs"]
mod observer;
#[path = "support/planned.rs"]
mod planned;
#[path = "support/programs.rs"]
mod programs;
#[path = "support/raw.rs"]
mod raw;
#[path = "support/suite.rs"]
mod suite;

use case::Case;
use observer::Observer;
use programs::programs;
use suite::{chosen, make_surroundings, try_all};

/// A case whose databases must look different.
struct Different {
    case: &'static str,
    /// From which version on.
    since: u32,
    /// The attributes of rows that may differ, or what else a row that differs must say.
    fields: &'static [&'static str],
    why: &'static str,
}

const PARENT_ALONE: &str =
    "no statement says of a column that is there that the child has it from its parent alone";
const OF_ITS_OWN: &str = "no statement says of a column that is there that the child has it of its own too";
const NAME_FROM_PARENT: &str = "no statement gives another name to a NOT NULL that comes from a parent";
const AS_PARENTS_SAY: &str = "whether a child has validated what it has from its parents alone is taken from them: pg_dump does not say it";
const LOCALITY: &[&str] = &["attislocal ", "conislocal "];

const VALIDITY: &[&str] = &["convalidated "];

const fn different(
    case: &'static str,
    since: u32,
    fields: &'static [&'static str],
    why: &'static str,
) -> Different {
    Different { case, since, fields, why }
}

const DIFFERENT: &[Different] = &[
    different("constraint/added_not_valid_above_validated_child", 14, VALIDITY, AS_PARENTS_SAY),
    different("foreign_table/made_anew_with_its_child", 14, LOCALITY, PARENT_ALONE),
    different("inheritance/another_parent_another_type", 14, LOCALITY, PARENT_ALONE),
    different("inheritance/another_parent_with_the_same_check", 14, LOCALITY, PARENT_ALONE),
    different("inheritance/child_overrides", 14, LOCALITY, OF_ITS_OWN),
    different("inheritance/check_changes_above_a_grandchild_that_joins", 14, LOCALITY, PARENT_ALONE),
    different("inheritance/joins_a_retyped_parent_with_a_generated_column", 14, LOCALITY, PARENT_ALONE),
    different("inheritance/joins_what_keeps_its_check_to_itself", 14, LOCALITY, PARENT_ALONE),
    different("inheritance/not_null_column_moves_to_the_parent", 14, LOCALITY, PARENT_ALONE),
    different("inheritance/new_child_below_a_check_not_valid", 14, VALIDITY, AS_PARENTS_SAY),
    different("inheritance/new_levels_below_a_check_not_valid", 14, VALIDITY, AS_PARENTS_SAY),
    different("inheritance/second_parent_and_a_check", 14, LOCALITY, PARENT_ALONE),
    different("inheritance/two_parents", 14, LOCALITY, PARENT_ALONE),
    different("inheritance/not_null_names", 18, &["_not_null"], NAME_FROM_PARENT),
    different("partition/check_stays_on_partition", 18, &["_not_null"], NAME_FROM_PARENT),
    different("partition/not_null_names", 18, &["_not_null"], NAME_FROM_PARENT),
    different(
        "role/others_are_left_alone",
        14,
        &["nobodys"],
        "roles that no file makes are nobody's business",
    ),
    different("subscription/password_is_never_written", 14, &["subconninfo "], "passwords are not read"),
    different("user_mapping/password_is_never_written", 14, &["umoptions "], "passwords are not read"),
];

#[test]
fn what_was_migrated_looks_like_what_was_loaded() {
    let programs = programs();
    let server = Server::start(&programs).unwrap_or_else(|error| panic!("{error}"));
    let cases: Vec<Case> = chosen(server.major())
        .into_iter()
        .filter(|case| case.about.error.is_none() && case.about.unsupported.is_none())
        .collect();
    let observer = Observer::new(&server, &programs.folder);
    make_surroundings(&server, &cases);
    let panicked = || Some(String::from("a case panicked"));
    let failures = try_all(&server, cases.len(), panicked, async |superuser, number| {
        let case = &cases[number];
        let complaint = match observer.differences(superuser, case, number).await {
            Err(error) => Some(error.to_string()),
            Ok(told) => unexpected(case, &told, server.major(), observer.has_witness()),
        };
        complaint.map(|complaint| format!("{}:\n{complaint}", cases[number].name))
    });
    let failures: Vec<String> = failures.into_iter().flatten().collect();
    println!(
        "{} cases on PostgreSQL {} {} pg_dump, {} failed",
        cases.len(),
        server.major(),
        if observer.has_witness() { "with" } else { "without" },
        failures.len()
    );
    assert!(
        failures.is_empty(),
        "\n\n{}\n\n{} of {} cases failed",
        failures.join("\n\n"),
        failures.len(),
        cases.len()
    );
}

/// What is wrong with what looks different, if anything is.
fn unexpected(case: &Case, told: &[String], major: u32, has_witness: bool) -> Option<String> {
    let different = DIFFERENT.iter().find(|one| one.case == case.name && one.since <= major);
    match different {
        // Some are different in the eyes of the dump only.
        Some(different) if told.is_empty() && has_witness => {
            Some(format!("looks the same, although {}", different.why))
        }
        _ if told.is_empty() => None,
        None => Some(told.join("\n")),
        Some(different) => {
            let is_row = |line: &&String| !line.starts_with("dump of ");
            let is_foretold = |line: &&String| different.fields.iter().any(|field| line.contains(field));
            let other: Vec<_> =
                told.iter().filter(|line| is_row(line) && !is_foretold(line)).cloned().collect();
            (!other.is_empty()).then(|| other.join("\n"))
        }
    }
}
