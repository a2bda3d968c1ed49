//! Findings with their places, in the forms that reviews in a browser show beside the lines: the workflow commands of
//! GitHub, and SARIF 2.1.0 (OASIS), which other systems read.

use std::collections::BTreeMap;
use std::iter;
use std::path::Path;

use serde_json::{Value, json};

use crate::Error;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It stops a merge.
    Error,
    /// It is advice.
    Warning,
}

/// One finding at its place.
#[derive(Debug, Clone)]
pub struct Annotation<'a> {
    /// How much it matters.
    pub level: Level,
    /// What it speaks against.
    pub rule: String,
    /// The file, if it is about one.
    pub file: Option<&'a Path>,
    /// From 1.
    pub line: Option<usize>,
    /// What was found, why it matters and what to do about it.
    pub message: String,
}

impl Annotation<'_> {
    /// What kept a command from finding anything.
    pub fn of(error: &Error) -> Annotation<'_> {
        let at = error.at.as_deref();
        Annotation {
            level: Level::Error,
            rule: "error".to_owned(),
            file: at.map(|at| at.file.as_path()),
            line: at.map(|at| at.line),
            message: with_hint(&error.message, error.hint.as_deref()),
        }
    }
}

/// A message with its hint on a line of its own.
pub fn with_hint(message: &str, hint: Option<&str>) -> String {
    let lines: Vec<_> = iter::once(message).chain(hint).collect();
    lines.join("\n")
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
        }
    }
}

/// A workflow command for each, one a line.
pub fn github(all: &[Annotation<'_>]) -> String {
    let line = |one: &Annotation<'_>| {
        let file = one.file.map(|file| format!("file={},", property(&uri(file))));
        let line = one.line.map(|line| format!("line={line},"));
        let place = [file, line].into_iter().flatten().collect::<String>();
        format!("::{} {place}title={}::{}\n", one.level.word(), property(&one.rule), data(&one.message))
    };
    all.iter().map(line).collect()
}

/// A log of one run.
pub fn sarif(all: &[Annotation<'_>]) -> Value {
    let rules: BTreeMap<&str, Value> =
        all.iter().map(|one| (one.rule.as_str(), json!({ "id": one.rule }))).collect();
    let result = |one: &Annotation<'_>| {
        let mut result = json!({
            "ruleId": one.rule,
            "level": one.level.word(),
            "message": { "text": one.message },
        });
        if let Some(file) = one.file {
            let region = json!({ "startLine": one.line.unwrap_or(1) });
            let artifact = json!({ "uri": encoded(&uri(file)) });
            let place = json!({ "artifactLocation": artifact, "region": region });
            result["locations"] = json!([{ "physicalLocation": place }]);
        }
        result
    };
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules.into_values().collect::<Vec<_>>(),
    });
    let results: Vec<Value> = all.iter().map(result).collect();
    json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": driver }, "results": results }] })
}

fn uri(file: &Path) -> String {
    let path = file.to_string_lossy();
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Percent-encoded, as RFC 3986 wants paths.
fn encoded(path: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_message_ends_no_command() {
        let one = Annotation {
            level: Level::Warning,
            rule: "a,b".to_owned(),
            file: Some(Path::new("./schema/größe 1:2.sql")),
            line: Some(3),
            message: "100 %\nor ::error::more".to_owned(),
        };
        let said = github(std::slice::from_ref(&one));
        assert_eq!(
            said,
            "::warning file=schema/größe 1%3A2.sql,line=3,title=a%2Cb::100 %25%0Aor ::error::more\n"
        );
        let place = &sarif(&[one])["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "schema/gr%C3%B6%C3%9Fe%201%3A2.sql");
    }
}
