//! What a migration says about itself: the comments at its top, written for the reviewer and read by the runner.
//!
//! They are optional, so that a file written by hand is a migration too.

use std::collections::BTreeMap;
use std::path::Path;

use super::version::Version;
use crate::error::{Error, ErrorKind, Position, Result};

/// The longest line of a header, in characters.
pub(super) const WIDTH: usize = 110;

/// What the comments at the top of a migration say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The number of the migration.
    pub version: Version,
    /// Its name, as in the name of its file.
    pub name: String,
    /// The day it was written, as `2026-11-20`; empty if not said.
    pub created: String,
    /// What it does; empty if not said.
    pub description: String,
    /// The migrations that must have run before.
    pub depends: Vec<Version>,
    /// What running it may cost, one entry a hazard.
    pub hazards: Vec<String>,
    /// Who has consented to what it deletes, one entry a consent: `drop public.old_table (schema/old.sql:3)`.
    pub consents: Vec<String>,
    /// What was proven of it, and where; empty if not said.
    pub proven: String,
    /// What it was made for, as [`crate::drift`] writes and reads it; empty if not said.
    pub made_for: String,
    /// Further comment lines, which nobody reads back.
    pub notes: String,
}

impl Header {
    /// The comment lines.
    pub(super) fn render(&self) -> String {
        let or_none = |text: String| if text.is_empty() { "none".to_owned() } else { text };
        let depends: Vec<String> = self.depends.iter().map(Version::to_string).collect();
        let mut text = String::new();
        wrap(&mut text, "-- Migration: ", "--   ", &format!("{}_{}", self.version, self.name));
        for (key, value) in [
            ("Created", self.created.clone()),
            ("Description", self.description.clone()),
            ("Depends", or_none(depends.join(", "))),
        ] {
            if !value.is_empty() {
                wrap(&mut text, &format!("-- {key}: "), "--   ", &value);
            }
        }
        match self.hazards.as_slice() {
            [] => text.push_str("-- Hazards: none\n"),
            hazards => list(&mut text, "Hazards", hazards),
        }
        if !self.consents.is_empty() {
            list(&mut text, "Consent", &self.consents);
        }
        if !self.proven.is_empty() {
            wrap(&mut text, "-- Proven: ", "--   ", &self.proven);
        }
        if !self.made_for.is_empty() {
            wrap(&mut text, "-- Made for: ", "--   ", &self.made_for);
        }
        for line in self.notes.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// Reads the comment lines at the top of a migration; what they do not say is empty.
    ///
    /// # Errors
    ///
    /// A `Depends` that is not a list of numbers; a file name without a number.
    pub fn parse(path: &Path, text: &str) -> Result<Header> {
        let stem = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let stem = stem.strip_suffix(".sql").unwrap_or(stem);
        let stem = stem.strip_suffix(".down").or(stem.strip_suffix(".up")).unwrap_or(stem);
        let (number, name) = stem.split_once('_').unwrap_or((stem, ""));
        let version = Version::parse(number).filter(|_| !number.is_empty()).ok_or_else(|| {
            Error::new(ErrorKind::Migration, format!("`{}` has no number", path.display()))
                .hint("a migration is named like `0007_add_profiles.sql`")
        })?;
        let mut header = Header {
            version,
            name: name.to_owned(),
            created: String::new(),
            description: String::new(),
            depends: Vec::new(),
            hazards: Vec::new(),
            consents: Vec::new(),
            proven: String::new(),
            made_for: String::new(),
            notes: String::new(),
        };
        for (offset, key, lines) in entries(text) {
            let value = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
            let value = value.collect::<Vec<_>>().join(" ");
            match key {
                "Created" => header.created = value,
                "Description" => header.description = value,
                "Proven" => header.proven = value,
                "Made for" => header.made_for = value,
                "Hazards" if value == "none" => {}
                "Hazards" => header.hazards = listed_below(&lines),
                "Consent" => header.consents = listed_below(&lines),
                "Depends" if value == "none" || value.is_empty() => {}
                "Depends" => {
                    let place = || Position::locate(path, text, offset);
                    header.depends = depends(&value).ok_or_else(|| {
                        let message = format!("`{value}` is not a list of migrations");
                        Error::new(ErrorKind::Migration, message)
                            .at(place())
                            .hint("write the numbers: `-- Depends: 0001, 0003`")
                    })?;
                }
                _ => {}
            }
        }
        Ok(header)
    }
}

impl Header {
    /// Whether the comments at the top of a text have a line for `key`.
    pub(crate) fn states(text: &str, key: &str) -> bool {
        entries(text).iter().any(|(_, stated, _)| *stated == key)
    }

    /// Number and name of the migration that a text says it is.
    pub(crate) fn stated_name(text: &str) -> Option<String> {
        let (_, _, lines) = entries(text).into_iter().find(|(_, key, _)| *key == "Migration")?;
        Some(lines.concat().trim().to_owned())
    }
}

/// What a text says it depends on: the number, and the name where that is written too.
pub(super) fn depends_on(text: &str) -> Vec<(Version, Option<String>)> {
    listed(text, "Depends").into_iter().map(|(version, name)| (version, name.map(str::to_owned))).collect()
}

/// The numbers that earlier files share, and that a text accepts: `-- Duplicates: 0011`.
pub(super) fn duplicates(text: &str) -> Vec<Version> {
    listed(text, "Duplicates").into_iter().map(|(version, _)| version).collect()
}

/// The migrations that a text lists under a key.
fn listed<'a>(text: &'a str, wanted: &str) -> Vec<(Version, Option<&'a str>)> {
    let lines =
        entries(text).into_iter().filter(|(_, key, _)| *key == wanted).flat_map(|(_, _, lines)| lines);
    lines.flat_map(|line| line.split([',', ' '])).filter_map(required).collect()
}

/// `0001` or `0003_add_users`.
fn required(item: &str) -> Option<(Version, Option<&str>)> {
    let item = item.trim();
    let (number, name) = item.split_once('_').map_or((item, None), |(number, name)| (number, Some(name)));
    Some((Version::parse(number).filter(|_| !number.is_empty())?, name))
}

/// The text of the migration `old` under the number `new`, with what it depends on under `numbers`.
pub(super) fn renumbered(
    text: &str,
    old: (Version, &str),
    new: Version,
    numbers: &BTreeMap<(Version, &str), Version>,
) -> String {
    let mut rewritten = text.to_owned();
    let (number, name) = old;
    let item = |item: &str| {
        let (version, stated) = required(item)?;
        let now = numbers
            .iter()
            .find(|((number, name), _)| *number == version && stated.is_none_or(|stated| stated == *name));
        now.map(|(_, now)| stated.map_or(now.to_string(), |stated| format!("{now}_{stated}")))
    };
    for (_, key, lines) in entries(text).into_iter().rev() {
        for line in lines.into_iter().rev() {
            let start = line.as_ptr() as usize - text.as_ptr() as usize;
            let said = match key {
                "Migration" => line.replace(&format!("{number}_{name}"), &format!("{new}_{name}")),
                "Depends" => {
                    let pieces = line.split_inclusive([',', ' ']).map(|piece| {
                        let bare = piece.trim_end_matches([',', ' ']);
                        item(bare).map_or(piece.to_owned(), |now| format!("{now}{}", &piece[bare.len()..]))
                    });
                    pieces.collect()
                }
                _ => continue,
            };
            rewritten.replace_range(start..start + line.len(), &said);
        }
    }
    rewritten
}

/// Each `-- Key: value` of the leading comments, with its offset and its lines, the first being the rest of its own.
fn entries(text: &str) -> Vec<(usize, &str, Vec<&str>)> {
    let mut found: Vec<(usize, &str, Vec<&str>)> = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let Some(comment) = line.trim_end().strip_prefix("--") else { break };
        if let Some(more) = comment.strip_prefix("   ") {
            found.iter_mut().last().into_iter().for_each(|(_, _, lines)| lines.push(more));
        } else if let Some((key, value)) = comment.trim_start().split_once(':') {
            found.push((offset, key, vec![value]));
        }
        offset += line.len();
    }
    found
}

/// One entry on the key's line and its continuations, or one a line below it, further indented if continued.
fn listed_below(lines: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let listed = lines.first().is_some_and(|first| first.trim().is_empty());
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        match found.last_mut() {
            Some(hazard) if !listed || line.starts_with(' ') => {
                hazard.push(' ');
                hazard.push_str(line.trim());
            }
            _ => found.push(line.trim().to_owned()),
        }
    }
    found
}

/// `0001, 0003_add_users`.
fn depends(value: &str) -> Option<Vec<Version>> {
    let number =
        |item: &str| item.trim().split('_').next().filter(|n| !n.is_empty()).and_then(Version::parse);
    value.split(',').map(number).collect()
}

/// Writes one entry on the key's line, or several below it.
fn list(text: &mut String, key: &str, entries: &[String]) {
    if let [one] = entries {
        return wrap(text, &format!("-- {key}: "), "--   ", one);
    }
    text.push_str(&format!("-- {key}:\n"));
    entries.iter().for_each(|entry| wrap(text, "--   ", "--     ", entry));
}

/// Writes `words` behind `first`, and what does not fit on the line behind `next`.
fn wrap(text: &mut String, first: &str, next: &str, words: &str) {
    let mut line = first.trim_end().to_owned();
    let mut fresh = true;
    let mut lead = first;
    for word in words.split_whitespace() {
        if !fresh && line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            lead = next;
            fresh = true;
        }
        line = if fresh { format!("{lead}{word}") } else { format!("{line} {word}") };
        fresh = false;
    }
    text.push_str(&line);
    text.push('\n');
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn depends_must_be_numbers() {
        let path = Path::new("0002_a.sql");
        assert_eq!(Header::parse(path, "-- Depends: 1, 0001_x\n").unwrap().depends.len(), 2);
        let error = Header::parse(path, "-- hello\n-- Depends: the moon\n").unwrap_err();
        assert_eq!(error.at.unwrap().line, 2);
    }
}
