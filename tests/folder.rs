//! The binary on folders of migrations: begun by hand, numbered anew, declared, and out of order in every way.
#![allow(clippy::unwrap_used)]

mod support {
    pub mod project;
    pub mod server;
}

use std::process::Command;

use support::project::Project;
use support::server::{Database, connect, database, server};

const ONE: (&str, &str) = ("migrations/0001_one.sql", "-- Created: 2026-11-01\nCREATE TABLE one (id int);\n");

fn url(database: &Database) -> String {
    format!("host={} user=postgres dbname={database}", server().folder().display())
}

/// A migration of that day.
fn file(number: &str, name: &str, created: &str, depends: &str) -> String {
    format!(
        "-- Migration: {number}_{name}\n-- Created: {created}\n-- Depends: {depends}\n\n\
         CREATE TABLE {name} (id int);\n"
    )
}

#[test]
fn a_migration_begins_with_its_header() {
    let project = Project::with(&[ONE]);
    assert_eq!(project.done("new Fill in the names"), "migrations/0002_fill_in_the_names.sql\n");
    let text = project.read("migrations/0002_fill_in_the_names.sql");
    assert!(text.starts_with("-- Migration: 0002_fill_in_the_names\n-- Created: 20"), "{text}");
    assert!(text.contains("\n-- Description: Fill in the names\n-- Depends: 0001\n"), "{text}");

    let data: serde_json::Value =
        serde_json::from_str(&project.done("new --down --format json next")).unwrap();
    assert_eq!(data["version"], 3);
    assert_eq!(
        data["files"],
        serde_json::json!(["migrations/0003_next.sql", "migrations/0003_next.down.sql"])
    );
    assert!(project.read("migrations/0003_next.down.sql").contains("undo: next"));
    assert!(project.fails(2, "new ###").contains("makes no name"));
    // Nothing was written in vain: what was begun is a migration.
    assert_eq!(project.migrations().len(), 4);
}

#[tokio::test]
async fn what_was_begun_can_be_applied() {
    let database = database().await;
    let project = Project::with(&[ONE]).on(&url(&database));
    project.done("new first --down");
    assert!(project.run("apply").words.contains("2 applied"));
}

#[test]
fn the_younger_file_gets_a_new_number() {
    let project = Project::with(&[
        ONE,
        ("migrations/0002_ours.sql", &file("0002", "ours", "2026-11-03", "0001")),
        ("migrations/0002_ours.down.sql", "-- Migration: 0002_ours\n-- Depends: 0001\nDROP TABLE ours;\n"),
        ("migrations/0002_theirs.sql", &file("0002", "theirs", "2026-11-02", "0001")),
        ("migrations/0003_more.sql", &file("0003", "more", "2026-11-03", "0001, 0002_ours")),
        ("migrations/0003_other.sql", &file("0003", "other", "2026-11-02", "0002")),
    ]);
    let before = project.migrations();
    let said = project.fails(2, "status");
    assert!(
        said.contains("`migrations/0002_ours.sql` and `migrations/0002_theirs.sql` have the same number")
    );
    assert!(said.contains("schemadiff renumber"), "{said}");

    let planned = project.done("renumber --dry-run");
    assert_eq!(project.migrations(), before);
    assert_eq!(project.done("renumber"), planned);
    assert_eq!(
        planned,
        "migrations/0002_ours.sql -> migrations/0004_ours.sql\nmigrations/0003_more.sql -> migrations/0005_more.sql\n"
    );
    let after = project.migrations();
    let names: Vec<_> = after.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "0001_one.sql",
            "0002_theirs.sql",
            "0003_other.sql",
            "0004_ours.down.sql",
            "0004_ours.sql",
            "0005_more.sql"
        ]
    );
    assert_eq!(after["0004_ours.sql"], file("0004", "ours", "2026-11-03", "0001"));
    assert_eq!(after["0004_ours.down.sql"], "-- Migration: 0004_ours\n-- Depends: 0001\nDROP TABLE ours;\n");
    assert_eq!(after["0005_more.sql"], file("0005", "more", "2026-11-03", "0001, 0004_ours"));
    assert_eq!(after["0003_other.sql"], before["0003_other.sql"]);
    assert_eq!(project.done("renumber"), "");
}

#[test]
fn which_file_moves_must_be_told_where_nothing_tells() {
    let project = Project::with(&[
        ("migrations/0002_b.sql", "SELECT 1;"),
        ("migrations/0002_a.sql", "SELECT 2;"),
        ("migrations/0003_c.sql", "-- Depends: 0002\nSELECT 3;"),
    ]);
    let said = project.fails(2, "renumber");
    assert!(
        said.contains("nothing says which is younger") && said.contains("renumber migrations/0002_b.sql")
    );
    assert!(project.fails(2, "renumber 0009_x.sql").contains("there is no migration `0009_x.sql`"));
    let ended = project.run("renumber 0002_a");
    assert_eq!(ended.data, "migrations/0002_a.sql -> migrations/0004_a.sql\n");
    assert!(ended.words.contains("warning: `migrations/0003_c.sql` depends on 0002"), "{}", ended.words);
    assert_eq!(project.read("migrations/0004_a.sql"), "SELECT 2;");
}

#[test]
fn git_tells_which_file_is_younger() {
    let project = Project::with(&[("migrations/0001_theirs.sql", "SELECT 1;")]);
    let git = |line: &str| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=cook", "-c", "user.email=cook@example.com"]).args(line.split(' '));
        let output = git.current_dir(project.path("")).env("HOME", project.path("")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git("init -q .");
    git("add .");
    git("commit -qm theirs");
    project.write("migrations/0001_ours.sql", "SELECT 2;");
    assert_eq!(project.done("renumber"), "migrations/0001_ours.sql -> migrations/0002_ours.sql\n");
}

#[test]
fn an_interrupted_renumbering_is_finished_by_the_next() {
    let ours = |number| file(number, "ours", "2026-11-03", "0001");
    let project = Project::with(&[
        ONE,
        ("migrations/0002_ours.sql", &ours("0002")),
        ("migrations/0002_theirs.sql", &file("0002", "theirs", "2026-11-02", "0001")),
        // Written already; the old one was not taken away yet, but its down script was.
        ("migrations/0003_ours.sql", &ours("0003")),
        ("migrations/0003_ours.down.sql", "DROP TABLE ours;"),
    ]);
    assert_eq!(project.done("renumber"), "migrations/0002_ours.sql -> migrations/0003_ours.sql\n");
    let names: Vec<_> = project.migrations().into_keys().collect();
    assert_eq!(names, ["0001_one.sql", "0002_theirs.sql", "0003_ours.down.sql", "0003_ours.sql"]);
}

#[tokio::test]
async fn what_a_database_has_applied_keeps_its_number() {
    let database = database().await;
    let younger = file("0002", "younger", "2026-11-09", "0001");
    let project = Project::with(&[ONE, ("migrations/0002_younger.sql", &younger)]).on(&url(&database));
    project.done("apply");
    project.write("migrations/0002_older.sql", file("0002", "older", "2026-11-02", "0001"));
    assert_eq!(project.done("renumber"), "migrations/0002_older.sql -> migrations/0003_older.sql\n");
    project.write("migrations/0002_older.sql", file("0002", "older", "2026-11-02", "0001"));
    let said = project.fails(2, "renumber 0002_younger");
    assert!(said.contains("`migrations/0002_younger.sql` is applied: its number cannot change"), "{said}");
    std::fs::remove_file(project.path("migrations/0002_older.sql")).unwrap();
    project.done("apply");
    // Pending before what is applied.
    project.write("migrations/0000_late.sql", "SELECT 1;");
    assert_eq!(project.done("renumber"), "migrations/0000_late.sql -> migrations/0004_late.sql\n");
    project.done("apply");
}

#[tokio::test]
async fn a_baseline_records_and_runs_nothing() {
    let database = database().await;
    let two = file("0002", "two", "2026-11-02", "0001");
    let three = file("0003", "three", "2026-11-03", "0002");
    let project =
        Project::with(&[ONE, ("migrations/0002_two.sql", &two), ("migrations/0003_three.sql", &three)])
            .on(&url(&database));
    let client = connect(&database).await;
    client.batch_execute("CREATE TABLE one (id int); CREATE TABLE two (id int)").await.unwrap();
    assert_eq!(project.done("baseline 2 --dry-run"), "0001_one\n0002_two\n");
    assert!(project.done("status").contains("0001_one    pending"));
    assert!(project.fails(2, "baseline 7").contains("there is no migration 0007 in `migrations`"));
    assert_eq!(project.done("baseline 2"), "0001_one\n0002_two\n");
    assert_eq!(project.done("baseline 2"), "");
    assert!(project.run("apply").words.contains("1 applied"));
    let said = project.fails(2, "baseline 2");
    assert!(said.contains("history goes beyond 0002 already: `0003_three.sql`"), "{said}");
    let data: serde_json::Value = serde_json::from_str(&project.done("baseline --format json")).unwrap();
    assert_eq!(data["recorded"], serde_json::json!([]));
    project.write("migrations/0002_two.sql", "SELECT 1;");
    let said = project.fails(2, "baseline");
    assert!(said.contains("edited or missing in the folder: `0002_two.sql`"), "{said}");
}

#[tokio::test]
async fn bad_input_is_told_and_changes_nothing() {
    let database = database().await;
    let project = Project::with(&[ONE]).on(&url(&database));
    let client = connect(&database).await;
    let nothing = async || {
        let objects = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace";
        let row = client.query_one(objects, &[]).await.unwrap();
        assert_eq!(row.get::<_, i64>(0), 0);
    };

    project.write("migrations/0002_latin.sql", b"SELECT 1;\nSELECT '\xe4';\n");
    let said = project.fails(2, "apply");
    assert!(said.contains("error: this byte is not UTF-8\n --> migrations/0002_latin.sql:2:9"), "{said}");
    assert!(said.contains("hint: convert the file to UTF-8"), "{said}");
    std::fs::remove_file(project.path("migrations/0002_latin.sql")).unwrap();

    project.write("migrations/0002_a.sql", "-- Depends: 0003\nSELECT 1;");
    project.write("migrations/0003_b.sql", "-- Depends: 0002\nSELECT 1;");
    let said = project.fails(2, "apply");
    let circle = "error: `migrations/0002_a.sql`, `migrations/0003_b.sql` depend on each other in a circle";
    assert!(said.contains(circle), "{said}");
    std::fs::remove_file(project.path("migrations/0003_b.sql")).unwrap();

    project.write("migrations/0002_b.sql", "SELECT 1;");
    let said = project.fails(2, "apply");
    assert!(
        said.contains("`migrations/0002_a.sql` and `migrations/0002_b.sql` have the same number"),
        "{said}"
    );
    std::fs::remove_file(project.path("migrations/0002_b.sql")).unwrap();
    std::fs::remove_file(project.path("migrations/0002_a.sql")).unwrap();

    project.write(ONE.0, "CREATE TABLE one (id int);\nINSERT INTO one VALUES ('x');\nSELECT 1;\n");
    let said = project.fails(2, "apply");
    assert!(said.contains("error: invalid input syntax for type integer: \"x\""), "{said}");
    assert!(said.contains(" --> migrations/0001_one.sql:2:25"), "{said}");
    assert!(said.contains("nothing of `migrations/0001_one.sql` was kept"), "{said}");
    nothing().await;

    std::fs::remove_dir_all(project.path("migrations")).unwrap();
    for command in ["apply", "rollback --to 0", "status", "check", "renumber", "baseline"] {
        let said = project.fails(2, command);
        assert!(said.contains("error: there is no folder `migrations`\nhint: "), "{command}: {said}");
    }
    nothing().await;
}
