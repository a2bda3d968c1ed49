//! A PostgreSQL server that lives as long as one test.

use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The user `nobody` of most systems: PostgreSQL refuses to run as root.
const UNPRIVILEGED: u32 = 65534;

/// The password of the superuser `postgres`.
pub const PASSWORD: &str = "correct horse";

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
        let made = program("initdb", folder.path())
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
        let process = program("postgres", folder.path())
            .args(["-D", "data", "-F", "-p", &port.to_string(), "-k", &folder.path().display().to_string()])
            .args(["-c", "listen_addresses=127.0.0.1"])
            .args(settings.iter().flat_map(|setting| ["-c", setting]))
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let server = Server { folder, port, process };
        server.wait();
        server
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
        // SIGINT is PostgreSQL's fast shutdown.
        if let Some(pid) = rustix::process::Pid::from_raw(self.process.id().cast_signed()) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::INT);
        }
        let _ = self.process.wait();
    }
}

/// A program of the newest server installed, to be run in `folder` as a user that PostgreSQL accepts.
fn program(name: &str, folder: &Path) -> Command {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.map(|version| version.unwrap().path().join("bin")).collect())
        .unwrap_or_default();
    debian.sort();
    let found = std::env::split_paths(&path)
        .chain(debian.into_iter().rev())
        .map(|bin| bin.join(name))
        .find(|file| file.is_file());
    let mut command =
        Command::new(found.unwrap_or_else(|| panic!("`{name}` of PostgreSQL is needed, in PATH")));
    command.current_dir(folder).env("LC_ALL", "C");
    if rustix::process::geteuid().is_root() {
        command.uid(UNPRIVILEGED).gid(UNPRIVILEGED);
    }
    command
}
