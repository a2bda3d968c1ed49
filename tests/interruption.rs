//! A migration that is killed at any of its statements reaches the same end when it is run again.
#![allow(clippy::unwrap_used)]

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Poll;

use schemadiff::migration::Directory;
use schemadiff::runner::{Event, Options, apply};
use tokio_postgres::Client;

mod support {
    pub mod server;
}

use support::server::{connect, database};

const FIVE_SECTIONS: &str = include_str!("support/five.sql");

/// What is there when the migration has run.
const END: &str = "
SELECT (SELECT count(*) FROM a) = 1000
   AND (SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_b'::regclass)
   AND (SELECT convalidated FROM pg_constraint WHERE conname = 'positive')
   AND obj_description('v'::regclass) = 'the end'
   AND (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'i') = 2
   AND (SELECT count(*) FROM schemadiff.schema_migrations) = 1";

fn folder() -> Directory {
    Directory::from_files("migrations", [("0001_five.sql".to_owned(), FIVE_SECTIONS.into())]).unwrap()
}

/// How many statements begin when nothing is in the way.
async fn points() -> usize {
    let mut client = connect(&database().await).await;
    let mut points = 0;
    let mut count = |event| points += usize::from(matches!(event, Event::Statement { .. }));
    apply(&mut client, &folder(), &Options::default(), &mut count).await.unwrap();
    assert!(ended(&client).await);
    points
}

async fn ended(client: &Client) -> bool {
    client.query_one(END, &[]).await.unwrap().get(0)
}

/// Applies, and returns as soon as the runner is heard of after its statement number `point` was sent; or at its end.
async fn until(client: &mut Client, point: usize) {
    let (begun, reached) = (AtomicUsize::new(0), AtomicBool::new(false));
    let mut watch = |event| {
        if matches!(event, Event::Statement { .. }) && begun.fetch_add(1, Ordering::Relaxed) + 1 == point {
            reached.store(true, Ordering::Relaxed);
        }
    };
    let (folder, options) = (folder(), Options::default());
    tokio::select! {
        biased;
        () = poll_fn(|_| if reached.load(Ordering::Relaxed) { Poll::Ready(()) } else { Poll::Pending }) => {}
        outcome = apply(client, &folder, &options, &mut watch) => { outcome.unwrap(); }
    }
}

#[tokio::test]
async fn a_killed_client_is_made_up_for() {
    let points = points().await;
    for point in 1..=points {
        let database = database().await;
        let mut client = connect(&database).await;
        until(&mut client, point).await;
        drop(client);
        let mut client = connect(&database).await;
        let recorded =
            client.query_one("SELECT count(*) FROM schemadiff.schema_migrations", &[]).await.unwrap();
        assert_eq!(recorded.get::<_, i64>(0), 0, "killed at statement {point}");
        apply(&mut client, &folder(), &Options::default(), &mut |_| ()).await.unwrap();
        assert!(ended(&client).await, "killed at statement {point}");
    }
    println!("the client was killed at {points} statements");
}

#[tokio::test]
async fn a_killed_backend_is_made_up_for() {
    let points = points().await;
    let mut failed = 0;
    for point in 1..=points {
        let database = database().await;
        let mut client = connect(&database).await;
        let killer = connect(&database).await;
        let pid: i32 = client.query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get(0);
        let begun = AtomicUsize::new(0);
        let reached = AtomicBool::new(false);
        let mut watch = |event| {
            if matches!(event, Event::Statement { .. }) && begun.fetch_add(1, Ordering::Relaxed) + 1 == point
            {
                reached.store(true, Ordering::Relaxed);
            }
        };
        let (folder, options) = (folder(), Options::default());
        let kill = async {
            while !reached.load(Ordering::Relaxed) {
                tokio::task::yield_now().await;
            }
            killer.execute("SELECT pg_terminate_backend($1)", &[&pid]).await.unwrap();
        };
        let (outcome, _) = tokio::join!(apply(&mut client, &folder, &options, &mut watch), kill);
        if let Err(error) = outcome {
            let said = error.to_string();
            failed += 1;
            assert!(said.contains("terminating connection") || said.contains("connection closed"), "{said}");
        }
        let mut client = connect(&database).await;
        apply(&mut client, &folder, &Options::default(), &mut |_| ()).await.unwrap();
        assert!(ended(&client).await, "killed at statement {point}");
    }
    assert!(failed > 0);
    println!("the backend was killed at {points} statements, and {failed} runs failed of it");
}
