//! What tests over all cases share: which of them, on a server with their roles, several at once.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{env, thread};

use futures_util::FutureExt;
use schemadiff::postgres::scratch::plain;
use schemadiff::postgres::server::Server;
use tokio_postgres::Client;

use super::case::{Case, surroundings};

/// How many are tried at once; the server has as many processes busy.
const AT_ONCE: usize = 4;

/// The cases that `CASE` and `SPREAD` choose and the server knows.
#[allow(dead_code, reason = "not every test lets choose")]
pub fn chosen(major: u32) -> Vec<Case> {
    let pattern = env::var("CASE").unwrap_or_else(|_| String::from("*"));
    let spread = env::var("SPREAD").map_or(1, |every| every.parse().expect("SPREAD is a number"));
    let fits = |case: &Case| match pattern.strip_suffix('*') {
        Some(beginning) => case.name.starts_with(beginning),
        None => case.name == pattern,
    };
    Case::all()
        .into_iter()
        .filter(|case| fits(case) && case.oldest_server() <= major)
        // Each version takes others, so that together they take more.
        .skip(major as usize % spread)
        .step_by(spread)
        .collect()
}

/// Tries the numbers below `count`, several at once, each worker with a superuser's session of its own; what came of
/// each, in order. One that panics gives what `panicked` says.
pub fn try_all<T: Send>(
    server: &Server,
    count: usize,
    panicked: impl Fn() -> T + Sync,
    attempt: impl AsyncFn(&Client, usize) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::new());
    let work = || async {
        let superuser = plain(server.config(server.database())).await.unwrap();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                break;
            }
            let tried = AssertUnwindSafe(attempt(&superuser, number)).catch_unwind().await;
            let outcome = tried.unwrap_or_else(|_| panicked());
            outcomes.lock().unwrap_or_else(PoisonError::into_inner).push((number, outcome));
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| block_on(work()));
        }
    });
    let mut outcomes = outcomes.into_inner().unwrap();
    outcomes.sort_by_key(|(number, _)| *number);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Makes the roles and tablespaces that the cases count on.
pub fn make_surroundings(server: &Server, cases: &[Case]) {
    block_on(async {
        let superuser = plain(server.config(server.database())).await.unwrap();
        for statement in surroundings(cases.iter().filter(|case| !case.about.roles_managed)) {
            superuser.batch_execute(&statement).await.unwrap();
        }
    });
}

/// Runs it to its end.
pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}
