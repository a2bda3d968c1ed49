//! Changes that nobody wrote: one small world, changed at random in two ways, so that several changes meet on one table.
//! The way from one to the other is proven both ways, with rows, and looked at from outside.
//!
//! `GENERATED=2000` says how many pairs of worlds, `GENERATED_SEED` which ones; both are printed. A pair that fails is
//! made as small as it fails, and stands in `target/mutated/<seed>`, from where it becomes a case.
#![allow(clippy::unwrap_used)]

use std::env;
use std::sync::atomic::{AtomicUsize, Ordering};

use schemadiff::postgres::server::Server;

#[path = "support/case.rs"]
mod case;
#[path = "support/dump.rs"]
mod dump;
#[path = "support/mutant.rs"]
mod mutant;
#[path = "support/observer.rs"]
mod observer;
#[path = "support/planned.rs"]
mod planned;
#[path = "support/programs.rs"]
mod programs;
#[path = "support/random.rs"]
mod random;
#[path = "support/raw.rs"]
mod raw;
#[path = "support/rows.rs"]
mod rows;
#[path = "support/suite.rs"]
mod suite;
#[path = "support/trial.rs"]
mod trial;
#[path = "support/world.rs"]
mod world;

use mutant::{Bench, Mutant};
use observer::Observer;
use programs::programs;
use suite::{make_surroundings, try_all};
use world::World;

/// How many pairs, where nobody says.
const COUNT: usize = 20;

/// The first of them, where nobody says: so that two runs of one state of the program say the same.
const SEED: usize = 20_261_121;

#[test]
fn random_changes_are_proven() {
    let number = |name: &str, default: usize| {
        env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
    };
    let (count, seed) = (number("GENERATED", COUNT), number("GENERATED_SEED", SEED));
    let programs = programs();
    let server = Server::start(&programs).unwrap_or_else(|error| panic!("{error}"));
    println!("GENERATED={count} GENERATED_SEED={seed} on PostgreSQL {}", server.major());
    let (world, observer) = (World::read(), Observer::new(&server, &programs.folder));
    make_surroundings(&server, &[mutant::surroundings()]);
    let (stated, refused, unfit, known) = Default::default();
    let add = |counter: &AtomicUsize, number: usize| counter.fetch_add(number, Ordering::Relaxed);
    let outcomes = try_all(
        &server,
        count,
        || false,
        async |superuser, number| {
            let bench = Bench { server: &server, superuser, observer: &observer, known: &known };
            let seed = seed + number;
            let (mutant, left_out) = Mutant::draw(&world, &bench, seed).await;
            add(&stated, mutant.statements() + left_out);
            add(&refused, left_out);
            match bench.judge(mutant, seed).await {
                Ok(fits) => add(&unfit, usize::from(!fits)),
                Err(complaint) => {
                    eprintln!("GENERATED=1 GENERATED_SEED={seed}: {complaint}\n");
                    return false;
                }
            };
            true
        },
    );
    let failures = outcomes.iter().filter(|proven| !**proven).count();
    let [stated, refused, unfit]: [usize; 3] = [stated, refused, unfit].map(AtomicUsize::into_inner);
    println!(
        "{count} pairs, {failures} failed; the server refused {refused} of {stated} statements; rows did not fit {unfit} pairs"
    );
    assert!(failures == 0, "{failures} of {count} pairs failed");
    assert!(refused * 4 < stated, "{refused} of {stated} statements are too many to be left out");
}
