//! Schemas that nobody wrote: states of several cases, each in a schema of its own, with random ties between them, are
//! proven both ways.
//!
//! `GENERATED=2000` says how many pairs of schemas, `GENERATED_SEED` which ones; both are printed. A pair that fails is
//! made as small as it fails, and written to `target/generated/<seed>`, from where it becomes a case.
#![allow(clippy::unwrap_used)]

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::{env, fs, thread};

use futures_util::FutureExt;
use schemadiff::postgres::quote::identifier;
use schemadiff::postgres::scratch::plain;
use schemadiff::postgres::server::Server;

#[path = "support/case.rs"]
mod case;
#[path = "support/generate.rs"]
mod generate;
#[path = "support/pair.rs"]
mod pair;
#[path = "support/programs.rs"]
mod programs;

use case::Case;
use pair::{Bench, Pair};
use programs::programs;

/// How many pairs, where nobody says.
const COUNT: u64 = 40;

/// The first of them, where nobody says: so that two runs of one state of the program say the same.
const SEED: u64 = 20_261_121;

/// How many are tried at once.
const AT_ONCE: usize = 4;

#[test]
fn random_schemas_are_proven() {
    let number = |name: &str, default: u64| {
        env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
    };
    let (count, seed) = (number("GENERATED", COUNT), number("GENERATED_SEED", SEED));
    let server = Server::start(&programs()).unwrap_or_else(|error| panic!("{error}"));
    println!("GENERATED={count} GENERATED_SEED={seed} on PostgreSQL {}", server.major());
    let cases: Vec<Case> = Case::all()
        .into_iter()
        .filter(|case| case.oldest_server() <= server.major())
        .filter(|case| case.about.error.is_none() && case.about.unsupported.is_none())
        .collect();
    block_on(make_roles(&server, &cases));
    let (failures, changes) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    let (next, end) = (AtomicU64::new(seed), seed + count);
    let work = || async {
        let superuser = plain(server.config(server.database())).await.unwrap();
        let bench = Bench { server: &server, superuser, cases: &cases };
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                break;
            }
            let tried = AssertUnwindSafe(judge(&bench, seed)).catch_unwind().await;
            match tried.unwrap_or_else(|_| Err(String::from("the test panicked"))) {
                Ok(proven) => _ = changes.fetch_add(proven, Ordering::Relaxed),
                Err(complaint) => {
                    eprintln!("GENERATED=1 GENERATED_SEED={seed}: {complaint}\n");
                    failures.lock().unwrap().push(seed);
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| block_on(work()));
        }
    });
    let failures = failures.into_inner().unwrap();
    let changes = changes.into_inner();
    println!("{count} pairs, {changes} changes proven, {} pairs failed", failures.len());
    assert!(failures.is_empty(), "failed: {failures:?}");
    assert!(changes as u64 >= count, "{changes} changes are too few to tell anything");
}

/// Tries the pair of a seed; one that fails is made smaller, and written to files.
async fn judge(bench: &Bench<'_>, seed: u64) -> Result<usize, String> {
    let drawn = Pair::draw(seed, bench.cases);
    let (pair, complaint) = match bench.try_pair(drawn, seed, true).await {
        (_, Ok(proven)) => return Ok(proven),
        (pair, Err(complaint)) => bench.smaller(pair, complaint, seed).await,
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("target/generated/{seed}"));
    fs::create_dir_all(&folder).unwrap();
    for (name, side) in [("old", 0), ("new", 1)] {
        fs::write(folder.join(format!("{name}.sql")), pair.text(side, bench.cases)).unwrap();
    }
    Err(format!("{}\n{complaint}", pair.told(bench.cases)))
}

async fn make_roles(server: &Server, cases: &[Case]) {
    let mut roles: Vec<&String> = cases.iter().flat_map(|case| &case.about.roles).collect();
    roles.sort();
    roles.dedup();
    let statements: String = roles.iter().map(|role| format!("CREATE ROLE {};", identifier(role))).collect();
    let superuser = plain(server.config(server.database())).await.unwrap();
    superuser.batch_execute(&statements).await.unwrap();
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}
