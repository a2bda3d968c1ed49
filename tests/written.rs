//! Migrations as people write them: rows, transactions of their own, psql's decoration, batches.
#![allow(clippy::unwrap_used)]

use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;

use schemadiff::Error;
use schemadiff::migration::Directory;
use schemadiff::runner::{Event, Options, apply};
use tokio_postgres::Client;

mod support {
    pub mod server;
}

use support::server::{connect, database};

fn folder(text: &str) -> Directory {
    Directory::from_files("migrations", [("0001_a.sql".to_owned(), text.into())]).unwrap()
}

/// Applies one migration; what happened meanwhile.
async fn run(client: &mut Client, text: &str) -> Result<Vec<Event>, Error> {
    let mut events = Vec::new();
    let mut watch = |event| events.push(event);
    apply(client, &folder(text), &Options::default(), &mut watch).await?;
    Ok(events)
}

async fn value<T: for<'a> tokio_postgres::types::FromSql<'a>>(client: &Client, sql: &str) -> T {
    client.query_one(sql, &[]).await.unwrap().get(0)
}

/// As psql would be fed it.
const WITH_ROWS: &str = "\
\\set ON_ERROR_STOP on
\\echo the foods
BEGIN;
CREATE TABLE food (id int PRIMARY KEY, name text);
COPY food (id, name) FROM stdin;
1\tbread; and butter
2\t\\N
3\ta\\tb
\\.
SAVEPOINT here;
COMMIT;

copy public.food from STDIN with (format csv, header);
id,name
4,\"five, six\"
\\.
INSERT INTO food VALUES (5, '\\.');
";

#[tokio::test]
async fn rows_are_copied_as_psql_does() {
    let mut client = connect(&database().await).await;
    run(&mut client, WITH_ROWS).await.unwrap();
    let names = "SELECT string_agg(id || coalesce(name, '-'), '|' ORDER BY id) FROM food";
    let names = value::<String>(&client, names).await;
    assert_eq!(names, "1bread; and butter|2-|3a\tb|4five, six|5\\.");
    assert_eq!(value::<i64>(&client, "SELECT count(*) FROM schemadiff.schema_migrations").await, 1);
}

#[tokio::test]
async fn a_row_that_does_not_fit_is_shown_where_it_stands() {
    let mut client = connect(&database().await).await;
    let text = "CREATE TABLE a1 (id int, b int);\nCOPY a1 FROM stdin;\n1\t1\n2\tx\n\\.\n";
    let said = run(&mut client, text).await.unwrap_err().to_string();
    assert!(said.contains("invalid input syntax for type integer: \"x\""), "{said}");
    assert!(said.contains("migrations/0001_a.sql:4:1"), "{said}");
    assert!(said.contains("nothing of `migrations/0001_a.sql` was kept"), "{said}");
    assert!(value::<bool>(&client, "SELECT to_regclass('a1') IS NULL").await);
    // The connection is none the worse for it.
    run(&mut client, &text.replace('x', "7")).await.unwrap();
    // Megabytes, in several messages.
    let rows: String = (0..200_000).map(|row| format!("{row}\t{row}\n")).collect();
    let text = format!("CREATE TABLE many (a int, b int);\nCOPY many FROM stdin;\n{rows}\\.\n");
    let mut client = connect(&database().await).await;
    run(&mut client, &text).await.unwrap();
    assert_eq!(value::<i64>(&client, "SELECT count(*) FROM many").await, 200_000);
}

#[tokio::test]
async fn what_psql_alone_can_do_is_refused_before_anything_runs() {
    let mut client = connect(&database().await).await;
    for (command, hint) in [
        ("\\i other.sql", "write the statements of that file here"),
        ("\\copy a from 'rows.csv'", "COPY … FROM stdin"),
        ("\\set factor 3", "write the value where it is used"),
        ("\\set ON_ERROR_STOP off", "always stops at the first error"),
        ("\\connect other", "schemadiff itself connects"),
        ("SELECT 'DROP TABLE a' \\gexec", "write the SQL that it stands for"),
        ("COPY a TO stdout;", "nobody to read the rows"),
        ("SELECT 1\n\\echo in the middle\n;", "end the statement before it"),
    ] {
        let said = run(&mut client, &format!("CREATE TABLE a (id int);\n{command}\n")).await.unwrap_err();
        let line = said.at.as_ref().map(|at| at.line).unwrap();
        assert!(line >= 2 && said.to_string().contains(hint), "{command}: {said}");
    }
    assert!(value::<bool>(&client, "SELECT to_regclass('a') IS NULL").await);
}

const BATCH: &str = "\
CREATE TABLE IF NOT EXISTS log (id int PRIMARY KEY, day date, pass xid8);
INSERT INTO log SELECT g FROM generate_series(1, 10) g ON CONFLICT DO NOTHING;

-- schemadiff: batch
UPDATE log SET day = '2026-11-21', pass = pg_current_xact_id()
 WHERE id IN (SELECT id FROM log WHERE day IS NULL ORDER BY id LIMIT 4);

ALTER TABLE log ALTER day SET NOT NULL;
";

/// Passes, rows so far, and whether it was the last one.
fn batches(events: &[Event]) -> Vec<(u64, u64, bool)> {
    let batch = |event: &Event| match event {
        Event::Batch { passes, rows, done, .. } => Some((*passes, *rows, *done)),
        _ => None,
    };
    events.iter().filter_map(batch).collect()
}

#[tokio::test]
async fn a_batch_is_repeated_each_time_in_a_transaction_of_its_own() {
    let mut client = connect(&database().await).await;
    let events = run(&mut client, BATCH).await.unwrap();
    assert_eq!(batches(&events), [(1, 4, false), (2, 8, false), (3, 10, false), (4, 10, true)]);
    assert_eq!(value::<i64>(&client, "SELECT count(DISTINCT pass) FROM log").await, 3);
    let own = "SELECT bool_and(pass::xid <> m.xmin) FROM log, schemadiff.schema_migrations m";
    assert!(value::<bool>(&client, own).await);
    assert!(value::<bool>(&client, "SELECT bool_and(day IS NOT NULL) FROM log").await);

    // At the end of a file it is recorded all the same.
    let mut client = connect(&database().await).await;
    let end = BATCH.rsplit_once("\n\n").unwrap().0;
    run(&mut client, end).await.unwrap();
    assert_eq!(value::<i64>(&client, "SELECT count(*) FROM schemadiff.schema_migrations").await, 1);
    assert_eq!(batches(&run(&mut client, end).await.unwrap()), []);
}

#[tokio::test]
async fn an_interrupted_batch_goes_on_where_it_was() {
    let database = database().await;
    for stop in 1..=4 {
        let mut client = connect(&database).await;
        client.batch_execute("DROP TABLE IF EXISTS log").await.unwrap();
        client.batch_execute("DROP SCHEMA IF EXISTS schemadiff CASCADE").await.unwrap();
        let (directory, options) = (folder(BATCH), Options::default());
        let passes = AtomicU64::new(0);
        {
            let mut watch = |event| {
                passes.fetch_add(u64::from(matches!(event, Event::Batch { .. })), Ordering::Relaxed);
            };
            let mut running = pin!(apply(&mut client, &directory, &options, &mut watch));
            poll_fn(|context| match running.as_mut().poll(context) {
                Poll::Pending if passes.load(Ordering::Relaxed) < stop => Poll::Pending,
                _ => Poll::Ready(()),
            })
            .await;
        }
        let passes = passes.into_inner();
        assert!(passes >= stop);
        drop(client);
        let mut client = connect(&database).await;
        let done: i64 = value(&client, "SELECT count(*) FROM log WHERE day IS NOT NULL").await;
        assert!(done >= i64::try_from(4 * passes).unwrap().min(10), "{done} rows after {passes} passes");
        let events = run(&mut client, BATCH).await.unwrap();
        let left = batches(&events).last().map_or(0, |(_, rows, _)| *rows);
        assert_eq!(i64::try_from(left).unwrap(), 10 - done);
        assert!(value::<bool>(&client, "SELECT count(*) = 10 AND bool_and(day IS NOT NULL) FROM log").await);
    }
}

#[tokio::test]
async fn a_batch_that_fails_says_what_is_done() {
    let mut client = connect(&database().await).await;
    let failing = BATCH.replace(
        "'2026-11-21'",
        "CASE WHEN id < 7 THEN date '2026-11-21' ELSE (1 / (id - id))::text::date END",
    );
    let said = run(&mut client, &failing).await.unwrap_err().to_string();
    assert!(said.contains("division by zero") && said.contains("migrations/0001_a.sql:5:"), "{said}");
    assert!(
        said.contains("2 of 4 statements are committed, up to line 2, and of the batch behind it 4 rows"),
        "{said}"
    );
    assert_eq!(value::<i64>(&client, "SELECT count(*) FROM log WHERE day IS NOT NULL").await, 4);
    run(&mut client, BATCH).await.unwrap();

    let mut client = connect(&database().await).await;
    let together = Options { single_transaction: true, ..Options::default() };
    let said = apply(&mut client, &folder(BATCH), &together, &mut |_| ()).await.unwrap_err().to_string();
    assert!(said.contains("it has a batch, which takes many transactions"), "{said}");
}
