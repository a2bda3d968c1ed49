//! The binary from outside: help, exit codes, messages, and what it says when it cannot connect.
#![allow(clippy::unwrap_used)]

#[path = "support/programs.rs"]
mod programs;
#[path = "support/project.rs"]
mod project;
#[path = "support/tcp.rs"]
mod tcp;

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use project::Project;
use tcp::{PASSWORD, Server};

/// The exit code and everything printed, in which there is no password.
fn run(project: &Project, arguments: &[&str]) -> (i32, String) {
    let ended = project.run(arguments);
    let printed = ended.printed();
    assert!(
        !printed.contains(PASSWORD) && !printed.contains("correct%20horse"),
        "a password is shown: {printed}"
    );
    (ended.code, printed)
}

/// Whether a command connected, and then found nothing to do.
fn connects(project: &Project, arguments: &[&str]) -> Result<(), String> {
    let (code, printed) = run(project, arguments);
    assert!(matches!(code, 0 | 2), "{printed}");
    if code == 0 { Ok(()) } else { Err(printed) }
}

fn project() -> Project {
    Project::with(&[])
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({snapshot_path => "../snapshots/cli", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn help() {
    for command in [
        "", "init", "generate", "new", "apply", "rollback", "status", "check", "lint", "why", "diff", "dump",
        "baseline", "renumber", "adopt",
    ] {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let (code, printed) = run(&project(), &arguments);
        assert_eq!(code, 0);
        snapshot(if command.is_empty() { "help" } else { command }, &printed);
    }
}

#[test]
fn shells_and_manuals() {
    let project = project();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, printed) = run(&project, &["completions", shell]);
        assert_eq!(code, 0, "{printed}");
        assert!(printed.contains("renumber") && printed.contains("schemadiff"), "{shell}");
    }
    let (code, printed) = run(&project, &["completions", "cmd"]);
    assert_eq!(code, 2, "{printed}");
    let (code, printed) = run(&project, &["man", "man1"]);
    assert_eq!(code, 0, "{printed}");
    let page = std::fs::read_to_string(project.path("man1/schemadiff-apply.1")).unwrap();
    assert!(page.contains("lock") && page.starts_with(".ie"), "{page}");
    assert!(project.path("man1/schemadiff.1").exists());
}

#[test]
fn usage() {
    let mut all = String::new();
    for arguments in [
        &["aply"] as &[&str],
        &["apply", "--dryrun"],
        &["apply", "--lock-timeout", "soon"],
        &["generate", "--rename", "foods"],
        &["generate", "a", "--name", "b"],
        &["generate", "--scratch", "nowhere"],
        &["apply", "postgres://cook:secret@db/plans"],
        &["diff", "shema"],
        &["status", "--config", "missing.yaml"],
        &["status", "--database-url", "plans"],
        &["status", "--database-url", "mysql://cook:secret@db/plans"],
        &["status", "--database-url", "postgres://cook:secret@db/plans?sslmod=require"],
        &["status", "--database-url", "postgres://cook:secret@db/plans?sslmode=required"],
        &["status", "--database-url", "postgres://cook:secret@db:99999/plans"],
        &["status", "--database-url", "postgres://cook:secret%@db/plans"],
    ] {
        let (code, printed) = run(&project(), arguments);
        assert_eq!(code, 2, "{printed}");
        let shown = arguments.join(" ").replace("secret", "***");
        assert!(!printed.contains("secret"), "a password is shown: {printed}");
        all += &format!("$ schemadiff {shown}\n{printed}\n");
    }
    snapshot("usage", &all);
}

#[test]
fn configuration() {
    let mut all = String::new();
    for (name, text) in [
        ("schemadiff.yaml", "schema: schema\nmigratons: migrations\n".as_bytes()),
        ("schemadiff.yaml", b"manage:\n  owners: sometimes\n"),
        ("schemadiff.yaml", b"schema: \xff\n"),
        ("schemadiff.yaml", b"database_url: postgres://${PLANS_ROLE}@db/plans\n"),
        ("schemadiff.yml", b"schema: schema\n"),
        (".env", b"DATABASE_URL=postgres://cook:secret stuff@db/plans\n"),
    ] {
        let (code, printed) = run(&project().with_file(name, text), &["status"]);
        assert_eq!(code, 2, "{printed}");
        assert!(!printed.contains("secret"), "{printed}");
        all += &format!("{name}: {}{printed}\n", String::from_utf8_lossy(text).replace("secret", "***"));
    }
    snapshot("configuration", &all);
}

#[test]
fn nobody_there() {
    let mut all = String::new();
    for url in [
        "postgres://cook@127.0.0.1:1/plans",
        "postgres:///plans?host=/nowhere&user=cook",
        "host=nowhere.invalid user=cook dbname=plans",
        "host=127.0.0.1 port=1 user=cook dbname=plans sslmode=verify-full",
        "host=127.0.0.1 port=1 user=cook sslmode=verify-ca sslrootcert=missing.crt",
    ] {
        let (code, printed) = run(&project(), &["apply", "--database-url", url]);
        assert_eq!(code, 2, "{printed}");
        all += &format!("{url}\n{printed}\n");
    }
    snapshot("nobody_there", &all);
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let project = project();
    let arguments = ["diff", "nowhere.sql"];
    assert!(!run(&project, &arguments).1.contains('\x1b'));
    let (_, printed) = run(&project, &["--color", "always", "diff", "nowhere.sql"]);
    assert!(printed.starts_with("\x1b[1;31merror:\x1b[0m there is no file"), "{printed}");
    assert!(printed.contains("\n\x1b[36mhint:\x1b[0m "), "{printed}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let project = project();
    let mut process =
        project.command(&["--help"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(process.stdout.take());
    let mut complaint = String::new();
    process.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    process.wait().unwrap();
    assert_eq!(complaint, "");
}

#[test]
fn connections() {
    let server = Server::start(|_| {}, &[]);
    let port = server.port;
    let socket = server.folder.path().display().to_string();
    let over_socket = format!("postgres:///postgres?host={socket}&port={port}&user=postgres");
    let over_tcp = format!("postgres://postgres@127.0.0.1:{port}/postgres");
    let with_password = format!("postgres://postgres:correct%20horse@127.0.0.1:{port}/postgres");

    // Every place that a connection may be named in.
    let empty = project().with_file("schemadiff.yaml", "schema: schema.sql").with_file("schema.sql", "");
    for command in ["generate", "apply", "status", "diff", "dump"] {
        connects(&empty, &[command, "--database-url", &over_socket]).unwrap();
    }
    connects(&project().with_variable("DATABASE_URL", &with_password), &["status"]).unwrap();
    connects(&project().with_file(".env", format!("DATABASE_URL='{with_password}'\n")), &["status"]).unwrap();
    let yaml = format!("database_url: postgres://${{ROLE}}@127.0.0.1:{port}/postgres\n");
    let named = project().with_file("schemadiff.yaml", &yaml).with_file(".env", "ROLE=postgres\n");
    connects(&named.with_variable("PGPASSWORD", PASSWORD), &["status"]).unwrap();
    let libpq = project().with_variable("PGHOST", &socket).with_variable("PGPORT", &port.to_string());
    connects(&libpq.with_variable("PGUSER", "postgres"), &["status"]).unwrap();
    let service = format!("[plans]\nhost={socket}\nport={port}\nuser=postgres\ndbname=postgres\n");
    let service = project().with_file("services", service).with_variable("PGSERVICEFILE", "services");
    connects(&service.with_variable("PGSERVICE", "plans"), &["status"]).unwrap();

    // The saved password, by libpq's rules.
    let saved = project().with_file(".pgpass", format!("127.0.0.1:{port}:*:postgres:{PASSWORD}\n"));
    set_mode(&saved.path(".pgpass"), 0o600);
    connects(&saved, &["status", "--database-url", &over_tcp]).unwrap();
    set_mode(&saved.path(".pgpass"), 0o644);
    let exposed = connects(&saved, &["status", "--database-url", &over_tcp]).unwrap_err();
    assert!(exposed.contains("chmod 600"), "{exposed}");

    // Every way in which it may fail.
    let mut all = String::new();
    for url in [
        over_tcp.clone(),
        format!("postgres://postgres:wrong@127.0.0.1:{port}/postgres"),
        over_socket.replace("///postgres", "///plans"),
        over_socket.replace("user=postgres", "user=cook"),
        format!("{with_password}?sslmode=require"),
    ] {
        let failed = connects(&project(), &["status", "--database-url", &url]).unwrap_err();
        all += &format!("{}\n{failed}\n", url.replace("correct%20horse", "***").replace("wrong", "***"));
    }
    snapshot("connections", &all.replace(&socket, "SOCKET").replace(&port.to_string(), "PORT"));
}

#[test]
fn encryption() {
    let settings =
        ["ssl=on", "ssl_cert_file=../server.crt", "ssl_key_file=../server.key", "ssl_ca_file=../root.crt"];
    let server = Server::start(certificates, &settings);
    let folder = server.folder.path().display().to_string();
    let url = |host: &str, rest: &str| {
        format!(
            "postgres://postgres:correct%20horse@{host}:{}/postgres?hostaddr=127.0.0.1&{rest}",
            server.port
        )
    };
    let status = |url: String| connects(&project(), &["status", "--database-url", &url]);

    for mode in ["disable", "allow", "prefer", "require"] {
        status(url("localhost", &format!("sslmode={mode}"))).unwrap();
    }
    status(url("another.name", &format!("sslmode=verify-ca&sslrootcert={folder}/root.crt"))).unwrap();
    status(url("plans.example", &format!("sslmode=verify-full&sslrootcert={folder}/root.crt"))).unwrap();
    // A certificate that is trusted as it stands needs no authority.
    status(url("plans.example", &format!("sslmode=verify-full&sslrootcert={folder}/server.crt"))).unwrap();
    let client = format!("sslmode=require&sslcert={folder}/server.crt&sslkey={folder}/server.key");
    status(url("localhost", &client)).unwrap();

    let mut all = String::new();
    for (host, rest) in [
        ("another.name", format!("sslmode=verify-full&sslrootcert={folder}/root.crt")),
        ("another.name", format!("sslmode=verify-full&sslrootcert={folder}/server.crt")),
        ("plans.example", format!("sslmode=verify-full&sslrootcert={folder}/other.crt")),
        ("plans.example", format!("sslmode=verify-ca&sslrootcert={folder}/other.crt")),
        // With an authority at hand, `require` checks it.
        ("plans.example", format!("sslmode=require&sslrootcert={folder}/other.crt")),
        ("plans.example", "sslrootcert=system&sslmode=require".to_owned()),
        ("plans.example", format!("sslmode=verify-full&sslrootcert={folder}/server.key")),
        ("plans.example", format!("sslmode=require&sslcert={folder}/server.crt")),
        ("plans.example", format!("sslmode=require&sslcert={folder}/server.crt&sslkey={folder}/other.key")),
    ] {
        let failed = status(url(host, &rest)).unwrap_err();
        all += &format!("{host} {rest}\n{failed}\n");
    }
    let plain = Server::start(|_| {}, &[]);
    for mode in ["verify-full", "verify-ca"] {
        let rest = format!("sslmode={mode}&sslrootcert={folder}/root.crt");
        let to_plain = url("plans.example", &rest).replace(&server.port.to_string(), &plain.port.to_string());
        let failed = status(to_plain).unwrap_err().replace(&plain.port.to_string(), "PORT");
        all += &format!("a server without TLS, {rest}\n{failed}\n");
    }
    snapshot("encryption", &all.replace(&folder, "FOLDER").replace(&server.port.to_string(), "PORT"));
}

/// Two authorities, and a certificate for plans.example from the first.
fn certificates(folder: &Path) {
    let openssl = |line: &str| {
        let made = Command::new("openssl").args(line.split(' ')).current_dir(folder).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    for name in ["root", "other"] {
        openssl(&format!("req -x509 {key} -keyout {name}.key -out {name}.crt -subj /CN={name} -days 2"));
    }
    openssl(&format!("req -new {key} -keyout server.key -out server.csr -subj /CN=plans.example"));
    std::fs::write(folder.join("names"), "subjectAltName=DNS:plans.example\nbasicConstraints=CA:FALSE\n")
        .unwrap();
    openssl(
        "x509 -req -in server.csr -CA root.crt -CAkey root.key -CAcreateserial -out server.crt -extfile names -days 2",
    );
    set_mode(&folder.join("server.key"), 0o600);
}

fn set_mode(file: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, PermissionsExt::from_mode(mode)).unwrap();
}
