//! What somebody meets in the first hour: mistakes, and what is said about them.
#![allow(clippy::unwrap_used)]

mod support {
    #![allow(dead_code)]
    pub mod project;
    pub mod server;
}

use support::project::Project;
use support::server::{connect, database};

const SCHEMA: (&str, &str) = ("schema/food.sql", "CREATE TABLE food (id bigint PRIMARY KEY, amount int);\n");

#[test]
fn a_command_in_the_wrong_folder_is_shown_the_way() {
    let project = Project::with(&[SCHEMA, ("schemadiff.yaml", "")]);
    for line in ["status", "apply", "check", "generate", "lint"] {
        let mut command = project.command(line);
        let output = command.current_dir(project.path("schema")).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}: {said}");
        assert!(
            said.contains("hint: the project is in `") && said.contains("`: run it there"),
            "{line}: {said}"
        );
    }
    let nowhere = Project::with(&[]);
    std::fs::remove_dir(nowhere.path("migrations")).unwrap();
    for line in ["status", "generate", "lint"] {
        assert!(nowhere.fails(2, line).contains("`schemadiff init`"), "{line}");
    }
}

#[test]
fn where_nothing_had_to_be_migrated_there_is_nothing_to_do() {
    let project = Project::with(&[("schema/foods.sql", "-- nothing so far\n")]);
    std::fs::remove_dir(project.path("migrations")).unwrap();
    project.done("generate");
    assert!(!project.path("migrations").exists());
    project.done("status");
    assert!(project.ends(0, "apply").words.contains("Nothing to do"));
}

#[test]
fn words_of_other_tools_lead_to_ours() {
    let project = Project::with(&[]);
    for (word, ours) in
        [("migrate", "apply"), ("down", "rollback"), ("revision", "generate"), ("pull", "dump")]
    {
        assert!(project.fails(2, word).contains(&format!("'{ours}'")), "{word}");
    }
    assert!(project.done("help rollback").contains("Usage: schemadiff rollback"));
}

#[test]
fn mistakes_in_schema_files_are_told_with_a_way_out() {
    let cases = [
        ("CREATE TABLE a (b int)\nCREATE TABLE c (d int);", "hint: is the `;` missing"),
        ("DROP TABLE food;\nCREATE VIEW v AS SELECT * FROM food;", "hint: schema files say what shall be"),
        (
            "-- schemadiff renamed from foods\nCREATE TABLE meal (id int);",
            "hint: write `-- schemadiff: renamed from foods`",
        ),
    ];
    for (text, expected) in cases {
        let said = Project::with(&[("schema/a.sql", text)]).fails(2, "check");
        assert!(said.contains(expected) && said.contains("--> schema/a.sql:"), "{said}");
    }
    let migration = "-- schemadiff no-transaction\nCREATE INDEX CONCURRENTLY a ON food (id);\n";
    let project = Project::with(&[("migrations/0001_a.sql", migration)]);
    assert!(project.fails(1, "check").contains("hint: write `-- schemadiff: no-transaction`"));
}

#[tokio::test]
async fn what_stops_a_migration_is_told_with_a_way_out() {
    let database = database().await;
    let client = connect(&database).await;
    let project = Project::with(&[SCHEMA]).on(&database.connection_string());
    project.done("generate first");
    project.done("apply");
    client.batch_execute("INSERT INTO food VALUES (1, NULL)").await.unwrap();

    project.write("schema/food.sql", "CREATE TABLE food (id bigint PRIMARY KEY, amount int NOT NULL);\n");
    project.done("generate amounts");
    assert!(project.fails(2, "apply").contains("hint: change these rows, then run the migration"));
    let by_hand = "ALTER TABLE food ALTER COLUMN amount SET NOT NULL;\n";
    let generated = project.read("migrations/0002_amounts.sql");
    project.write("migrations/0002_amounts.sql", by_hand);
    assert!(project.fails(2, "apply").contains("hint: some rows do not fit"));
    project.write("migrations/0002_amounts.sql", generated);
    client.batch_execute("UPDATE food SET amount = 0").await.unwrap();
    project.done("apply");

    project.write("schema/grants.sql", "GRANT SELECT ON food TO nobody_made_me;\n");
    let told = project.run("generate grants").words;
    assert!(
        told.contains("note: the schema files name roles that are not there")
            && told.contains("`nobody_made_me`"),
        "{told}"
    );
    assert!(project.fails(2, "apply").contains("hint: roles belong to the server"));
}

#[tokio::test]
async fn a_migration_that_is_still_empty_is_told() {
    let database = database().await;
    let project = Project::with(&[]).on(&database.connection_string());
    project.done("new fill in names");
    assert!(project.run("apply").words.contains("holds no statement"));
    std::fs::remove_file(project.path("migrations/0001_fill_in_names.sql")).unwrap();
    let shown = project.done("status");
    assert!(shown.trim_end().ends_with(", but its file is missing"), "{shown}");
}

#[tokio::test]
async fn a_new_project_is_pointed_to_the_history_of_another_system() {
    let database = database().await;
    let client = connect(&database).await;
    let theirs = "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
                  INSERT INTO schema_migrations VALUES (1, false); CREATE TABLE food (id int PRIMARY KEY)";
    client.batch_execute(theirs).await.unwrap();
    let told = Project::with(&[]).on(&database.connection_string()).run("init").words;
    assert!(
        told.contains("Next: golang-migrate keeps migrations") && told.contains("`schemadiff adopt`"),
        "{told}"
    );
    let told = Project::with(&[]).on(&database.connection_string()).run("init --from-database").words;
    assert!(told.contains("note: golang-migrate keeps migrations"), "{told}");
}

/// psql would have refused them when they were made; here bodies are read once all is there.
#[test]
fn a_body_that_cannot_be_read_is_told() {
    let functions = "create function later() returns bigint language sql as 'select count(*) from item';
create table item (id bigint);

create function wrong() returns int language plpgsql as $$ begin retrun 1; end $$;
create procedure worse() language sql as 'selec 1';\n";
    let project = Project::with(&[("schema/item.sql", functions)]);
    let said = project.ends(0, "generate first --from migrations").words;
    assert!(
        said.contains("warning: schema/item.sql:4: the body of `public.wrong` cannot be read: syntax error at or near \"retrun\""),
        "{said}"
    );
    assert!(
        said.contains("warning: schema/item.sql:5: the body of `public.worse` cannot be read: syntax error"),
        "{said}"
    );
    assert!(!said.contains("the body of `public.later`"), "{said}");
}

#[test]
fn what_is_mistyped_is_answered() {
    let project = Project::with(&[("schema/food.sql", "CREATE TABLE food (id int PRIMARY KEY);\n")]);
    let said = |arguments: &[&str]| project.fails(2, arguments);
    assert!(said(&["--evn", "prod", "diff"]).contains("'--env'"));
    assert!(said(&["diff", "--evn", "prod"]).contains("'--env'"));
    assert!(said(&["apply", "--dyr-run"]).contains("'--dry-run'"));
    assert!(said(&["version"]).contains("'--version'"));
    let formats = said(&["graph", "schema", "-o", "picture.png"]);
    assert!(formats.contains("error: `.png` is not among the formats that are written"), "{formats}");
    assert!(
        formats.contains("hint: they are `.svg`, `.mmd`, `.dot`, `.json`;")
            && !project.path("picture.png").exists()
    );
    project.done(&["graph", "schema", "-o", "picture.png", "--format", "dot"]);
    assert!(said(&["generate", ""]).contains("`` makes no name for a file"));
    project.write("schemadiff.yaml", "history: {table: \"\"}\n");
    assert!(said(&["status"]).contains("`history.table` is empty"));
}

#[test]
fn nothing_is_left_behind_by_what_only_reads() {
    let project = Project::empty();
    let told = project.fails(2, "dump");
    assert!(told.contains("no database is named, and this folder has no development database yet"), "{told}");
    assert!(!project.path(".schemadiff").exists());
}

#[test]
fn psql_leads_into_the_development_database() {
    let project = Project::with(&[("schema/food.sql", "CREATE TABLE food (id int PRIMARY KEY);\n")]);
    project.done("generate food");
    project.done("apply");
    project.done(&["psql", "-q", "-c", "INSERT INTO food VALUES (42)"]);
    assert_eq!(project.done(&["psql", "-At", "-c", "TABLE food"]), "42\n");
    assert!(project.fails(2, &["psql", "-c", "TABLE drink"]).contains("psql ended with"));
    let named = project.on("host=/nowhere user=nobody");
    assert!(named.fails(2, "psql").contains("psql reaches it by itself"));
}
