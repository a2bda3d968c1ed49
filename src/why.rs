//! Why a statement of a migration is there: the difference that it serves, and what had to run before it.
//!
//! Nothing of this is written down. The migrations before it, and then the migration itself, are replayed in scratch, and
//! the way between the two catalogs is planned again: a statement that the plan words alike has the plan's reasons.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::{Address, Catalog};
use crate::plan::{self, Change, Online, Options, Plan, Step, changes};
use crate::source::Source;
use crate::{Error, Result};

/// Why a statement is there.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Reason {
    /// The object that it is about, such as `table public.orders`.
    pub object: Option<String>,
    /// What differs about that object between before and afterwards; none where it is only in the way of another.
    pub changes: Vec<Change>,
    /// Where the schema files create it, or what it is a part of: file and line.
    pub stated: Option<(String, usize)>,
    /// The objects whose statements had to run before.
    pub after: Vec<String>,
    /// What it may cost.
    pub hazards: Vec<String>,
}

/// The reason of `statement` in the way from `before` to `desired`; None where that way has no such statement, because a
/// person has written or edited it, or because it renames.
///
/// # Errors
/// Of kind `Plan`, where no order of steps exists.
pub fn reason(
    statement: &str,
    (before, desired): (&Catalog, &Catalog),
    source: Option<&Source>,
) -> Result<Option<Reason>, Error> {
    // Which of the two ways was taken followed from the size of tables.
    for online in [Online::Never, Online::Always] {
        let options = Options { online, sizes: BTreeMap::new() };
        let plan = plan::plan(before, desired, &options)?;
        if let Some(step) = find(&plan, statement) {
            return Ok(Some(of(step, before, desired, source)));
        }
    }
    Ok(None)
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
    let named = |change: &Change| {
        let (Change::Added { object }
        | Change::Removed { object }
        | Change::Renamed { object, .. }
        | Change::Changed { object, .. }) = change;
        about.contains(object)
    };
    let mut after: Vec<String> = step.after.iter().filter_map(told).collect();
    after.sort();
    after.dedup();
    Reason {
        object: step.object.as_ref().and_then(told),
        changes: changes(before, desired).into_iter().filter(named).collect(),
        stated: step.object.as_ref().and_then(|address| stated(address, desired, source?)),
        after,
        hazards: step.hazards.iter().map(ToString::to_string).collect(),
    }
}

/// Where the schema files create an object, or else what it is a part of.
fn stated(address: &Address, desired: &Catalog, source: &Source) -> Option<(String, usize)> {
    let index = desired.objects.get_index_of(address)?;
    let wholes = std::iter::successors(Some(index), |&part| desired.whole(part));
    let find = |index: usize| {
        let names = &desired.at(index).0.names;
        source.statements.iter().find(|statement| {
            // Schema files may leave the schema out.
            statement.defines().is_some_and(|name| !name.is_empty() && names.ends_with(name))
        })
    };
    let statement = wholes.into_iter().find_map(find)?;
    Some((statement.file.path.display().to_string(), statement.line()))
}
