//! `review` and `graph` from outside, on a real server: what is measured is what the server did.
#![allow(clippy::unwrap_used)]

mod support {
    pub mod project;
    pub mod server;
}

use serde_json::Value;
use support::project::Project;
use support::server::{connect, database};

/// A name that every markup has to escape.
const ODD: &str = r#""a|b`<script>&*_'x""#;

const BASE: &str = "CREATE TABLE parent (id int PRIMARY KEY, name varchar(10));\n\
                    CREATE TABLE child (id int PRIMARY KEY, parent_id int, note text);\n";

fn project(migration: &str, down: Option<&str>) -> Project {
    let project =
        Project::with(&[("migrations/0001_base.sql", BASE), ("migrations/0002_change.sql", migration)]);
    if let Some(down) = down {
        project.write("migrations/0002_change.down.sql", down);
    }
    project
}

/// The one migration that was reviewed.
fn reviewed(project: &Project, line: &str) -> Value {
    let data: Value = serde_json::from_str(&project.done(&format!("{line} --format json"))).unwrap();
    assert_eq!(data["version"], 1);
    assert_eq!(data["migrations"].as_array().unwrap().len(), 1);
    data["migrations"][0].clone()
}

/// What each statement locked itself, rewrote and scanned: `child SHARE; rewrites …; scans …`.
fn measured(migration: &str) -> Vec<String> {
    let one = reviewed(&project(migration, None), "review");
    let statements = one["sections"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|section| section["statements"].as_array().unwrap());
    statements
        .map(|statement| {
            let new = |lock: &&Value| lock["line"] == statement["line"];
            let lock = |lock: &Value| format!("{} {}", bare(&lock["table"]), lock["mode"].as_str().unwrap());
            let locks: Vec<_> = statement["locks"].as_array().unwrap().iter().filter(new).map(lock).collect();
            let list = |key: &str| -> Vec<String> {
                statement[key].as_array().map_or(vec!["?".to_owned()], |all| all.iter().map(bare).collect())
            };
            format!(
                "{}; rewrites {}; scans {}",
                locks.join(", "),
                list("rewrites").join(", "),
                list("scans").join(", ")
            )
        })
        .collect()
}

fn bare(name: &Value) -> String {
    name.as_str().unwrap().trim_start_matches("public.").to_owned()
}

#[test]
fn locks_rewrites_and_scans_are_those_of_the_server() {
    let trials = [
        ("ALTER TABLE child ADD COLUMN extra text;", "child ACCESS EXCLUSIVE; rewrites ; scans "),
        ("ALTER TABLE child ADD COLUMN extra int DEFAULT 7;", "child ACCESS EXCLUSIVE; rewrites ; scans "),
        (
            "ALTER TABLE child ADD COLUMN extra float DEFAULT random();",
            "child ACCESS EXCLUSIVE; rewrites child; scans ",
        ),
        ("CREATE INDEX one ON child (note);", "child SHARE; rewrites ; scans child"),
        (
            "ALTER TABLE child ADD FOREIGN KEY (parent_id) REFERENCES parent;",
            "child SHARE ROW EXCLUSIVE, parent SHARE ROW EXCLUSIVE; rewrites ; scans child",
        ),
        (
            "ALTER TABLE child ADD FOREIGN KEY (parent_id) REFERENCES parent NOT VALID;",
            "child SHARE ROW EXCLUSIVE, parent SHARE ROW EXCLUSIVE; rewrites ; scans ",
        ),
        ("ALTER TABLE parent ALTER id TYPE bigint;", "parent ACCESS EXCLUSIVE; rewrites parent; scans "),
        ("ALTER TABLE parent ALTER name TYPE varchar(20);", "parent ACCESS EXCLUSIVE; rewrites ; scans "),
        ("ALTER TABLE parent ALTER name SET NOT NULL;", "parent ACCESS EXCLUSIVE; rewrites ; scans parent"),
        ("ALTER TABLE parent ADD CHECK (id > 0) NOT VALID;", "parent ACCESS EXCLUSIVE; rewrites ; scans "),
        ("UPDATE child SET note = 'a';", "child ROW EXCLUSIVE; rewrites ; scans "),
        ("TRUNCATE child;", "child ACCESS EXCLUSIVE; rewrites ; scans "),
        ("DO $$ BEGIN ALTER TABLE child DROP note; END $$;", "child ACCESS EXCLUSIVE; rewrites ; scans "),
        ("CREATE VIEW seen AS SELECT * FROM child;", "; rewrites ; scans "),
        ("COPY child (id) FROM stdin;\n1\n2\n\\.\n", "child ROW EXCLUSIVE; rewrites ; scans "),
        (
            "CREATE TABLE other (id int) INHERITS (parent);",
            "parent SHARE UPDATE EXCLUSIVE; rewrites ; scans ",
        ),
        ("CREATE TABLE other (id int);", "; rewrites ; scans "),
    ];
    // Each in a transaction that is undone.
    let all: String = trials.iter().map(|(sql, _)| format!("BEGIN;\n{sql}\nROLLBACK;\n")).collect();
    let found = measured(&all);
    assert_eq!(found.len(), trials.len(), "{found:?}");
    for ((sql, expected), found) in trials.iter().zip(found) {
        assert_eq!(found, *expected, "{sql}");
    }
    assert_eq!(
        measured("CREATE TABLE other (id int);\nALTER TABLE other ADD a text;\n")[1],
        "; rewrites ; scans "
    );
}

#[test]
fn what_runs_outside_transactions_is_seen_too() {
    let outside = "-- schemadiff: no-transaction\n";
    let statements = "CREATE INDEX CONCURRENTLY one ON child (note);\nDROP INDEX CONCURRENTLY one;\n\
                      REINDEX TABLE CONCURRENTLY parent;\nALTER TABLE child ADD extra text;\n";
    let found = measured(&format!("{outside}{statements}"));
    let locks: Vec<_> = found.iter().map(|one| one.split(';').next().unwrap()).collect();
    assert_eq!(
        locks,
        [
            "child SHARE UPDATE EXCLUSIVE",
            "child SHARE UPDATE EXCLUSIVE",
            "parent SHARE UPDATE EXCLUSIVE",
            "child ACCESS EXCLUSIVE"
        ]
    );
    assert!(found[0].ends_with("scans child") || found[0].ends_with("scans ?"), "{found:?}");
    // Nothing waits for those who read the table: its words have to do, and it is said that they did.
    let one = reviewed(&project(&format!("{outside}VACUUM child;"), None), "review");
    let statement = &one["sections"][0]["statements"][0];
    assert_eq!(
        (&statement["locks"], &statement["lock"]),
        (&Value::Null, &Value::from("SHARE UPDATE EXCLUSIVE"))
    );
    assert!(project(&format!("{outside}VACUUM child;"), None).done("review").contains("not measured"));
}

#[test]
fn every_stage_of_detaching_a_partition_is_seen() {
    let project = Project::with(&[(
        "migrations/0001_base.sql",
        "CREATE TABLE log (at int) PARTITION BY RANGE (at);\nCREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (9);\n",
    )]);
    project.write(
        "migrations/0002_detach.sql",
        "-- schemadiff: no-transaction\nALTER TABLE log DETACH PARTITION log_1 CONCURRENTLY;\n",
    );
    let one = reviewed(&project, "review");
    let locks: Vec<_> = one["tables"]
        .as_array()
        .unwrap()
        .iter()
        .map(|table| (bare(&table["table"]), &table["lock"]))
        .collect();
    let (all, gentle) = (Value::from("ACCESS EXCLUSIVE"), Value::from("SHARE UPDATE EXCLUSIVE"));
    assert_eq!(locks, [("log_1".to_owned(), &all), ("log".to_owned(), &gentle)]);
    // Where the whole is locked, so are its parts: they are not listed.
    project.write("migrations/0003_all.sql", "ALTER TABLE log ADD note text;\n");
    project.write("migrations/0002_detach.sql", "SELECT 1;\n");
    let one = reviewed(&project, "review");
    assert_eq!(one["tables"].as_array().unwrap().len(), 1, "{one}");
}

#[test]
fn a_lock_lasts_as_long_as_its_transaction() {
    let migration = "ALTER TABLE parent ADD note text;\nCREATE INDEX one ON child (note);\n";
    let one = reviewed(&project(migration, None), "review");
    let parent =
        one["tables"].as_array().unwrap().iter().find(|table| table["table"] == "public.parent").unwrap();
    assert_eq!(parent["meanwhile"], Value::from(vec!["public.child"]));
    let text = project(migration, None).done("review");
    assert!(
        text.contains("Nobody can read or write `public.parent` while the rows of `public.child`"),
        "{text}"
    );
    assert!(text.contains("still locked: `public.parent`"), "{text}");
    let apart = migration.replace("CREATE", "-- schemadiff: transaction\nCREATE");
    let text = project(&apart, None).done("review");
    assert!(text.contains("brief locks on `public.parent`"), "{text}");
}

#[test]
fn the_way_back_is_tried() {
    let up = "ALTER TABLE child ADD extra text;\nCREATE INDEX one ON child (extra);\n";
    let one = reviewed(&project(up, Some("ALTER TABLE child DROP COLUMN extra;\n")), "review");
    assert_eq!(one["down"]["leads_back"], true);
    assert_eq!(one["down"]["losses"], Value::from(vec!["ALTER TABLE child DROP COLUMN extra"]));
    let one = reviewed(&project(up, Some("DROP INDEX one;\n")), "review");
    assert_eq!(one["down"]["leads_back"], false);
    assert!(one["down"]["problem"].as_str().unwrap().contains("column public.child.extra"), "{one}");
    let one = reviewed(&project(up, Some("DROP INDEX two;\n")), "review 0002_change");
    assert!(one["down"]["problem"].as_str().unwrap().contains("0002_change.down.sql:1"), "{one}");
    let text = project(up, None).done("review");
    assert!(text.contains("There is none: no down script."), "{text}");
}

#[test]
fn names_stay_what_they_are() {
    let up = format!(
        "CREATE TABLE {ODD} ({ODD} int PRIMARY KEY);\nALTER TABLE child ADD {ODD} int REFERENCES {ODD};\n"
    );
    let project = project(&up, None);
    project.write("migrations/0003_more.sql", format!("ALTER TABLE {ODD} ADD more text;\n"));
    let html = project.done("review 2 3 --format html");
    assert!(!html.contains("<script"), "{html}");
    assert!(html.contains("&quot;a|b`&lt;script&gt;&amp;*_&#39;x&quot;"), "{html}");
    let text = project.done("review 2 3");
    assert!(text.contains(&format!("``table public.{ODD}``")), "{text}");
    let cell = format!("| ``public.{}`` |", ODD.replace('|', "\\|"));
    assert!(text.contains(&cell), "{text}");
    let (_, mermaid) = text.split_once("```mermaid").unwrap();
    assert!(!mermaid.split("```").next().unwrap().contains('<'), "{mermaid}");
    project.write("schema/all.sql", format!("{BASE}{up}"));
    for format in ["svg", "mermaid", "dot"] {
        let picture = project.done(&format!("graph --format {format}"));
        assert!(!picture.contains("<script") && picture.contains("script"), "{picture}");
    }
}

#[test]
fn what_cannot_be_reviewed_is_told() {
    let one = project("ALTER TABLE child ADD extra text;\n", None);
    let told = one.fails(2, "review 0002_chagne");
    assert!(
        told.contains("there is no migration `0002_chagne`") && told.contains("did you mean `0002_change`?"),
        "{told}"
    );
    assert!(one.fails(2, "review nowhere/0009_x.sql").contains("there is no migration"));
    assert!(Project::with(&[]).fails(2, "review").contains("there are no migrations"));
    let told = project("ALTER TABLE child ADD extra text;\nALTER TABLE nobody ADD a int;\n", None)
        .fails(2, "review");
    assert!(told.contains("0002_change.sql:2:1") && told.contains("nobody"), "{told}");
    assert!(one.fails(2, "review --output nowhere/r.md").contains("cannot write"));
    assert!(one.fails(2, "review --format svg").contains("[possible values: markdown, html, json]"));
}

#[tokio::test]
async fn with_a_database_what_is_pending_is_reviewed_with_its_sizes() {
    let live = database().await;
    let session = connect(&live).await;
    let project = project("CREATE INDEX one ON child (note);\n", None).on(&live.connection_string());
    project.done("apply --to 1");
    session
        .batch_execute("INSERT INTO child SELECT n, n, 'x' FROM generate_series(1, 5000) AS n; ANALYZE child")
        .await
        .unwrap();
    project.write("migrations/0003_more.sql", "ALTER TABLE child ADD extra text;\n");
    let data: Value = serde_json::from_str(&project.done("review --format json")).unwrap();
    let names: Vec<_> =
        data["migrations"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["0002_change", "0003_more"]);
    let size = &data["migrations"][0]["tables"][0]["size"];
    assert_eq!(size["rows"], 5000);
    assert!(size["bytes"].as_u64().unwrap() > 100_000, "{size}");
    assert!(project.done("review").contains("about 5\u{202f}000 rows"));
    project.done("apply");
    let ended = project.run("review");
    assert!(
        ended.words.contains("Nothing is pending") && ended.data.contains("0003_more"),
        "{}",
        ended.words
    );
}

#[test]
fn the_running_example_is_reviewed_and_drawn() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::with(&[]);
    for part in ["migrations", "schema"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            project.write(&format!("{part}/{name}"), std::fs::read(&path).unwrap());
        }
    }
    let data: Value = serde_json::from_str(&project.done("review 1 2 3 4 5 6 --format json")).unwrap();
    let migrations = data["migrations"].as_array().unwrap();
    assert_eq!(migrations.len(), 6);
    for one in migrations {
        assert_eq!(one["down"]["leads_back"], true, "{one:#}");
    }
    let picture = project.done("graph");
    assert!(picture.starts_with("<svg ") && picture.contains(">public.plan_entry</text>"), "{picture}");
    // Partitions are part of what they divide, and what is left out takes its references along.
    assert!(!picture.contains("food_log_2026"), "{picture}");
    let few = project.done("graph --tables plan* public.food --format mermaid");
    assert_eq!(few.matches("--").count(), 2, "{few}");
    assert!(
        project.fails(2, "graph --tables nope").contains("no table in the schema files is named like `nope`")
    );
    project.done("graph migrations -o picture.dot");
    assert!(project.read("picture.dot").starts_with("digraph"));
}

#[test]
fn what_is_renamed_is_told_as_that() {
    let up = "ALTER TABLE parent RENAME TO elder;\nALTER TABLE elder RENAME name TO called;\n\
              ALTER TABLE elder ADD born date;\nALTER TABLE child RENAME CONSTRAINT child_pkey TO child_key;\n";
    let project = project(up, None);
    project.write(
        "migrations/0001_base.sql",
        format!("{BASE}ALTER TABLE child ADD CONSTRAINT f FOREIGN KEY (parent_id) REFERENCES parent;\n"),
    );
    let one = reviewed(&project, "review");
    let told: Vec<String> = one["changes"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|group| group["changes"].as_array().unwrap())
        .filter(|change| !change["object"].as_str().unwrap().starts_with("index "))
        // From version 18 on the constraint behind NOT NULL keeps its name, which is no longer the usual one.
        .filter(|change| change["attributes"][0]["name"] != "not_null_constraint")
        .map(|change| {
            format!(
                "{} {} {}",
                change["change"].as_str().unwrap(),
                change["object"].as_str().unwrap(),
                change["name"]
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "renamed table public.parent \"elder\"",
            "renamed column public.parent.name \"called\"",
            "added column public.elder.born null",
            "renamed constraint child_pkey on public.child \"child_key\"",
        ],
        "{one:#}"
    );
    let marks = |side: &str| -> Vec<String> {
        let tables = one[side]["tables"].as_array().unwrap().iter().flat_map(|table| {
            let columns = table["columns"].as_array().unwrap();
            std::iter::once(table)
                .chain(columns)
                .map(|one| format!("{} {}", one["name"], one["mark"]).replace('"', ""))
        });
        let references = one[side]["references"].as_array().unwrap();
        tables
            .chain(references.iter().map(|one| format!("{} {}", one["name"], one["mark"]).replace('"', "")))
            .collect()
    };
    let marks =
        |side: &str| marks(side).into_iter().filter(|mark| !mark.ends_with(" same")).collect::<Vec<_>>();
    assert_eq!(marks("before"), ["public.parent changed", "name changed"], "{:#}", one["before"]);
    assert_eq!(
        marks("after"),
        ["public.elder changed", "called changed", "born added"],
        "{:#}",
        one["after"]
    );
}
