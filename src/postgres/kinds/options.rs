//! Options of foreign-data wrappers and of what they serve: `OPTIONS (…)`, kept by the catalogs as `name=value`.
//!
//! Values of options that are secret by their name are never read: their queries leave them out, so that they stand in
//! no file, and stay on the server as they are.

use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::{identifier, literal};

/// ` OPTIONS (…)` of a CREATE statement, or nothing.
pub fn clause(options: &[String]) -> String {
    if options.is_empty() {
        return String::new();
    }
    let words: Vec<_> = options.iter().map(|option| spelled(option)).collect();
    format!(" OPTIONS ({})", words.join(", "))
}

/// Leads from `old` to `new`; `head` is the statement up to OPTIONS, and `stored` a query of the options there are.
pub fn steps(head: &str, stored: &str, old: &[String], new: &[String]) -> Vec<Step> {
    let has = |options: &[String], wanted: &str| options.iter().any(|option| name(option) == wanted);
    let there = |wanted: &str| format!("EXISTS ({stored} WHERE split_part(o, '=', 1) = {})", literal(wanted));
    let gone = old
        .iter()
        .map(|option| name(option))
        .filter(|gone| !has(new, gone))
        .map(|gone| guard::when(&there(gone), &format!("{head} OPTIONS (DROP {})", identifier(gone))));
    let told = new.iter().filter(|option| !old.contains(option)).map(|option| {
        if has(old, name(option)) {
            return Step::new(format!("{head} OPTIONS (SET {})", spelled(option)));
        }
        let absent = format!("NOT {}", there(name(option)));
        guard::when(&absent, &format!("{head} OPTIONS (ADD {})", spelled(option)))
    });
    gone.chain(told).collect()
}

fn name(option: &str) -> &str {
    option.split('=').next().unwrap_or(option)
}

fn spelled(option: &str) -> String {
    let (name, value) = option.split_once('=').unwrap_or((option, ""));
    format!("{} {}", identifier(name), literal(value))
}
