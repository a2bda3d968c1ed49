//! Schemas that nobody wrote: states of several cases, each in a schema of its own, with random ties between them, are
//! proven both ways.
//!
//! `GENERATED=2000` says how many pairs of schemas, `GENERATED_SEED` which ones; both are printed. A pair that fails is
//! made as small as it fails, and written to `target/generated/<seed>`, from where it becomes a case.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::{env, fs};

use schemadiff::postgres::server::Server;

#[path = "support/case.rs"]
mod case;
#[path = "support/generate.rs"]
mod generate;
#[path = "support/pair.rs"]
mod pair;
#[path = "support/programs.rs"]
mod programs;
#[path = "support/random.rs"]
mod random;
#[path = "support/suite.rs"]
mod suite;

use case::Case;
use pair::{Bench, Pair};
use programs::programs;
use suite::{make_surroundings, try_all};

/// How many pairs, where nobody says.
const COUNT: u64 = 40;

/// The first of them, where nobody says: so that two runs of one state of the program say the same.
const SEED: u64 = 20_261_121;

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
        .filter(|case| !case.about.alone && !case.about.roles_managed)
        .filter(|case| case.about.error.is_none() && case.about.unsupported.is_none())
        .collect();
    let refusals: Vec<String> = Case::all().into_iter().filter_map(|case| case.about.error).collect();
    make_surroundings(&server, &cases);
    let panicked = || Err(String::from("the test panicked"));
    let pairs = usize::try_from(count).unwrap();
    let outcomes = try_all(&server, pairs, panicked, async |superuser, number| {
        let bench = Bench { server: &server, superuser, cases: &cases };
        let seed = seed + number as u64;
        let judged = judge(&bench, &refusals, seed).await;
        if let Err(complaint) = &judged {
            eprintln!("GENERATED=1 GENERATED_SEED={seed}: {complaint}\n");
        }
        judged
    });
    let failures = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    let refused = outcomes.iter().filter(|outcome| matches!(outcome, Ok(None))).count();
    let changes: usize = outcomes.into_iter().flatten().flatten().sum();
    println!(
        "{count} pairs, {changes} changes proven, {refused} pairs refused as a case has it, {failures} pairs failed"
    );
    assert!(failures == 0, "{failures} of {count} pairs failed");
    assert!(changes >= pairs, "{changes} changes are too few to tell anything");
}

/// Whether planning itself refuses the pair in words that a case has; what fails when it is run is a failure, whatever it says.
fn is_refusal(complaint: &str, refusals: &[String]) -> bool {
    !complaint.contains("did not prove right") && refusals.iter().any(|known| complaint.contains(known))
}

/// Tries the pair of a seed; None where it is refused as it has to be. One that fails is made smaller, and written to files.
async fn judge(bench: &Bench<'_>, refusals: &[String], seed: u64) -> Result<Option<usize>, String> {
    let drawn = Pair::draw(seed, bench.cases);
    let (pair, complaint) = match bench.try_pair(drawn, seed, true).await {
        (_, Ok(proven)) => return Ok(Some(proven)),
        (_, Err(complaint)) if is_refusal(&complaint, refusals) => return Ok(None),
        (pair, Err(complaint)) => bench.smaller(pair, complaint, seed).await,
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("target/generated/{seed}"));
    fs::create_dir_all(&folder).unwrap();
    for (name, side) in [("old", 0), ("new", 1)] {
        fs::write(folder.join(format!("{name}.sql")), pair.text(side, bench.cases)).unwrap();
    }
    Err(format!("{}\n{complaint}", pair.told(bench.cases)))
}
