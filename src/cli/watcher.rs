//! Shows what happens while migrations run: a line that moves on a terminal, plain lines elsewhere, JSON for programs.

use std::time::{Duration, Instant};

use super::{Format, Output};
use crate::runner::Event;

/// A statement that took this long is worth a line of its own.
const LONG: Duration = Duration::from_secs(1);

/// How often a statement that still runs is told of where lines do not move: at first, and from then on.
const STILL: [Duration; 2] = [Duration::from_secs(10), Duration::from_secs(60)];

/// What watches a run.
pub struct Watcher {
    output: Output,
    /// The statement that runs: `2/7 line 14: CREATE INDEX plan_name ON plan`.
    statement: String,
    /// When it was last told of, if it was.
    told: Option<Instant>,
    /// When the batch that runs was last told of, or began.
    batch: Option<Instant>,
}

impl Watcher {
    /// Nothing has happened yet.
    pub fn new(output: &Output) -> Watcher {
        Watcher { output: output.clone(), statement: String::new(), told: None, batch: None }
    }

    /// For a command that prints one answer at its end: what happens is told in words only.
    pub fn in_words(output: &Output) -> Watcher {
        let mut watcher = Watcher::new(output);
        watcher.output.format = Format::Text;
        watcher
    }

    /// Shows an event.
    pub fn see(&mut self, event: &Event) {
        if self.output.format == Format::Json {
            let json = serde_json::to_string(event).expect("an event is plain data");
            // A reader that goes away is no reason to stop half-way.
            let _ = self.output.data(&format!("{json}\n"));
            return;
        }
        match event {
            Event::Waiting { holder } => self.tell(&format!("Waiting for another run: {holder}")),
            Event::Repaired { found, dry_run, .. } => {
                let would = if *dry_run { "would be " } else { "" };
                self.tell(&format!("{would}recorded as it is now: {found}"));
            }
            Event::Drifted { version, name, objects } => {
                let objects: String = objects.iter().map(|one| format!("\n  {one}")).collect();
                self.tell(&format!(
                    "warning: the database is not what {version}_{name} was made for:{objects}"
                ));
            }
            Event::Started { version, name, file, files } => {
                self.statement.clear();
                self.tell(&format!("[{file}/{files}] {version}_{name}"));
            }
            Event::Statement { statement, statements, line, sql } => {
                let words: Vec<&str> = sql.split_whitespace().take(20).collect();
                self.statement = format!("{statement}/{statements} line {line}: {}", words.join(" "));
                self.told = None;
                self.output.status(&format!("  {}", self.statement));
            }
            Event::Running { elapsed_ms, progress, .. } => {
                let phase = progress.as_ref().map(|progress| format!(", {progress}")).unwrap_or_default();
                self.still(Duration::from_millis(*elapsed_ms), &phase);
            }
            Event::Blocked { by } => {
                let by: Vec<_> = by.iter().map(ToString::to_string).collect();
                self.tell(&format!("  {} waits for {}", shortened(&self.statement), by.join("; ")));
            }
            Event::Finished { rows, execution_time_ms, .. } => {
                let time = Duration::from_millis(*execution_time_ms);
                if time >= LONG {
                    let rows = if *rows > 0 { format!(", {rows} rows") } else { String::new() };
                    self.tell(&format!("  {} took {}{rows}", shortened(&self.statement), seconds(time)));
                }
                self.output.status("");
            }
            Event::Batch { passes, rows, done, .. } => self.batch(*passes, *rows, *done),
            Event::Retry { attempt, attempts, wait_ms, blockers } => {
                let by: Vec<_> = blockers.iter().map(ToString::to_string).collect();
                self.tell(&format!(
                    "  a lock was not granted in time (try {attempt} of {attempts}), next in {wait_ms} ms{}{}",
                    if by.is_empty() { "" } else { ": " },
                    by.join("; ")
                ));
            }
            Event::Applied { execution_time_ms, .. } => {
                if self.statement.is_empty() {
                    self.tell("  it holds no statement: write what it lacks into a new one");
                }
                self.tell(&format!("  applied in {execution_time_ms} ms"));
            }
            Event::PassedOver { .. } => {
                self.tell("  passed over: what it did stays, and the next `apply` runs it again");
            }
            Event::RolledBack { execution_time_ms, .. } => {
                self.tell(&format!("  rolled back in {execution_time_ms} ms"));
            }
        }
    }

    fn batch(&mut self, passes: u64, rows: u64, done: bool) {
        let so_far = format!("{rows} rows in {passes} passes");
        if done {
            self.tell(&format!("  {}: {so_far}", shortened(&self.statement)));
            self.batch = None;
        } else if self.output.has_terminal() {
            self.output.status(&format!("  {so_far} | {}", self.statement));
        } else if self.batch.get_or_insert_with(Instant::now).elapsed() >= STILL[0] {
            self.tell(&format!("  {}: {so_far} so far", shortened(&self.statement)));
            self.batch = Some(Instant::now());
        }
    }

    fn still(&mut self, elapsed: Duration, phase: &str) {
        if self.output.has_terminal() {
            let time = seconds(elapsed);
            self.output.status(&format!("  {time}{phase} | {}", self.statement));
            return;
        }
        let due = match self.told {
            None => elapsed >= STILL[0],
            Some(told) => told.elapsed() >= STILL[1],
        };
        if due {
            self.tell(&format!("  {} has run for {}{phase}", shortened(&self.statement), seconds(elapsed)));
            self.told = Some(Instant::now());
        }
    }

    fn tell(&self, line: &str) {
        self.output.status("");
        self.output.tell(line);
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.output.status("");
    }
}

/// The beginning, as far as a line of a log can take.
fn shortened(statement: &str) -> String {
    let mut short: String = statement.chars().take(70).collect();
    if short.len() < statement.len() {
        short.push('…');
    }
    short
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{} s", time.as_secs()),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
