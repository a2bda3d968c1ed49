//! `schemadiff init`: an empty project, and one from a database that is there.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "support/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use schemadiff::postgres::load::load;
use schemadiff::source::{Source, find_all};
use tempfile::TempDir;

/// The folder of a project, in which the binary runs.
struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The exit code, standard output and standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_schemadiff"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear()
            .env("HOME", self.0.path())
            .env("SCHEMADIFF_PG_BIN", &server::programs::programs().folder)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// Standard output and standard error of what must succeed.
    fn done(&self, arguments: &[&str]) -> (String, String) {
        let (code, data, told) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {data}{told}");
        (data, told)
    }
}

#[test]
fn an_empty_project() {
    let folder = Folder::new();
    let (data, told) = folder.done(&["init"]);
    assert_eq!(data, "schemadiff.yaml\nschema/example.sql\nmigrations/.gitkeep\n.gitignore\n");
    assert!(told.contains("schemadiff generate"), "{told}");
    assert_eq!(folder.read(".gitignore"), "/.schemadiff/\n");
    Source::read(&folder.path("schema")).unwrap();

    std::fs::write(folder.path("schemadiff.yaml"), "# mine\n").unwrap();
    let (code, data, told) = folder.run(&["init"]);
    assert_eq!((code, data.as_str()), (2, ""));
    assert!(told.contains("`schemadiff.yaml` is there already"), "{told}");
    assert_eq!(folder.read("schemadiff.yaml"), "# mine\n");
}

#[test]
fn what_is_there_stays() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("schema/tables")).unwrap();
    std::fs::write(folder.path("schema/tables/food.sql"), "create table food (id int);\n").unwrap();
    std::fs::write(folder.path(".gitignore"), "target\n.schemadiff").unwrap();
    let (data, _) = folder.done(&["init"]);
    assert_eq!(data, "schemadiff.yaml\nmigrations/.gitkeep\n");
    assert_eq!(folder.read(".gitignore"), "target\n.schemadiff");
    let (code, _, told) = folder.run(&["init", "--from-database"]);
    assert_eq!(code, 2, "{told}");
    std::fs::remove_file(folder.path("schemadiff.yaml")).unwrap();
    let (code, _, told) = folder.run(&["init", "--from-database", "--database-url", "host=/nowhere"]);
    assert_eq!(code, 2);
    assert!(told.contains("food.sql` is there already"), "{told}");
}

#[test]
fn no_database_is_named() {
    let (code, _, told) = Folder::new().run(&["init", "--from-database"]);
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
fn written(folder: &Folder) -> BTreeMap<PathBuf, (String, std::time::SystemTime)> {
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
        let folder = Folder::new();
        folder.done(&["init", "--from-database", "--layout", layout, "--database-url", &url]);
        let before = written(&folder);
        assert!(before.len() >= files, "{layout}: {before:?}");
        assert!(folder.read("schemadiff.yaml").contains(&format!("\nlayout: {layout}\n")));

        let (data, told) = folder.done(&["diff"]);
        assert_eq!(data, "", "{layout}: {told}");
        let (data, _) = folder.done(&["status"]);
        assert!(data.starts_with("0001_baseline  applied "), "{layout}: {data}");
        let (data, told) = folder.done(&["generate"]);
        assert!(data.is_empty() && told.contains("Nothing to do"), "{layout}: {data}{told}");
        folder.done(&["diff", "migrations", "schema"]);
        folder.done(&["dump", "--output", "schema"]);
        assert!(written(&folder) == before, "{layout}: a file was touched");
        let header = folder.read("migrations/0001_baseline.sql");
        assert!(
            header.contains("\n-- Proven: PostgreSQL ") && header.contains(", up, up again\n"),
            "{header}"
        );

        // A project that the database belongs to already.
        let other = Folder::new();
        let (code, _, told) = other.run(&["init", "--from-database", "--database-url", &url]);
        assert_eq!(code, 2, "{told}");
        assert!(told.contains("belongs to a project"), "{told}");
        assert!(!other.path("schema").exists() && !other.path("schemadiff.yaml").exists());
    }
}

#[tokio::test]
async fn the_database_is_only_read_if_told_so() {
    let database = example().await;
    let url = database.connection_string();
    let folder = Folder::new();
    folder.done(&["init", "--from-database", "--no-record", "--no-proof", "--database-url", &url]);
    assert!(folder.read("migrations/0001_baseline.sql").contains("-- Proven: not proven"));
    let (data, _) = folder.done(&["status"]);
    assert_eq!(data, "0001_baseline  pending\n");
    let (data, _) = folder.done(&["baseline"]);
    assert_eq!(data, "0001_baseline\n");
    folder.done(&["status", "--exit-code"]);
}

#[tokio::test]
async fn no_password_is_written_down() {
    let database = server::database().await;
    let url = format!("{} password=secret", database.connection_string());
    let folder = Folder::new();
    folder.done(&["init", "--from-database", "--no-proof", "--database-url", &url]);
    let text = folder.read("schemadiff.yaml");
    assert!(!text.contains("secret") && !text.contains("\ndatabase_url"), "{text}");
}
