//! The binary and its server, killed wherever it can hurt: the next run brings the database to the same end.
#![allow(clippy::unwrap_used)]

#[path = "support/programs.rs"]
mod programs;
#[path = "support/project.rs"]
mod project;
#[path = "support/tcp.rs"]
mod tcp;
#[path = "support/wire.rs"]
mod wire;

use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use project::Project;
use rustix::process::{Pid, Signal, kill_process};
use schemadiff::catalog::Catalog;
use schemadiff::plan::changes;
use schemadiff::postgres::introspect::{Scope, introspect};
use tcp::Server;
use tokio_postgres::{Client, Config, NoTls};
use wire::Verdict;

/// The migration, in five sections.
const UP: &str = include_str!("support/five.sql");

/// Its way back, in three.
const DOWN: &str = "\
DROP VIEW IF EXISTS v;

-- schemadiff: no-transaction
DROP INDEX CONCURRENTLY IF EXISTS a_b;

-- schemadiff: transaction
DROP TABLE IF EXISTS a;
";

/// A part of the way on which a run is killed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Moment {
    /// A statement has been answered, and the next one has not arrived.
    Between,
    /// A statement has arrived, and has not been answered.
    Within,
}

/// A server with a project whose line to it can be cut.
struct Scene {
    server: Arc<Server>,
    project: Project,
    database: String,
    /// The requests so far, from the first `BEGIN` on.
    requests: Arc<AtomicUsize>,
}

impl Scene {
    /// At the request number `point` (from 1; 0 is never) of a run, `strike` is called and the line cut.
    fn new(
        server: &Arc<Server>,
        point: usize,
        moment: Moment,
        strike: impl Fn() + Send + Sync + 'static,
    ) -> Scene {
        static DATABASES: AtomicUsize = AtomicUsize::new(0);
        let database = format!("scene_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        on(server, "postgres", async |client| {
            client.batch_execute(&format!("CREATE DATABASE {database}")).await.unwrap();
        });
        let requests = Arc::new(AtomicUsize::new(0));
        let seen = requests.clone();
        let judge = move |request: &[u8]| {
            let begins = request.get(5..10) == Some(b"BEGIN") && request.len() < 12;
            if seen.load(Ordering::SeqCst) == 0 && !begins {
                return Verdict::Pass;
            }
            if seen.fetch_add(1, Ordering::SeqCst) + 1 != point {
                return Verdict::Pass;
            }
            match moment {
                Moment::Between => {
                    strike();
                    Verdict::Lose
                }
                // The server gets a moment to begin with it.
                Moment::Within => Verdict::PassAndLose,
            }
        };
        let port = wire::line(server.socket(), judge);
        let files = [("migrations/0001_five.sql", UP), ("migrations/0001_five.down.sql", DOWN)];
        let url = format!("postgres://postgres@127.0.0.1:{port}/{database}?sslmode=disable");
        Scene { server: server.clone(), project: Project::with(&files).on(&url), database, requests }
    }

    /// The same project on the server itself, without anything between them.
    fn finish(&self, line: &str) {
        let socket = self.server.folder.path().display().to_string();
        let url =
            format!("postgres:///{}?host={socket}&port={}&user=postgres", self.database, self.server.port);
        self.project.done(&format!("{line} --wait 60s --connect-timeout 60s --database-url {url}"));
    }

    fn catalog(&self) -> Catalog {
        on(&self.server, &self.database, async |client| introspect(client, &Scope::default()).await.unwrap())
    }

    fn count(&self, query: &str) -> i64 {
        on(&self.server, &self.database, async |client| client.query_one(query, &[]).await.unwrap().get(0))
    }
}

/// Runs a piece of work in a session of the superuser; a server that starts is waited for.
fn on<T>(server: &Server, database: &str, work: impl AsyncFnOnce(&Client) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut config = Config::new();
        config.host_path(server.folder.path()).port(server.port).user("postgres").dbname(database);
        for _ in 0..600 {
            if let Ok((client, connection)) = config.connect(NoTls).await {
                tokio::spawn(connection);
                return work(&client).await;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the server does not come back");
    })
}

fn spawn(scene: &Scene, line: &str) -> Child {
    scene.project.command(line).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

const ROWS: &str = "SELECT count(*) FROM a";
const RECORDED: &str = "SELECT count(*) FROM schemadiff.schema_migrations";

/// The catalog at the end of an undisturbed run, and how many requests that takes.
fn undisturbed(server: &Arc<Server>, line: &str) -> (Catalog, usize) {
    let scene = Scene::new(server, 0, Moment::Between, || ());
    if line != "apply" {
        scene.finish("apply");
    }
    scene.project.done(line);
    (scene.catalog(), scene.requests.load(Ordering::SeqCst))
}

/// Kills the client at every request of a run, and runs it again.
fn kill_clients(line: &str, rows: Option<i64>, recorded: i64) {
    let server = Arc::new(Server::start(|_| {}, &[]));
    let (goal, points) = undisturbed(&server, line);
    for (point, moment) in (1..=points).flat_map(|point| [(point, Moment::Between), (point, Moment::Within)])
    {
        let pid = Arc::new(AtomicU32::new(0));
        let victim = pid.clone();
        let strike = move || {
            let mut raw = 0;
            while raw == 0 {
                raw = victim.load(Ordering::SeqCst).cast_signed();
            }
            let _ = kill_process(Pid::from_raw(raw).unwrap(), Signal::KILL);
        };
        let scene = Scene::new(&server, point, moment, strike);
        if line != "apply" {
            scene.finish("apply");
        }
        let mut child = spawn(&scene, line);
        pid.store(child.id(), Ordering::SeqCst);
        // Where the line is lost with an answer on its way, the client says so and ends by itself.
        assert!(!child.wait().unwrap().success(), "{line}: {moment:?} {point}");
        scene.finish(line);
        let left = changes(&scene.catalog(), &goal);
        assert!(left.is_empty(), "{line}: {moment:?} {point}: {left:?}");
        assert_eq!(scene.count(RECORDED), recorded, "{line}: {moment:?} {point}");
        if let Some(rows) = rows {
            assert_eq!(scene.count(ROWS), rows, "{line}: {moment:?} {point}");
        }
    }
    println!("{line}: the client was killed at {points} requests, before and within each");
}

#[test]
fn a_client_may_be_killed_at_every_statement() {
    kill_clients("apply", Some(1000), 1);
}

#[test]
fn a_rollback_may_be_killed_at_every_statement() {
    kill_clients("rollback --to 0 --allow-destructive", None, 0);
}

#[test]
fn a_server_may_be_killed_at_every_statement() {
    let server = Arc::new(Server::start(|_| {}, &[]));
    let (goal, points) = undisturbed(&server, "apply");
    for point in 1..=points {
        let crashing = server.clone();
        let scene = Scene::new(&server, point, Moment::Between, move || crashing.crash());
        let output = scene.project.command("apply").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "killed at request {point}: {said}");
        assert!(said.contains("error: ") && !said.contains("panicked"), "{said}");
        scene.finish("apply");
        let left = changes(&scene.catalog(), &goal);
        assert!(left.is_empty(), "killed at request {point}: {left:?}");
        assert_eq!((scene.count(ROWS), scene.count(RECORDED)), (1000, 1), "killed at request {point}");
    }
    println!("apply: the server was killed at {points} requests");
}

#[test]
fn twenty_at_once_run_every_file_once() {
    let server = Arc::new(Server::start(|_| {}, &[]));
    let scene = Scene::new(&server, 0, Moment::Between, || ());
    scene.project.write(
        "migrations/0002_rows.sql",
        "INSERT INTO a SELECT g, g FROM generate_series(1001, 20000) g;\n",
    );
    let concurrently =
        "-- schemadiff: no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS a_c ON a (c);\n";
    scene.project.write("migrations/0003_index.sql", concurrently);
    let children: Vec<_> = (0..20)
        .map(|_| {
            let mut command = scene.project.command("apply --format json --quiet");
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let applied = Mutex::new(0);
    std::thread::scope(|scope| {
        for child in children {
            scope.spawn(|| {
                let output = child.wait_with_output().unwrap();
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                let events = String::from_utf8(output.stdout).unwrap();
                *applied.lock().unwrap() += events.matches(r#"{"event":"applied""#).count();
            });
        }
    });
    assert_eq!(*applied.lock().unwrap(), 3);
    assert_eq!((scene.count(RECORDED), scene.count(ROWS)), (3, 20000));
    let invalid = "SELECT count(*) FROM pg_index WHERE NOT indisvalid";
    assert_eq!(scene.count(invalid), 0);
}
