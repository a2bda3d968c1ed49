//! `apply` and `rollback` as a user sees them: what is printed, how it ends, and what the database is like afterwards.
#![allow(clippy::unwrap_used)]

#[path = "support/programs.rs"]
mod programs;
#[path = "support/project.rs"]
mod project;
#[path = "support/tcp.rs"]
mod tcp;
#[path = "support/wire.rs"]
mod wire;

use std::sync::atomic::{AtomicUsize, Ordering};

use project::Project;
use tcp::{PASSWORD, Server};
use tokio_postgres::{Client, Config, NoTls};

const ONE: (&str, &str) = ("migrations/0001_one.sql", "CREATE TABLE one (id int PRIMARY KEY);\n");
const TWO: (&str, &str) = (
    "migrations/0002_two.sql",
    "-- Depends: 0001\n-- Hazards: scans under lock: one\n\nALTER TABLE one ADD COLUMN a int;\n\n\
     -- schemadiff: no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS one_a ON one (a);\n",
);
const ONE_DOWN: (&str, &str) = ("migrations/0001_one.down.sql", "DROP TABLE IF EXISTS one;\n");

/// What is in the database besides the system's own: relations, and applied migrations.
const CONTENT: &str = "
SELECT coalesce((SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
                  WHERE relnamespace IN ('public'::regnamespace, to_regnamespace('schemadiff'))), 'nothing')
    || coalesce(': ' || (xpath('/row/n/text()', query_to_xml(
           'SELECT count(*) AS n FROM ' || to_regclass('schemadiff.schema_migrations'), true, true, '')))[1]::text
           || ' recorded', '')";

/// A database of its own on a server.
struct Scene<'a> {
    server: &'a Server,
    name: String,
}

impl<'a> Scene<'a> {
    fn new(server: &'a Server) -> Scene<'a> {
        static DATABASES: AtomicUsize = AtomicUsize::new(0);
        let name = format!("scene_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        let scene = Scene { server, name };
        on(server, "postgres", async |client| run(client, &format!("CREATE DATABASE {}", scene.name)).await);
        scene
    }

    fn url(&self) -> String {
        self.url_as("postgres")
    }

    fn url_as(&self, role: &str) -> String {
        let socket = self.server.folder.path().display();
        format!("postgres:///{}?host={socket}&port={}&user={role}", self.name, self.server.port)
    }

    fn sql(&self, statements: &str) {
        on(self.server, &self.name, async |client| run(client, statements).await);
    }

    fn content(&self) -> String {
        on(self.server, &self.name, async |client| client.query_one(CONTENT, &[]).await.unwrap().get(0))
    }

    /// What a project of these files makes of it: what is printed, the exit code, the content afterwards.
    fn told(&self, files: &[(&str, &str)], line: &str) -> String {
        self.told_on(&Project::with(files).on(&self.url()), line)
    }

    fn told_on(&self, project: &Project, line: &str) -> String {
        let ended = project.run(line);
        let told = format!(
            "$ schemadiff {line}\n{}{}exit code {}; the database holds {}\n\n",
            ended.data,
            ended.words,
            ended.code,
            self.content()
        );
        self.stable(&told)
    }

    /// Without what differs from one run to the next.
    fn stable(&self, told: &str) -> String {
        let told = told.replace(&self.server.folder.path().display().to_string(), "SOCKET");
        let told = told.replace(&self.server.port.to_string(), "PORT").replace(&self.name, "scene");
        let words = told.split_inclusive([' ', '\n', ',', '}']).map(|word| {
            let bare = word.trim_end_matches([' ', '\n', ',', '}']);
            let rest = &word[bare.len()..];
            let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let day = bare.len() == 10 && bare.starts_with("20") && bare.matches('-').count() == 2;
            let hash = bare.len() == 12 && bare.bytes().all(|byte| byte.is_ascii_hexdigit());
            match bare.rsplit_once(':') {
                _ if day => format!("DAY{rest}"),
                _ if hash => format!("HASH{rest}"),
                Some((key, value)) if key.ends_with("_ms\"") && number(value) => format!("{key}:MS{rest}"),
                _ => word.to_owned(),
            }
        });
        let told: String = words.collect();
        // What a busy machine has to say.
        let slow = |line: &&str| line.contains(r#""event":"running""#) || line.contains(" took ");
        let told: String = told.split_inclusive('\n').filter(|line| !slow(line)).collect();
        let mut words: Vec<&str> = told.split(' ').collect();
        for unit in 1..words.len() {
            if words[unit].starts_with("ms") && words[unit - 1].bytes().all(|byte| byte.is_ascii_digit()) {
                words[unit - 1] = "SOME";
            }
        }
        words.join(" ")
    }
}

fn on<T>(server: &Server, database: &str, work: impl AsyncFnOnce(&Client) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut config = Config::new();
        config.host_path(server.folder.path()).port(server.port).user("postgres").dbname(database);
        let (client, connection) = config.connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        work(&client).await
    })
}

async fn run(client: &Client, statements: &str) {
    client.batch_execute(statements).await.unwrap();
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({snapshot_path => "../snapshots/apply", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn the_usual_way() {
    let server = Server::start(|_| {}, &[]);
    let scene = Scene::new(&server);
    let two_down = (
        "migrations/0002_two.down.sql",
        "-- Hazards: deletes data: column public.one.a\n\nDROP INDEX IF EXISTS one_a;\nALTER TABLE one DROP COLUMN IF EXISTS a;\n",
    );
    let project = Project::with(&[ONE, ONE_DOWN, TWO, two_down]).on(&scene.url());
    let lines = [
        "apply --dry-run",
        "apply --dry-run --format json --to 1",
        "apply --single-transaction",
        "apply --to 1 --single-transaction",
        "apply --format json --quiet",
        "apply",
        "rollback",
        "rollback --steps 1",
        "rollback --steps 1 --dry-run",
        "rollback --steps 1 --allow-destructive",
        "rollback --to 0 --allow-destructive --format json --quiet",
        "rollback --to 0",
        "rollback --to 7",
    ];
    let told: String = lines.iter().map(|line| scene.told_on(&project, line)).collect();
    snapshot("the_usual_way", &told);
}

#[test]
fn what_is_wrong_before_anything_runs() {
    let server = Server::start(|_| {}, &[]);
    let scene = Scene::new(&server);
    let project = Project::with(&[ONE, TWO]).on(&scene.url());
    project.done("apply");
    let one = |text| [(ONE.0, text), TWO];
    let mut told = scene.told(&one("SELECT 1;\n"), "apply");
    told += &scene.told(&[TWO], "apply");
    told += &scene.told(&[("migrations/0001_first.sql", ONE.1), TWO], "apply");
    told += &scene.told(&[ONE, TWO, ("migrations/0002_b.sql", "SELECT 2;\n")], "apply");
    let circle =
        [("migrations/0003_a.sql", "-- Depends: 0004\n"), ("migrations/0004_b.sql", "-- Depends: 0003\n")];
    told += &scene.told(&[ONE, TWO, circle[0], circle[1]], "apply");
    told += &scene.told(&[ONE, TWO, ("migrations/0003_a.sql", "-- Depends: 0009\n")], "apply");
    project.write("migrations/0003_a.sql", b"SELECT 1;\nSELECT '\xff';\n");
    told += &scene.told_on(&project, "apply");
    let elsewhere = Project::with(&[("schemadiff.yaml", "migrations: nowhere\n")]).on(&scene.url());
    told += &scene.told_on(&elsewhere, "apply");
    let late = [ONE, TWO, ("migrations/0004_d.sql", "SELECT 4;\n"), ("migrations/0003_c.sql", "SELECT 3;\n")];
    Project::with(&late[..3]).on(&scene.url()).done("apply");
    told += &scene.told(&late, "apply");
    told += &scene.told(&late, "rollback --steps 1");
    told += &scene.told(&late, "apply --allow-out-of-order");
    told += &scene.told(&[(ONE.0, "SELECT 1;\n"), TWO, late[2], late[3]], "apply --repair");
    let foreign = Scene::new(&server);
    foreign.sql("CREATE TABLE schema_migrations (id serial, migration_name text)");
    let here = ("schemadiff.yaml", "history: {schema: public}\n");
    told += &foreign.told(&[ONE, here], "apply");
    told += &foreign.told(&[ONE, here], "rollback --to 0");
    snapshot("before_anything_runs", &told);
}

#[test]
fn what_goes_wrong_while_it_runs() {
    let server = Server::start(|_| {}, &[]);
    let two = |text| [ONE, ("migrations/0002_two.sql", text)];
    let new = || Scene::new(&server);
    let mut told = new().told(&two("SELECT 1;\nINSERT INTO one\nVALUES (1), (1);\n"), "apply");
    told += &new().told(&two("SET statement_timeout = '100ms';\nSELECT pg_sleep(60);\n"), "apply");
    told += &new().told(&two("SELECT 1;\nSELECT pg_terminate_backend(pg_backend_pid());\n"), "apply");
    let own = "-- schemadiff: no-transaction\nCREATE TABLE IF NOT EXISTS two (id int);\nSELECT 1 / 0;\n";
    told += &new().told(&two(own), "apply");
    told += &new().told(&two("SELECT 1 / 0;\n"), "apply --single-transaction");

    let poor = new();
    poor.sql("CREATE ROLE poor LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    let project = Project::with(&[ONE]).on(&poor.url_as("poor"));
    told += &poor.told_on(&project, "apply");
    poor.sql("CREATE SCHEMA schemadiff AUTHORIZATION poor");
    told += &poor.told_on(&project, "apply");

    let frozen = new();
    frozen.sql(&format!("ALTER DATABASE {} SET default_transaction_read_only = on", frozen.name));
    told += &frozen.told(&[ONE], "apply");

    let locked = new();
    let project = Project::with(&[ONE]).on(&locked.url());
    project.done("apply");
    project.write("migrations/0002_two.sql", "ALTER TABLE one ADD COLUMN a int;\n");
    let waited = on(&server, &locked.name, async |client| {
        run(client, "SET application_name = 'a report'; BEGIN; LOCK TABLE one IN ACCESS SHARE MODE").await;
        let pid: i32 = client.query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get(0);
        // What looks into the database has a runtime of its own, and so needs a thread of its own.
        let line = "apply --lock-timeout 2s --lock-attempts 2";
        let said = std::thread::scope(|scope| scope.spawn(|| locked.told_on(&project, line)).join().unwrap());
        said.replace(&pid.to_string(), "PID")
    });
    told += &waited;
    snapshot("while_it_runs", &told);
}

#[test]
fn who_cannot_connect() {
    let server = Server::start(|_| {}, &[]);
    let scene = Scene::new(&server);
    let socket = server.socket();
    let mut told = String::new();
    let wrong = format!("postgres://postgres:wrong@127.0.0.1:{}/{}", server.port, scene.name);
    told += &scene.told_on(&Project::with(&[ONE]).on(&wrong), "apply");
    let startup = [("user", "postgres"), ("database", scene.name.as_str())];
    let port = wire::pooler(&socket, &startup);
    let pooled = format!("postgres://postgres@127.0.0.1:{port}/{}?sslmode=disable", scene.name);
    told += &scene.told_on(&Project::with(&[ONE]).on(&pooled), "apply");
    told += &scene.told_on(&Project::with(&[ONE, ONE_DOWN]).on(&pooled), "rollback --to 0");
    told += &scene.told_on(&Project::with(&[ONE]).on(&pooled), "baseline");
    told += &scene.told_on(&Project::with(&[ONE]).on(&pooled), "adopt");
    // The first leaves behind what it prepared, where the second finds it.
    told += &scene.told_on(&Project::with(&[ONE]).on(&pooled), "status");
    told += &scene.told_on(&Project::with(&[ONE]).on(&pooled), "status");
    let missing = scene.url().replace(&scene.name, "plans");
    let project = Project::with(&[ONE]).on(&missing);
    told += &scene.told_on(&project, "apply");
    told += &scene.told_on(&project, "apply --create-database");
    told += &scene.told_on(&project, "apply --create-database");
    assert!(!told.contains(PASSWORD) && !told.contains("wrong@"), "{told}");
    snapshot("who_cannot_connect", &told);
}

#[test]
fn a_server_that_starts_is_waited_for() {
    let server = Server::start(|_| {}, &[]);
    let scene = Scene::new(&server);
    let project = Project::with(&[ONE]).on(&scene.url());
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| project.run("apply --connect-timeout 60s"));
        server.crash();
        let ended = waiting.join().unwrap();
        assert!(ended.code == 0 || ended.words.contains("error: "), "{}", ended.words);
    });
    let patient = project.run("apply --connect-timeout 60s");
    assert_eq!(patient.code, 0, "{}", patient.words);
    let gone = format!("postgres:///x?host={}&port=1&user=postgres", server.folder.path().display());
    let ended = Project::with(&[ONE]).on(&gone).run("apply --connect-timeout 300ms");
    assert_eq!(ended.code, 2);
    assert!(ended.words.starts_with("Trying again: no server answers at "), "{}", ended.words);
}
