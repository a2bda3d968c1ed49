//! A throw-away PostgreSQL server for one test binary, and a database for each test.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio_postgres::{Client, Config, NoTls};

/// The server lives as long as its standard input: it ends with the test process, however that ends.
const SCRIPT: &str = r#"
trap '' INT
bin=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | head -n 1)}
folder=$(mktemp -d) && cd "$folder" || exit 1
"${bin:+$bin/}initdb" -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >log 2>&1 || { cat log >&2; exit 1; }
"${bin:+$bin/}postgres" -D data -k "$folder" -c listen_addresses= -c fsync=off </dev/null >log 2>&1 &
echo "$folder"
cat >/dev/null
kill -QUIT $!
wait
rm -rf "$folder"
"#;

static SERVER: OnceLock<(String, Child)> = OnceLock::new();
static DATABASES: AtomicUsize = AtomicUsize::new(0);

/// The folder of the server's socket; the server is started when first asked for.
fn socket() -> &'static str {
    let (folder, _) = SERVER.get_or_init(|| {
        let mut command = Command::new("sh");
        command.arg("-c").arg(SCRIPT).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        if rustix::process::geteuid().is_root() {
            command.uid(65534).gid(65534);
        }
        let mut child = command.spawn().unwrap();
        let mut folder = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut folder).unwrap();
        (folder.trim().to_owned(), child)
    });
    folder
}

/// A new, empty database.
pub async fn database() -> String {
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    connect("postgres").await.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    name
}

/// A connection to a database of the server, as its superuser.
pub async fn connect(database: &str) -> Client {
    connect_as(database, "postgres").await
}

/// A connection to a database of the server.
pub async fn connect_as(database: &str, role: &str) -> Client {
    let mut config = Config::new();
    config.host_path(socket()).user(role).dbname(database).application_name("a test");
    for _ in 0..500 {
        if let Ok((client, connection)) = config.connect(NoTls).await {
            tokio::spawn(connection);
            return client;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the server in {} does not answer", socket());
}
