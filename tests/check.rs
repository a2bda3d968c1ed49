//! The gate for CI: what it lets pass, and everything that it finds.
#![allow(clippy::unwrap_used)]

mod support {
    pub mod project;
    pub mod server;
}

use support::project::Project;
use support::server::{connect, database, server};

const SCHEMA: (&str, &str) = (
    "schema/all.sql",
    "CREATE TABLE one (id int PRIMARY KEY, note text);\nCREATE INDEX one_note ON one (note);\n\
     CREATE ROLE cook;\nGRANT SELECT ON one TO cook;\n",
);
const ONE: (&str, &str) = (
    "migrations/0001_one.sql",
    "CREATE ROLE cook;\nCREATE TABLE one (id int PRIMARY KEY);\nGRANT SELECT ON one TO cook;\n",
);
const ONE_DOWN: (&str, &str) = ("migrations/0001_one.down.sql", "DROP TABLE one;\nDROP ROLE cook;\n");
const TWO: (&str, &str) = (
    "migrations/0003_two.sql",
    "-- Depends: 0001\nALTER TABLE one ADD note text;\nBEGIN;\nINSERT INTO one VALUES (1, 'a');\nCOMMIT;\n\n\
     -- schemadiff: no-transaction\nCREATE INDEX CONCURRENTLY one_note ON one (note);\n",
);
const TWO_DOWN: (&str, &str) =
    ("migrations/0003_two.down.sql", "DELETE FROM one;\nALTER TABLE one DROP COLUMN note;\n");

/// Rules, files and messages of what was found.
fn findings(project: &Project, line: &str) -> Vec<(String, String, String)> {
    let ended = project.run(&format!("{line} --format json"));
    let data: serde_json::Value = serde_json::from_str(&ended.data).unwrap();
    let found = data["findings"].as_array().unwrap();
    assert_eq!(ended.code, i32::from(!found.is_empty()), "{}", ended.words);
    let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    assert!(found.iter().all(|one| !text(one, "hint").is_empty()), "{}", ended.data);
    found.iter().map(|one| (text(one, "rule"), text(one, "file"), text(one, "message"))).collect()
}

/// The rules, and where they found something.
fn places(found: &[(String, String, String)]) -> Vec<(&str, &str)> {
    found.iter().map(|(rule, file, _)| (rule.as_str(), file.as_str())).collect()
}

#[test]
fn what_is_in_order_passes() {
    let project = Project::with(&[SCHEMA, ONE, ONE_DOWN, TWO, TWO_DOWN]);
    let ended = project.run("check");
    assert_eq!((ended.code, ended.data.as_str()), (0, ""), "{}", ended.words);
    assert!(ended.words.contains("2 migrations: nothing found."), "{}", ended.words);
}

#[test]
fn what_the_migrations_lead_to_is_compared() {
    let project = Project::with(&[SCHEMA, ONE, ONE_DOWN, TWO, TWO_DOWN]);
    project.write("schema/all.sql", SCHEMA.1.replace("note text", "note text NOT NULL"));
    let found = findings(&project, "check");
    let [(rule, file, message)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((rule.as_str(), file.as_str()), ("schema", "schema"));
    assert!(message.contains("`migrations` does not lead to `schema`"), "{message}");
    assert!(message.contains("public.one.note"), "{message}");

    project.write("schema/all.sql", SCHEMA.1);
    project.write("migrations/0004_bad.sql", "CREATE TABLE two (id int);\nSELECT 1 / 0;\n");
    let printed = project.fails(1, "check");
    assert!(printed.contains("division by zero\n --> migrations/0004_bad.sql:2:1"), "{printed}");
    let found = findings(&project, "check");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("replay", "migrations/0004_bad.sql"));
}

#[test]
fn every_down_script_undoes_its_migration() {
    let project = Project::with(&[SCHEMA, ONE, ONE_DOWN, TWO, TWO_DOWN]);
    // Leaves a table, cannot run, and keeps its migration from running again: three in one run.
    project.write("migrations/0004_left.sql", "CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n");
    project.write("migrations/0004_left.down.sql", "DROP TABLE a;\n");
    project.write("migrations/0005_fails.sql", "DROP TABLE a;\n");
    project.write("migrations/0005_fails.down.sql", "SELECT 1;\nCREATE TABLE one (id int);\n");
    project.write("migrations/0006_again.sql", "INSERT INTO one VALUES (7);\nDROP TABLE b;\n");
    project.write("migrations/0006_again.down.sql", "CREATE TABLE b (id int);\n");
    let found = findings(&project, "check");
    assert_eq!(
        places(&found),
        [
            ("down", "migrations/0004_left.down.sql"),
            ("down", "migrations/0005_fails.down.sql"),
            ("down", "migrations/0006_again.sql"),
        ]
    );
    assert!(found[0].2.contains("does not undo `migrations/0004_left.sql`"), "{}", found[0].2);
    assert!(found[0].2.contains("table public.b"), "{}", found[0].2);
    assert!(found[1].2.contains("relation \"one\" already exists"), "{}", found[1].2);
    assert!(found[2].2.contains("duplicate key"), "{}", found[2].2);
}

#[test]
fn files_are_checked_without_a_server() {
    let project = Project::with(&[SCHEMA, ONE, TWO]);
    project.write("migrations/notes.sql", "SELECT 1;");
    project.write("migrations/0003_again.sql", "SELECT 1;");
    project.write("migrations/0005_marks.sql", "SELECT 1;\n-- schemadiff: no-transactoin\nVACUUM;\n");
    project.write("migrations/0006_moved.sql", "-- Migration: 0005_moved\nSELECT 1;\n");
    project.write("migrations/0007_made.sql", "-- Migration: 0007_made\n-- Depends: none\nSELECT 1;\n");
    project.write("migrations/0007_made.down.sql", "-- Proven: PostgreSQL 15\nSELECT 1;\n");
    project.write("migrations/0008_needs.sql", "-- Depends: 0002, 0009\nSELECT 1;\n");
    project.write("migrations/0009_circle.sql", "-- Depends: 0010\nSELECT 1;\n");
    project.write("migrations/0010_circle.sql", "-- Depends: 0009\nSELECT 1;\n");
    project.write("migrations/0011_words.sql", "-- Depends: all\nSELECT 1;\n");
    project.write("migrations/0012_gone.down.sql", "SELECT 1;\n");
    let before = project.migrations();
    project.write("migrations/0004_latin.sql", b"SELECT 1;\nSELECT '\xe4';\n");
    let found = findings(&project, "check");
    for (rule, expected) in [
        ("folder", "`migrations/notes.sql` has no number and name"),
        ("folder", "`migrations/0003_again.sql` and `migrations/0003_two.sql` have the same number"),
        ("folder", "this byte is not UTF-8"),
        ("folder", "`migrations/0012_gone.down.sql` undoes nothing"),
        ("script", "unknown annotation `no-transactoin`"),
        ("header", "the header of `migrations/0006_moved.sql` is that of `0005_moved`"),
        (
            "header",
            "the header of `migrations/0007_made.sql` lacks `-- Created:`, `-- Description:`, `-- Hazards:`",
        ),
        ("header", "`all` is not a list of migrations"),
        ("header", "the header of `migrations/0007_made.down.sql` lacks"),
        ("depends", "`migrations/0008_needs.sql` depends on 0002, which does not exist"),
        (
            "depends",
            "`migrations/0009_circle.sql`, `migrations/0010_circle.sql` depend on each other in a circle",
        ),
    ] {
        let same = |one: &&(String, String, String)| one.0 == rule && one.2.contains(expected);
        assert_eq!(found.iter().filter(same).count(), 1, "{rule} {expected}: {found:#?}");
    }
    let printed = project.fails(1, "check");
    assert!(printed.contains("--> migrations/0004_latin.sql:2:9"), "{printed}");
    assert!(printed.contains("Nothing was replayed"), "{printed}");
    std::fs::remove_file(project.path("migrations/0004_latin.sql")).unwrap();
    assert_eq!(project.migrations(), before);
}

#[tokio::test]
async fn history_is_compared_where_a_database_is_named() {
    let database = database().await;
    let url = format!("host={} user=postgres dbname={database}", server().folder().display());
    let project = Project::with(&[SCHEMA, ("migrations/0001_one.sql", "CREATE TABLE one (id int);\n"), TWO]);
    let project = project.on(&url);
    assert!(findings(&project, "check --no-replay").is_empty());
    let untouched = "SELECT to_regclass('schemadiff.schema_migrations') IS NULL";
    let row = connect(&database).await.query_one(untouched, &[]).await.unwrap();
    assert!(row.get::<_, bool>(0));
    project.done("apply");
    assert!(findings(&project, "check --no-replay").is_empty());
    project.write("migrations/0001_one.sql", "SELECT 1;\n");
    std::fs::remove_file(project.path("migrations/0003_two.sql")).unwrap();
    project.write("migrations/0002_late.sql", "SELECT 2;\n");
    project.write("migrations/0004_next.sql", "SELECT 4;\n");
    let found = findings(&project, "check --no-replay");
    assert_eq!(
        places(&found),
        [
            ("history", "migrations/0001_one.sql"),
            ("history", "migrations/0002_late.sql"),
            ("history", "migrations/0003_two.sql"),
        ]
    );
    assert!(found[0].2.contains("and edited since"), "{}", found[0].2);
}

/// A review that shows nothing would say that there is nothing.
#[test]
fn what_keeps_from_checking_is_a_finding_for_reviews() {
    let project =
        Project::with(&[("schema/plan.sql", "CREATE TABLE plan (id integer);\n\nCREATE TABL week ();\n")]);
    project.write("migrations/0001_plan.sql", "CREATE TABLE plan (id integer);\n");
    let ended = project.run("check --format sarif");
    assert_eq!(ended.code, 2);
    let log: serde_json::Value = serde_json::from_str(&ended.data).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 3, "{log:#}");
    assert!(result["message"]["text"].as_str().unwrap().contains("syntax error"), "{log:#}");
    let ended = project.run("check --format github");
    assert!(ended.data.starts_with("::error file=schema/plan.sql,line=3,title=error::"), "{}", ended.data);
}

/// One file runs and is undone at a time, whatever its number.
#[test]
fn files_that_share_a_number_are_tried_one_by_one() {
    let project = Project::with(&[
        ("migrations/0001_a.sql", "CREATE TABLE a (id int);\n"),
        ("migrations/0001_a.down.sql", "DROP TABLE a;\n"),
        ("migrations/0001_b.sql", "CREATE TABLE b (id int);\n"),
        ("migrations/0001_b.down.sql", "DROP TABLE b;\n"),
        ("migrations/0002_c.sql", "-- Duplicates: 0001\nCREATE TABLE c (id int);\n"),
        ("schema/all.sql", "CREATE TABLE a (id int);\nCREATE TABLE b (id int);\nCREATE TABLE c (id int);\n"),
    ]);
    assert_eq!(findings(&project, "check"), []);
    project.write("migrations/0001_a.down.sql", "SELECT 1;\n");
    let found = findings(&project, "check");
    assert_eq!(places(&found), [("down", "migrations/0001_a.down.sql")]);
}
