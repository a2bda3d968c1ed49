//! How long statements may wait for locks, and what becomes of a runner whose session is not, or no longer, its own.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use schemadiff::migration::Directory;
use schemadiff::postgres::scratch::plain;
use schemadiff::runner::{Options, Report, apply};
use schemadiff::{Error, Migrations};
use tokio_postgres::config::Host;
use tokio_postgres::{Client, Config};

mod support {
    pub mod server;
    pub mod wire;
}

use support::server::{Database, connect, database, server};

fn folder(files: &[(&str, &str)]) -> Directory {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    Directory::from_files("migrations", files).unwrap()
}

async fn run(client: &mut Client, files: &[(&str, &str)], options: &Options<'_>) -> Result<Report, Error> {
    apply(client, &folder(files), options, &mut |_| ()).await
}

async fn texts(client: &Client, sql: &str) -> Vec<String> {
    client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// Notes the limit that a statement runs under.
const NOTE: (&str, &str) = (
    "0001_note.sql",
    "CREATE TABLE food (id int);
     CREATE TABLE noted (number serial, way text);
     CREATE FUNCTION note() RETURNS void LANGUAGE sql AS
         'INSERT INTO noted (way) VALUES (current_setting(''lock_timeout''))';",
);
const NOTED: &str = "SELECT way FROM noted ORDER BY number";

#[tokio::test]
async fn a_limit_of_one_transaction_is_not_missed_in_the_next() {
    let mut client = connect(&database().await).await;
    let local = "SET LOCAL lock_timeout = '9s';\nSELECT note();\n-- schemadiff: transaction\nALTER TABLE food ADD a int;\nSELECT note();\n";
    let file = "SET lock_timeout = '8s';\nSELECT note();\n-- schemadiff: transaction\nSELECT note();\nRESET lock_timeout;\nSELECT note();\n";
    let files = [NOTE, ("0002_local.sql", local), ("0003_file.sql", file)];
    run(&mut client, &files, &Options::default()).await.unwrap();
    assert_eq!(texts(&client, NOTED).await, ["9s", "3s", "8s", "8s", "3s"]);
}

#[tokio::test]
async fn who_holds_a_strong_lock_does_not_wait_in_a_later_file_either() {
    let mut client = connect(&database().await).await;
    run(&mut client, &[NOTE], &Options::default()).await.unwrap();
    let insert = "INSERT INTO noted (way) VALUES (current_setting('lock_timeout'));";
    let files = [
        NOTE,
        ("0002_weak.sql", insert),
        ("0003_strong.sql", "ALTER TABLE food ADD a int;"),
        ("0004_weak.sql", insert),
    ];
    let together = Options { single_transaction: true, ..Options::default() };
    run(&mut client, &files, &together).await.unwrap();
    assert_eq!(texts(&client, NOTED).await, ["0", "3s"]);
}

#[tokio::test]
async fn what_a_function_takes_is_not_waited_for_without_end() {
    let mut client = connect(&database().await).await;
    let files = [
        NOTE,
        ("0002_select.sql", "SELECT note();"),
        ("0003_with.sql", "WITH a AS (SELECT note()) SELECT * FROM a;"),
    ];
    run(&mut client, &files, &Options::default()).await.unwrap();
    assert_eq!(texts(&client, NOTED).await, ["3s", "3s"]);
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_nothing_behind() {
    let database = database().await;
    let (mut client, other) = (connect(&database).await, connect(&database).await);
    let slow = "INSERT INTO food VALUES (1);\nSELECT pg_sleep(0.8);\nSET search_path = '';";
    let files = [NOTE, ("0002_slow.sql", slow)];
    run(&mut client, &[NOTE], &Options::default()).await.unwrap();
    let options = Options::default();
    let given_up = tokio::time::timeout(Duration::from_millis(300), run(&mut client, &files, &options)).await;
    assert!(given_up.is_err());
    let path =
        texts(&client, "SELECT current_setting('search_path') || current_setting('client_min_messages')")
            .await;
    assert_eq!(path, ["\"$user\", publicnotice"]);
    let locks = "SELECT pid::text FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    assert_eq!(texts(&other, locks).await, [""; 0]);
    assert_eq!(run(&mut client, &files, &options).await.unwrap().migrations.len(), 1);
    assert_eq!(texts(&client, "SELECT id::text FROM food").await, ["1"]);
}

#[tokio::test]
async fn a_transaction_of_the_caller_is_theirs_to_end() {
    let mut client = connect(&database().await).await;
    for begin in ["BEGIN; CREATE TABLE mine (id int)", "BEGIN; SELECT 1 / 0"] {
        let _ = client.batch_execute(begin).await;
        let said = run(&mut client, &[NOTE], &Options::default()).await.unwrap_err().to_string();
        assert!(said.contains("this connection is inside a transaction"), "{said}");
        client.batch_execute("ROLLBACK").await.unwrap();
    }
    assert_eq!(
        texts(&client, "SELECT relname::text FROM pg_class WHERE relname IN ('mine', 'food')").await,
        [""; 0]
    );
    run(&mut client, &[NOTE], &Options::default()).await.unwrap();
}

#[tokio::test]
async fn an_observer_that_hangs_holds_nothing_up() {
    let database = database().await;
    let (mut client, observer) = (connect(&database).await, connect(&database).await);
    let options = Options { observer: Some(&observer), ..Options::default() };
    let files = [("0001_slow.sql", "SELECT pg_sleep(1.5);\nSELECT pg_sleep(1);")];
    let hangs = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        observer.batch_execute("SELECT pg_sleep(20)").await.unwrap();
    };
    tokio::select! {
        ran = run(&mut client, &files, &options) => assert_eq!(ran.unwrap().migrations.len(), 1),
        () = hangs => panic!("it waited for its observer"),
    }
}

/// A batch that would run until it is killed.
#[tokio::test]
async fn a_batch_that_never_ends_is_stopped() {
    let mut client = connect(&database().await).await;
    let rows = "INSERT INTO food SELECT generate_series(1, 10);";
    let batch = |again: &str| {
        format!("-- schemadiff: batch{again}\nUPDATE food SET id = id + 1 WHERE id > 0 AND id < 40;\n")
    };
    let (once, again) = (batch(""), batch(" again"));
    let files = [NOTE, ("0002_rows.sql", rows), ("0003_batch.sql", once.as_str())];
    let said = run(&mut client, &files, &Options::default()).await.unwrap_err().to_string();
    assert!(said.contains("it has changed 30, and `food` holds 10"), "{said}");
    assert!(said.contains("and of the batch behind it 30 rows; history is as it was"), "{said}");
    assert!(said.contains("0003_batch.sql:2:1") && said.contains("`-- schemadiff: batch again`"), "{said}");
    let files = [NOTE, ("0002_rows.sql", rows), ("0003_batch.sql", again.as_str())];
    run(&mut client, &files, &Options::default()).await.unwrap();
    assert_eq!(texts(&client, "SELECT DISTINCT id::text FROM food").await, ["40"]);
}

/// A client of a pooler that lends one session by the transaction.
async fn pooled(port: u16, database: &Database) -> Client {
    let mut config = Config::new();
    config.host("127.0.0.1").port(port).user("postgres").dbname(database.to_string());
    plain(config).await.unwrap()
}

#[tokio::test]
async fn of_two_that_share_a_session_one_is_refused() {
    let database = database().await;
    let config = server().config(&database.to_string());
    let Some(Host::Unix(socket)) = config.get_hosts().first() else { panic!("it listens on a socket") };
    let socket = socket.join(format!(".s.PGSQL.{}", config.get_ports()[0]));
    let name = database.to_string();
    let port = support::wire::pooler(&socket, &[("user", "postgres"), ("database", name.as_str())]);
    let files = [(
        "0001_slow.sql",
        "-- schemadiff: no-transaction\nSELECT pg_sleep(0.5);\nCREATE TABLE one (id int);",
    )];
    let mut clients = [pooled(port, &database).await, pooled(port, &database).await];
    let migrations = Migrations::embedded(files).unwrap();
    let [one, two] = &mut clients;
    let late = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        migrations.apply(two).await
    };
    let (first, second) = tokio::join!(migrations.apply(one), late);
    let said = second.unwrap_err().to_string();
    assert!(said.contains("pool_mode = session"), "{said}");
    assert_eq!(first.unwrap().migrations.len(), 1);
}

#[tokio::test]
async fn a_lock_that_the_session_has_already_is_not_taken_twice() {
    let database = database().await;
    let (mut client, mut other) = (connect(&database).await, connect(&database).await);
    let (options, slow) = (Options::default(), [NOTE, ("0002_slow.sql", "SELECT pg_sleep(1);")]);
    let seen = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        let key =
            "SELECT ((classid::bigint << 32) | objid::bigint)::text FROM pg_locks WHERE locktype = 'advisory'
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        texts(&other, key).await.remove(0)
    };
    let (ran, key) = tokio::join!(run(&mut client, &slow, &options), seen);
    ran.unwrap();
    other.batch_execute(&format!("SELECT pg_advisory_lock({key})")).await.unwrap();
    let said = run(&mut other, &slow, &options).await.unwrap_err().to_string();
    assert!(said.contains("this session has the lock of a runner already"), "{said}");
    other.batch_execute("SELECT pg_advisory_unlock_all()").await.unwrap();
    run(&mut other, &slow, &options).await.unwrap();
}

#[tokio::test]
async fn without_the_lock_nothing_more_runs() {
    let mut client = connect(&database().await).await;
    let files = [
        NOTE,
        ("0002_away.sql", "SELECT pg_advisory_unlock_all();"),
        ("0003_more.sql", "CREATE TABLE more (id int);"),
    ];
    let said = run(&mut client, &files, &Options::default()).await.unwrap_err().to_string();
    assert!(said.contains("released the lock that keeps other runners out"), "{said}");
    assert_eq!(
        texts(&client, "SELECT name FROM schemadiff.schema_migrations ORDER BY 1").await,
        ["away", "note"]
    );
    let within =
        "-- schemadiff: no-transaction\nSELECT pg_advisory_unlock_all();\nCREATE TABLE within (id int);";
    let files = [NOTE, files[1], ("0003_within.sql", within)];
    let said = run(&mut client, &files, &Options::default()).await.unwrap_err().to_string();
    assert!(said.contains("1 of 2 statements are committed"), "{said}");
    assert_eq!(
        texts(&client, "SELECT relname::text FROM pg_class WHERE relname IN ('more', 'within')").await,
        [""; 0]
    );
}
