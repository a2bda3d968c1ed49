//! Rows that a migration would fail on: counted when it is written, and looked for before it changes anything.
#![allow(clippy::unwrap_used)]

#[path = "support/project.rs"]
mod project;
#[path = "support/server.rs"]
mod server;

use project::Project;
use serde_json::Value;
use server::{Database, Session, connect, database};

const BEFORE: &str = "create table maker (id int primary key);
create table food (id int primary key, name text, kcal int, code text, maker_id int, mail text);\n";

const ROWS: &str = "insert into maker select generate_series(1, 9);
insert into food select g, nullif('n' || g, 'n7'), g - 3, repeat('x', g), g, 'M' || g % 9 from generate_series(1, 10) g;\n";

const AFTER: &str = "create table maker (id int primary key);
create table food (id int primary key, name text not null, kcal int check (kcal > 0), code varchar(8),
    maker_id int references maker, mail text);
create unique index food_mail on food (lower(mail));\n";

/// A project whose database has the rows, and whose schema files say this.
async fn scene(before: &str, rows: &str, after: &str) -> (Project, Session, Database) {
    let database = database().await;
    let client = connect(&database).await;
    let project = Project::with(&[("schema/all.sql", before)]).on(&database.connection_string());
    for line in ["generate first", "apply"] {
        project.done(line);
    }
    client.batch_execute(rows).await.unwrap();
    project.write("schema/all.sql", after);
    (project, client, database)
}

#[tokio::test]
async fn rows_in_the_way_are_counted_and_named() {
    let (project, client, _database) = scene(BEFORE, ROWS, AFTER).await;
    let said = project.ends(0, "generate second").words;
    for line in [
        "warning: rows of `public.food` without `name`: 1, the first with `id` 7\n",
        "warning: rows of `public.food` that do not satisfy `food_kcal_check`: 3, the first with `id` 1, 2, 3\n",
        "warning: rows of `public.food` whose `code` is no `character varying(8)`: 2, the first with `id` 9, 10\n",
        "warning: rows of `public.food` whose `maker_id` is not in `public.maker`: 1, the first with `id` 10\n",
        "warning: rows of `public.food` that share their `lower(mail)` with others: 2, the first with `id` 1, 10\n",
        "hint: change these rows, then run the migration\n",
    ] {
        assert!(said.contains(line), "{line}{said}");
    }
    assert!(!said.contains("note: "), "{said}");
    let failed = project.fails(2, "apply");
    assert!(failed.contains("error: rows of `public.food` ") && failed.contains("was kept"), "{failed}");
    assert!(failed.contains("hint: change these rows, then run the migration"), "{failed}");
    // One after the other is mended; each is told of in its turn.
    for mend in [
        "update food set name = 'n7' where id = 7",
        "update food set kcal = 1 where id <= 3",
        "update food set code = 'x' where id >= 9",
        "update food set mail = 'other' where id = 10",
    ] {
        client.batch_execute(mend).await.unwrap();
        project.fails(2, "apply");
    }
    client.batch_execute("insert into maker values (10)").await.unwrap();
    project.done("apply");
    assert!(project.ends(0, "generate").words.contains("Nothing to do"));
}

#[tokio::test]
async fn rows_outside_the_bounds_of_a_partition_are_counted() {
    let before = "create table visit (room int, day date) partition by list (room);
create table hall partition of visit for values in (1, 2);
create table elsewhere partition of visit default;
create table cellar (room int, day date);\n";
    let rows = "insert into visit values (1, '2025-01-01'), (2, '2025-01-01'), (3, '2025-01-01'); insert into cellar values (5, null);";
    let after = "create table visit (room int, day date) partition by list (room);
create table hall partition of visit for values in (1);
create table elsewhere partition of visit default;
create table attic partition of visit for values in (3);
create table cellar partition of visit for values in (4);\n";
    let (project, client, _database) = scene(before, rows, after).await;
    let said = project.ends(0, "generate second").words;
    for line in [
        "warning: rows of `public.hall` that have no place in `FOR VALUES IN (1)`: 1,",
        "warning: rows of `public.elsewhere` that belong in `public.attic`: 1,",
        "warning: rows of `public.cellar` that have no place in `FOR VALUES IN (4)`: 1,",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(!said.contains("note: "), "{said}");
    assert!(project.fails(2, "apply").contains("error: rows of `public."));
    client.batch_execute("delete from visit where room > 1; update cellar set room = 4").await.unwrap();
    project.done("apply");
    assert!(project.ends(0, "generate").words.contains("Nothing to do"));
}

#[tokio::test]
async fn on_a_table_in_use_nothing_is_left_behind() {
    let (project, client, _database) = scene(BEFORE, ROWS, AFTER).await;
    project.done("generate second --online always");
    let text = project.read("migrations/0002_second.sql");
    let (check, rest) = text.split_once("-- schemadiff: transaction").unwrap();
    assert!(check.contains("-- schemadiff: no-transaction\nDO") && rest.contains("CONCURRENTLY"), "{text}");
    project.fails(2, "apply");
    let left = "SELECT (SELECT count(*) FROM pg_class WHERE relname = 'food_mail')
                     + (SELECT count(*) FROM pg_constraint WHERE conrelid = 'food'::regclass AND contype <> 'p')";
    assert_eq!(client.query_one(left, &[]).await.unwrap().get::<_, i64>(0), 0);
    client.batch_execute("truncate food").await.unwrap();
    project.done("apply");
    // What was done is no reason to fail when the file is run again.
    client.batch_execute("insert into food values (1, 'a', 1, 'a', 1, 'a'); delete from schemadiff.schema_migrations where version = 2").await.unwrap();
    project.done("apply");
}

#[tokio::test]
async fn a_new_column_needs_a_default_where_there_are_rows() {
    let after = "create table maker (id int primary key, \"of %\" text not null);\n";
    let (project, client, _database) =
        scene("create table maker (id int primary key);\n", "insert into maker values (3), (5)", after).await;
    let said = project.ends(0, "generate second").words;
    let told = "rows of `public.maker` that have no value for the new column `\"of %\"`: 2, the first with `id` 3, 5";
    assert!(said.contains(&format!("warning: {told}\n")), "{said}");
    assert!(said.contains("hint: give the column a default, or let it be NULL until"), "{said}");
    assert!(project.fails(2, "apply").contains(&format!("error: {told}\n")));
    client.batch_execute("delete from maker").await.unwrap();
    project.done("apply");
    client
        .batch_execute(
            "insert into maker values (1, 'a'); delete from schemadiff.schema_migrations where version = 2",
        )
        .await
        .unwrap();
    project.done("apply");
}

#[tokio::test]
async fn what_a_person_has_written_is_no_key_to_be_shown() {
    let before = "create table reader (mail text primary key, name text);\n";
    let (project, _client, _database) = scene(
        before,
        "insert into reader values ('ann@example.org', null)",
        "create table reader (mail text primary key, name text not null);\n",
    )
    .await;
    let said = project.ends(0, "generate second").printed();
    assert!(said.contains("without `name`: 1, the first with `ctid` (0,1)\n"), "{said}");
    assert!(!project.fails(2, "apply").contains("example.org"));
}

#[tokio::test]
async fn what_cannot_be_counted_is_said() {
    let hidden = "alter table maker enable row level security;\n";
    let (project, client, database) =
        scene(&format!("{BEFORE}{hidden}"), ROWS, &format!("{AFTER}{hidden}")).await;
    let json: Value = serde_json::from_str(&project.done("generate --dry-run --format json")).unwrap();
    let found = json["prechecks"].as_array().unwrap();
    assert_eq!(found.len(), 5);
    assert!(found.iter().all(|one| one["rows"].as_u64() > Some(0) && one["not_counted"].is_null()), "{json}");
    let none = project.ends(0, "generate --from migrations --dry-run").words;
    assert!(
        none.contains("note: whether rows are in the way of column public.food.name is not known: no live"),
        "{none}"
    );
    let reader = "create role counting_reader login; grant usage on schema schemadiff to counting_reader;
        grant select on all tables in schema public, schemadiff to counting_reader";
    client.batch_execute(reader).await.unwrap();
    let user = database.connection_string().replace("user=postgres", "user=counting_reader");
    let said = project.on(&user).ends(0, "generate --dry-run").words;
    assert!(
        said.contains("food_maker_id_fkey on public.food is not known: query would be affected by row-level"),
        "{said}"
    );
    assert!(said.contains("without `name`: 1, the first"), "{said}");
}

#[tokio::test]
async fn what_would_be_lost_is_told_with_its_rows() {
    let (project, client, _database) =
        scene(BEFORE, ROWS, "create table maker (id int primary key);\n").await;
    let refused = project.ends(1, "generate second").words;
    assert!(refused.contains("  table public.food (10 rows, "), "{refused}");
    let said = project.ends(0, "generate second --allow-destructive").words;
    assert!(said.contains("warning: this deletes table public.food (10 rows, "), "{said}");
    let text = project.read("migrations/0002_second.sql");
    assert!(text.contains("-- Hazards: deletes data: table public.food (10 rows, "), "{text}");
    assert!(!project.read("migrations/0002_second.down.sql").contains("rows,"));
    project.done("apply");
    let without_rows = "create table maker (id int primary key, note text);\n";
    project.write("schema/all.sql", without_rows);
    project.done("generate third");
    project.done("apply");
    client.batch_execute("update maker set note = 'x' where id < 3").await.unwrap();
    project.write("schema/all.sql", "create table maker (id int primary key);\n");
    let json = project.done("generate --dry-run --format json --allow-destructive");
    let json: Value = serde_json::from_str(&json).unwrap();
    let lost = serde_json::json!({
        "object": "column public.maker.note", "cut": null, "extent": {"rows": 2, "exact": true, "bytes": null}, "consent": "`--allow-destructive`"
    });
    assert_eq!(json["losses"][0], lost);
    assert!(json["hazards"][0].as_str().unwrap().ends_with("column public.maker.note (2 values)"), "{json}");
}

#[tokio::test]
async fn values_that_are_rounded_are_not_called_dropped() {
    let (project, _client, _database) = scene(
        "create table price (id int primary key, amount numeric);\n",
        "insert into price values (1, 1.25), (2, 2), (3, null)",
        "create table price (id int primary key, amount numeric(6,1));\n",
    )
    .await;
    let refused = project.ends(1, "generate second").words;
    assert!(
        refused.contains("  column public.price.amount, numeric to numeric(6,1) (2 values)\n"),
        "{refused}"
    );
    project.done("generate second --allow-destructive");
    let text = project.read("migrations/0002_second.sql");
    for hazard in [
        "rounds or cuts values: column public.price.amount, numeric to numeric(6,1) (2 values)\n",
        "rewrites: table public.price (ACCESS EXCLUSIVE lock: others wait to read and to write)\n",
    ] {
        assert!(text.contains(hazard), "{text}");
    }
    // What is measured is what the header says, and is said once.
    let review: Value = serde_json::from_str(&project.done("review 0002 --format json")).unwrap();
    let reviewed = &review["migrations"][0];
    let hazards = reviewed["hazards"].as_array().unwrap();
    assert_eq!(
        hazards.iter().filter(|hazard| hazard.as_str().unwrap().contains("amount, numeric")).count(),
        1
    );
    assert!(!hazards.iter().any(|hazard| hazard.as_str().unwrap().contains("deletes data")), "{hazards:?}");
    assert_eq!(reviewed["tables"][0]["lock"], "ACCESS EXCLUSIVE");
    project.done("apply");
    project.fails(1, "rollback --to 0");
}

#[tokio::test]
async fn columns_may_be_called_as_what_looks_at_them_is() {
    let before = "create table thing (found int primary key, unfit text, key text, place text, complaint text, it int, other int);\n";
    let rows = "insert into thing values (1, 'a', 'a', 'a', 'a', 1, 1), (2, 'b', 'a', 'b', null, 1, null)";
    let after = "create table thing (
        found int primary key, unfit text not null unique, key text not null, place text not null unique,
        complaint text check (complaint <> 'found'), it int, other int references thing\n);\n";
    let (project, _client, _database) = scene(before, rows, after).await;
    let said = project.ends(0, "generate second").words;
    assert!(!said.contains("warning: ") && !said.contains("note: whether"), "{said}");
    project.done("apply");
    project.done("rollback --to 1");
}
