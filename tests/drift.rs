//! A database that is not what a migration was made for, or not what its history says; and why a statement is there.
#![allow(clippy::unwrap_used)]

mod support {
    #![allow(dead_code)]
    pub mod project;
    pub mod server;
}

use support::project::Project;
use support::server::{Database, connect, database};

const FOOD: &str = "CREATE TABLE food (id bigint PRIMARY KEY, name text);\n";
const MEAL: &str = "CREATE TABLE meal (id bigint PRIMARY KEY);\n";

/// A project with one migration that is applied, and one that is not: it adds a column to `food`, and makes `menu`.
async fn project(database: &Database) -> Project {
    let project = Project::with(&[("schema/food.sql", FOOD), ("schema/meal.sql", MEAL)]);
    let project = project.on(&database.connection_string());
    project.done("generate first");
    project.done("apply");
    project.write("schema/food.sql", FOOD.replace("name text", "name text, brand text"));
    project.write("schema/menu.sql", "CREATE TABLE menu (id bigint PRIMARY KEY);\n");
    project.done("generate brands");
    project
}

#[tokio::test]
async fn what_differs_is_named_before_anything_runs() {
    let database = database().await;
    let project = project(&database).await;
    let header = project.read("migrations/0002_brands.sql").replace("\n--   ", " ");
    assert!(
        header.contains("-- Made for: PostgreSQL ") && header.contains("; table public.food "),
        "{header}"
    );
    assert!(header.contains("; no table public.menu\n"), "{header}");
    assert!(!project.read("migrations/0001_first.sql").contains("Made for"));

    let client = connect(&database).await;
    // Not touched by what is pending, a comment, another owner's rights: none of it matters here.
    let harmless = "ALTER TABLE meal ADD COLUMN taste text; COMMENT ON TABLE food IS 'eaten'; GRANT SELECT ON food TO PUBLIC";
    client.batch_execute(harmless).await.unwrap();
    let told = project.run("apply --on-drift stop --dry-run");
    assert_eq!((told.code, told.words.contains("made for")), (0, false), "{}", told.words);

    client
        .batch_execute("ALTER TABLE food ALTER name SET NOT NULL; CREATE TABLE menu (id int)")
        .await
        .unwrap();
    let said = project.fails(1, "apply --on-drift stop");
    assert!(said.contains("the database is not what 0002_brands was made for:"), "{said}");
    assert!(said.contains("\n  table public.food is not what it was\n"), "{said}");
    assert!(said.contains("\n  table public.menu is there already\n") && !said.contains("meal"), "{said}");
    assert!(project.done("status").contains("0002_brands  pending"));

    project.write("schemadiff.yaml", "environments: {prod: {on_drift: stop}}\n");
    project.fails(1, "apply --env prod");
    assert!(!project.run("apply --on-drift ignore --dry-run").words.contains("made for"));
    let told = project.run("apply").words;
    assert!(told.contains("warning: the database is not what 0002_brands was made for"), "{told}");
    assert!(project.run("status").data.contains("0002_brands  applied"));
}

#[tokio::test]
async fn what_was_made_on_another_version_is_not_compared() {
    let database = database().await;
    let project = project(&database).await;
    let file = "migrations/0002_brands.sql";
    project.write(file, project.read(file).replace("Made for: PostgreSQL 1", "Made for: PostgreSQL 9"));
    connect(&database).await.batch_execute("ALTER TABLE food ADD COLUMN gone int").await.unwrap();
    let said = project.fails(1, "apply --on-drift stop");
    assert!(said.contains("whether the database is what 0002_brands was made for cannot be told"), "{said}");
    project.done("apply --on-drift warn");
}

#[tokio::test]
async fn status_tells_whether_the_database_is_what_its_history_says() {
    let database = database().await;
    let project = project(&database).await;
    let ended = project.run("status --drift");
    assert!(ended.words.contains("The database is what its history says."), "{}", ended.words);
    assert_eq!(project.run("status --drift --exit-code").code, 1, "0002 is pending");
    project.done("apply");
    assert_eq!(project.run("status --drift --exit-code").code, 0);

    connect(&database).await.batch_execute("CREATE INDEX by_hand ON food (name)").await.unwrap();
    let ended = project.run("status --drift --exit-code");
    assert!(
        ended.code == 1 && ended.data.ends_with("  - index public.by_hand\n"),
        "{}{}",
        ended.data,
        ended.words
    );
    let json = project.done("status --drift --format json");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["drift"][0]["object"], "index public.by_hand");
    assert_eq!(json["migrations"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_statement_has_a_reason() {
    let project = Project::with(&[("schema/food.sql", FOOD), ("schema/meal.sql", MEAL)]);
    project.done("generate first --from migrations");
    let view = "CREATE VIEW names AS SELECT count(name) AS how_many FROM food;\n";
    project.write("schema/names.sql", format!("\n{view}"));
    project.done("generate names --from migrations");
    let line = |file: &str, words: &str| {
        let text = project.read(file);
        text.lines().position(|line| line.starts_with(words)).unwrap() + 1
    };
    let file = "migrations/0002_names.sql";
    let said = project.done(&format!("why 0002:{}", line(file, "CREATE OR REPLACE VIEW")));
    assert!(said.contains("\nserves   + view public.names\nstated   schema/names.sql:2\n"), "{said}");

    project.write("schema/food.sql", FOOD.replace("name text", "name varchar(9)"));
    project.done("generate shorter --from migrations");
    let file = "migrations/0003_shorter.sql";
    let said = project.done(&format!("why {file}:{}", line(file, "DROP VIEW")));
    assert!(said.contains("serves   others: view public.names is in their way"), "{said}");
    let said = project.done(&format!("why {file}:{}", line(file, "ALTER TABLE")));
    assert!(
        said.contains("serves   ~ column public.food.name: ") && said.contains("after    view public.names"),
        "{said}"
    );
    assert!(said.contains("stated   schema/food.sql:1"), "{said}");
    let down = "migrations/0003_shorter.down.sql";
    let said = project.done(&format!("why {down}:{}", line(down, "ALTER TABLE")));
    assert!(said.contains("serves   ~ column public.food.name: "), "{said}");

    // Things of other kinds may bear the same name.
    let maker = "CREATE FUNCTION maker() RETURNS int LANGUAGE sql AS 'SELECT 1';\n";
    project.write("schema/a.sql", maker);
    project.write("schema/maker.sql", "\nCREATE TABLE maker (\n    id int,\n    brand text\n);\n");
    project.done("generate makers --from migrations");
    let file = "migrations/0004_makers.sql";
    let said = project.done(&format!("why 0004_makers:{}", line(file, "CREATE TABLE")));
    assert!(said.contains("stated   schema/maker.sql:2\n"), "{said}");

    let renamed = "CREATE TABLE maker (\n    id int,\n    -- schemadiff: renamed from brand\n    label text NOT NULL\n);\n";
    project.write("schema/maker.sql", renamed);
    project.done("generate labels --from migrations");
    let file = "migrations/0005_labels.sql";
    let text = project.read(file);
    let place = text.lines().position(|line| line.contains("RENAME COLUMN brand TO label")).unwrap() + 1;
    let said = project.done(&format!("why {file}:{place}"));
    let reason = "serves   ~ column public.maker.brand: renamed to label\nstated   schema/maker.sql:4\n";
    assert!(said.contains(reason), "{said}");
    let said =
        project.done(&format!("why {file}:{}", line(file, "ALTER TABLE public.maker ALTER COLUMN label")));
    assert!(said.contains("serves   ~ column public.maker.label: not_null"), "{said}");
    let down = "migrations/0005_labels.down.sql";
    let text = project.read(down);
    let place = text.lines().position(|line| line.contains("RENAME COLUMN label TO brand")).unwrap() + 1;
    let said = project.done(&format!("why {down}:{place}"));
    assert!(said.contains("serves   ~ column public.maker.label: renamed to brand\n"), "{said}");

    project.write("migrations/0006_rows.sql", "-- by hand\nDELETE FROM food;\n");
    assert!(project.done("why 0006:2").contains("written or edited by hand"));
    assert!(project.fails(2, "why 0006:1").contains("no statement stands on line 1"));
    assert!(project.fails(2, "why 0009:1").contains("there is no migration `0009`"));
    assert!(project.fails(2, "why 0006").contains("expected FILE:LINE"));
}

#[tokio::test]
async fn each_change_says_where_it_is_stated() {
    let schema = "CREATE TABLE food (\n    id int PRIMARY KEY,\n    name text\n);\nCREATE INDEX food_name_idx ON food (name);\n";
    let project = Project::with(&[("schema/food.sql", schema)]);
    project.done("generate first --from migrations");
    let schema = schema.replace("name text\n", "name varchar(9),\n    maker text\n");
    let schema = schema.replace("food_name_idx", "by_name")
        + "ALTER TABLE ONLY food\n    ADD CONSTRAINT named CHECK (name <> '');
CREATE FUNCTION twice(a text) RETURNS text LANGUAGE sql AS 'SELECT a || a';
CREATE FUNCTION twice(a int) RETURNS int LANGUAGE sql AS 'SELECT a + a';\n";
    project.write("schema/food.sql", schema);
    let ended = project.run("diff migrations schema");
    let places = [
        "  drop index public.food_name_idx\n",
        "  alter column public.food.name (schema/food.sql:3)\n",
        "  create column public.food.maker (schema/food.sql:4)\n",
        "  create index public.by_name (schema/food.sql:6)\n",
        "  create constraint named on public.food (schema/food.sql:8)\n",
        "  create function public.twice(pg_catalog.text) (schema/food.sql:9)\n",
        "  create function public.twice(integer) (schema/food.sql:10)\n",
    ];
    for place in places {
        assert!(ended.words.contains(place), "{place}{}", ended.words);
    }
    let changes: serde_json::Value =
        serde_json::from_str(&project.run("diff migrations schema --format json").data).unwrap();
    let column =
        changes.as_array().unwrap().iter().find(|change| change["object"] == "column public.food.maker");
    assert_eq!(column.unwrap()["stated"]["file"], "schema/food.sql");
    assert_eq!(column.unwrap()["stated"]["line"], 4);
    assert!(project.fails(1, "check").contains("+ column public.food.maker (schema/food.sql:4)"));
    let told = project.run("generate more --from migrations").words;
    assert!(told.contains("  create index public.by_name (schema/food.sql:6)\n"), "{told}");
    assert!(!project.read("migrations/0002_more.sql").contains("food.sql"));
}

#[tokio::test]
async fn a_header_names_all_that_a_migration_touches() {
    let database = database().await;
    let tables = |columns: &str| -> String {
        (10..50).map(|number| format!("CREATE TABLE t{number} (id bigint{columns});\n")).collect()
    };
    let project = Project::with(&[("schema/tables.sql", &tables(""))]).on(&database.connection_string());
    project.done("generate first");
    project.done("apply");
    project.write("schema/tables.sql", tables(", note text"));
    project.done("generate notes");
    connect(&database).await.batch_execute("ALTER TABLE t49 ADD COLUMN other text").await.unwrap();
    let said = project.fails(1, "apply --on-drift stop");
    assert!(said.contains("table public.t49 is not what it was"), "{said}");
}
