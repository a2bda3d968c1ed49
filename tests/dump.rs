//! What `dump` writes makes the same catalog again: as a script that runs from top to bottom, and as files.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "support/server.rs"]
mod server;

use std::path::Path;

use schemadiff::catalog::Catalog;
use schemadiff::config::Layout;
use schemadiff::plan::changes;
use schemadiff::postgres::introspect::{Scope, introspect};
use schemadiff::postgres::load::load;
use schemadiff::report::dump::{Dump, tree};
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
    let source = Source::from_texts(dump.files(Layout::Object)).map_err(|error| error.to_string())?;
    let by_schema = Source::from_texts(dump.files(Layout::Schema)).map_err(|error| error.to_string())?;
    let client = server::connect(&server::database().await).await;
    prepare(&client, &source).await;
    client.batch_execute(&script).await.map_err(|error| format!("the script fails: {error:?}\n{script}"))?;
    let scripted = introspect(&client, &Scope::default()).await.map_err(|error| error.to_string())?;
    let (filed, by_schema) = (loaded(&source).await?, loaded(&by_schema).await?);
    for again in [scripted, filed, by_schema] {
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
async fn each_layout_has_its_files() {
    let catalog = loaded(&Source::read(Path::new("schema")).unwrap()).await.unwrap();
    let dump = Dump::new(&catalog).unwrap();
    let names = |layout| -> Vec<String> {
        dump.files(layout).keys().map(|path| path.to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names(Layout::Single), ["schema.sql"]);
    assert_eq!(names(Layout::Schema), ["audit.sql", "public.sql"]);
    let by_object = dump.files(Layout::Object);
    let table = &by_object[Path::new("tables/public.plan.sql")];
    insta::with_settings!({snapshot_path => "../snapshots/dump", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("table", table);
        insta::assert_snapshot!("files", names(Layout::Object).join("\n"));
    });
}

#[tokio::test]
async fn what_did_not_change_is_not_touched() {
    let catalog = loaded(&Source::read(Path::new("schema")).unwrap()).await.unwrap();
    let files = Dump::new(&catalog).unwrap().files(Layout::Object);
    let folder = tempfile::tempdir().unwrap();
    let first = tree::refresh(folder.path(), &files, false).unwrap();
    assert_eq!(first.written.len(), files.len());

    let plan = folder.path().join("tables/public.plan.sql");
    let text = std::fs::read_to_string(&plan).unwrap();
    let commented = format!("-- What a household will eat.\n{}", text.replace(";\n", " ;\n"));
    std::fs::write(&plan, &commented).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    std::fs::File::options().append(true).open(&plan).unwrap().set_modified(long_ago).unwrap();
    std::fs::write(folder.path().join("notes.sql"), "-- nothing\n").unwrap();
    let again = tree::refresh(folder.path(), &files, false).unwrap();
    assert!(again.written.is_empty() && again.removed.is_empty(), "{again:?}");
    assert_eq!(again.others, [folder.path().join("notes.sql")]);
    assert_eq!(std::fs::metadata(&plan).unwrap().modified().unwrap(), long_ago);
    assert_eq!(std::fs::read_to_string(&plan).unwrap(), commented);

    let mut changed = files.clone();
    changed
        .get_mut(Path::new("tables/public.plan.sql"))
        .unwrap()
        .push_str("COMMENT ON TABLE public.plan IS 'x';\n");
    let third = tree::refresh(folder.path(), &changed, true).unwrap();
    assert_eq!(third.written, std::slice::from_ref(&plan));
    assert_eq!(third.removed, [folder.path().join("notes.sql")]);
    let text = std::fs::read_to_string(&plan).unwrap();
    assert!(text.starts_with("-- What a household will eat.\n") && text.contains("IS 'x'"), "{text}");
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
