//! A postmaster as a child process: dies with us, is awaited until it takes connections, is stopped.

use std::fs::{self, File};
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

use super::account::Account;
use crate::error::{Error, ErrorKind, Result};

/// A server that has to recover from a crash may take its time.
const START_LIMIT: Duration = Duration::from_secs(120);

/// After this a server is killed.
const STOP_LIMIT: Duration = Duration::from_secs(30);

/// How often is looked whether the server is ready, or gone.
const GLANCE: Duration = Duration::from_millis(1);

/// What the server's environment keeps of ours: the rest (`PGPORT`, `PGDATA`, `LANG` …) would change how it runs.
const KEPT: &[&str] = &["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZDIR"];

/// A running postmaster.
#[derive(Debug)]
pub struct Process {
    child: Child,
    ending: Signal,
}

/// A command and where its child goes.
type Order = (Command, Sender<io::Result<Child>>);

impl Process {
    /// Starts a server on the data folder and waits until it takes connections. `ending` is the signal that stops
    /// it, also when this process dies: `SIGINT` ends sessions and writes everything down, `SIGQUIT` just ends
    /// (PostgreSQL's documentation, "Shutting Down the Server").
    ///
    /// # Errors
    ///
    /// `Connect`, with the end of what the server wrote into `log`.
    pub fn start(
        program: &Path,
        data: &Path,
        arguments: &[String],
        account: &Account,
        (log, output): (&Path, File),
        ending: Signal,
    ) -> Result<Process> {
        let failed = |error: io::Error| {
            let message = format!("`{}` cannot be started", program.display());
            Error::new(ErrorKind::Connect, format!("{message}: {error}")).caused_by(error)
        };
        let mut command = prepare(program, account);
        command.arg("-D").arg(data).args(arguments);
        command.stdin(Stdio::null()).stdout(output.try_clone().map_err(failed)?).stderr(output);
        // Ctrl-C on the terminal is for us, not for the server.
        command.process_group(0);
        die_with_parent(&mut command, ending);
        let child = spawn(command).map_err(failed)?;
        let mut process = Process { child, ending };
        process.wait_until_ready(data, log)?;
        Ok(process)
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    fn wait_until_ready(&mut self, data: &Path, log: &Path) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < START_LIMIT {
            if is_ready(data, self.child.id()) {
                return Ok(());
            }
            if !matches!(self.child.try_wait(), Ok(None)) {
                break;
            }
            thread::sleep(GLANCE);
        }
        let said = fs::read_to_string(log).unwrap_or_default();
        let mut tail: Vec<&str> = said.lines().rev().take(5).collect();
        tail.reverse();
        Err(Error::new(
            ErrorKind::Connect,
            format!("the private PostgreSQL server did not start\n{}", tail.join("\n")),
        ))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        // An error means that the process is gone, which is what is wanted.
        let _ = rustix::process::kill_process(Pid::from_child(&self.child), self.ending);
        let begun = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if begun.elapsed() > STOP_LIMIT {
                let _ = self.child.kill();
            }
            thread::sleep(GLANCE);
        }
    }
}

/// A program of the server, in a clean environment and under its account.
pub fn prepare(program: &Path, account: &Account) -> Command {
    let mut command = Command::new(program);
    account.assume(&mut command);
    command.env_clear().current_dir("/").env("LC_ALL", "C");
    command.envs(KEPT.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    command
}

/// Whether the postmaster has written that it takes connections. The lines of `postmaster.pid` are those of
/// `pidfile.h` in PostgreSQL's source; `pg_ctl` waits in the same way.
pub fn is_ready(data: &Path, process: u32) -> bool {
    let lines = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    lines.first() == Some(&process.to_string().as_str()) && lines.get(7) == Some(&"ready")
}

/// The process and the socket folder of the server that says it is ready on this data folder.
pub fn running(data: &Path) -> Option<(u32, PathBuf)> {
    let lines = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    let process = lines.first()?.parse().ok()?;
    let sockets = PathBuf::from(lines.get(4)?);
    (is_ready(data, process) && sockets.is_dir()).then_some((process, sockets))
}

/// Stops a server whose owner is gone, and waits for one that is stopping already.
pub fn end_orphan(data: &Path, is_running: bool) {
    let lines = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    let Some(process) = lines.first().and_then(|id| Pid::from_raw(id.parse().ok()?)) else { return };
    // A file that a crash left behind may name a process that has nothing to do with us.
    if is_running {
        // An error means that it has just gone.
        let _ = rustix::process::kill_process(process, Signal::INT);
    } else if lines.get(7) != Some(&"stopping") {
        return;
    }
    let begun = Instant::now();
    let is_there =
        || rustix::process::test_kill_process(process).is_ok() && data.join("postmaster.pid").exists();
    while is_there() && begun.elapsed() < STOP_LIMIT {
        thread::sleep(GLANCE);
    }
}

/// Linux sends the signal when the *thread* that spawned the child ends (prctl(2)): so one thread, which never
/// ends, spawns them all.
fn spawn(command: Command) -> io::Result<Child> {
    static SPAWNER: OnceLock<Sender<Order>> = OnceLock::new();
    let spawner = SPAWNER.get_or_init(|| {
        let (orders, inbox) = channel::<Order>();
        thread::spawn(move || {
            for (mut command, answer) in inbox {
                // Nobody who waits for the answer can have gone.
                let _ = answer.send(command.spawn());
            }
        });
        orders
    });
    let (answer, child) = channel();
    spawner.send((command, answer)).map_err(io::Error::other)?;
    child.recv().map_err(io::Error::other)?
}

#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn die_with_parent(command: &mut Command, signal: Signal) {
    let parent = rustix::process::getpid();
    let ask = move || {
        rustix::process::set_parent_process_death_signal(Some(signal))?;
        // The parent may have died before it was asked for.
        match rustix::process::getppid() == Some(parent) {
            true => Ok(()),
            false => Err(io::ErrorKind::BrokenPipe.into()),
        }
    };
    // SAFETY: between fork and exec only async-signal-safe functions may be called. The closure makes two system
    // calls, allocates nothing and takes no lock.
    unsafe {
        command.pre_exec(ask);
    }
}

/// Elsewhere a postmaster ends by itself within a minute after its folder has been swept, because it watches its
/// `postmaster.pid`.
#[cfg(not(target_os = "linux"))]
fn die_with_parent(_: &mut Command, _: Signal) {}
