//! `schemadiff init`: an empty project, and one from a database that is there.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "support/project.rs"]
mod project;
#[path = "support/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use project::Project;
use schemadiff::postgres::load::load;
use schemadiff::source::{Source, find_all};

/// The exit code, standard output and standard error.
fn run(project: &Project, arguments: &[&str]) -> (i32, String, String) {
    let ended = project.run(arguments);
    (ended.code, ended.data, ended.words)
}

/// Standard output and standard error of what must succeed.
fn done(project: &Project, arguments: &[&str]) -> (String, String) {
    let ended = project.ends(0, arguments);
    (ended.data, ended.words)
}

#[test]
fn an_empty_project() {
    let folder = Project::empty();
    let (data, told) = done(&folder, &["init"]);
    assert_eq!(data, "schemadiff.yaml\nschema/example.sql\nmigrations/.gitkeep\n.gitignore\n");
    assert!(told.contains("schemadiff generate"), "{told}");
    assert_eq!(folder.read(".gitignore"), "/.schemadiff/\n");
    Source::read(&folder.path("schema")).unwrap();

    std::fs::write(folder.path("schemadiff.yaml"), "# mine\n").unwrap();
    let (code, data, told) = run(&folder, &["init"]);
    assert_eq!((code, data.as_str()), (2, ""));
    assert!(told.contains("`schemadiff.yaml` is there already"), "{told}");
    assert_eq!(folder.read("schemadiff.yaml"), "# mine\n");
}

#[test]
fn what_is_there_stays() {
    let folder = Project::empty();
    std::fs::create_dir_all(folder.path("schema/tables")).unwrap();
    std::fs::write(folder.path("schema/tables/food.sql"), "create table food (id int);\n").unwrap();
    std::fs::write(folder.path(".gitignore"), "target\n.schemadiff").unwrap();
    let (data, _) = done(&folder, &["init"]);
    assert_eq!(data, "schemadiff.yaml\nmigrations/.gitkeep\n");
    assert_eq!(folder.read(".gitignore"), "target\n.schemadiff");
    let (code, _, told) = run(&folder, &["init", "--from-database"]);
    assert_eq!(code, 2, "{told}");
    std::fs::remove_file(folder.path("schemadiff.yaml")).unwrap();
    let (code, _, told) = run(&folder, &["init", "--from-database", "--database-url", "host=/nowhere"]);
    assert_eq!(code, 2);
    assert!(told.contains("food.sql` is there already"), "{told}");
}

#[test]
fn no_database_is_named() {
    let (code, _, told) = run(&Project::empty(), &["init", "--from-database"]);
    assert_eq!(code, 2);
    assert!(told.contains("no database is named") && told.contains("--database-url"), "{told}");
}

/// A database that holds the running example.
async fn example() -> server::Database {
    let database = server::database().await;
    let client = server::connect(&database).await;
    let source = Source::read(Path::new("schema")).unwrap();
    for role in source.roles() {
        // It may be there already.
        let _ = client.batch_execute(&format!("CREATE ROLE \"{role}\"")).await;
    }
    load(&client, &source).await.unwrap();
    database
}

/// What each schema file says, and when it was written.
fn written(folder: &Project) -> BTreeMap<PathBuf, (String, std::time::SystemTime)> {
    let files = find_all(&folder.path("schema")).unwrap().into_iter().map(|path| {
        let modified = std::fs::metadata(&path).unwrap().modified().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        (path, (text, modified))
    });
    files.collect()
}

#[tokio::test]
async fn a_database_becomes_a_project() {
    // Roles are the whole server's: it must stay between two layouts.
    let _server = server::server();
    for (layout, files) in [("object", 20), ("schema", 2), ("single", 1)] {
        let database = example().await;
        let url = database.connection_string();
        let folder = Project::empty();
        done(&folder, &["init", "--from-database", "--layout", layout, "--database-url", &url]);
        let before = written(&folder);
        assert!(before.len() >= files, "{layout}: {before:?}");
        assert!(folder.read("schemadiff.yaml").contains(&format!("\nlayout: {layout}\n")));

        let (data, told) = done(&folder, &["diff"]);
        assert_eq!(data, "", "{layout}: {told}");
        let (data, _) = done(&folder, &["status"]);
        assert!(data.starts_with("0001_baseline  applied "), "{layout}: {data}");
        let (data, told) = done(&folder, &["generate"]);
        assert!(data.is_empty() && told.contains("Nothing to do"), "{layout}: {data}{told}");
        done(&folder, &["diff", "migrations", "schema"]);
        done(&folder, &["dump", "--output", "schema"]);
        assert!(written(&folder) == before, "{layout}: a file was touched");
        let header = folder.read("migrations/0001_baseline.sql");
        assert!(
            header.contains("\n-- Proven: PostgreSQL ") && header.contains(", up, up again\n"),
            "{header}"
        );

        // A project that the database belongs to already.
        let other = Project::empty();
        let (code, _, told) = run(&other, &["init", "--from-database", "--database-url", &url]);
        assert_eq!(code, 2, "{told}");
        assert!(told.contains("belongs to a project"), "{told}");
        assert!(!other.path("schema").exists() && !other.path("schemadiff.yaml").exists());
    }
}

#[tokio::test]
async fn the_database_is_only_read_if_told_so() {
    let database = example().await;
    let url = database.connection_string();
    let folder = Project::empty();
    done(&folder, &["init", "--from-database", "--no-record", "--no-proof", "--database-url", &url]);
    assert!(folder.read("migrations/0001_baseline.sql").contains("-- Proven: not proven"));
    let (data, _) = done(&folder, &["status"]);
    assert_eq!(data, "0001_baseline  pending\n");
    let (data, _) = done(&folder, &["baseline"]);
    assert_eq!(data, "0001_baseline\n");
    done(&folder, &["status", "--exit-code"]);
}

#[tokio::test]
async fn no_password_is_written_down() {
    let database = server::database().await;
    let url = format!("{} password=secret", database.connection_string());
    let folder = Project::empty();
    done(&folder, &["init", "--from-database", "--no-proof", "--database-url", &url]);
    let text = folder.read("schemadiff.yaml");
    assert!(!text.contains("secret") && !text.contains("\ndatabase_url"), "{text}");
}
