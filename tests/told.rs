//! What runs of the binary say of what they did, and of what they did not.
#![allow(clippy::unwrap_used)]

mod support {
    pub mod project;
    pub mod server;
}

use support::project::Project;
use support::server::{Database, Session, connect, database};

async fn scene(files: &[(&str, &str)]) -> (Project, Session, Database) {
    let database = database().await;
    let client = connect(&database).await;
    (Project::with(files).on(&database.connection_string()), client, database)
}

const SEED: (&str, &str) =
    ("migrations/0001_seed.sql", "CREATE TABLE IF NOT EXISTS seed (id int);\nINSERT INTO seed VALUES (1);\n");

#[tokio::test]
async fn what_is_passed_over_is_not_called_undone() {
    let (project, client, _database) = scene(&[SEED]).await;
    project.done("apply");
    let stuck = project.fails(2, "rollback --to 0");
    assert!(stuck.contains("what it did stays, and `apply` will run it again; nothing was run"), "{stuck}");
    let dry = project.ends(0, "rollback --to 0 --irreversible-ok seed --dry-run").printed();
    assert!(
        dry.contains("-- passed over: what it did stays") && dry.contains("1 would be passed over"),
        "{dry}"
    );
    let done = project.ends(0, "rollback --to 0 --irreversible-ok seed").printed();
    assert!(done.contains("passed over: what it did stays, and the next `apply` runs it again"), "{done}");
    assert!(!done.contains("rolled back"), "{done}");
    project.done("apply");
    let rows = client.query_one("SELECT count(*) FROM seed", &[]).await.unwrap();
    assert_eq!(rows.get::<_, i64>(0), 2);
}

#[tokio::test]
async fn a_folder_that_was_left_behind_is_missed() {
    let (project, _client, _database) = scene(&[("schema/seed.sql", "CREATE TABLE seed (id int);\n")]).await;
    let said = project.ends(0, "apply").printed();
    assert!(said.contains("Nothing to do: there are no migrations in `migrations`."), "{said}");
    std::fs::remove_dir(project.path("migrations")).unwrap();
    let said = project.ends(0, "apply").printed();
    assert!(said.contains("Nothing to do: there is no folder `migrations`."), "{said}");
}

#[tokio::test]
async fn a_repair_is_told_before_it_is_made() {
    let (project, client, _database) = scene(&[SEED]).await;
    project.done("apply");
    std::fs::remove_file(project.path(SEED.0)).unwrap();
    let said = project.ends(0, "apply --repair --dry-run").printed();
    assert!(said.contains("would be recorded as it is now: `0001_seed.sql`, applied "), "{said}");
    assert!(said.contains("is missing: it stays recorded as applied, without a file"), "{said}");
    project.fails(2, "apply");
    project.done("apply --repair");
    assert!(project.done("status --exit-code").contains(", and its file is gone, as is recorded"));
    project.write(SEED.0, SEED.1);
    project.done("apply");
    let rows = client.query_one("SELECT count(*) FROM seed", &[]).await.unwrap();
    assert_eq!(rows.get::<_, i64>(0), 1);
}
