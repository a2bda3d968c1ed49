//! What `SET` in a schema file does to the statements below it. A statement carries the settings in force where it
//! stands, so that it can be executed out of order, or after a statement of another file, and still mean the same.

use super::words::Words;

/// Parameters that cannot change what a statement makes, only how the session runs or prints. The files that
/// PostgreSQL's own dump writes begin with them, and some are unknown to older servers.
const WITHOUT_EFFECT: [&str; 14] = [
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
    "idle_session_timeout",
    "transaction_timeout",
    "client_min_messages",
    "row_security",
    "check_function_bodies",
    "synchronize_seqscans",
    "extra_float_digits",
    "default_with_oids",
    "transaction",
    "constraints",
    "characteristics",
];

/// One parameter and the statement that gives it its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The parameter's name in lower case: `search_path`, `role`, `session authorization`, `time zone` …
    pub parameter: String,
    /// The statement that sets it for the session.
    pub sql: String,
    /// Whether it ends with the transaction (`SET LOCAL`).
    pub local: bool,
}

/// What a statement does to the settings in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Nothing that matters here.
    Nothing,
    /// Sets a parameter.
    Set(Setting),
    /// Gives a parameter its default back.
    Reset(String),
    /// Gives all parameters their defaults back.
    ResetAll,
    /// Tells of an encoding or of a string syntax in which the file cannot be read.
    Unreadable(&'static str),
}

/// The settings in force at some statement, in the order in which they were set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings(Vec<Setting>);

impl Setting {
    /// The statement that gives the parameter its default back.
    pub fn reset(&self) -> String {
        format!("RESET {}", self.parameter)
    }
}

impl Settings {
    /// The settings, in the order in which they have to be made.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Setting> {
        self.0.iter()
    }

    /// Whether a name without a schema can only mean what PostgreSQL itself brings along, as in files that its dump
    /// writes.
    pub fn search_nowhere(&self) -> bool {
        self.0.iter().any(|setting| setting.parameter == "search_path" && setting.sql.contains("''"))
    }

    /// The schema that a new object without one is made in, as far as the files say.
    pub fn schema(&self) -> Option<String> {
        let path = self.0.iter().find(|setting| setting.parameter == "search_path")?;
        let words = Words::new(&path.sql);
        let value = (0..words.count()).find(|index| words.is_any(*index, &["to", "="]))? + 1;
        let first = words.name(value).or_else(|| words.string(value))?;
        (!first.is_empty()).then(|| first.into_owned())
    }

    /// The statements that lead from these settings to `wanted`.
    pub fn lead_to(&self, wanted: &Settings) -> Vec<String> {
        if self == wanted {
            return Vec::new();
        }
        let resets = self.0.iter().rev().map(Setting::reset);
        resets.chain(wanted.0.iter().map(|setting| setting.sql.clone())).collect()
    }

    /// The settings after `change`.
    #[must_use]
    pub fn after(&self, change: Change) -> Settings {
        let mut settings = self.clone();
        match change {
            Change::Nothing | Change::Unreadable(_) => {}
            Change::ResetAll => {
                settings.0.retain(|old| matches!(&*old.parameter, "role" | "session authorization"))
            }
            Change::Reset(parameter) => settings.0.retain(|old| old.parameter != parameter),
            Change::Set(new) => {
                settings.0.retain(|old| old.parameter != new.parameter);
                settings.0.push(new);
            }
        }
        settings
    }

    /// The settings once the transaction of the file has ended.
    #[must_use]
    pub fn committed(&self) -> Settings {
        Settings(self.0.iter().filter(|setting| !setting.local).cloned().collect())
    }
}

/// Reads `SET`, `RESET` and `SELECT set_config(…)`; anything else has no answer.
pub fn read(words: &Words<'_>, text: &str) -> Option<Change> {
    if words.is(0, "select") {
        return configured(words, text);
    }
    let resets = words.is(0, "reset");
    if !resets && !words.is(0, "set") {
        return None;
    }
    let local = words.is(1, "local");
    let at = 1 + usize::from(local || (words.is(1, "session") && !words.is(2, "authorization")));
    if resets && words.is(at, "all") {
        return Some(Change::ResetAll);
    }
    let (parameter, value) = parameter(words, at);
    if resets || words.is(value, "default") {
        return Some(Change::Reset(parameter));
    }
    let start = words.token(at).map_or(text.len(), |token| token.start);
    Some(judge(Setting { parameter, sql: format!("SET {}", &text[start..]), local }, words, value))
}

/// The parameter named at `at`, and the place of its value.
fn parameter(words: &Words<'_>, at: usize) -> (String, usize) {
    if words.are(at, "session authorization") {
        return ("session authorization".into(), at + 2);
    }
    if words.are(at, "time zone") {
        return ("timezone".into(), at + 2);
    }
    let mut parts = Vec::new();
    let next = words.qualified(at, &mut parts);
    let value = next + usize::from(words.is_any(next, &["to", "="]));
    match parts.join(".").as_str() {
        "schema" => ("search_path".into(), value),
        "names" => ("client_encoding".into(), value),
        name => (name.to_ascii_lowercase(), value),
    }
}

/// `SELECT set_config('name', 'value', false)`, alone.
fn configured(words: &Words<'_>, text: &str) -> Option<Change> {
    let mut parts = Vec::new();
    let at = words.qualified(1, &mut parts);
    if parts.last().is_none_or(|function| function != "set_config") || !words.is(at, "(") {
        return None;
    }
    let parameter = words.string(at + 1)?.to_ascii_lowercase();
    let local = words.is(at + 5, "true");
    Some(judge(Setting { parameter, sql: text.to_owned(), local }, words, at + 3))
}

fn judge(setting: Setting, words: &Words<'_>, value: usize) -> Change {
    let value = words.string(value).or_else(|| words.name(value)).unwrap_or_default().to_ascii_lowercase();
    match setting.parameter.as_str() {
        "client_encoding" if matches!(&*value, "utf8" | "utf-8" | "unicode") => Change::Nothing,
        "client_encoding" => Change::Unreadable("schema files are read as UTF-8"),
        "standard_conforming_strings" if matches!(&*value, "on" | "true" | "yes" | "1") => Change::Nothing,
        "standard_conforming_strings" => Change::Unreadable(
            "strings are read with `standard_conforming_strings` on; write E'…' for escapes",
        ),
        parameter if WITHOUT_EFFECT.contains(&parameter) => Change::Nothing,
        _ => Change::Set(setting),
    }
}
