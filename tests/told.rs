//! What runs of the binary say of what they did, and of what they did not.
#![allow(clippy::unwrap_used)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

mod support {
    pub mod project;
    pub mod server;
}

use support::project::Project;
use support::server::{Database, Session, connect, database};

async fn scene(files: &[(&str, &str)]) -> (Project, Session, Database) {
    let database = database().await;
    let client = connect(&database).await;
    (Project::with(files).on(&database.connection_string()), client, database)
}

const SEED: (&str, &str) =
    ("migrations/0001_seed.sql", "CREATE TABLE IF NOT EXISTS seed (id int);\nINSERT INTO seed VALUES (1);\n");

#[tokio::test]
async fn what_is_passed_over_is_not_called_undone() {
    let (project, client, _database) = scene(&[SEED]).await;
    project.done("apply");
    let stuck = project.fails(2, "rollback --to 0");
    assert!(stuck.contains("what it did stays, and `apply` will run it again; nothing was run"), "{stuck}");
    let dry = project.ends(0, "rollback --to 0 --irreversible-ok seed --dry-run").printed();
    assert!(
        dry.contains("-- passed over: what it did stays") && dry.contains("1 would be passed over"),
        "{dry}"
    );
    let done = project.ends(0, "rollback --to 0 --irreversible-ok seed").printed();
    assert!(done.contains("passed over: what it did stays, and the next `apply` runs it again"), "{done}");
    assert!(!done.contains("rolled back"), "{done}");
    project.done("apply");
    let rows = client.query_one("SELECT count(*) FROM seed", &[]).await.unwrap();
    assert_eq!(rows.get::<_, i64>(0), 2);
}

#[tokio::test]
async fn a_folder_that_was_left_behind_is_missed() {
    let (project, _client, _database) = scene(&[("schema/seed.sql", "CREATE TABLE seed (id int);\n")]).await;
    let said = project.ends(0, "apply").printed();
    assert!(said.contains("Nothing to do: there are no migrations in `migrations`."), "{said}");
    std::fs::remove_dir(project.path("migrations")).unwrap();
    let said = project.ends(0, "apply").printed();
    assert!(said.contains("Nothing to do: there is no folder `migrations`."), "{said}");
}

#[tokio::test]
async fn a_repair_is_told_before_it_is_made() {
    let (project, client, _database) = scene(&[SEED]).await;
    project.done("apply");
    std::fs::remove_file(project.path(SEED.0)).unwrap();
    let said = project.ends(0, "apply --repair --dry-run").printed();
    assert!(said.contains("would be recorded as it is now: `0001_seed.sql`, applied "), "{said}");
    assert!(said.contains("is missing: it stays recorded as applied, without a file"), "{said}");
    project.fails(2, "apply");
    project.done("apply --repair");
    assert!(project.done("status --exit-code").contains(", and its file is gone, as is recorded"));
    project.write(SEED.0, SEED.1);
    project.done("apply");
    let rows = client.query_one("SELECT count(*) FROM seed", &[]).await.unwrap();
    assert_eq!(rows.get::<_, i64>(0), 1);
}

/// Starts the binary, and waits until its backend runs this.
async fn started(project: &Project, client: &Session, query: &str) -> std::process::Child {
    let mut child = project.command("apply").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    for _ in 0..100 {
        if is_running(client, query).await {
            return child;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    child.kill().unwrap();
    panic!("it does not run `{query}`: {:?}", child.wait());
}

async fn is_running(client: &Session, query: &str) -> bool {
    let running =
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE $1 || '%' AND state = 'active'
                    AND datname = current_database() AND pid <> pg_backend_pid())";
    client.query_one(running, &[&query]).await.unwrap().get(0)
}

const SLEEP: (&str, &str) =
    ("migrations/0001_sleep.sql", "CREATE TABLE one (id int);\nSELECT pg_sleep(60);\n");

#[tokio::test]
async fn a_run_that_is_asked_to_end_says_what_came_of_it() {
    let (project, client, _database) = scene(&[SLEEP]).await;
    let child = started(&project, &client, "SELECT pg_sleep").await;
    let ended = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(ended.success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("nothing of `migrations/0001_sleep.sql` was kept; history is as it was"), "{said}");
    assert!(said.contains("cancelled it; the next run"), "{said}");
    assert!(!is_running(&client, "SELECT pg_sleep").await);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_statement_does_not_outlive_a_runner_that_was_killed() {
    let (project, client, _database) = scene(&[SLEEP]).await;
    let mut child = started(&project, &client, "SELECT pg_sleep").await;
    child.kill().unwrap();
    child.wait().unwrap();
    let begin = Instant::now();
    while is_running(&client, "SELECT pg_sleep").await {
        assert!(begin.elapsed() < Duration::from_secs(10), "it still holds its locks");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn a_program_is_told_of_a_failure_too() {
    let (project, _client, _database) =
        scene(&[("migrations/0001_wrong.sql", "SELECT 1;\nSELECT * FROM nothing;\n")]).await;
    let ended = project.ends(2, "apply --format json");
    let last = ended.data.lines().last().unwrap();
    assert!(
        last.starts_with(r#"{"event":"failed","message":"relation \"nothing\" does not exist"#),
        "{last}"
    );
    assert!(last.contains(r#""file":"migrations/0001_wrong.sql","line":2,"#), "{last}");
    let ended = project.ends(2, "rollback --to 7 --format json");
    assert!(
        ended.data.starts_with(r#"{"event":"failed","message":"migration 0007 is not applied""#),
        "{}",
        ended.data
    );
}

#[test]
fn import_is_a_word_for_what_init_does() {
    let said = Project::empty().fails(2, "import");
    assert!(said.contains("init --from-database"), "{said}");
}

#[test]
fn what_only_libpq_can_do_is_not_taken_for_a_mistake() {
    for (name, value) in [("sslcrl", "revoked.pem"), ("require_auth", "scram-sha-256")] {
        let url = format!("postgres://localhost/plans?{name}={value}");
        let said = Project::with(&[SEED]).on(&url).fails(2, "apply");
        assert!(said.contains("libpq has it, and nothing here does what it asks for"), "{said}");
    }
}

#[tokio::test]
async fn transactions_that_do_not_pair_are_found_without_a_database() {
    let project = Project::with(&[("migrations/0001_open.sql", "BEGIN;\nSELECT 1;\n")]);
    let said = project.run("check --no-replay").printed();
    assert!(said.contains("the transaction that begins here is not ended in its section"), "{said}");
}

#[tokio::test]
async fn how_things_stand_is_shown_although_something_is_wrong() {
    let (project, _client, _database) = scene(&[SEED]).await;
    project.done("apply");
    project.write("migrations/0001_other.sql", "SELECT 1;\n");
    project.write("migrations/stray.sql", "SELECT 2;\n");
    project.write("migrations/0002_late.SQL", "SELECT 3;\n");
    let ended = project.ends(2, "status");
    assert!(
        ended.data.contains("0001_seed   applied ") && ended.data.contains("0001_other  pending"),
        "{}",
        ended.data
    );
    for said in [
        "`migrations/stray.sql` has no number and name",
        "`migrations/0001_other.sql` and `migrations/0001_seed.sql` have the same number",
        "`migrations/0002_late.SQL` does not end in `.sql`, so it would never run\nhint: name it `0002_late.sql`",
    ] {
        assert!(ended.words.contains(said), "{}", ended.words);
    }
    assert!(project.fails(2, "apply").contains("error: "));
}

#[tokio::test]
async fn an_annotation_that_is_spelled_otherwise_is_not_passed_over() {
    let text = "-- Schemadiff: No-Transaction\nCREATE INDEX CONCURRENTLY a ON b (c);\n";
    let (project, _client, _database) = scene(&[("migrations/0001_a.sql", text)]).await;
    let said = project.fails(2, "apply");
    assert!(said.contains("this annotation is passed over as it is spelled"), "{said}");
    assert!(said.contains("migrations/0001_a.sql:1:1"), "{said}");
    assert!(said.contains("hint: write `-- schemadiff: no-transaction`"), "{said}");
}

#[tokio::test]
async fn who_does_not_want_to_wait_is_told_for_whom() {
    let (project, client, _database) = scene(&[SLEEP]).await;
    let mut child = started(&project, &client, "SELECT pg_sleep").await;
    for command in ["apply --wait 300ms", "baseline --wait 300ms", "adopt --wait 300ms"] {
        let said = project.fails(2, command);
        assert!(said.contains("Waiting for another run: process "), "{said}");
        assert!(said.contains("another `schemadiff` is still at work after 0.3 s"), "{said}");
        assert!(said.contains("SELECT pg_sleep(60)"), "{said}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn a_server_that_only_reads_records_nothing() {
    let (project, client, database) = scene(&[SEED]).await;
    project.done("apply");
    project.write("migrations/0002_more.sql", "-- schemadiff: no-transaction\nCREATE TABLE more (id int);\n");
    let read_only = format!("ALTER DATABASE {database} SET default_transaction_read_only = on");
    client.batch_execute(&read_only).await.unwrap();
    let said = project.fails(2, "apply");
    assert!(said.contains("in a read-only transaction"), "{said}");
    assert!(said.contains("hint: connect to the primary"), "{said}");
    assert!(project.done("status").contains("0002_more  pending"));
}
