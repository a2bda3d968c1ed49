//! Renames and consent as a user states them: in the schema files, and by options of the binary.
#![allow(clippy::unwrap_used, dead_code)]

mod support {
    pub mod project;
    pub mod server;
}

use std::fs;

use support::project::Project;
use support::server::{Database, database, server};

/// The table of the first migration.
const USERS: &str = "create table users (id serial primary key, phone text, kcal integer not null);\n";

/// The same under other names, all of which are stated but for the last.
const ACCOUNTS: &str = "-- schemadiff: renamed from users
create table accounts (
    id serial primary key,
    -- schemadiff: renamed from phone
    telephone text,
    energy_kcal integer not null
);
";

/// A project with a database that has the first migration.
fn begun(database: &Database) -> Project {
    let url = format!("host={} user=postgres dbname={database}", server().folder().display());
    let project = Project::with(&[("schema/users.sql", USERS)]).on(&url);
    project.done("generate users");
    project.done("apply");
    project.write("schema/users.sql", ACCOUNTS);
    project
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({snapshot_path => "../snapshots/cli", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

#[tokio::test]
async fn stated_renames_are_kept_to_and_spent_afterwards() {
    let database = database().await;
    let project = begun(&database);
    let mut written = vec![];
    // Whether the desired catalog comes from the cache or not, and wherever the way begins, the file is the same.
    for from in ["", "", " --from migrations"] {
        project.done(&format!("generate names --rename users.kcal=energy_kcal{from}"));
        let files = ["migrations/0002_names.sql", "migrations/0002_names.down.sql"];
        written.push(files.map(|file| project.read(file)));
        for file in files {
            fs::remove_file(project.path(file)).unwrap();
        }
    }
    let [up, down] = &written[0];
    assert!(!up.contains("DROP") && !up.contains("ADD"), "{up}");
    assert!(up.contains("RENAME COLUMN kcal TO energy_kcal") && up.contains("Hazards: none"), "{up}");
    assert!(down.contains("RENAME COLUMN energy_kcal TO kcal"), "{down}");
    assert!(written.iter().all(|files| *files == written[0]));

    project.done("generate names --rename users.kcal=energy_kcal");
    project.done("apply");
    assert_eq!(project.done("generate"), "");
    assert_eq!(project.done("diff"), "");
    assert_eq!(project.done("diff migrations schema"), "");
}

#[tokio::test]
async fn what_cannot_be_meant_is_told() {
    let database = database().await;
    let project = begun(&database);
    let mut all = String::new();
    for line in [
        "generate",
        "generate --rename userz.kcal=energy_kcal",
        "generate --rename users.kcal=energy",
        "generate --rename users=energy-kcal",
        "generate --rename users.kcal=a.b.c.d",
    ] {
        let ended = project.run(line);
        assert_ne!(ended.code, 0, "{}", ended.words);
        all += &format!("$ schemadiff {line}\n{}\n", told(&ended.words));
    }
    for schema in [
        "create table users (id serial primary key,\n-- schemadiff: renamed from phone\nkcal integer not null);\n",
        "-- schemadiff: renamed from phone book\ncreate table users (id integer);\n",
        "-- schemadiff: renamed from a.b.c\ncreate table users (id integer);\n",
        "create table users (id serial primary key,\n-- schemadiff: renamed from phone\ncheck (id > 0));\n",
        "-- schemadiff: renamed from plus\ncreate operator |+| (function = int4pl, leftarg = int, rightarg = int);\n",
        "-- schemadiff: renamed from gone\ncreate table other (id integer);\n\
         create table users (id serial primary key, phone text, kcal integer not null);\n",
    ] {
        project.write("schema/users.sql", schema);
        all += &format!("{schema}{}\n", told(&project.run("generate --dry-run").words));
    }
    snapshot("renames", &all);
}

#[tokio::test]
async fn consent_in_the_schema_files_is_object_by_object() {
    let database = database().await;
    let project = begun(&database);
    let write = |name: &str| {
        let schema = format!("-- schemadiff: drop {name}\ncreate table users (id serial primary key);\n");
        project.write("schema/users.sql", schema);
    };
    write("public.users.phone");
    let refused = project.fails(1, "generate");
    assert!(refused.contains("column public.users.kcal"), "{refused}");
    assert!(!refused.contains("column public.users.phone"), "{refused}");

    for nothing in ["public.users", "other.users.phone", "use", "id", "public"] {
        write(nothing);
        let refused = project.fails(1, "generate --dry-run");
        assert!(refused.contains("column public.users.phone"), "{nothing}: {refused}");
    }
    // The whole, with all its parts; without a schema, where it is clear.
    for consent in ["public.users", "users"] {
        project.write("schema/users.sql", format!("-- schemadiff: drop {consent}\n"));
        project.done("generate --dry-run");
    }
}

/// What was said, without what differs from machine to machine.
fn told(words: &str) -> String {
    let lines = words.lines().filter(|line| !line.starts_with("scratch database:"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// What nobody is asked about is told: what differs by its name alone, and what calls it by that.
#[tokio::test]
async fn what_is_alike_is_told_where_nobody_can_be_asked() {
    let schema = "CREATE TABLE food (\n    id int PRIMARY KEY,\n    name text,\n    CONSTRAINT named CHECK (name <> '')\n);
CREATE INDEX food_name ON food (name);
CREATE FUNCTION twice(a int) RETURNS int LANGUAGE sql AS 'SELECT 2 * a';
CREATE VIEW names AS SELECT name FROM food;
CREATE SEQUENCE counter;
CREATE SCHEMA one;\n";
    let project = Project::with(&[("schema/food.sql", schema)]);
    project.done("generate first --from migrations");
    let pairs = [
        ("food_name ", "by_name "),
        ("twice", "double"),
        ("VIEW names", "VIEW all_names"),
        ("CONSTRAINT named", "CONSTRAINT has_name"),
        ("SCHEMA one", "SCHEMA two"),
    ];
    let renamed = pairs.iter().fold(schema.to_owned(), |text, (old, new)| text.replace(old, new));
    project.write("schema/food.sql", &renamed);
    let told = project.run("generate second --from migrations --dry-run").words;
    let notes = [
        "note: index public.food_name is dropped, and `by_name`, which is 100 % alike, is made: \
         `-- schemadiff: renamed from food_name` on the line before it, or `--rename public.food_name=by_name`, renames it",
        "note: function public.twice(integer) is dropped, and `double`,",
        "note: view public.names is dropped, and `all_names`,",
        "note: constraint named on public.food is dropped, and `has_name`,",
    ];
    for note in notes {
        assert!(told.contains(note), "{note}\n{told}");
    }
    assert_eq!(told.matches(" is dropped, and ").count(), notes.len(), "{told}");

    let fewer = schema.replace("    name text", "    label text").replace("(name", "(label");
    project.write("schema/food.sql", fewer.replace("SELECT name", "SELECT label AS name"));
    let refused = project.fails(1, "generate third --from migrations");
    assert!(refused.contains("if `name` has become `label` (100 % alike), say so"), "{refused}");
}
