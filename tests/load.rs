//! Schemas executed on a real server: order, patience, settings, and errors at their place.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use schemadiff::postgres::load::{Loaded, load};
use schemadiff::source::Source;
use schemadiff::{Error, Result};
use tokio_postgres::Client;

mod support {
    pub mod server;
}

use support::server::{connect, database};

fn source(files: &[(&str, &str)]) -> Source {
    Source::from_texts(files.iter().map(|(name, text)| (PathBuf::from(name), (*text).to_owned())))
        .expect("readable")
}

async fn fresh(client: &Client) {
    let reset = "DROP SCHEMA IF EXISTS shop, other CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public; RESET ALL";
    client.batch_execute(reset).await.expect("a fresh database");
}

async fn loads(client: &Client, files: &[(&str, &str)]) -> Result<Loaded> {
    fresh(client).await;
    load(client, &source(files)).await
}

async fn fails(client: &Client, files: &[(&str, &str)]) -> Error {
    loads(client, files).await.expect_err("this cannot be loaded")
}

async fn one(client: &Client, query: &str) -> String {
    client.query_one(query, &[]).await.expect("a row").get(0)
}

#[tokio::test]
async fn loading() {
    let client = connect(&database().await).await;
    order(&client).await;
    settings(&client).await;
    alone(&client).await;
    errors(&client).await;
}

async fn order(client: &Client) {
    let in_order = [("a.sql", "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a);")];
    let loaded = loads(client, &in_order).await.expect("loads");
    assert_eq!(loaded, Loaded { executed: 2, postponed: 0, rounds: 1 });

    let files = [
        ("1.sql", "CREATE VIEW shop.v AS SELECT id FROM shop.t; ALTER TABLE shop.t ADD COLUMN m shop.mood;"),
        ("2.sql", "CREATE TABLE shop.t (id int); COMMENT ON COLUMN shop.t.m IS 'x';"),
        ("3.sql", "CREATE TYPE shop.mood AS ENUM ('a'); CREATE SCHEMA shop;"),
    ];
    let loaded = loads(client, &files).await.expect("loads");
    assert_eq!((loaded.executed, loaded.postponed), (6, 0), "all of it follows from the names");

    let key_later = [
        ("1.sql", "CREATE TABLE a (id int); CREATE TABLE b (a int REFERENCES a (id));"),
        ("2.sql", "ALTER TABLE a ADD PRIMARY KEY (id);"),
    ];
    let loaded = loads(client, &key_later).await.expect("loads");
    assert_eq!((loaded.executed, loaded.postponed, loaded.rounds), (3, 1, 2));

    // The index lacks that of one partition, and stays so: whatever is attached later would be given one.
    let incomplete = [
        ("p.sql", "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE UNIQUE INDEX i ON ONLY p (a);"),
        ("p1.sql", "CREATE TABLE p1 (a int); ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1); CREATE UNIQUE INDEX p1_a_idx ON p1 (a);
            ALTER INDEX i ATTACH PARTITION p1_a_idx;"),
        ("p2.sql", "CREATE TABLE p2 (a int); ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2);"),
    ];
    let loaded = loads(client, &incomplete).await.expect("loads");
    assert_eq!((loaded.executed, loaded.postponed), (8, 0));
    let indexes = "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind IN ('i', 'I') AND oid > 16384
        AND relnamespace = 'public'::regnamespace";
    assert_eq!(one(client, indexes).await, "i p1_a_idx");

    // This one is given those of all partitions, whatever the names of the files.
    let complete = [
        ("1.sql", "CREATE TABLE p1 (a int); ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);"),
        ("2.sql", "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE INDEX i ON ONLY p (a);"),
    ];
    let loaded = loads(client, &complete).await.expect("loads");
    assert_eq!((loaded.executed, loaded.postponed), (4, 0));
    assert_eq!(one(client, indexes).await, "i p1_a_idx");
}

async fn settings(client: &Client) {
    let files = [
        ("1.sql", "SET search_path = shop; CREATE TABLE t (id int); CREATE VIEW v AS SELECT * FROM other.u;"),
        ("2.sql", "CREATE SCHEMA shop; CREATE SCHEMA other; CREATE TABLE here (id int);"),
        (
            "3.sql",
            "BEGIN; SET LOCAL search_path TO other; CREATE TABLE u (id int); COMMIT; CREATE TABLE w (id int);",
        ),
    ];
    loads(client, &files).await.expect("loads");
    let list = "SELECT string_agg(schemaname || '.' || tablename, ' ' ORDER BY 1) FROM pg_tables
                WHERE schemaname IN ('shop', 'other', 'public')";
    let list = one(client, &list.replace("ORDER BY 1", "ORDER BY schemaname || tablename")).await;
    assert_eq!(list, "other.u public.here public.w shop.t");
    assert_eq!(one(client, "SHOW search_path").await, "\"$user\", public", "reset behind the last file");
    assert_eq!(one(client, "SHOW check_function_bodies").await, "on");
}

async fn alone(client: &Client) {
    let text = "CREATE TABLE t (id int); CREATE INDEX CONCURRENTLY i ON t (id); CREATE TYPE m AS ENUM ('a');
                ALTER TYPE m ADD VALUE 'b'; CREATE TABLE u (m m DEFAULT 'b'); DO $$BEGIN COMMIT; END$$;
                CREATE SUBSCRIPTION s CONNECTION 'host=nowhere.invalid' PUBLICATION p WITH (enabled = true, binary = on);";
    loads(client, &[("a.sql", text)]).await.expect("loads");
    let said = "SELECT subbinary || ' ' || subenabled FROM pg_subscription";
    assert_eq!(one(client, said).await, "true false");
    let drop = "ALTER SUBSCRIPTION s SET (slot_name = NONE)";
    client.batch_execute(drop).await.expect("no slot");
    client.batch_execute("DROP SUBSCRIPTION s").await.expect("dropped");
}

async fn errors(client: &Client) {
    let text = "CREATE SCHEMA shop;\nCREATE TYPE shop.mood AS ENUM ('ä');\nCREATE TABLE shop.t (\n    \
                \"größe\" int,\n    feeling moood NOT NULL\n);\nCREATE VIEW shop.v AS SELECT 1 FROM shop.t;";
    let error = fails(client, &[("schema/tables.sql", text)]).await;
    assert_eq!(
        error.to_string(),
        "type \"moood\" does not exist\n --> schema/tables.sql:5:13\n  |\n5 |     feeling moood NOT NULL\n  |             \
         ^^^^^\nhint: did you mean shop.mood?"
    );
    let cases = [
        ("CREATE TABLE t (id int);\nCREATE TABLE t (id int);", "2:14", "also created at a.sql:1"),
        ("CREATE TABLE t (id int);\nCREATE VIEW v AS SELECT idd FROM t;", "2:25", "did you mean"),
        ("CREATE TABLE t (id int);\nCREATE INDEX ON t (ids);", "2:20", "did you mean id?"),
        (
            "CREATE TABLE users (id int);\nALTER TABLE public.usres ADD x int;",
            "2:20",
            "did you mean public.users?",
        ),
        ("CREATE TABLE t (id int DEFAULT :start);", "1:32", "variables of psql"),
        ("CREATE TABLE t (\n id int,,\n x int);", "2:9", ""),
    ];
    for (text, place, hint) in cases {
        let told = fails(client, &[("a.sql", text)]).await.to_string();
        assert!(told.contains(&format!("a.sql:{place}\n")) && told.contains(hint), "{text}\n{told}");
    }
}
