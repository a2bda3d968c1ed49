//! How long something takes, and how much memory a program takes for it.

use std::future::Future;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often a running program is asked for its memory.
const PAUSE: Duration = Duration::from_millis(2);

/// One run of a program.
pub struct Run {
    /// From its start to its end, in seconds.
    pub seconds: f64,
    /// Its peak, in bytes, as far as Linux tells; elsewhere 0.
    pub memory: u64,
}

/// How long the work takes, in seconds.
pub async fn seconds(work: impl Future<Output = ()>) -> f64 {
    let begun = Instant::now();
    work.await;
    begun.elapsed().as_secs_f64()
}

/// Runs a program that must end with this exit code; what it prints goes to a file, as a user would send it.
pub fn run(command: &mut Command, code: i32) -> Run {
    let begun = Instant::now();
    let output = tempfile::tempfile().unwrap();
    let mut child = command.stdin(Stdio::null()).stdout(output).stderr(Stdio::piped()).spawn().unwrap();
    let mut memory = 0;
    let status = loop {
        // The peak only grows; what it grows by after the last look is missed.
        memory = peak(child.id()).unwrap_or(memory);
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => std::thread::sleep(PAUSE),
        }
    };
    let seconds = begun.elapsed().as_secs_f64();
    if status.code() != Some(code) {
        let mut said = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
        panic!("{command:?} ended with {status}\n{said}");
    }
    Run { seconds, memory }
}

/// `VmHWM` of proc(5), in bytes.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
}
