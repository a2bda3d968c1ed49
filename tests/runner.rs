//! Migrations on a real server: run once each, in order, safely, whatever happens.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use schemadiff::Error;
use schemadiff::migration::Directory;
use schemadiff::runner::{Event, History, Options, Report, State, apply, status};
use tokio_postgres::Client;

mod support {
    pub mod server;
}

use support::server::{connect, connect_as, database};

const ONE: (&str, &str) =
    ("0001_one.sql", "-- Description: the first\nCREATE TABLE one (id int PRIMARY KEY);\n");
const TWO: (&str, &str) = (
    "0002_two.sql",
    "-- Depends: 0001\nALTER TABLE one ADD COLUMN a int;\n\n-- schemadiff: no-transaction\n\
     CREATE INDEX CONCURRENTLY IF NOT EXISTS one_a ON one (a);\n",
);

fn folder(files: &[(&str, &str)]) -> Directory {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    Directory::from_files("migrations", files).unwrap()
}

async fn run(client: &mut Client, files: &[(&str, &str)], options: &Options<'_>) -> Result<Report, Error> {
    sendable(apply(client, &folder(files), options, &mut |_| ())).await
}

/// A server applies its migrations from whatever thread it starts on.
fn sendable<T: Send>(future: T) -> T {
    future
}

async fn ran(client: &mut Client, files: &[(&str, &str)]) -> Vec<String> {
    let report = run(client, files, &Options::default()).await.unwrap();
    report.migrations.into_iter().map(|one| one.name).collect()
}

async fn refused(client: &mut Client, files: &[(&str, &str)]) -> String {
    run(client, files, &Options::default()).await.unwrap_err().to_string()
}

async fn value<T: for<'a> tokio_postgres::types::FromSql<'a>>(client: &Client, sql: &str) -> T {
    client.query_one(sql, &[]).await.unwrap().get(0)
}

async fn recorded(client: &Client) -> i64 {
    value(client, "SELECT count(*) FROM schemadiff.schema_migrations").await
}

/// The runner left nothing behind in the session: no lock, no transaction, no setting.
async fn session_is_clean(client: &Client) -> bool {
    // Refused inside a transaction.
    client.batch_execute("VACUUM pg_class").await.is_ok()
        && value(
            client,
            "SELECT NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())
                AND NOT EXISTS (SELECT FROM pg_settings WHERE source = 'session')
                AND current_user = session_user",
        )
        .await
}

#[tokio::test]
async fn files_run_once_in_order_and_are_recorded() {
    let mut client = connect(&database().await).await;
    assert_eq!(ran(&mut client, &[ONE]).await, ["one"]);
    assert_eq!(ran(&mut client, &[ONE, TWO]).await, ["two"]);
    assert_eq!(ran(&mut client, &[ONE, TWO]).await, [""; 0]);
    let row =
        client.query_one("SELECT * FROM schemadiff.schema_migrations WHERE version = 2", &[]).await.unwrap();
    assert_eq!(row.get::<_, Vec<String>>("depends"), ["0001"]);
    assert_eq!(row.get::<_, &str>("applied_by"), "postgres");
    assert!(session_is_clean(&client).await);
    let entries =
        status(&client, &folder(&[ONE, TWO, ("0009_x.sql", "")]), &History::default()).await.unwrap();
    let states: Vec<_> = entries.iter().map(|entry| (entry.state, entry.applied_at.is_some())).collect();
    assert_eq!(states, [(State::Applied, true), (State::Applied, true), (State::Pending, false)]);
}

#[tokio::test]
async fn an_interrupted_file_runs_again_from_its_top() {
    let mut client = connect(&database().await).await;
    let text = "CREATE TABLE IF NOT EXISTS a (id int);\n\n-- schemadiff: no-transaction\n\
                CREATE INDEX CONCURRENTLY IF NOT EXISTS a_id ON a (id);\nSELECT 1 / b FROM missing;\n";
    let said = refused(&mut client, &[("0001_a.sql", text)]).await;
    assert!(said.contains("relation \"missing\" does not exist"), "{said}");
    assert!(said.contains("migrations/0001_a.sql:5:19"), "{said}");
    assert!(said.contains("2 of 3 statements are committed, up to line 4"), "{said}");
    assert_eq!(recorded(&client).await, 0);
    assert!(session_is_clean(&client).await);
    assert_eq!(ran(&mut client, &[("0001_a.sql", &text.replace("missing", "(SELECT 1 b) c"))]).await, ["a"]);
}

#[tokio::test]
async fn a_section_takes_effect_whole_or_not_at_all() {
    let mut client = connect(&database().await).await;
    let text = "CREATE TABLE a (id int);\nCREATE TABLE a (id int);\n";
    let said = refused(&mut client, &[("0001_a.sql", text)]).await;
    assert!(said.contains("0001_a.sql:2:1") && said.contains("nothing of `migrations/0001_a.sql`"), "{said}");
    assert!(value::<bool>(&client, "SELECT to_regclass('a') IS NULL").await);
    let vacuum = refused(&mut client, &[("0001_a.sql", "VACUUM;")]).await;
    assert!(vacuum.contains("hint: put the line `-- schemadiff: no-transaction`"), "{vacuum}");
}

#[tokio::test]
async fn edited_missing_renamed_and_late_files_are_named() {
    let mut client = connect(&database().await).await;
    ran(&mut client, &[ONE, TWO]).await;
    let edited = refused(&mut client, &[(ONE.0, "SELECT 1;"), TWO]).await;
    assert!(edited.contains("`0001_one.sql` changed after it was applied"), "{edited}");
    let missing = refused(&mut client, &[TWO]).await;
    assert!(missing.contains("`0001_one.sql` was applied, and is missing in `migrations`"), "{missing}");
    let renamed = refused(&mut client, &[("0001_first.sql", ONE.1), TWO]).await;
    assert!(renamed.contains("looks like `migrations/0001_first.sql` renamed"), "{renamed}");
    let crlf = ONE.1.replace('\n', "\r\n");
    assert_eq!(ran(&mut client, &[(ONE.0, &crlf), TWO, ("0004_four.sql", "SELECT 4;")]).await, ["four"]);

    let late = [ONE, TWO, ("0003_three.sql", "SELECT 3;"), ("0004_four.sql", "SELECT 4;")];
    let said = refused(&mut client, &late).await;
    assert!(said.contains("0003_three.sql` is pending, but the later `0004_four.sql`"), "{said}");
    let entries = status(&client, &folder(&late[1..]), &History::default()).await.unwrap();
    let states: Vec<_> = entries.iter().map(|entry| entry.state).collect();
    assert_eq!(states, [State::Missing, State::Applied, State::OutOfOrder, State::Applied]);
    let allowed = Options { allow_out_of_order: true, ..Options::default() };
    assert_eq!(run(&mut client, &late, &allowed).await.unwrap().migrations.len(), 1);
}

#[tokio::test]
async fn what_is_required_must_come_before() {
    let mut client = connect(&database().await).await;
    let said = refused(&mut client, &[("0002_b.sql", "-- Depends: 0001\nSELECT 1;")]).await;
    assert!(said.contains("depends on 0001, which does not exist"), "{said}");
    let said = refused(&mut client, &[("0001_a.sql", "-- Depends: 0002\nSELECT 1;"), TWO]).await;
    assert!(said.contains("depends on 0002, which does not come before it"), "{said}");
}

#[tokio::test]
async fn two_runners_run_each_file_once() {
    let database = database().await;
    let (mut one, mut two) = (connect(&database).await, connect(&database).await);
    let slow = ("0003_slow.sql", "SELECT pg_sleep(0.3); CREATE TABLE slow (id int);");
    let files = [
        ONE,
        TWO,
        slow,
        ("0004_index.sql", "-- schemadiff: no-transaction\nCREATE INDEX CONCURRENTLY slow_id ON slow (id);"),
    ];
    let (mut waited_one, mut waited_two) = (false, false);
    let folder = folder(&files);
    let options = Options::default();
    let mut watch_one = |event| waited_one |= matches!(event, Event::Waiting { .. });
    let mut watch_two = |event| waited_two |= matches!(event, Event::Waiting { .. });
    let (first, second) = tokio::join!(
        apply(&mut one, &folder, &options, &mut watch_one),
        apply(&mut two, &folder, &options, &mut watch_two),
    );
    let mut runs = [first.unwrap().migrations.len(), second.unwrap().migrations.len()];
    runs.sort_unstable();
    assert_eq!(runs, [0, 4]);
    assert!(waited_one != waited_two);
    assert_eq!(recorded(&one).await, 4);
}

#[tokio::test]
async fn who_holds_the_lock_is_told() {
    let database = database().await;
    let (mut one, mut two) = (connect(&database).await, connect(&database).await);
    let folder = folder(&[("0001_slow.sql", "SELECT pg_sleep(0.6);")]);
    let impatient = Options { wait: Duration::from_millis(100), ..Options::default() };
    let first = async { apply(&mut one, &folder, &Options::default(), &mut |_| ()).await };
    let second = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        apply(&mut two, &folder, &impatient, &mut |_| ()).await
    };
    let (first, second) = tokio::join!(first, second);
    first.unwrap();
    let said = second.unwrap_err().to_string();
    assert!(
        said.contains("it is process ") && said.contains("`a test`") && said.contains("pg_sleep"),
        "{said}"
    );
}

#[tokio::test]
async fn a_lock_that_is_not_granted_is_tried_again() {
    let database = database().await;
    let (mut client, mut other) = (connect(&database).await, connect(&database).await);
    let observer = connect(&database).await;
    ran(&mut client, &[ONE]).await;
    let options = Options {
        lock_timeout: Duration::from_millis(200),
        lock_attempts: 20,
        observer: Some(&observer),
        ..Options::default()
    };
    let files = [ONE, ("0002_b.sql", "CREATE TABLE b (id int);\nALTER TABLE one ADD COLUMN b int;\n")];
    let folder = folder(&files);

    let impatient = Options { lock_attempts: 2, ..options.clone() };
    let transaction = other.transaction().await.unwrap();
    transaction.batch_execute("SELECT count(*) FROM one").await.unwrap();
    let said = apply(&mut client, &folder, &impatient, &mut |_| ()).await.unwrap_err().to_string();
    assert!(said.contains("lock timeout (2 attempts)") && said.contains("0002_b.sql:2:1"), "{said}");
    assert!(said.contains("it waited for process ") && said.contains("SELECT count(*) FROM one"), "{said}");
    assert!(session_is_clean(&client).await);

    let mut retries = Vec::new();
    let mut watch = |event| {
        if let Event::Retry { blockers, .. } = event {
            retries.push(blockers);
        }
    };
    let release = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        transaction.commit().await.unwrap();
    };
    let (outcome, ()) = tokio::join!(apply(&mut client, &folder, &options, &mut watch), release);
    assert_eq!(outcome.unwrap().migrations.len(), 1);
    assert!(!retries.is_empty());
    assert!(
        retries[0][0].query == "SELECT count(*) FROM one" && retries[0][0].state == "idle in transaction"
    );
}

#[tokio::test]
async fn another_tools_table_is_never_touched() {
    let mut client = connect(&database().await).await;
    client.batch_execute("CREATE SCHEMA schemadiff; CREATE TABLE schemadiff.schema_migrations (version integer, dirty boolean)").await.unwrap();
    let said = refused(&mut client, &[ONE]).await;
    assert!(said.contains("its columns: version integer, dirty boolean"), "{said}");
    let history = History::parse("ops.\"My log\"").unwrap();
    let options = Options { history, ..Options::default() };
    run(&mut client, &[ONE], &options).await.unwrap();
    assert_eq!(value::<i64>(&client, "SELECT count(*) FROM ops.\"My log\"").await, 1);
}

#[tokio::test]
async fn a_dry_run_changes_nothing() {
    let mut client = connect(&database().await).await;
    let options = Options { dry_run: true, ..Options::default() };
    let report = run(&mut client, &[ONE, TWO], &options).await.unwrap();
    assert_eq!(report.migrations.iter().map(|one| one.sections.len()).collect::<Vec<_>>(), [1, 2]);
    let tables = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace";
    assert_eq!(value::<i64>(&client, tables).await, 0);
    let to = Options { to: Some(1), ..Options::default() };
    assert_eq!(run(&mut client, &[ONE, TWO], &to).await.unwrap().migrations.len(), 1);
    let nowhere = Options { to: Some(7), ..Options::default() };
    let said = run(&mut client, &[ONE, TWO], &nowhere).await.unwrap_err().to_string();
    assert_eq!(said, "there is no migration 0007 in `migrations`");
}

#[tokio::test]
async fn a_file_may_have_transactions_of_its_own() {
    let mut client = connect(&database().await).await;
    let own = "BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\nBEGIN;\nINSERT INTO a VALUES (1);\nROLLBACK;\n\
               BEGIN ISOLATION LEVEL SERIALIZABLE;\nINSERT INTO a VALUES (2);\nCOMMIT;\n";
    assert_eq!(ran(&mut client, &[("0001_a.sql", own)]).await, ["a"]);
    assert_eq!(value::<i64>(&client, "SELECT sum(id) FROM a").await, 2);
    let broken =
        "BEGIN; INSERT INTO a VALUES (3); COMMIT; BEGIN; INSERT INTO a VALUES (4); SELECT 1 / 0; COMMIT;";
    let said = refused(&mut client, &[("0001_a.sql", own), ("0002_b.sql", broken)]).await;
    assert!(said.contains("1 of 3 statements are committed"), "{said}");
    assert_eq!(value::<i64>(&client, "SELECT sum(id) FROM a").await, 5);
    assert!(session_is_clean(&client).await);
}

#[tokio::test]
async fn each_file_starts_from_a_clean_session_and_is_recorded_by_who_connected() {
    let database = database().await;
    let client = connect(&database).await;
    client.batch_execute("CREATE ROLE narrow; GRANT CREATE ON SCHEMA public TO narrow").await.unwrap();
    let first =
        "SET search_path = ''; SET lock_timeout = '7s'; SET ROLE narrow; CREATE TABLE public.mine (id int);
                 CREATE TEMP TABLE t (id int);";
    let second = "CREATE TEMP TABLE t (id int); CREATE TABLE limits AS
                  SELECT current_user::text AS who, current_setting('search_path') AS path,
                         current_setting('lock_timeout') AS lock, current_setting('statement_timeout') AS statement;";
    client.batch_execute(&format!("ALTER DATABASE {database} SET statement_timeout = '9s'")).await.unwrap();
    let mut client = connect(&database).await;
    ran(&mut client, &[("0001_a.sql", first), ("0002_b.sql", second)]).await;
    let row = client.query_one("SELECT * FROM limits", &[]).await.unwrap();
    let limits: Vec<String> = (0..4).map(|column| row.get(column)).collect();
    assert_eq!(limits, ["postgres", "\"$user\", public", "3s", "0"]);
    assert!(
        value::<bool>(&client, "SELECT bool_and(applied_by = 'postgres') FROM schemadiff.schema_migrations")
            .await
    );
    assert_eq!(
        value::<String>(&client, "SELECT tableowner::text FROM pg_tables WHERE tablename = 'mine'").await,
        "narrow"
    );
}

#[tokio::test]
async fn what_only_psql_understands_is_refused_before_anything_runs() {
    let mut client = connect(&database().await).await;
    let said = refused(&mut client, &[ONE, ("0002_b.sql", "SELECT 1;\n\\i other.sql\n")]).await;
    assert!(said.contains("`\\i` is a command of psql") && said.contains("0002_b.sql:2:1"), "{said}");
    assert!(value::<bool>(&client, "SELECT to_regclass('one') IS NULL").await);
}

#[tokio::test]
async fn a_role_without_rights_is_told_so() {
    let database = database().await;
    let owner = connect(&database).await;
    owner.batch_execute("CREATE ROLE poor LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC").await.unwrap();
    let mut client = connect_as(&database, "poor").await;
    let said = refused(&mut client, &[ONE]).await;
    assert!(
        said.contains("history table `schemadiff.schema_migrations`: permission denied for database"),
        "{said}"
    );
    owner.batch_execute("CREATE SCHEMA poor AUTHORIZATION poor").await.unwrap();
    let options = Options { history: History::parse("poor.history").unwrap(), ..Options::default() };
    assert_eq!(run(&mut client, &[ONE, TWO], &options).await.unwrap().migrations.len(), 2);
    assert_eq!(value::<String>(&client, "SELECT min(applied_by) FROM poor.history").await, "poor");
    assert!(value::<bool>(&client, "SELECT to_regclass('poor.one') IS NOT NULL").await);
}

#[tokio::test]
async fn a_migration_that_gives_the_lock_away_is_told() {
    let mut client = connect(&database().await).await;
    let said = refused(&mut client, &[("0001_a.sql", "-- schemadiff: no-transaction\nDISCARD ALL;")]).await;
    assert!(said.contains("released the lock that keeps other runners out"), "{said}");
    let options = Options { lock_timeout: Duration::ZERO, ..Options::default() };
    let files = [("0001_a.sql", "-- schemadiff: no-transaction\nDISCARD ALL;"), ("0002_one.sql", ONE.1)];
    assert_eq!(run(&mut client, &files, &options).await.unwrap().migrations.len(), 1);
}
