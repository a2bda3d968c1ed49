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

/// Cases whose two databases must look different, from which version on, and why.
const DIFFERENT: &[(&str, u32, &str)] = &[
    (
        "inheritance/another_parent_another_type",
        14,
        "no statement says of a column that is there that the child has it from its parent alone",
    ),
    (
        "inheritance/another_parent_with_the_same_check",
        14,
        "no statement says of a column that is there that the child has it from its parent alone",
    ),
    (
        "inheritance/child_overrides",
        14,
        "no statement says of a column that is there that the child has it of its own too",
    ),
    (
        "inheritance/second_parent_and_a_check",
        14,
        "no statement says of a column that is there that the child has it from its parent alone",
    ),
    (
        "inheritance/two_parents",
        14,
        "no statement says of a column that is there that the child has it from its parent alone",
    ),
    (
        "inheritance/not_null_names",
        18,
        "no statement gives another name to a NOT NULL that comes from a parent",
    ),
    (
        "partition/check_stays_on_partition",
        18,
        "no statement gives another name to a NOT NULL that comes from a parent",
    ),
    (
        "partition/not_null_names",
        18,
        "no statement gives another name to a NOT NULL that comes from a parent",
    ),
    ("role/others_are_left_alone", 14, "roles that no file makes are nobody's business"),
    ("subscription/password_is_never_written", 14, "passwords are not read"),
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
    match DIFFERENT.iter().find(|(name, since, _)| *name == case.name && *since <= major) {
        // Some are different in the eyes of the dump only.
        Some((_, _, why)) if told.is_empty() && has_witness => {
            Some(format!("looks the same, although {why}"))
        }
        None if !told.is_empty() => Some(told.join("\n")),
        _ => None,
    }
}
