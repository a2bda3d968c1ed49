//! Private servers and scratch databases, started and taken for real.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use schemadiff::error::ErrorKind;
use schemadiff::postgres::binaries::{Binaries, VARIABLE, find};
use schemadiff::postgres::scratch::{Live, Options, open, plain};
use schemadiff::postgres::server::Server;
use tokio_postgres::{Client, Config};

/// The newest there are, or those that the environment names.
fn newest() -> Binaries {
    let named = env::var_os(VARIABLE);
    find(None, named.as_ref().map(Path::new)).unwrap()
}

fn is_alive(process: u32) -> bool {
    let process = rustix::process::Pid::from_raw(process as i32).unwrap();
    rustix::process::test_kill_process(process).is_ok()
}

fn wait_until_gone(process: u32) {
    let begun = Instant::now();
    while is_alive(process) {
        assert!(begun.elapsed() < Duration::from_secs(10), "{process} is still alive");
        thread::sleep(Duration::from_millis(5));
    }
}

async fn text(client: &Client, query: &str) -> String {
    client.query_one(query, &[]).await.unwrap().get(0)
}

fn url(config: &Config) -> String {
    let [tokio_postgres::config::Host::Unix(folder)] = config.get_hosts() else { panic!("one socket") };
    let (user, database) = (config.get_user().unwrap(), config.get_dbname().unwrap());
    format!("host={} user={user} dbname={database}", folder.display())
}

/// A project folder that the server's account may enter, removed at the end.
struct Project(PathBuf);

impl Project {
    fn new(name: &str) -> Project {
        let folder = env::temp_dir().join(format!("{name}-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        Project(folder)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn a_server_starts_and_leaves_nothing_behind() {
    let server = Server::start(&newest()).unwrap();
    server.create_database("shop \"one\"").await.unwrap();
    let client = plain(server.config("shop \"one\"")).await.unwrap();
    assert_eq!(text(&client, "SELECT current_database()::text").await, "shop \"one\"");
    assert_eq!(text(&client, "SHOW fsync").await, "off");
    let (process, folder) = (server.process_id(), server.folder().to_owned());
    assert!(is_alive(process) && folder.is_dir());
    drop(server);
    assert!(!is_alive(process) && !folder.exists());
}

#[test]
fn two_servers_run_at_once() {
    let binaries = newest();
    let (one, other) = thread::scope(|scope| {
        let one = scope.spawn(|| Server::start(&binaries).unwrap());
        let other = scope.spawn(|| Server::start(&binaries).unwrap());
        (one.join().unwrap(), other.join().unwrap())
    });
    assert_ne!(one.folder(), other.folder());
    // The threads that asked for them are gone, the servers are not.
    thread::sleep(Duration::from_millis(50));
    assert!(is_alive(one.process_id()) && is_alive(other.process_id()));
}

/// Not a test: the process that is killed below.
#[test]
#[ignore = "waits to be killed"]
fn holds_a_server() {
    let server = match env::var_os("PROJECT") {
        Some(project) => Server::development(Path::new(&project), &newest()).unwrap(),
        None => Server::start(&newest()).unwrap(),
    };
    println!("\nserver {} {}", server.process_id(), server.folder().display());
    thread::sleep(Duration::from_secs(60));
}

/// Starts a server in a process that is then killed; tells the server's process and folder.
fn start_and_kill(project: Option<&Path>) -> (u32, PathBuf) {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "holds_a_server", "--ignored", "--nocapture"]).stdout(Stdio::piped());
    command.envs(project.map(|project| ("PROJECT", project)));
    let mut parent = command.spawn().unwrap();
    let lines = BufReader::new(parent.stdout.take().unwrap()).lines();
    let line = lines.map(Result::unwrap).find(|line| line.starts_with("server ")).unwrap();
    let (process, folder) = line.strip_prefix("server ").unwrap().split_once(' ').unwrap();
    let (process, folder) = (process.parse().unwrap(), PathBuf::from(folder));
    assert!(is_alive(process) && folder.is_dir());
    parent.kill().unwrap();
    parent.wait().unwrap();
    (process, folder)
}

#[test]
#[cfg(target_os = "linux")]
fn a_server_dies_with_its_parent_and_its_folder_is_swept() {
    let (process, folder) = start_and_kill(None);
    wait_until_gone(process);
    // Whoever starts a server sweeps; so may the other tests have.
    drop(Server::start(&newest()).unwrap());
    assert!(!folder.exists());
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn a_development_server_outlives_the_death_of_its_parent_as_data() {
    let project = Project::new("killed");
    let (process, _) = start_and_kill(Some(project.path()));
    let again = Server::development(project.path(), &newest()).unwrap();
    wait_until_gone(process);
    let client = plain(again.config(again.database())).await.unwrap();
    assert_eq!(text(&client, "SELECT 'here'").await, "here");
}

#[tokio::test]
async fn without_a_live_database_a_private_server_is_taken() {
    let one = open(&Options::default(), None).await.unwrap();
    let other = open(&Options::default(), None).await.unwrap();
    assert!(one.description().starts_with("private PostgreSQL "), "{}", one.description());
    assert_eq!(text(one.client(), "SELECT current_user::text").await, "postgres");
    assert_eq!(text(other.client(), "SELECT current_database()::text").await, "scratch_2");
    one.ensure_roles(&["reader".to_owned(), "pg_monitor".to_owned(), "public".to_owned()]).await.unwrap();
    one.client().batch_execute("CREATE TABLE t (id int); GRANT SELECT ON t TO reader").await.unwrap();
    one.close().await.unwrap();
    assert_eq!(text(other.client(), "SELECT count(*)::text FROM pg_database").await, "3");
    other.close().await.unwrap();
}

#[tokio::test]
async fn a_private_server_takes_after_the_live_one() {
    let server = Server::start(&newest()).unwrap();
    let root = plain(server.config("template1")).await.unwrap();
    root.batch_execute("CREATE ROLE \"the boss\" LOGIN CREATEDB; CREATE ROLE clerk").await.unwrap();
    root.batch_execute("CREATE DATABASE shop OWNER clerk TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'")
        .await
        .unwrap();
    let mut config = server.config("shop");
    config.user("the boss");
    let client = plain(config.clone()).await.unwrap();
    let live = Live { client: &client, config: &config, is_local: true };
    let scratch = open(&Options::default(), Some(&live)).await.unwrap();
    assert!(scratch.description().starts_with("private PostgreSQL "), "{}", scratch.description());
    let facts =
        "SELECT concat_ws(' ', current_user, datname, pg_get_userbyid(datdba), pg_encoding_to_char(encoding),
        datcollate, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user), current_setting('TimeZone'))
        FROM pg_database WHERE datname = current_database()";
    assert_eq!(text(scratch.client(), facts).await, "the boss shop clerk LATIN1 C t UTC");
    scratch.close().await.unwrap();
}

#[tokio::test]
async fn a_private_server_takes_over_every_sort_of_locale() {
    let server = Server::start(&newest()).unwrap();
    let root = plain(server.config("template1")).await.unwrap();
    let mut wanted = vec!["LOCALE 'C'"];
    if server.major() >= 15 {
        wanted.push("LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'de-AT'");
    }
    if server.major() >= 17 {
        wanted.push("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'");
    }
    let facts = "SELECT (to_jsonb(d) - '{oid,datname,datdba,datfrozenxid,datminmxid}'::text[])::text
        FROM pg_database d WHERE datname = current_database()";
    for (number, words) in wanted.into_iter().enumerate() {
        root.batch_execute(&format!("CREATE DATABASE d{number} TEMPLATE template0 {words}")).await.unwrap();
        let config = server.config(&format!("d{number}"));
        let client = plain(config.clone()).await.unwrap();
        let live = Live { client: &client, config: &config, is_local: true };
        let scratch = open(&Options::default(), Some(&live)).await.unwrap();
        assert_eq!(text(scratch.client(), facts).await, text(&client, facts).await);
        scratch.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_missing_extension_leads_to_the_live_server_or_to_an_error() {
    let server = Server::start(&newest()).unwrap();
    let config = server.config("template1");
    let client = plain(config.clone()).await.unwrap();
    let options = Options { extensions: vec!["no_such_thing".to_owned()], ..Options::default() };
    let live = Live { client: &client, config: &config, is_local: true };
    let scratch = open(&options, Some(&live)).await.unwrap();
    assert!(
        scratch.description().contains("lacks the extension `no_such_thing`"),
        "{}",
        scratch.description()
    );
    drop(scratch);

    let live = Live { is_local: false, ..live };
    let error = open(&options, Some(&live)).await.unwrap_err();
    assert!(error.message.contains("`no_such_thing`"), "{error}");
    for way in ["--pg-bin", "--scratch server", "--scratch-url"] {
        assert!(error.hint.as_ref().unwrap().contains(way), "{error}");
    }

    client.batch_execute("CREATE ROLE clerk LOGIN").await.unwrap();
    let mut config = config.clone();
    config.user("clerk");
    let client = plain(config.clone()).await.unwrap();
    let live = Live { client: &client, config: &config, is_local: true };
    let error = open(&options, Some(&live)).await.unwrap_err();
    assert!(
        error.message.contains("`no_such_thing`") && error.message.contains("permission denied"),
        "{error}"
    );
    assert!(error.hint.as_ref().unwrap().contains("CREATEDB"), "{error}");
}

#[tokio::test]
async fn a_temporary_database_on_the_live_server_is_dropped_in_every_case() {
    let server = Server::start(&newest()).unwrap();
    let config = server.config("template1");
    let client = plain(config.clone()).await.unwrap();
    let live = Live { client: &client, config: &config, is_local: false };
    let options = Options { server: true, ..Options::default() };
    let count = "SELECT count(*)::text FROM pg_database WHERE datname ~ '^schemadiff_scratch_'";

    let scratch = open(&options, Some(&live)).await.unwrap();
    scratch.client().batch_execute("CREATE TABLE t (id int)").await.unwrap();
    assert_eq!(text(&client, count).await, "1");
    scratch.close().await.unwrap();
    assert_eq!(text(&client, count).await, "0");

    drop(open(&options, Some(&live)).await.unwrap());
    assert_eq!(text(&client, count).await, "0");

    // A leftover bears our mark; a database that only bears our prefix is not ours.
    client.batch_execute("CREATE DATABASE schemadiff_scratch_1_1").await.unwrap();
    client.batch_execute("CREATE DATABASE schemadiff_scratch_of_a_person").await.unwrap();
    let mark = "COMMENT ON DATABASE schemadiff_scratch_1_1
        IS 'scratch database of schemadiff: may be dropped when nobody is connected to it'";
    client.batch_execute(mark).await.unwrap();
    open(&options, Some(&live)).await.unwrap().close().await.unwrap();
    let left =
        text(&client, "SELECT string_agg(datname, ' ') FROM pg_database WHERE datname ~ 'scratch'").await;
    assert_eq!(left, "schemadiff_scratch_of_a_person");
}

#[tokio::test]
async fn a_named_database_must_be_empty_and_not_the_live_one() {
    let server = Server::start(&newest()).unwrap();
    server.create_database("shop").await.unwrap();
    server.create_database("spare").await.unwrap();
    let (config, spare) = (server.config("shop"), server.config("spare"));
    let client = plain(config.clone()).await.unwrap();
    let live = Live { client: &client, config: &config, is_local: true };
    let named = |config: &Config| Options { url: Some(url(config)), ..Options::default() };

    let error = open(&named(&config), Some(&live)).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused);
    assert!(error.message.contains("`shop` is the live database"), "{error}");

    let beside = plain(spare.clone()).await.unwrap();
    beside
        .batch_execute("CREATE EXTENSION pg_trgm; CREATE TABLE precious (id serial PRIMARY KEY)")
        .await
        .unwrap();
    let error = open(&named(&spare), Some(&live)).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused);
    assert!(error.message.contains("`spare` is not empty: it holds table precious"), "{error}");

    beside.batch_execute("DROP TABLE precious").await.unwrap();
    for round in 0..2 {
        let scratch = open(&named(&spare), Some(&live)).await.unwrap();
        scratch.client().batch_execute(EVERYTHING).await.unwrap_or_else(|error| panic!("{round}: {error:?}"));
        match round {
            0 => scratch.close().await.unwrap(),
            _ => drop(scratch),
        }
    }
    assert_eq!(
        text(&beside, "SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension").await,
        "pg_trgm plpgsql"
    );
}

/// One of each thing that a named scratch database must be rid of afterwards.
const EVERYTHING: &str = "
DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 64', current_database()); END$$;
DO $$BEGIN EXECUTE format('ALTER ROLE postgres IN DATABASE %I SET work_mem = 64', current_database()); END$$;
CREATE SCHEMA s;
CREATE EXTENSION hstore SCHEMA s;
CREATE TYPE mood AS ENUM ('good'); CREATE DOMAIN s.d AS int; CREATE TYPE pair AS (a int, b mood);
CREATE TYPE span AS RANGE (subtype = int);
CREATE TABLE t (id serial PRIMARY KEY, m mood, n int GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (1) TO (9);
CREATE STATISTICS st ON id, m FROM t;
CREATE VIEW v AS SELECT * FROM t; CREATE MATERIALIZED VIEW mv AS SELECT * FROM v; CREATE SEQUENCE q;
CREATE FUNCTION f(int, int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE PROCEDURE p() LANGUAGE sql AS ''; CREATE AGGREGATE total (int) (sfunc = int4pl, stype = int);
CREATE OPERATOR === (leftarg = int, rightarg = int, function = f);
CREATE OPERATOR FAMILY fam USING btree; CREATE OPERATOR CLASS cl FOR TYPE pair USING hash AS STORAGE pair;
CREATE COLLATION plain (locale = 'C'); CREATE CAST (mood AS int) WITH INOUT;
CREATE TEXT SEARCH CONFIGURATION conf (COPY = simple); CREATE TEXT SEARCH DICTIONARY dict (TEMPLATE = simple);
CREATE FOREIGN DATA WRAPPER wrap; CREATE SERVER far FOREIGN DATA WRAPPER wrap;
CREATE FOREIGN TABLE ft (id int) SERVER far;
CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER et ON ddl_command_end EXECUTE FUNCTION e();
CREATE PUBLICATION pub FOR ALL TABLES;
CREATE ACCESS METHOD am TYPE INDEX HANDLER bthandler;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO PUBLIC;
CREATE TEMPORARY TABLE fleeting (id int)";

#[tokio::test]
async fn a_development_server_is_shared_and_keeps_its_data() {
    let project = Project::new("shop");
    let one = Server::development(project.path(), &newest()).unwrap();
    assert_eq!(Server::development_major(project.path()), Some(newest().major));
    assert_eq!(fs::read_to_string(project.path().join(".schemadiff/.gitignore")).unwrap(), "*\n");
    let client = plain(one.config(one.database())).await.unwrap();
    assert_eq!(text(&client, "SHOW fsync").await, "on");
    client.batch_execute("CREATE TABLE t (id int)").await.unwrap();

    let other = Server::development(project.path(), &newest()).unwrap();
    assert_eq!((other.process_id(), other.folder()), (one.process_id(), one.folder()));
    let process = one.process_id();
    let client = plain(other.config(other.database())).await.unwrap();
    let stopping = thread::spawn(move || drop(one));
    thread::sleep(Duration::from_millis(100));
    assert_eq!(text(&client, "SELECT count(*)::text FROM t").await, "0");
    drop(other);
    stopping.join().unwrap();
    assert!(!is_alive(process));

    let again = Server::development(project.path(), &newest()).unwrap();
    assert!(again.database().starts_with("shop-"));
    let client = plain(again.config(again.database())).await.unwrap();
    assert_eq!(text(&client, "SELECT count(*)::text FROM t").await, "0");
}

/// Prints the least and the median time of ten runs, in milliseconds.
#[tokio::test]
#[ignore = "measures"]
async fn times() {
    let project = Project::new("times");
    let mut live = Server::development(project.path(), &newest()).unwrap();
    let mut times: [Vec<u128>; 6] = Default::default();
    for _ in 0..10 {
        let mut begun = Instant::now();
        let mut lap = |column: usize| {
            times[column].push(begun.elapsed().as_millis());
            begun = Instant::now();
        };
        let server = Server::start(&newest()).unwrap();
        lap(0);
        drop(server);
        lap(1);
        drop(live);
        lap(2);
        live = Server::development(project.path(), &newest()).unwrap();
        lap(3);
        let config = live.config(live.database());
        let client = plain(config.clone()).await.unwrap();
        lap(5);
        let scratch =
            open(&Options::default(), Some(&Live { client: &client, config: &config, is_local: true })).await;
        lap(4);
        scratch.unwrap().close().await.unwrap();
        lap(5);
    }
    let names =
        ["start", "stop", "stop development", "start development", "open scratch", "connect; close scratch"];
    for (name, mut times) in names.into_iter().zip(times) {
        times.sort();
        println!("{} {name}: {} {}", newest().major, times[0], times[times.len() / 2]);
    }
}
