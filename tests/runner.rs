//! Migrations on a real server: run once each, in order, safely, whatever happens.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use schemadiff::Error;
use schemadiff::migration::Directory;
use schemadiff::runner::{Back, Event, History, Options, Report, Rollback, State, apply, rollback, status};
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
    assert!(
        edited.contains("history and `migrations` disagree:\n  `migrations/0001_one.sql`, applied 2"),
        "{edited}"
    );
    assert!(edited.contains(" by postgres, was edited since: its checksum was "), "{edited}");
    let missing = refused(&mut client, &[TWO]).await;
    assert!(missing.contains("  `0001_one.sql`, applied ") && missing.contains(", is missing"), "{missing}");
    let renamed = refused(&mut client, &[("0001_first.sql", ONE.1), TWO]).await;
    assert!(
        renamed.contains("was renamed since: the same text is in `migrations/0001_first.sql`"),
        "{renamed}"
    );
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
    assert!(
        said.contains("`migrations/0001_a.sql`, `migrations/0002_two.sql` depend on each other"),
        "{said}"
    );
    let three = ("0003_c.sql", "SELECT 3;");
    let said = refused(&mut client, &[("0001_a.sql", "-- Depends: 0003\nSELECT 1;"), three]).await;
    assert!(said.contains("depends on 0003, which does not come before it"), "{said}");
    assert!(value::<bool>(&client, "SELECT to_regclass('schemadiff.schema_migrations') IS NULL").await);
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

/// ONE and TWO with their ways back.
const BOTH_WAYS: [(&str, &str); 4] = [
    ONE,
    ("0001_one.down.sql", "DROP TABLE IF EXISTS one;\n"),
    TWO,
    (
        "0002_two.down.sql",
        "-- Hazards: deletes data: column public.one.a\n\n-- schemadiff: no-transaction\n\
         DROP INDEX CONCURRENTLY IF EXISTS one_a;\n\n-- schemadiff: transaction\nALTER TABLE one DROP COLUMN IF EXISTS a;\n",
    ),
];

async fn back(
    client: &mut Client,
    files: &[(&str, &str)],
    back: Back,
    ok: &[&str],
) -> Result<Vec<String>, Error> {
    let irreversible_ok = ok.iter().map(|name| (*name).to_owned()).collect();
    let plan = Rollback { back, irreversible_ok, allow_destructive: true };
    let report = rollback(client, &folder(files), &plan, &Options::default(), &mut |_| ()).await?;
    Ok(report.migrations.into_iter().map(|one| one.name).collect())
}

#[tokio::test]
async fn down_scripts_run_newest_first_and_leave_history() {
    let mut client = connect(&database().await).await;
    ran(&mut client, &BOTH_WAYS).await;
    assert_eq!(back(&mut client, &BOTH_WAYS, Back::Steps(1), &[]).await.unwrap(), ["two"]);
    assert_eq!(recorded(&client).await, 1);
    assert_eq!(ran(&mut client, &BOTH_WAYS).await, ["two"]);
    assert_eq!(back(&mut client, &BOTH_WAYS, Back::To(0), &[]).await.unwrap(), ["two", "one"]);
    assert!(value::<bool>(&client, "SELECT to_regclass('one') IS NULL").await);
    assert_eq!(recorded(&client).await, 0);
    assert!(session_is_clean(&client).await);
    assert_eq!(back(&mut client, &BOTH_WAYS, Back::Steps(3), &[]).await.unwrap(), [""; 0]);
    let unknown = back(&mut client, &BOTH_WAYS, Back::To(2), &[]).await.unwrap_err();
    assert_eq!(unknown.message, "migration 0002 is not applied");
}

#[tokio::test]
async fn what_destroys_data_needs_consent() {
    let mut client = connect(&database().await).await;
    ran(&mut client, &BOTH_WAYS).await;
    let plan = Rollback { back: Back::To(0), irreversible_ok: vec![], allow_destructive: false };
    let options = Options::default();
    let said = rollback(&mut client, &folder(&BOTH_WAYS), &plan, &options, &mut |_| ()).await.unwrap_err();
    assert_eq!(said.exit_code(), 1);
    let lines: Vec<_> = said.message.lines().collect();
    assert_eq!(
        lines,
        [
            "this rollback would destroy data:",
            "  0002_two: column public.one.a",
            "  0001_one: DROP TABLE IF EXISTS one"
        ]
    );
    assert_eq!(recorded(&client).await, 2);
    let dry = Options { dry_run: true, ..options };
    let report = rollback(&mut client, &folder(&BOTH_WAYS), &plan, &dry, &mut |_| ()).await.unwrap();
    assert_eq!(report.migrations[0].hazards, ["deletes data: column public.one.a"]);
    assert_eq!(report.migrations[0].sections.len(), 2);
    assert_eq!(recorded(&client).await, 2);
}

#[tokio::test]
async fn a_file_without_a_down_script_stops_a_rollback_unless_it_is_named() {
    let mut client = connect(&database().await).await;
    let files = [BOTH_WAYS[0], BOTH_WAYS[1], TWO];
    ran(&mut client, &files).await;
    let said = back(&mut client, &files, Back::To(0), &["one"]).await.unwrap_err().to_string();
    assert!(said.contains("`0002_two` has no down script"), "{said}");
    assert!(said.contains("`--irreversible-ok 0002_two`") && recorded(&client).await == 2, "{said}");
    assert_eq!(back(&mut client, &files, Back::Steps(1), &["two"]).await.unwrap(), ["two"]);
    assert_eq!(recorded(&client).await, 1);
    assert!(value::<bool>(&client, "SELECT to_regclass('one_a') IS NOT NULL").await);
    let edited = [(ONE.0, "SELECT 1;"), BOTH_WAYS[1]];
    let said = back(&mut client, &edited, Back::To(0), &[]).await.unwrap_err().to_string();
    assert!(said.contains("was edited since"), "{said}");
}

#[tokio::test]
async fn a_down_script_that_fails_leaves_its_migration_recorded() {
    let mut client = connect(&database().await).await;
    let files = [ONE, ("0001_one.down.sql", "DROP TABLE one;\nSELECT 1 / 0;\n")];
    ran(&mut client, &files).await;
    let said = back(&mut client, &files, Back::Steps(1), &[]).await.unwrap_err().to_string();
    assert!(said.contains("division by zero") && said.contains("0001_one.down.sql:2:1"), "{said}");
    assert_eq!(recorded(&client).await, 1);
    assert!(value::<bool>(&client, "SELECT to_regclass('one') IS NOT NULL").await);
}

#[tokio::test]
async fn a_batch_runs_whole_or_not_at_all() {
    let mut client = connect(&database().await).await;
    let together = Options { single_transaction: true, ..Options::default() };
    let said = run(&mut client, &[ONE, TWO], &together).await.unwrap_err().to_string();
    assert!(said.contains("`migrations/0002_two.sql` cannot be part of a single transaction"), "{said}");
    let empty = ("0002_nothing.sql", "-- nothing\n");
    let own =
        ("0003_own.sql", "BEGIN;\nSET search_path = '';\nINSERT INTO public.one VALUES (1);\nCOMMIT;\n");
    let broken = [ONE, empty, own, ("0004_b.sql", "SELECT 1;\nSELECT id / 0 FROM one;")];
    let said = run(&mut client, &broken, &together).await.unwrap_err().to_string();
    assert!(said.contains("0004_b.sql:2:") && said.contains("nothing of these 4 files was kept"), "{said}");
    assert!(value::<bool>(&client, "SELECT to_regclass('one') IS NULL").await);
    assert!(session_is_clean(&client).await);
    let whole = [ONE, empty, own, ("0004_b.sql", "SELECT id FROM one;")];
    assert_eq!(run(&mut client, &whole, &together).await.unwrap().migrations.len(), 4);
    assert_eq!(recorded(&client).await, 4);
}

#[tokio::test]
async fn what_the_folder_says_now_is_recorded_on_request() {
    let mut client = connect(&database().await).await;
    let three =
        ("0003_three.sql", "CREATE TABLE IF NOT EXISTS three (id int); INSERT INTO three VALUES (3);");
    ran(&mut client, &[ONE, TWO, three]).await;
    let now = [(ONE.0, "-- Description: edited\nSELECT 1;"), ("0002_second.sql", TWO.1)];
    let entries = status(&client, &folder(&now), &History::default()).await.unwrap();
    let states: Vec<_> = entries.iter().map(|entry| entry.state).collect();
    assert_eq!(states, [State::Edited, State::Renamed, State::Missing]);
    let dry = Options { repair: true, dry_run: true, ..Options::default() };
    let mut would = Vec::new();
    let mut note = |event| {
        if let Event::Repaired { found, dry_run: true, .. } = event {
            would.push(found);
        }
    };
    assert!(apply(&mut client, &folder(&now), &dry, &mut note).await.unwrap().migrations.is_empty());
    assert!(would.len() == 3 && would[2].contains("is missing: it stays recorded as applied"), "{would:?}");
    assert!(run(&mut client, &now, &Options::default()).await.is_err());
    let mut repaired = 0;
    let mut count = |event| repaired += usize::from(matches!(event, Event::Repaired { .. }));
    let repair = Options { repair: true, ..Options::default() };
    apply(&mut client, &folder(&now), &repair, &mut count).await.unwrap();
    assert_eq!(repaired, 3);
    assert_eq!(ran(&mut client, &now).await, [""; 0]);
    let names =
        "SELECT string_agg(name || description, ' ' ORDER BY version) FROM schemadiff.schema_migrations";
    assert_eq!(value::<String>(&client, names).await, "oneedited second three");
    let entries = status(&client, &folder(&now), &History::default()).await.unwrap();
    let states: Vec<_> = entries.iter().map(|entry| entry.state).collect();
    assert_eq!(states, [State::Applied, State::Applied, State::Gone]);
    let said = back(&mut client, &now, Back::Steps(1), &[]).await.unwrap_err().to_string();
    assert!(
        said.contains("`0003_three.sql` has no file here") || said.contains("`0003_three` has no file"),
        "{said}"
    );

    let renamed = [now[0], now[1], ("0004_three.sql", three.1)];
    assert!(refused(&mut client, &renamed).await.contains("was renamed since: the same text is in"));
    let edited = [now[0], now[1], (three.0, "SELECT 3;")];
    assert!(refused(&mut client, &edited).await.contains("was edited since"));
    assert_eq!(ran(&mut client, &[now[0], now[1], three]).await, [""; 0]);
    assert_eq!(value::<i64>(&client, "SELECT count(*) FROM three").await, 1);
}

/// What is refused changes nothing, history neither.
#[tokio::test]
async fn nothing_is_repaired_for_a_run_that_is_refused() {
    let mut client = connect(&database().await).await;
    ran(&mut client, &[ONE, ("0003_three.sql", "SELECT 3;")]).await;
    let repair = Options { repair: true, ..Options::default() };
    let late = [(ONE.0, "SELECT 1;"), ("0002_late.sql", "SELECT 2;"), ("0003_three.sql", "SELECT 3;")];
    let said = run(&mut client, &late, &repair).await.unwrap_err().to_string();
    assert!(said.contains("`migrations/0002_late.sql` is pending, but the later"), "{said}");
    assert!(refused(&mut client, &late[..1]).await.contains("0001_one.sql`, applied"));
}

#[tokio::test]
async fn the_right_to_record_is_asked_for_first() {
    let database = database().await;
    let mut owner = connect(&database).await;
    ran(&mut owner, &[ONE]).await;
    let grant = "CREATE ROLE runner LOGIN; GRANT CREATE ON SCHEMA public TO runner;
                 GRANT USAGE ON SCHEMA schemadiff TO runner; GRANT SELECT ON schemadiff.schema_migrations TO runner";
    owner.batch_execute(grant).await.unwrap();
    let mut client = connect_as(&database, "runner").await;
    let files = [ONE, ("0002_two.sql", "-- schemadiff: no-transaction\nCREATE TABLE two (id int);")];
    let said = refused(&mut client, &files).await;
    assert!(
        said.contains("this role may not INSERT in the history table `schemadiff.schema_migrations`"),
        "{said}"
    );
    assert!(value::<bool>(&owner, "SELECT to_regclass('two') IS NULL").await);
}

#[tokio::test]
async fn a_history_of_an_earlier_version_gains_its_columns() {
    let mut client = connect(&database().await).await;
    let checksum = folder(&[ONE]).files[0].checksum();
    let old = format!(
        "CREATE SCHEMA schemadiff;
         CREATE TABLE schemadiff.schema_migrations (version bigint, name text, checksum text, applied_at timestamptz);
         INSERT INTO schemadiff.schema_migrations VALUES (1, 'one', '{checksum}', '2025-01-02');
         CREATE TABLE one (id int)"
    );
    client.batch_execute(&old).await.unwrap();
    let entries = status(&client, &folder(&[ONE]), &History::default()).await.unwrap();
    assert_eq!((entries[0].state, entries[0].execution_time_ms), (State::Applied, Some(0)));
    assert_eq!(ran(&mut client, &[ONE, TWO]).await, ["two"]);
    let by = "SELECT string_agg(applied_by || ':' || depends::text, ' ' ORDER BY version) FROM schemadiff.schema_migrations";
    assert_eq!(value::<String>(&client, by).await, ":{} postgres:{0001}");
}

#[tokio::test]
async fn a_statement_tells_its_rows_and_how_far_it_is() {
    let database = database().await;
    let mut client = connect(&database).await;
    let observer = connect(&database).await;
    let (mut rows, mut running) = (Vec::new(), 0);
    let mut watch = |event| match event {
        Event::Finished { rows: count, .. } => rows.push(count),
        Event::Running { .. } => running += 1,
        _ => {}
    };
    let text = "CREATE TABLE a AS SELECT g FROM generate_series(1, 7) g;\nDELETE FROM a WHERE g < 3;\nSELECT pg_sleep(1.5);";
    let options = Options { observer: Some(&observer), ..Options::default() };
    apply(&mut client, &folder(&[("0001_a.sql", text)]), &options, &mut watch).await.unwrap();
    assert_eq!((rows.as_slice(), running), ([7, 2, 1].as_slice(), 1));
}

/// `IF NOT EXISTS` would pass over it, and rows that are not unique would come in.
#[tokio::test]
async fn an_index_that_was_left_behind_is_not_taken_for_one() {
    let mut client = connect(&database().await).await;
    client
        .batch_execute("CREATE TABLE food (name text); INSERT INTO food VALUES ('rye'), ('rye')")
        .await
        .unwrap();
    let text = "-- schemadiff: no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS food_name ON food (name);\n";
    let files = [("0001_unique.sql", text)];
    assert!(refused(&mut client, &files).await.contains("could not create unique index"));
    client.batch_execute("DELETE FROM food WHERE ctid = (SELECT min(ctid) FROM food)").await.unwrap();
    let said = refused(&mut client, &files).await;
    assert!(said.contains("the index `food_name` is not valid"), "{said}");
    assert!(said.contains("hint: `DROP INDEX CONCURRENTLY food_name` removes it"), "{said}");
    assert_eq!(recorded(&client).await, 0);
    client.batch_execute("DROP INDEX CONCURRENTLY food_name").await.unwrap();
    assert_eq!(ran(&mut client, &files).await, ["unique"]);
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
