//! The one harness: every case in `tests/cases`, both ways, proven on a real server.
//!
//! The variable `SCHEMADIFF_PG_BIN` chooses the server's version, `CASE` the cases (`CASE=column/add`, `CASE='enum_type/*'`),
//! `SPREAD=5` takes every fifth of them. The generated SQL is compared with `snapshots/` on PostgreSQL 15 only; of a
//! case that needs a newer server, on the first one that it runs on.
#![allow(clippy::unwrap_used)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{env, thread};

use futures_util::FutureExt;
use schemadiff::postgres::kinds::REGISTRY;
use schemadiff::postgres::quote::identifier;
use schemadiff::postgres::scratch::plain;
use schemadiff::postgres::server::Server;

#[path = "support/case.rs"]
mod case;
#[path = "support/programs.rs"]
mod programs;
#[path = "support/rows.rs"]
mod rows;
#[path = "support/trial.rs"]
mod trial;

use case::{Case, root};
use programs::programs;
use trial::{Bench, Outcome};

/// The version on which the generated SQL is compared.
const COMPARED_ON: u32 = 15;

/// How many cases are tried at once; the server has as many processes busy.
const AT_ONCE: usize = 4;

/// Kinds whose cases are with those of another kind.
const ELSEWHERE: &[(&str, &str)] = &[
    ("attribute", "composite_type"),
    ("clustered", "index"),
    ("default privileges", "default_privilege"),
    ("domain constraint", "domain"),
    ("index partition", "partition"),
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
    let verdicts = try_all(&server, &cases);
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

fn chosen(major: u32) -> Vec<Case> {
    let pattern = env::var("CASE").unwrap_or_else(|_| String::from("*"));
    let spread = env::var("SPREAD").map_or(1, |every| every.parse().expect("SPREAD is a number"));
    let fits = |case: &Case| match pattern.strip_suffix('*') {
        Some(beginning) => case.name.starts_with(beginning),
        None => case.name == pattern,
    };
    Case::all()
        .into_iter()
        .filter(|case| fits(case) && case.oldest_server() <= major)
        .step_by(spread)
        .collect()
}

fn try_all(server: &Server, cases: &[Case]) -> Vec<Verdict> {
    let next = AtomicUsize::new(0);
    let verdicts = Mutex::new(Vec::new());
    let work = || async {
        let superuser = plain(server.config(server.database())).await.unwrap();
        let bench = Bench { server, superuser };
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(case) = cases.get(number) else { break };
            let verdict = judge(&bench, case, number).await;
            verdicts.lock().unwrap_or_else(PoisonError::into_inner).push((number, verdict));
        }
    };
    block_on(make_roles(server, cases));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| block_on(work()));
        }
    });
    let mut verdicts = verdicts.into_inner().unwrap();
    verdicts.sort_by_key(|(number, _)| *number);
    verdicts.into_iter().map(|(_, verdict)| verdict).collect()
}

async fn judge(bench: &Bench<'_>, case: &Case, number: usize) -> Verdict {
    let tried = AssertUnwindSafe(bench.try_case(case, number)).catch_unwind().await;
    let verdict = match (tried, &case.about.error) {
        (Err(_), _) => Err(String::from("panicked")),
        (Ok(Err(error)), Some(expected)) if error.to_string().contains(expected) => Ok(format!("{error}\n")),
        (Ok(Err(error)), _) => Err(error.to_string()),
        (Ok(Ok(_)), Some(expected)) => Err(format!("is not refused with `{expected}`")),
        (Ok(Ok(Outcome { text, complaints })), None) if complaints.is_empty() => Ok(text),
        (Ok(Ok(Outcome { complaints, .. })), None) => Err(complaints.join("\n")),
    };
    match (&case.about.unsupported, verdict) {
        (None, verdict) => verdict.map(Some),
        (Some(_), Err(_)) => Ok(None),
        (Some(_), Ok(_)) => Err(String::from("works: `unsupported` can go from its case.yaml")),
    }
}

async fn make_roles(server: &Server, cases: &[Case]) {
    let mut roles: Vec<&String> = cases.iter().flat_map(|case| &case.about.roles).collect();
    roles.sort();
    roles.dedup();
    let statements: String = roles.iter().map(|role| format!("CREATE ROLE {};", identifier(role))).collect();
    let superuser = plain(server.config(server.database())).await.unwrap();
    superuser.batch_execute(&statements).await.unwrap();
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

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}
