//! Catalogs are read in one view, be it by two sessions.
#![allow(clippy::unwrap_used)]

use schemadiff::plan::changes;
use schemadiff::postgres::introspect::{Reader, Scope, survey, survey_shared};
use tokio_postgres::{Client, NoTls};

#[path = "support/server.rs"]
mod server;

use server::{Database, connect, database};

const TABLES: &str = "DO $$
BEGIN
    FOR number IN 1..300 LOOP
        EXECUTE format('CREATE TABLE t%s (id bigint PRIMARY KEY, note text DEFAULT %L CHECK (note <> %L))', number, 'x', '');
        EXECUTE format('CREATE INDEX ON t%s (note)', number);
    END LOOP;
END
$$";

async fn another(database: &Database) -> Client {
    let (client, connection) = tokio_postgres::connect(&database.connection_string(), NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

#[tokio::test]
async fn two_sessions_see_what_one_sees() {
    let (database, scope) = (database().await, Scope::default());
    let client = connect(&database).await;
    client.batch_execute(TABLES).await.unwrap();
    let before = survey(&client, &scope).await.unwrap().catalog;

    let absent = async { None };
    let alone = survey_shared(&client, absent, &scope).await.unwrap();
    assert!(changes(&before, &alone.catalog).is_empty());

    // What is made while the first reads is not there for the second either, or for both.
    let late = async {
        connect(&database).await.batch_execute("CREATE TABLE late (id bigint PRIMARY KEY)").await.unwrap();
        Some(another(&database).await)
    };
    let shared = survey_shared(&client, late, &scope).await.unwrap();
    let after = survey(&client, &scope).await.unwrap();
    let differences = [&before, &after.catalog].map(|catalog| changes(catalog, &shared.catalog).len());
    assert!(differences.contains(&0), "{differences:?}");
    assert_eq!(after.unmanaged, shared.unmanaged);

    let together = survey_shared(&client, async { Some(another(&database).await) }, &scope).await.unwrap();
    assert!(changes(&after.catalog, &together.catalog).is_empty());
    assert_eq!(after.unmanaged, together.unmanaged);
}

#[tokio::test]
async fn a_reader_sees_what_has_been_done_since() {
    let (database, scope) = (database().await, Scope::default());
    let client = connect(&database).await;
    client.batch_execute(TABLES).await.unwrap();
    let many = usize::MAX;
    let readers = [
        Reader::new(&client, async { None }, 0).await.unwrap(),
        Reader::new(&client, async { None }, many).await.unwrap(),
        Reader::new(&client, async { Some(another(&database).await) }, many).await.unwrap(),
    ];
    for statement in ["SELECT 1", "CREATE TABLE late (id bigint PRIMARY KEY)", "DROP TABLE late"] {
        client.batch_execute(statement).await.unwrap();
        let now = survey(&client, &scope).await.unwrap().catalog;
        for reader in &readers {
            assert!(changes(&now, &reader.read(&scope).await.unwrap()).is_empty(), "{statement}");
        }
    }
}
