//! A program that brings its migrations along, as the documentation shows it.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

use futures_util::future::try_join_all;
use schemadiff::Migrations;
use schemadiff::runner::{Event, Options, State};
use tokio_postgres::Client;

mod support {
    pub mod server;
}

use support::server::{connect, database};

/// What a build script lists.
const FILES: [(&str, &str); 4] = [
    ("0001_one.sql", "CREATE TABLE one (id int);\nINSERT INTO one VALUES (1);\n"),
    ("0001_one.down.sql", "DROP TABLE one;\n"),
    (
        "0002_index.sql",
        "-- schemadiff: no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS one_id ON one (id);\n",
    ),
    ("README.md", "not a migration"),
];

async fn states(migrations: &Migrations, client: &Client) -> Vec<State> {
    migrations.status(client).await.unwrap().into_iter().map(|entry| entry.state).collect()
}

#[tokio::test]
async fn a_server_applies_what_it_brings_along() {
    let mut client = connect(&database().await).await;
    let migrations = Migrations::embedded(FILES).unwrap();
    assert_eq!(states(&migrations, &client).await, [State::Pending, State::Pending]);
    let names: Vec<_> =
        migrations.apply(&mut client).await.unwrap().migrations.into_iter().map(|ran| ran.name).collect();
    assert_eq!(names, ["one", "index"]);
    assert_eq!(states(&migrations, &client).await, [State::Applied, State::Applied]);
    assert!(migrations.apply(&mut client).await.unwrap().migrations.is_empty());
}

#[tokio::test]
async fn any_number_of_instances_start_at_once() {
    let database = database().await;
    let instances = (0..20).map(|_| async {
        let mut client = connect(&database).await;
        let ran = Migrations::embedded(FILES)?.apply(&mut client).await?;
        Ok::<usize, schemadiff::Error>(ran.migrations.len())
    });
    let mut ran = try_join_all(instances).await.unwrap();
    ran.sort_unstable();
    assert_eq!(ran[19], 2);
    assert_eq!(ran.iter().sum::<usize>(), 2);
    let client = connect(&database).await;
    assert_eq!(client.query_one("SELECT count(*) FROM one", &[]).await.unwrap().get::<_, i64>(0), 1);
}

#[tokio::test]
async fn a_folder_at_run_time_and_a_table_of_choice() {
    let mut client = connect(&database().await).await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("0001_one.sql"), FILES[0].1).unwrap();
    let migrations = Migrations::from_dir(folder.path()).unwrap().recorded_in("ops.migrations").unwrap();
    let mut told = Vec::new();
    let options = Options { dry_run: true, ..Options::default() };
    migrations.apply_with(&mut client, &options, &mut |event| told.push(event)).await.unwrap();
    assert!(told.is_empty());
    migrations.apply_with(&mut client, &Options::default(), &mut |event| told.push(event)).await.unwrap();
    assert!(told.iter().any(|event| matches!(event, Event::Applied { .. })));
    client.batch_execute("SELECT * FROM ops.migrations").await.unwrap();

    let missing = Migrations::from_dir(folder.path().join("missing")).unwrap_err();
    assert!(missing.to_string().contains("there is no folder"), "{missing}");
}

#[test]
fn the_list_of_a_build_script_compiles_to_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let made = tempfile::tempdir().unwrap();
    let list = schemadiff::embed::list(&folder).unwrap();
    std::fs::write(made.path().join("list.rs"), list).unwrap();
    let main =
        "fn main() { for (name, text) in include!(\"list.rs\") { println!(\"{name} {}\", text.len()) } }";
    std::fs::write(made.path().join("main.rs"), main).unwrap();
    let rustc =
        Command::new("rustc").args(["main.rs", "-o", "main"]).current_dir(made.path()).output().unwrap();
    assert!(rustc.status.success(), "{}", String::from_utf8_lossy(&rustc.stderr));
    let printed = Command::new(made.path().join("main")).output().unwrap().stdout;

    let mut expected: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    expected.sort();
    let expected: String = expected
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            format!("{name} {}\n", std::fs::metadata(path).unwrap().len())
        })
        .collect();
    assert!(expected.lines().count() >= 12);
    assert_eq!(String::from_utf8(printed).unwrap(), expected);
}
