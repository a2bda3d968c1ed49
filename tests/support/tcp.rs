//! A PostgreSQL server that lives as long as one test, and is reached over TCP: what the program's own never is.
#![allow(dead_code, reason = "each binary of tests uses a part")]

use std::ffi::OsStr;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tempfile::TempDir;

use super::programs::programs;

/// The user `nobody` of most systems: PostgreSQL refuses to run as root.
const UNPRIVILEGED: u32 = 65534;

/// The password of the superuser `postgres`.
pub const PASSWORD: &str = "correct horse";

/// Runs the server for as long as somebody holds the standard input open, again when it crashes: it ends with the test,
/// however that ends. SIGINT is PostgreSQL's fast shutdown. What it kept goes too, which a killed test cannot see to.
const GUARDED: &str = r#"trap '' INT; until [ -e ended ]; do "$0" "$@" </dev/null; done &
    cat >/dev/null; touch ended; kill -INT "$(head -n 1 data/postmaster.pid)"; wait; rm -rf "$PWD""#;

/// A running server: sockets in its folder trust everybody, TCP on 127.0.0.1 asks for the password.
pub struct Server {
    /// Its socket is here.
    pub folder: TempDir,
    /// Its port, on 127.0.0.1 and for the socket.
    pub port: u16,
    process: Child,
}

impl Server {
    /// Initialises and starts a server with these settings (`name=value`).
    pub fn start(prepare: impl FnOnce(&Path), settings: &[&str]) -> Server {
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o700)).unwrap();
        std::fs::write(folder.path().join("password"), PASSWORD).unwrap();
        prepare(folder.path());
        if rustix::process::geteuid().is_root() {
            for entry in std::fs::read_dir(folder.path()).unwrap() {
                chown(entry.unwrap().path(), Some(UNPRIVILEGED), Some(UNPRIVILEGED)).unwrap();
            }
            chown(folder.path(), Some(UNPRIVILEGED), Some(UNPRIVILEGED)).unwrap();
        }
        let made = program(programs().folder.join("initdb"), folder.path())
            .args([
                "-D",
                "data",
                "-U",
                "postgres",
                "-E",
                "UTF8",
                "--auth-local=trust",
                "--auth-host=scram-sha-256",
            ])
            .args(["--pwfile=password", "--no-sync"])
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let process = program("sh", folder.path())
            .args(["-c", GUARDED])
            .arg(programs().folder.join("postgres"))
            .args(["-D", "data", "-F", "-p", &port.to_string(), "-k", &folder.path().display().to_string()])
            .args(["-c", "listen_addresses=127.0.0.1"])
            .args(settings.iter().flat_map(|setting| ["-c", setting]))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let server = Server { folder, port, process };
        server.wait();
        server
    }

    /// The socket.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join(format!(".s.PGSQL.{}", self.port))
    }

    /// Ends the server as a loss of power would; it starts again by itself.
    pub fn crash(&self) {
        let file = std::fs::read_to_string(self.folder.path().join("data/postmaster.pid")).unwrap();
        let process = file.lines().next().and_then(|line| line.parse().ok()).and_then(Pid::from_raw).unwrap();
        kill_process(process, Signal::QUIT).unwrap();
        while test_kill_process(process).is_ok() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn wait(&self) {
        let start = Instant::now();
        let log = self.folder.path().join("log");
        while !std::fs::read_to_string(&log).unwrap().contains("ready to accept connections") {
            assert!(start.elapsed() < Duration::from_secs(60), "{}", std::fs::read_to_string(&log).unwrap());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// A program, to be run in `folder` as a user that PostgreSQL accepts.
fn program(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env("LC_ALL", "C");
    if rustix::process::geteuid().is_root() {
        command.uid(UNPRIVILEGED).gid(UNPRIVILEGED);
    }
    command
}
