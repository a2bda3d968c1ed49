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

/// How often each thing is done, with every schema in turn, so that what is compared is done side by side. The median
/// counts: the fastest would favour what is short enough to fall between two things that the machine does besides.
const ROUNDS: usize = 5;

/// How many statements travel in one string when the bare server loads a schema.
const TOGETHER: usize = 100;

/// What is measured, in the order of the report.
const WORK: [&str; 6] = [
    "`pg_dump -s`",
    "bare load",
    "catalog read",
    "`diff` live, live",
    "`generate`, warm",
    "`generate`, cold",
];
const DUMP: usize = 0;
const LOAD: usize = 1;
const READ: usize = 2;
const DIFF: usize = 3;
const WARM: usize = 4;
const COLD: usize = 5;

/// What was measured with one schema.
#[derive(Default)]
struct Figures {
    /// In seconds, of each work, of each round.
    seconds: [Vec<f64>; WORK.len()],
    /// The most that one of our programs took, in bytes.
    memory: u64,
}

/// A schema of so many tables: in two databases with three changes between them, and in a project's files.
struct Subject {
    tables: usize,
    statements: Vec<String>,
    one: String,
    two: String,
    project: tempfile::TempDir,
    figures: Figures,
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
    let mut subjects = Vec::new();
    for tables in sizes {
        eprintln!("{tables} tables are made");
        subjects.push(Subject::new(&server, tables).await);
    }
    for round in 1..=ROUNDS {
        for subject in &mut subjects {
            eprintln!("round {round} of {ROUNDS}, {} tables", subject.tables);
            subject.measure(&server, dump.as_deref()).await;
        }
    }
    report(&found, &subjects);
}

impl Subject {
    async fn new(server: &Server, tables: usize) -> Subject {
        let subject = Subject {
            tables,
            statements: schema::statements(tables),
            one: format!("one_{tables}"),
            two: format!("two_{tables}"),
            project: tempfile::tempdir().unwrap(),
            figures: Figures::default(),
        };
        for database in [&subject.one, &subject.two] {
            server.create_database(database).await.unwrap();
            let client = connect(server, database).await;
            bare_load(&client, &subject.statements).await;
            client.batch_execute("VACUUM ANALYZE").await.unwrap();
        }
        connect(server, &subject.two).await.batch_execute(schema::CHANGES).await.unwrap();
        subject.write("");
        // This fills the cache.
        run(&mut subject.command(server, &["generate"]), 0);
        subject
    }

    async fn measure(&mut self, server: &Server, dump: Option<&Path>) {
        if let Some(program) = dump {
            let mut command = Command::new(program);
            command.args(["--schema-only", "--dbname", &url(server, &self.one)]);
            self.figures.seconds[DUMP].push(run(&mut command, 0).seconds);
        }
        let client = connect(server, &self.one).await;
        server.create_database("bare").await.unwrap();
        let load = seconds(bare_load(&connect(server, "bare").await, &self.statements)).await;
        self.figures.seconds[LOAD].push(load);
        client.batch_execute("DROP DATABASE bare WITH (FORCE)").await.unwrap();
        let second = async { Some(connect(server, &self.one).await) };
        let scope = Scope::default();
        let read = seconds(async { drop(survey_shared(&client, second, &scope).await.unwrap()) }).await;
        self.figures.seconds[READ].push(read);
        self.ours(server, DIFF, &["diff", "live", &url(server, &self.two)], 1);
        self.write("");
        self.ours(server, WARM, &["generate"], 0);
        // A table's comment that no run had before: nothing of this schema is cached.
        let comment = format!("COMMENT ON TABLE t1 IS '{:?}';", std::time::SystemTime::now());
        self.write(&format!("{}\n{comment}", schema::CHANGES));
        self.ours(server, COLD, &["generate", "--dry-run", "--allow-destructive"], 0);
    }

    fn ours(&mut self, server: &Server, work: usize, arguments: &[&str], code: i32) {
        let Run { seconds, memory } = run(&mut self.command(server, arguments), code);
        self.figures.seconds[work].push(seconds);
        self.figures.memory = self.figures.memory.max(memory);
    }

    fn command(&self, server: &Server, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schemadiff"));
        command.args(arguments).current_dir(self.project.path()).env("DATABASE_URL", url(server, &self.one));
        command
    }

    fn write(&self, more: &str) {
        let text = format!("{};\n{more}", self.statements.join(";\n"));
        std::fs::write(self.project.path().join("schema"), text).unwrap();
    }
}

impl Figures {
    /// The median of what a work took, in seconds; nothing where it was not done.
    fn of(&self, work: usize) -> Option<f64> {
        let mut all = self.seconds[work].clone();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    }

    fn over(&self, work: usize, other: impl Fn(&Figures) -> Option<f64>) -> String {
        cell(self.of(work).zip(other(self)).map(|(one, two)| one / two), "")
    }
}

fn url(server: &Server, database: &str) -> String {
    format!("host={} port=5432 user={SUPERUSER} dbname={database}", server.folder().display())
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
fn report(found: &Binaries, all: &[Subject]) {
    println!("PostgreSQL {}, schemadiff {}\n", found.number(), env!("CARGO_PKG_VERSION"));
    println!("| tables | {} | peak memory |", WORK.join(" | "));
    println!("|---:{}|---:|", "|---:".repeat(WORK.len()));
    for Subject { tables, figures, .. } in all {
        let cells: Vec<String> = (0..WORK.len()).map(|work| cell(figures.of(work), " s")).collect();
        println!("| {tables} | {} | {} MiB |", cells.join(" | "), figures.memory >> 20);
    }
    println!("\n| tables | read / dump | diff / dump | warm / dump | cold / (load + 2 reads) |");
    println!("|---:|---:|---:|---:|---:|");
    for Subject { tables, figures, .. } in all {
        let over_dump = |work| figures.over(work, |figures| figures.of(DUMP));
        let cold = figures.over(COLD, |figures| Some(figures.of(LOAD)? + 2.0 * figures.of(READ)?));
        println!("| {tables} | {} | {} | {} | {cold} |", over_dump(READ), over_dump(DIFF), over_dump(WARM));
    }
    println!("\n| from, to | {} |", WORK.join(" | "));
    println!("|---:{}|", "|---:".repeat(WORK.len()));
    for pair in all.windows(2) {
        let (few, many) = (&pair[0], &pair[1]);
        let cells: Vec<String> =
            (0..WORK.len()).map(|work| many.figures.over(work, |_| few.figures.of(work))).collect();
        println!("| {}, {} | {} |", few.tables, many.tables, cells.join(" | "));
    }
}

fn cell(figure: Option<f64>, unit: &str) -> String {
    figure.map_or("-".to_owned(), |figure| format!("{figure:.2}{unit}"))
}
