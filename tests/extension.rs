//! Which versions of extensions are compared, as a user meets it.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "support/project.rs"]
mod project;
#[path = "support/server.rs"]
mod server;

use project::Project;

/// A project with these schema files, on a database that has run `live`.
async fn scene(live: &str, configuration: &str, schema: &str) -> (Project, server::Database) {
    let database = server::database().await;
    server::connect(&database).await.batch_execute(live).await.unwrap();
    let files = [("schemadiff.yaml", configuration), ("schema/extensions.sql", schema)];
    (Project::with(&files).on(&database.connection_string()), database)
}

const LIVE: &str = "CREATE EXTENSION citext VERSION '1.5'";

#[tokio::test]
async fn a_version_is_compared_where_the_files_state_it() {
    let (project, _database) = scene(LIVE, "", "create extension citext;").await;
    assert_eq!(project.done("diff"), "");

    project.write("schema/extensions.sql", "create extension if not exists citext version '1.6';");
    project.done("generate newer");
    let up = project.read("migrations/0001_newer.sql");
    assert!(up.contains("ALTER EXTENSION citext UPDATE TO \"1.6\""), "{up}");

    project
        .write("schema/extensions.sql", "create extension citext; alter extension citext update to '1.6';");
    let data = project.ends(1, "diff --exit-code").data;
    assert!(data.contains("UPDATE TO \"1.6\""), "{data}");
}

#[tokio::test]
async fn the_configuration_says_which_versions_are_compared() {
    let (project, _database) =
        scene(LIVE, "manage: {extension_versions: true}", "create extension citext;").await;
    let data = project.ends(1, "diff --exit-code").data;
    assert!(data.contains("UPDATE TO \"1.6\""), "{data}");
    project.write("schemadiff.yaml", "manage: {extension_versions: false}");
    project.write("schema/extensions.sql", "create extension citext version '1.6';");
    assert_eq!(project.done("diff"), "");
}

#[tokio::test]
async fn a_version_that_is_stated_is_stated_when_the_extension_is_made() {
    let (project, _database) = scene("", "", "create extension citext version '1.6';").await;
    project.done("generate begin");
    let up = project.read("migrations/0001_begin.sql");
    assert!(up.contains("CREATE EXTENSION IF NOT EXISTS citext SCHEMA public VERSION \"1.6\""), "{up}");
}

#[tokio::test]
async fn what_was_installed_comes_back_with_its_version() {
    let (project, _database) = scene(LIVE, "", "").await;
    project.done("generate gone --allow-destructive");
    let down = project.read("migrations/0001_gone.down.sql");
    assert!(down.contains("VERSION \"1.5\""), "{down}");
}
