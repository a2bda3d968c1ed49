//! `lint` from outside: what it prints, how it ends, and that the running example follows its own advice.
#![allow(clippy::unwrap_used)]

#[path = "support/project.rs"]
mod project;

use std::process::Command;

use project::Project;

const SCHEMA: &str = "\
CREATE TABLE account (id bigint PRIMARY KEY);
CREATE TABLE food (
    id bigserial PRIMARY KEY,
    -- schemadiff: allow timestamp-without-time-zone: when the shop says so
    bought timestamp,
    account_id bigint REFERENCES account
);
";

const BY_HAND: &str = "\
-- schemadiff: allow drop-column: nobody has read it since May
ALTER TABLE food DROP COLUMN brand;
CREATE INDEX food_bought_idx
    ON food (bought);
";

const GENERATED: &str = "\
-- Migration: 0001_food
-- Proven: PostgreSQL 15, up, up again, down

CREATE INDEX food_account_idx ON food (account_id);
";

fn project() -> Project {
    Project::with(&[
        ("schema/food.sql", SCHEMA),
        ("migrations/0001_food.sql", GENERATED),
        ("migrations/0002_bought.sql", BY_HAND),
        ("migrations/0002_bought.down.sql", "ALTER TABLE food DROP COLUMN bought;"),
    ])
}

#[test]
fn findings_are_told_with_their_places() {
    let ended = project().run("lint");
    assert_eq!(ended.code, 1);
    let places: Vec<&str> = ended.data.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(
        places,
        [
            "schema/food.sql:3: serial-instead-of-identity: column `id` is a `bigserial`",
            "schema/food.sql:6: foreign-key-without-index: no index of `food` begins with `account_id`, a foreign key",
            "migrations/0002_bought.sql:4: create-index-not-concurrently: an index on `food` is built at once",
        ]
    );
    assert_eq!(ended.words, "2 files, 4 statements: 3 findings.\n1 generated migration passed over.\n");
}

#[test]
fn programs_read_json() {
    let data = project().run("lint --format json migrations/0002_bought.sql").data;
    let report: serde_json::Value = serde_json::from_str(&data).unwrap();
    let finding = &report["findings"][0];
    assert_eq!(report["statements"], 2);
    assert_eq!(finding["rule"], "create-index-not-concurrently");
    assert_eq!(finding["file"], "migrations/0002_bought.sql");
    assert_eq!(finding["line"], 4);
    assert!(finding["message"].is_string() && finding["remedy"].is_string());
    let rules: serde_json::Value =
        serde_json::from_str(&project().done("lint --rules --format json")).unwrap();
    assert!(rules["rules"].as_array().unwrap().len() > 24);
}

#[test]
fn reviews_show_findings_beside_the_lines() {
    let github = project().fails(1, "lint --format github");
    let first = "::warning file=schema/food.sql,line=3,title=serial-instead-of-identity::column `id` is a `bigserial`";
    assert!(github.starts_with(first), "{github}");
    assert!(
        github.lines().filter(|line| line.starts_with("::warning ")).all(|line| line.contains("%0A")),
        "{github}"
    );

    let log: serde_json::Value = serde_json::from_str(&project().run("lint --format sarif").data).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "schemadiff");
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        assert!(rules.contains(&result["ruleId"].as_str().unwrap()), "{result}");
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()), "{result}");
        assert!(!result["message"]["text"].as_str().unwrap().is_empty(), "{result}");
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1, "{result}");
        assert!(place["artifactLocation"]["uri"].as_str().unwrap().ends_with(".sql"), "{result}");
    }
    let check = project().fails(1, "check --format github");
    assert!(check.contains("::error "), "{check}");
    assert!(project().fails(2, "status --format sarif").contains("invalid value 'sarif'"));
}

#[test]
fn only_what_was_asked_for_is_looked_at() {
    let project = project();
    assert_eq!(project.run("lint migrations --since 3").words, "0 files, 0 statements: nothing found.\n");
    project.write("schema/index.sql", "CREATE INDEX ON food (account_id);");
    let words = project.fails(1, "lint schema/food.sql");
    assert!(!words.contains("foreign-key") && words.contains("1 file, 2 statements: 1 finding."), "{words}");
    assert!(
        project.fails(2, "lint nowhere").starts_with("error: there is no file or folder `nowhere`\nhint: ")
    );
    project.write("schema/index.sql", "-- schemadiff: allow dropcolumn\nSELECT 1;");
    let words = project.fails(2, "lint");
    assert!(
        words.contains("schema/index.sql:1:22") && words.contains("did you mean `drop-column`?"),
        "{words}"
    );
}

#[test]
fn schema_files_may_be_numbered() {
    let project = Project::with(&[("schema/01_food.sql", "CREATE TABLE food (name varchar(40));\n")]);
    for line in ["lint", "lint --since 7", "lint schema/01_food.sql"] {
        let found = project.fails(1, line);
        assert!(
            found.contains("table-without-primary-key") && found.contains("varchar-with-length"),
            "{found}"
        );
    }
}

#[test]
fn what_is_allowed_stops_nothing() {
    let planned = project().run("apply --dry-run --database-url postgres://nobody@127.0.0.1:1/none");
    assert!(!planned.words.contains("annotation"), "{}", planned.words);
    let script =
        schemadiff::migration::Migration::parse("migrations/0002_bought.sql".as_ref(), BY_HAND).unwrap();
    assert_eq!(script.sections[0].statements.len(), 2);
    let source = schemadiff::source::Source::from_texts([("food.sql".into(), SCHEMA.to_owned())]).unwrap();
    assert_eq!(source.statements[1].annotations.len(), 1);
}

#[test]
fn the_running_example_follows_the_advice() {
    let folder = env!("CARGO_MANIFEST_DIR");
    let ended =
        Command::new(env!("CARGO_BIN_EXE_schemadiff")).arg("lint").current_dir(folder).output().unwrap();
    let printed = String::from_utf8(ended.stdout).unwrap() + &String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(0), "{printed}");
    assert!(printed.contains("generated migrations passed over"), "{printed}");
}
