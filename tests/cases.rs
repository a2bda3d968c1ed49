//! The one harness: every case in `tests/cases`, both ways, proven on a real server.
//!
//! The variable `SCHEMADIFF_PG_BIN` chooses the server's version, `CASE` the cases (`CASE=column/add`, `CASE='enum_type/*'`),
//! `SPREAD=5` takes every fifth of them. The generated SQL is compared with `snapshots/` on PostgreSQL 15 only; of a
//! case that needs a newer server, on the first one that it runs on.
#![allow(clippy::unwrap_used)]

use std::panic::{AssertUnwindSafe, catch_unwind};

use schemadiff::postgres::kinds::REGISTRY;
use schemadiff::postgres::server::Server;

#[path = "support/case.rs"]
mod case;
#[path = "support/planned.rs"]
mod planned;
#[path = "support/programs.rs"]
mod programs;
#[path = "support/rows.rs"]
mod rows;
#[path = "support/suite.rs"]
mod suite;
#[path = "support/trial.rs"]
mod trial;

use case::{Case, root};
use programs::programs;
use suite::{chosen, make_surroundings, try_all};
use trial::{Bench, Outcome};

/// The version on which the generated SQL is compared.
const COMPARED_ON: u32 = 15;

/// Kinds whose cases are with those of another kind.
const ELSEWHERE: &[(&str, &str)] = &[
    ("attribute", "composite_type"),
    ("clustered", "index"),
    ("default privileges", "default_privilege"),
    ("domain constraint", "domain"),
    ("domain default", "domain"),
    ("foreign column", "foreign_table"),
    ("index partition", "partition"),
    ("operator family member", "operator_family"),
    ("replica identity", "table"),
    ("sequence ownership", "sequence"),
    ("view column", "view"),
];

/// What came of a case: its text, if it is to be compared, or what is wrong with it.
type Verdict = Result<Option<String>, String>;

#[test]
fn every_case_is_proven() {
    let server = Server::start(&programs()).unwrap_or_else(|error| panic!("{error}"));
    let cases = chosen(server.major());
    assert!(!cases.is_empty(), "no case is called so");
    make_surroundings(&server, &cases);
    let panicked = || Err(String::from("panicked"));
    let verdicts = try_all(&server, cases.len(), panicked, async |superuser, number| {
        judge(&Bench { server: &server, superuser }, &cases[number], number).await
    });
    let mut failures: Vec<String> = Vec::new();
    for (case, verdict) in cases.iter().zip(verdicts) {
        let complaint = match verdict {
            Err(complaint) => complaint,
            Ok(Some(text))
                if server.major() == case.oldest_server().max(COMPARED_ON)
                    && !as_the_snapshot(case, &text) =>
            {
                String::from("the generated SQL is not that of the snapshot")
            }
            Ok(_) => continue,
        };
        failures.push(format!("{}: {complaint}", case.name));
    }
    println!("{} cases on PostgreSQL {}, {} failed", cases.len(), server.major(), failures.len());
    assert!(
        failures.is_empty(),
        "\n\n{}\n\n{} of {} cases failed",
        failures.join("\n\n"),
        failures.len(),
        cases.len()
    );
}

#[test]
fn every_kind_has_cases() {
    for entry in REGISTRY {
        let elsewhere = ELSEWHERE.iter().find(|(kind, _)| *kind == entry.name);
        let folder = elsewhere.map_or(entry.name, |(_, folder)| folder).replace(' ', "_");
        assert!(
            root().join(&folder).is_dir(),
            "the kind `{}` has no cases in tests/cases/{folder}",
            entry.name
        );
    }
}

async fn judge(bench: &Bench<'_>, case: &Case, number: usize) -> Verdict {
    let verdict = match (bench.try_case(case, number).await, &case.about.error) {
        (Err(error), Some(expected)) if error.to_string().contains(expected) => {
            Ok(format!("{error}\n").replace(concat!(env!("CARGO_MANIFEST_DIR"), "/"), ""))
        }
        (Err(error), _) => Err(error.to_string()),
        (Ok(_), Some(expected)) => Err(format!("is not refused with `{expected}`")),
        (Ok(Outcome { text, complaints }), None) if complaints.is_empty() => Ok(text),
        (Ok(Outcome { complaints, .. }), None) => Err(complaints.join("\n")),
    };
    match (&case.about.unsupported, verdict) {
        (None, verdict) => verdict.map(Some),
        (Some(_), Err(_)) => Ok(None),
        (Some(_), Ok(_)) => Err(String::from("works: `unsupported` can go from its case.yaml")),
    }
}

fn as_the_snapshot(case: &Case, text: &str) -> bool {
    let (kind, name) = case.kind_and_name();
    let compare = || {
        insta::with_settings!({snapshot_path => format!("../snapshots/{kind}"), prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(name, text);
        });
    };
    catch_unwind(AssertUnwindSafe(compare)).is_ok()
}
