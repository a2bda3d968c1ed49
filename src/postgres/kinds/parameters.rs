//! Storage parameters: `WITH (…)`, kept by the catalogs as `name=value`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::plan::Step;
use crate::postgres::quote::literal;

/// Parameters in the order in which they were set, which means nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Parameters(pub Vec<String>);

impl PartialEq for Parameters {
    fn eq(&self, other: &Self) -> bool {
        self.0.iter().collect::<BTreeSet<_>>() == other.0.iter().collect()
    }
}

impl Parameters {
    /// `WITH (…)` after `lead`, or nothing; the catalog keeps values without quotes.
    pub fn clause(&self, lead: &str) -> String {
        if self.0.is_empty() { String::new() } else { format!("{lead}WITH ({})", assignments(&self.0)) }
    }

    /// SET and RESET for what differs from `old`, after `ALTER <object>`.
    pub fn steps(&self, object: &str, old: &Parameters) -> Vec<Step> {
        set(object, &old.0, &self.0)
    }
}

/// SET and RESET for what differs between two lists of parameters.
pub fn set(object: &str, old: &[String], new: &[String]) -> Vec<Step> {
    let set: Vec<_> = new.iter().filter(|option| !old.contains(option)).cloned().collect();
    let name = |option: &String| option.split('=').next().unwrap_or_default().to_owned();
    let reset: Vec<_> =
        old.iter().map(name).filter(|gone| !new.iter().any(|kept| name(kept) == *gone)).collect();
    let mut steps = vec![];
    if !set.is_empty() {
        steps.push(Step::new(format!("ALTER {object} SET ({})", assignments(&set))));
    }
    if !reset.is_empty() {
        steps.push(Step::new(format!("ALTER {object} RESET ({})", reset.join(", "))));
    }
    steps
}

fn assignments(options: &[String]) -> String {
    let quoted = options.iter().map(|option| match option.split_once('=') {
        Some((name, value)) => format!("{name}={}", literal(value)),
        None => option.clone(),
    });
    quoted.collect::<Vec<_>>().join(", ")
}
