//! The figures of the README: what a catalog read, a `diff` and a `generate` take beside the server's own work.
//!
//!     cargo bench --bench speed                  schemas of 100, 1,000 and 10,000 tables
//!     cargo bench --bench speed -- 100 1000
//!
//! Everything runs on one private server, in one run. Where there is no `pg_dump`, its column stays empty.
#![allow(clippy::unwrap_used)]

#[path = "speed/clock.rs"]
mod clock;
#[path = "speed/schema.rs"]
mod schema;

use std::path::{Path, PathBuf};
use std::process::Command;

use clock::{Run, run, seconds};
use schemadiff::postgres::binaries::{self, Binaries};
use schemadiff::postgres::introspect::{Scope, survey_shared};
use schemadiff::postgres::server::{SUPERUSER, Server};
use tokio_postgres::{Client, NoTls};

/// How often each thing is done; the fastest counts, because whatever else the machine does only adds. Everything is done
/// once in each round, so that what is compared is done side by side.
const ROUNDS: usize = 3;

/// What any run is better than.
const WORST: Run = Run { seconds: f64::INFINITY, memory: 0 };

/// How many statements travel in one string when the bare server loads a schema.
const TOGETHER: usize = 100;

/// What was measured with one schema, in seconds, and in bytes for memory.
struct Figures {
    tables: usize,
    dump: Option<f64>,
    load: f64,
    read: f64,
    diff: Run,
    warm: Run,
    cold: Run,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1_000, 10_000] } else { sizes };
    let found = binaries::find(None, None).unwrap();
    let server = Server::start(&found).unwrap();
    let dump = dump_program(&found);
    if dump.is_none() {
        eprintln!("There is no pg_dump of version {} or later: its figures are left out.", found.major);
    }
    let mut all = Vec::new();
    for tables in sizes {
        eprintln!("{tables} tables ...");
        all.push(measure(&server, dump.as_deref(), tables).await);
    }
    report(&found, &all);
}

async fn measure(server: &Server, dump: Option<&Path>, tables: usize) -> Figures {
    let (one, two) = (format!("one_{tables}"), format!("two_{tables}"));
    let url = |database: &str| {
        format!("host={} port=5432 user={SUPERUSER} dbname={database}", server.folder().display())
    };
    let statements = schema::statements(tables);
    for database in [&one, &two] {
        server.create_database(database).await.unwrap();
        let client = connect(server, database).await;
        bare_load(&client, &statements).await;
        client.batch_execute("ANALYZE").await.unwrap();
    }
    connect(server, &two).await.batch_execute(schema::CHANGES).await.unwrap();

    let project = tempfile::tempdir().unwrap();
    let command = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schemadiff"));
        command.args(arguments).current_dir(project.path()).env("DATABASE_URL", url(&one));
        command
    };
    let write = |more: &str| {
        let text = format!("{};\n{more}", statements.join(";\n"));
        std::fs::write(project.path().join("schema"), text).unwrap();
    };
    write("");
    // This fills the cache.
    run(&mut command(&["generate"]), 0);
    let (load, read) = (f64::INFINITY, f64::INFINITY);
    let mut figures = Figures { tables, dump: None, load, read, diff: WORST, warm: WORST, cold: WORST };
    for round in 0..ROUNDS {
        if let Some(program) = dump {
            let mut command = Command::new(program);
            command.args(["--schema-only", "--dbname", &url(&one)]);
            let seconds = run(&mut command, 0).seconds;
            figures.dump = Some(figures.dump.map_or(seconds, |best| best.min(seconds)));
        }
        let client = connect(server, &one).await;
        server.create_database("bare").await.unwrap();
        let load = seconds(bare_load(&connect(server, "bare").await, &statements)).await;
        figures.load = figures.load.min(load);
        client.batch_execute("DROP DATABASE bare WITH (FORCE)").await.unwrap();
        let second = async { Some(connect(server, &one).await) };
        let scope = Scope::default();
        let read = seconds(async { drop(survey_shared(&client, second, &scope).await.unwrap()) }).await;
        figures.read = figures.read.min(read);
        figures.diff.improve(run(&mut command(&["diff", "live", &url(&two)]), 1));
        write("");
        figures.warm.improve(run(&mut command(&["generate"]), 0));
        // A table's comment that no run had before: nothing of this schema is cached.
        let comment = format!("COMMENT ON TABLE t1 IS '{} {round}';", project.path().display());
        write(&format!("{}\n{comment}", schema::CHANGES));
        figures.cold.improve(run(&mut command(&["generate", "--dry-run", "--allow-destructive"]), 0));
    }
    figures
}

async fn connect(server: &Server, database: &str) -> Client {
    let (client, connection) = server.config(database).connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

async fn bare_load(client: &Client, statements: &[String]) {
    for some in statements.chunks(TOGETHER) {
        client.batch_execute(&some.join(";\n")).await.unwrap();
    }
}

/// A `pg_dump` that can read from the server: beside its programs, else in the path.
fn dump_program(found: &Binaries) -> Option<PathBuf> {
    let candidates = [found.folder.join("pg_dump"), PathBuf::from("pg_dump")];
    candidates.into_iter().find(|program| {
        let Ok(said) = Command::new(program).arg("--version").output() else { return false };
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let major =
            said.split_whitespace().nth(2).and_then(|version| version.split('.').next()?.parse().ok());
        major.is_some_and(|major: u32| major >= found.major)
    })
}

/// The tables of the README.
fn report(found: &Binaries, all: &[Figures]) {
    println!("PostgreSQL {}, schemadiff {}\n", found.number(), env!("CARGO_PKG_VERSION"));
    println!(
        "| tables | `pg_dump -s` | bare load | catalog read | `diff` live, live | `generate`, warm | `generate`, cold | peak memory |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|");
    for figures in all {
        let memory = [figures.diff.memory, figures.warm.memory, figures.cold.memory].into_iter().max();
        println!(
            "| {} | {} | {:.2} s | {:.2} s | {:.2} s | {:.2} s | {:.2} s | {} MiB |",
            figures.tables,
            figures.dump.map_or("-".to_owned(), |dump| format!("{dump:.2} s")),
            figures.load,
            figures.read,
            figures.diff.seconds,
            figures.warm.seconds,
            figures.cold.seconds,
            memory.unwrap_or_default() >> 20,
        );
    }
    println!("\n| tables | read / dump | diff / dump | warm / dump | cold / (load + 2 reads) |");
    println!("|---:|---:|---:|---:|---:|");
    for figures in all {
        let over_dump =
            |seconds: f64| figures.dump.map_or("-".to_owned(), |dump| format!("{:.2}", seconds / dump));
        println!(
            "| {} | {} | {} | {} | {:.2} |",
            figures.tables,
            over_dump(figures.read),
            over_dump(figures.diff.seconds),
            over_dump(figures.warm.seconds),
            figures.cold.seconds / (figures.load + 2.0 * figures.read),
        );
    }
}
