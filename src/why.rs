//! Why a statement of a migration is there: the difference that it serves, and what had to run before it.
//!
//! Nothing of this is written down. The migrations before it, and then the migration itself, are replayed in scratch, and
//! the way between the two catalogs is planned again: a statement that the plan words alike has the plan's reasons.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use tokio_postgres::Client;

use crate::Result;
use crate::catalog::{Address, Catalog, Object};
use crate::plan::{self, Change, Online, Options, Plan, Step, changes};
use crate::postgres::introspect::{Scope, introspect};
use crate::postgres::quote::identifier;
use crate::provenance::{Provenance, Stated};
use crate::source::Source;

/// Why a statement is there.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Reason {
    /// The object that it is about, such as `table public.orders`.
    pub object: Option<String>,
    /// What differs about that object between before and afterwards; none where it is only in the way of another.
    pub changes: Vec<Change>,
    /// Where the schema files state it, or what it is a part of.
    pub stated: Option<Stated>,
    /// The objects whose statements had to run before.
    pub after: Vec<String>,
    /// What it may cost.
    pub hazards: Vec<String>,
}

/// The way that a migration takes.
#[derive(Debug)]
pub struct Way {
    /// What was.
    pub before: Catalog,
    /// The same, once those things have got their names that the migration begins with.
    pub renamed: Catalog,
    /// What is afterwards.
    pub desired: Catalog,
}

/// Runs those of a migration's statements that it begins with and that only give names, and reads what comes of them. Each
/// must be one that can be run again.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn rename(scratch: &Client, statements: &[&str], scope: &Scope) -> Result<Catalog> {
    for statement in statements.iter().take_while(|statement| gives_names(statement)) {
        // What keeps it from being run is told by who runs the migration.
        if scratch.batch_execute(statement).await.is_err() {
            break;
        }
    }
    introspect(scratch, scope).await
}

/// Within a block, too.
fn gives_names(statement: &str) -> bool {
    let words: Vec<String> = statement.split_whitespace().map(str::to_ascii_uppercase).collect();
    words.windows(2).any(|two| two[0] == "RENAME" || (two[0] == "SET" && two[1] == "SCHEMA"))
}

/// The reason of `statement` on its way; None where that has no such statement, because a person has written or edited it.
///
/// # Errors
/// Of kind `Plan`, where no order of steps exists.
pub fn reason(statement: &str, way: &Way, source: Option<&Source>) -> Result<Option<Reason>> {
    for before in [&way.before, &way.renamed] {
        // Which of the two ways was taken followed from the size of tables.
        for online in [Online::Never, Online::Always] {
            let options = Options { online, sizes: BTreeMap::new() };
            let plan = plan::plan(before, &way.desired, &options)?;
            if let Some(step) = find(&plan, statement) {
                return Ok(Some(of(step, before, &way.desired, source)));
            }
        }
    }
    Ok(renaming(statement, way, source))
}

/// The reason of a statement that gives names.
fn renaming(statement: &str, way: &Way, source: Option<&Source>) -> Option<Reason> {
    let kinds = |catalog: &Catalog| catalog.objects.values().map(Object::kind).collect::<Vec<_>>();
    // Objects are read in the order in which they were made, which no rename changes.
    if !gives_names(statement) || kinds(&way.before) != kinds(&way.renamed) {
        return None;
    }
    let says = |name: &str| statement.contains(name);
    let both = std::iter::zip(&way.before.objects, &way.renamed.objects);
    let named = both.filter_map(|((old, object), (new, now))| {
        let (last, next) = (old.names.last()?, new.names.last()?);
        let moved = old.names.len() == 2 && old.names[0] != new.names[0];
        let given = last != next && says(last) && says(next);
        let name = if moved { now.identity.clone() } else { identifier(next) };
        let is_said = given || (moved && says(&object.identity) && says(&identifier(&new.names[0])));
        is_said.then(|| (Change::Renamed { object: object.to_string(), name, stated: None }, now))
    });
    let (changes, objects): (Vec<Change>, Vec<&Object>) = named.unzip();
    let first = objects.first()?;
    let provenance = source.map(|source| Provenance::new(source, &way.desired));
    Some(Reason {
        object: Some(first.to_string()),
        changes,
        stated: provenance.and_then(|provenance| provenance.of(&first.to_string())),
        after: vec![],
        hazards: vec![],
    })
}

fn find<'a>(plan: &'a Plan, statement: &str) -> Option<&'a Step> {
    let words =
        |text: &str| text.trim_end_matches(';').split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let wanted = words(statement);
    plan.steps.iter().find(|step| words(&step.sql) == wanted)
}

fn of(step: &Step, before: &Catalog, desired: &Catalog, source: Option<&Source>) -> Reason {
    let told = |address: &Address| {
        let object = desired.objects.get(address).or_else(|| before.objects.get(address));
        object.map(ToString::to_string)
    };
    let all: Vec<&Address> = step.object.iter().chain(&step.makes).collect();
    // A part is not told beside its whole.
    let is_alone = |address: &&&Address| {
        let index = desired.objects.get_index_of(**address);
        let whole = index.and_then(|index| desired.whole(index)).map(|whole| desired.at(whole).0);
        whole.is_none_or(|whole| !all.contains(&whole))
    };
    let about: Vec<String> = all.iter().filter(is_alone).filter_map(|address| told(address)).collect();
    let named = |change: &Change| about.iter().any(|object| object == change.object());
    let mut after: Vec<String> = step.after.iter().filter_map(told).collect();
    after.sort();
    after.dedup();
    Reason {
        object: step.object.as_ref().and_then(told),
        changes: changes(before, desired).into_iter().filter(named).collect(),
        stated: source.and_then(|source| {
            let index = desired.objects.get_index_of(step.object.as_ref()?)?;
            Provenance::new(source, desired).at(index)
        }),
        after,
        hazards: step.hazards.iter().map(ToString::to_string).collect(),
    }
}
