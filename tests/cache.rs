//! The cache of desired catalogs: what comes out is what went in, and nothing else ever does.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "support/server.rs"]
mod server;

use std::path::PathBuf;

use schemadiff::plan::changes;
use schemadiff::postgres::binaries::VARIABLE;
use schemadiff::postgres::cache::{Cache, Key};
use schemadiff::postgres::introspect::{Scope, introspect};
use schemadiff::postgres::load::load;
use schemadiff::source::Source;

const SCHEMA: &str = "
CREATE TABLE foods (food_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL DEFAULT 'bread');
CREATE TABLE portions (food_id bigint REFERENCES foods, grams numeric CHECK (grams > 0));
CREATE VIEW heavy AS SELECT * FROM portions WHERE grams > 1000;
CREATE FUNCTION energy(grams numeric) RETURNS numeric LANGUAGE sql AS 'SELECT grams * 4';
COMMENT ON COLUMN foods.name IS 'as on the label';
GRANT SELECT (name) ON foods TO PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;";

fn source(text: &str) -> Source {
    Source::from_texts([(PathBuf::from("foods.sql"), text.to_owned())]).unwrap()
}

#[tokio::test]
async fn what_is_kept_comes_back() {
    let client = server::connect(&server::database().await).await;
    let (source, scope) = (source(SCHEMA), Scope::default());
    load(&client, &source).await.unwrap();
    let catalog = introspect(&client, &scope).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::in_folder(folder.path().join("catalogs"));
    let key = Key::new(&client, &source, &scope, "").await.unwrap();
    assert!(cache.read(&key).is_none());
    cache.write(&key, &catalog);
    let kept = cache.read(&key).unwrap();
    assert!(kept.objects.len() > 10);
    assert!(changes(&kept, &catalog).is_empty());
    assert!(kept.objects.keys().eq(catalog.objects.keys()));
    assert_eq!((kept.requires(), &kept.facts), (catalog.requires(), &catalog.facts));
}

#[tokio::test]
async fn what_is_broken_counts_as_absent() {
    let client = server::connect(&server::database().await).await;
    let (source, scope) = (source(""), Scope::default());
    let catalog = introspect(&client, &scope).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::in_folder(folder.path());
    let key = Key::new(&client, &source, &scope, "").await.unwrap();
    cache.write(&key, &catalog);
    let path = folder.path().read_dir().unwrap().next().unwrap().unwrap().path();
    let whole = std::fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for broken in [&flipped[..], &whole[..whole.len() - 1], &whole[..20], b""] {
        std::fs::write(&path, broken).unwrap();
        assert!(cache.read(&key).is_none());
    }
    cache.write(&key, &catalog);
    assert!(cache.read(&key).is_some());
}

#[tokio::test]
async fn everything_that_matters_is_in_the_key() {
    let name = server::database().await;
    let client = server::connect(&name).await;
    let scope = Scope::default();
    let key = async |text: &str, scope: &Scope| Key::new(&client, &source(text), scope, "").await.unwrap();
    let first = key("CREATE TABLE a (); CREATE TABLE b ();", &scope).await;
    assert_eq!(first, key("CREATE TABLE a ();\n-- a remark\nCREATE TABLE b ();", &scope).await);
    for other in
        ["CREATE TABLE b (); CREATE TABLE a ();", "CREATE TABLE a (); SET role = cook; CREATE TABLE b ();"]
    {
        assert_ne!(first, key(other, &scope).await, "{other}");
    }
    let owners = Scope { without_owners: true, ..Scope::default() };
    assert_ne!(first, key("CREATE TABLE a (); CREATE TABLE b ();", &owners).await);
    client.batch_execute("DROP EXTENSION plpgsql").await.unwrap();
    assert_ne!(first, key("CREATE TABLE a (); CREATE TABLE b ();", &scope).await);
}

#[tokio::test]
async fn the_folder_does_not_grow() {
    let client = server::connect(&server::database().await).await;
    let catalog = introspect(&client, &Scope::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::in_folder(folder.path());
    let mut keys = Vec::new();
    for number in 0..25 {
        let source = source(&format!("CREATE TABLE t{number} ();"));
        keys.push(Key::new(&client, &source, &Scope::default(), "").await.unwrap());
        cache.write(&keys[number], &catalog);
        // What is asked for stays.
        assert!(cache.read(&keys[0]).is_some());
    }
    assert_eq!(folder.path().read_dir().unwrap().count(), 20);
    assert!(cache.read(&keys[1]).is_none());
    assert!(cache.read(&keys[24]).is_some());
}

#[tokio::test]
async fn with_nothing_to_do_no_scratch_server_is_started() {
    let name = server::database().await;
    let client = server::connect(&name).await;
    let socket: String = client.query_one("SHOW unix_socket_directories", &[]).await.unwrap().get(0);
    let project = tempfile::tempdir().unwrap();
    std::fs::create_dir(project.path().join("schema")).unwrap();
    // The comment makes it a schema that no earlier run has cached.
    let text = format!("{SCHEMA}\nCOMMENT ON TABLE foods IS '{}';", project.path().display());
    std::fs::write(project.path().join("schema/foods.sql"), &text).unwrap();
    client.batch_execute(&text).await.unwrap();
    let run = |command: &str| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_schemadiff"));
        program.arg(command).current_dir(project.path());
        program.env("DATABASE_URL", format!("host={socket} user=postgres dbname={name}"));
        program.env(VARIABLE, server::programs::programs().folder);
        let output = program.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, told) = run("generate");
    assert!(code == 0 && told.contains("private PostgreSQL"), "{told}");
    assert_eq!(run("generate"), (0, "Nothing to do: the schema files and the database agree.\n".to_owned()));
    assert_eq!(run("diff"), (0, "No differences.\n".to_owned()));
    client.batch_execute("DROP VIEW heavy").await.unwrap();
    let view = "  create view public.heavy (schema/foods.sql:4)\n";
    assert_eq!(run("diff"), (1, view.to_owned()));
    let (code, told) = run("generate");
    assert!(code == 0 && told.contains("private PostgreSQL") && told.contains("create view"), "{told}");
}
