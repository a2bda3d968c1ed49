//! What `pg_dump` says of a database, where it is installed: a witness that knows nothing of this program.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use schemadiff::postgres::server::{SUPERUSER, Server};
use tokio_postgres::config::Host;

/// A `pg_dump` that understands the server: beside the server's programs, or on the path.
pub fn witness(binaries: &Path, server: &Server) -> Option<PathBuf> {
    [binaries.join("pg_dump"), PathBuf::from("pg_dump")].into_iter().find(|program| {
        let said = Command::new(program).arg("--version").output();
        let said =
            said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        let version =
            said.split_whitespace().nth(2).and_then(|version| version.split('.').next()?.parse().ok());
        version.is_some_and(|major: u32| major >= server.major())
    })
}

/// Every entry of the dump, its lines in an order of their own: where a column stands among the others is not compared.
pub fn dump(program: &Path, server: &Server, database: &str) -> BTreeSet<String> {
    let config = server.config(database);
    let Some(Host::Unix(socket)) = config.get_hosts().first() else {
        panic!("the server listens on a socket")
    };
    let output = Command::new(program)
        .args(["--schema-only", "--quote-all-identifiers", "--username", SUPERUSER, "--host"])
        .arg(socket)
        .arg(database)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split("\n--\n-- Name: ").skip(1).map(in_order).collect()
}

fn in_order(entry: &str) -> String {
    let kept = |line: &&str| !line.is_empty() && !line.starts_with("\\unrestrict") && !line.starts_with("--");
    let mut lines: Vec<String> =
        entry.lines().filter(kept).map(|line| parameters_in_order(line.trim_end_matches(','))).collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// Storage parameters stand in the order in which they were set.
fn parameters_in_order(line: &str) -> String {
    let inside = line.strip_prefix("WITH (").and_then(|rest| rest.strip_suffix(");"));
    let Some(inside) = inside else { return line.to_owned() };
    let mut parameters: Vec<&str> = inside.split(", ").collect();
    parameters.sort_unstable();
    format!("WITH ({});", parameters.join(", "))
}
