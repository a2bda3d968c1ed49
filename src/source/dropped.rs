//! What DROP in schema files comes to: it is run in the scratch database, where it takes away what the files make. That is not
//! what most who write one expect, so it is told; but for one that makes way for what comes behind it, as dumps have them.

use std::collections::HashMap;
use std::path::Path;

use super::words::Words;
use super::{Statement, Warning};

/// A warning for each file that drops something for good, at the first such statement.
pub(super) fn warnings(statements: &[Statement]) -> Vec<Warning> {
    let mut made: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, statement) in statements.iter().enumerate() {
        if let Some(last) = statement.defines().and_then(<[String]>::last) {
            made.entry(last).or_default().push(index);
        }
    }
    let mut found: Vec<(&Path, Vec<(usize, bool)>)> = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        let Some(name) = dropped(statement) else { continue };
        let same = |other: &&usize| {
            let other = statements[**other].defines().unwrap_or_default();
            other.ends_with(name) || name.ends_with(other)
        };
        let makers: Vec<usize> = name
            .last()
            .and_then(|last| made.get(last.as_str()))
            .into_iter()
            .flatten()
            .filter(same)
            .copied()
            .collect();
        if makers.iter().any(|maker| *maker > index) {
            continue;
        }
        let (file, drop) = (statement.file.path.as_path(), (index, !makers.is_empty()));
        match found.last_mut() {
            Some((last, drops)) if *last == file => drops.push(drop),
            _ => found.push((file, vec![drop])),
        }
    }
    let warnings = found.iter().map(|(_, drops)| {
        let (first, is_made) = drops[0];
        let more = match drops.len() - 1 {
            0 => String::new(),
            count => format!(" ({count} more in this file)"),
        };
        Warning {
            message: told(&statements[first], is_made) + &more,
            position: statements[first].position(0),
        }
    });
    warnings.collect()
}

/// The name of what a statement drops.
fn dropped(statement: &Statement) -> Option<&[String]> {
    statement.name.as_deref().filter(|_| statement.kind.starts_with("DROP "))
}

fn told(statement: &Statement, is_made: bool) -> String {
    let said = statement.text().split_whitespace().collect::<Vec<_>>().join(" ");
    match is_made {
        true => format!("`{said}` takes back what these files make, which goes from the database then"),
        false => {
            let words = Words::new(statement.text());
            let name = statement.name.as_deref().unwrap_or_default().join(".");
            let consent = format!("; `-- schemadiff: drop {name}` consents to the loss of its data");
            let holds_data = words.is(1, "table") || words.is(1, "schema");
            let consent = if holds_data { consent } else { String::new() };
            format!("`{said}` does nothing here: what the files do not make goes without it{consent}")
        }
    }
}
