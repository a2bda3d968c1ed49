//! What `dump` writes makes the same catalog again: as a script that runs from top to bottom, and as files.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "support/programs.rs"]
mod programs;
#[path = "support/server.rs"]
mod server;

use std::path::Path;

use schemadiff::catalog::Catalog;
use schemadiff::plan::changes;
use schemadiff::postgres::introspect::{Scope, introspect};
use schemadiff::postgres::load::load;
use schemadiff::report::dump::Dump;
use schemadiff::source::Source;
use tokio_postgres::Client;

/// The catalog of an empty database once these statements have been loaded.
async fn loaded(source: &Source) -> Result<Catalog, String> {
    let client = server::connect(&server::database().await).await;
    prepare(&client, source).await;
    load(&client, source).await.map_err(|error| error.to_string())?;
    introspect(&client, &Scope::default()).await.map_err(|error| error.to_string())
}

/// Makes the roles that the statements name.
async fn prepare(client: &Client, source: &Source) {
    for role in source.roles() {
        // It may be there already.
        let _ = client.batch_execute(&format!("CREATE ROLE \"{role}\"")).await;
    }
}

/// What is not the same after a dump has been loaded.
async fn lost(catalog: &Catalog) -> Result<(), String> {
    let dump = Dump::new(catalog).map_err(|error| error.to_string())?;
    let script = dump.script();
    let source = Source::from_texts(dump.files()).map_err(|error| error.to_string())?;
    let client = server::connect(&server::database().await).await;
    prepare(&client, &source).await;
    client.batch_execute(&script).await.map_err(|error| format!("the script fails: {error:?}\n{script}"))?;
    let scripted = introspect(&client, &Scope::default()).await.map_err(|error| error.to_string())?;
    let filed = loaded(&source).await?;
    for again in [scripted, filed] {
        let left = changes(&again, catalog);
        if !left.is_empty() {
            let left: Vec<_> = left.iter().map(ToString::to_string).collect();
            return Err(format!("{}\n{script}", left.join("\n")));
        }
    }
    Ok(())
}

/// Cases whose objects need each other, come in a certain order, or have statements that look before they act.
const CASES: [&str; 18] = [
    "column/identity_options",
    "column/serial_add",
    "constraint/foreign_keys_mutual",
    "default_privilege/with_new_objects",
    "domain/check_uses_function",
    "function/body_of_string_out_of_order",
    "function/overloads",
    "inheritance/child_overrides",
    "materialized_view/create_and_drop",
    "partition/foreign_key_to",
    "partition/sub_partition",
    "partition/trigger_on_parent",
    "planning/everything_from_nothing",
    "planning/names_quoted",
    "policy/create_and_drop",
    "privilege/every_kind",
    "trigger/constraint",
    "trigger/enabled_state",
];

#[tokio::test]
async fn the_running_example_comes_back() {
    let catalog = loaded(&Source::read(Path::new("schema")).unwrap()).await.unwrap();
    assert!(catalog.objects.len() > 100);
    lost(&catalog).await.unwrap();
}

#[tokio::test]
async fn cases_come_back() {
    // Roles are the whole server\'s: it must stay between two sessions.
    let _server = server::server();
    for case in CASES {
        let source = Source::read(&Path::new("tests/cases").join(case).join("new.sql")).unwrap();
        let catalog = loaded(&source).await.unwrap();
        if let Err(lost) = lost(&catalog).await {
            panic!("{case}: {lost}");
        }
    }
}
