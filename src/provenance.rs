//! Provenance: which line of the schema files a difference comes from.
//!
//! Statements are found by what they create, and by its name: nothing that is planned depends on it.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::Catalog;
use crate::source::words::Words;
use crate::source::{Source, Statement};

/// Where the schema files state something.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Stated {
    /// As the user would name it.
    pub file: PathBuf,
    /// From 1.
    pub line: usize,
}

impl fmt::Display for Stated {
    /// `schema/orders.sql:12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.display(), self.line)
    }
}

/// The objects of a catalog in the schema files that make it.
pub struct Provenance<'a> {
    desired: &'a Catalog,
    /// By the last part of the name of what they are about.
    statements: HashMap<&'a str, Vec<&'a Statement>>,
    /// Objects as they are told, such as `table public.orders`.
    told: HashMap<String, usize>,
}

impl<'a> Provenance<'a> {
    /// Of the catalog that `source` makes.
    pub fn new(source: &'a Source, desired: &'a Catalog) -> Provenance<'a> {
        let mut statements: HashMap<&str, Vec<&Statement>> = HashMap::new();
        for statement in &source.statements {
            if let Some(last) = statement.name.as_ref().and_then(|name| name.last()) {
                statements.entry(last).or_default().push(statement);
            }
        }
        let told = desired.objects.values().enumerate().map(|(index, object)| (object.to_string(), index));
        Provenance { desired, statements, told: told.collect() }
    }

    /// Where an object is stated that is told so, such as `table public.orders`.
    pub fn of(&self, told: &str) -> Option<Stated> {
        self.at(*self.told.get(told)?)
    }

    /// Where the object at this place is stated: by itself; within the statement that creates what it is a part of, or in one
    /// that adds it; or else where that is stated.
    pub fn at(&self, index: usize) -> Option<Stated> {
        // The innermost first.
        let mut parts: Vec<&str> = vec![];
        let mut wholes = std::iter::successors(Some(index), |&part| self.desired.whole(part));
        let found = wholes.find_map(|index| {
            let created = self.created(index);
            let within = |part: &&str| {
                let inside = created.and_then(|statement| Some((statement, element(statement, part)?)));
                inside.or_else(|| self.added(index, part))
            };
            let found = parts.iter().find_map(within).or_else(|| Some((created?, 0)));
            parts.extend(self.desired.at(index).0.names.last().map(String::as_str));
            found
        });
        let (statement, offset) = found?;
        let position = statement.range.start + offset;
        Some(Stated { file: statement.file.path.clone(), line: statement.file.line(position) })
    }

    /// The statement that creates the object at this place.
    fn created(&self, index: usize) -> Option<&'a Statement> {
        let (address, object) = self.desired.at(index);
        let kind = format!("CREATE {}", object.body.entry().keyword);
        let all = self.about(index).filter(|statement| statement.kind == kind);
        // The more of its name is written, and the more its arguments are alike, the surer it is the one.
        all.max_by_key(|statement| {
            let written = statement.name.as_ref().map_or(0, Vec::len);
            (written, alike(statement, &address.args), std::cmp::Reverse(statement.range.start))
        })
    }

    /// The statement that adds a part of this name to the object at this place, and where it names it.
    fn added(&self, index: usize, part: &str) -> Option<(&'a Statement, usize)> {
        let kind = format!("ALTER {}", self.desired.at(index).1.body.entry().keyword);
        let mut altering = self.about(index).filter(|statement| statement.kind == kind);
        altering.find_map(|statement| {
            let words = Words::new(statement.text());
            let names = |at: usize| {
                let lead = ["add", "constraint", "column", "exists", "attribute"];
                at > 0 && words.is_any(at - 1, &lead) && words.name(at).is_some_and(|name| name == part)
            };
            words.find("add")?;
            let at = (0..words.count()).find(|at| names(*at))?;
            Some((statement, words.token(at)?.start))
        })
    }

    /// The statements about the name of the object at this place; the schema files may leave its schema out.
    fn about(&self, index: usize) -> impl Iterator<Item = &'a Statement> {
        let names = &self.desired.at(index).0.names;
        let all = names.last().and_then(|last| self.statements.get(last.as_str())).into_iter().flatten();
        let found =
            all.filter(|statement| statement.name.as_ref().is_some_and(|written| names.ends_with(written)));
        found.copied()
    }
}

/// The first byte of the part of a statement that says what has this name.
fn element(statement: &Statement, name: &str) -> Option<usize> {
    let words = Words::new(statement.text());
    let begins = |at: usize| {
        let behind = at.checked_sub(1).is_some_and(|before| words.is_any(before, &["(", ","]));
        let constraint = words.is(at, "constraint");
        behind && words.name(at + usize::from(constraint)).is_some_and(|found| found == name)
    };
    let found = (0..words.count()).find(|at| begins(*at)).and_then(|at| words.token(at));
    found.map(|token| token.start)
}

/// How much the parameters of a statement are like the types of these arguments: whether there are as many, and in percent
/// how alike they are written, all together.
fn alike(statement: &Statement, arguments: &[String]) -> (bool, u32) {
    let words = Words::new(statement.text());
    let Some(open) = words.find("(") else { return (arguments.is_empty(), 0) };
    let (mut depth, mut ends, mut parameters) = (0, false, vec![]);
    for at in open..words.count() {
        match words.raw(at) {
            "(" => depth += 1,
            ")" => depth -= 1,
            // Behind a name or none, what comes last is the type.
            word if depth == 1 && word != "," => {
                ends |= word == "=" || word.eq_ignore_ascii_case("default");
                if parameters.is_empty() {
                    parameters.push("");
                }
                if !ends {
                    *parameters.last_mut().expect("there is one") = word;
                }
            }
            "," if depth == 1 => {
                ends = false;
                parameters.push("");
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    let likeness = |(parameter, argument): (&&str, &String)| {
        let bare = argument.rsplit('.').next().unwrap_or(argument);
        (strsim::jaro_winkler(&parameter.to_lowercase(), bare) * 100.0) as u32
    };
    (parameters.len() == arguments.len(), parameters.iter().zip(arguments).map(likeness).sum())
}
