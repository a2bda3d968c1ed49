//! From two catalogs to the ordered steps that lead from one to the other.
//!
//! [`changes`] names what differs, [`Fates`](fate::Fates) says what becomes of each object, the graph orders the
//! steps by the edges of both catalogs. No kind is named in this folder. The way back is the same function with its
//! arguments swapped.

pub mod change;
mod embed;
pub mod fate;
mod graph;
mod precondition;
mod privilege;
pub mod rename;
mod satellite;
mod step;

use std::collections::{BTreeMap, BTreeSet};

pub use change::{Change, changes};
pub use precondition::{Key, Precondition};
pub use step::{Hazard, Step, Transaction};

use crate::catalog::{Address, Catalog, Tie};
use crate::postgres::precondition::looked_at_first;
use crate::{Error, ErrorKind, Result};

/// When a longer, gentler way is taken instead of a long lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Online {
    /// On every table that exists.
    Always,
    /// On none.
    Never,
    /// On tables of more than so many bytes.
    Above(u64),
}

/// How a plan is to be made.
#[derive(Debug, Clone)]
pub struct Options {
    /// When long locks are avoided.
    pub online: Online,
    /// Sizes of live tables in bytes; a table that is not listed counts as large.
    pub sizes: BTreeMap<Address, u64>,
}

/// Ordered steps from live to desired.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// In the order in which they are to run.
    pub steps: Vec<Step>,
}

impl Plan {
    /// What the steps may cost, without repetition.
    pub fn hazards(&self) -> Vec<&Hazard> {
        let mut found: Vec<_> = self.steps.iter().flat_map(|step| &step.hazards).collect();
        found.sort();
        found.dedup_by_key(|hazard| hazard.to_string());
        found
    }

    /// What may fail on rows that exist, each object with what must be true of none of them, where that can be told.
    pub fn preconditions(&self) -> Vec<(&str, Option<&Precondition>)> {
        let hazards = self.steps.iter().flat_map(|step| &step.hazards);
        let mut found: Vec<_> = hazards
            .flat_map(|hazard| match hazard {
                Hazard::MayFail(object, Some(all)) => {
                    all.iter().map(|one| (object.as_str(), Some(one))).collect()
                }
                Hazard::MayFail(object, None) => vec![(object.as_str(), None)],
                _ => vec![],
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }
}

/// The steps that turn `live` into `desired`.
///
/// # Errors
/// Of kind `Plan` where no order exists.
pub fn plan(live: &Catalog, desired: &Catalog, options: &Options) -> Result<Plan> {
    let mut untied = BTreeSet::new();
    let steps = loop {
        let fates = fate::fates(live, desired, options, &untied);
        refuse_held(live, &fates)?;
        refuse_kept(live, &fates)?;
        refuse_unfillable(live, desired, &fates)?;
        match graph::steps(live, desired, &fates, options) {
            Ok(steps) => break steps,
            Err(knot) => {
                let before = untied.len();
                untied.extend(knot.altered);
                if untied.len() == before {
                    return Err(knot.error);
                }
            }
        }
    };
    let preambles: BTreeSet<_> = steps.iter().filter_map(|step| step.preamble).collect();
    let first = looked_at_first(&steps).into_iter().chain(preambles.into_iter().map(Step::new));
    Ok(Plan { steps: first.chain(steps).collect() })
}

/// What is left out of the comparison is neither dropped nor rebuilt, so what it needs has to stay.
fn refuse_held(live: &Catalog, fates: &fate::Fates) -> Result<()> {
    for (address, holders) in &live.held {
        if fates.get(address).is_some_and(fate::Fate::ends)
            && let Some(object) = live.objects.get(address)
        {
            let message = format!(
                "{object} would be dropped or made anew, and what is not compared needs it:\n  {}",
                holders.join("\n  ")
            );
            return Err(Error::new(ErrorKind::Plan, message)
                .hint("`include` and `exclude` of schemadiff.yaml say what is compared; take in what needs it, or leave out both"));
        }
    }
    Ok(())
}

/// No statement adds what is filled where others hold rows of its table.
fn refuse_unfillable(live: &Catalog, desired: &Catalog, fates: &fate::Fates) -> Result<()> {
    let Some((new, holder)) = fates.unfillable.iter().next() else { return Ok(()) };
    let message = format!(
        "{} gets a value in each row that is there, and {} holds such rows: PostgreSQL does not write a table anew whose rows another holds",
        desired.objects[new], live.objects[holder]
    );
    Err(Error::new(ErrorKind::Plan, message).hint(
        "drop what holds them in a migration of its own, and make it again afterwards; or add the column without values",
    ))
}

/// A role goes only once nothing mentions it, and what is not compared is not changed.
fn refuse_kept(live: &Catalog, fates: &fate::Fates) -> Result<()> {
    for (index, (address, role)) in live.objects.iter().enumerate() {
        let ([name], true) = (address.names.as_slice(), role.is_of_roles()) else { continue };
        if fates.get(address) != Some(fate::Fate::Drop) {
            continue;
        }
        let mentions = live.dependents(index).iter().filter(|(_, tie)| *tie == Tie::Mentions);
        let kept = mentions.map(|&(dependent, _)| live.at(dependent)).filter(|(address, object)| {
            !fates.get(address).is_some_and(fate::Fate::ends) && object.kept.mentions(name)
        });
        let kept: Vec<_> = kept.map(|(_, object)| format!("  {object}")).collect();
        if !kept.is_empty() {
            let message = format!(
                "{role} would be dropped, and owns or is granted what is not compared:\n{}",
                kept.join("\n")
            );
            return Err(Error::new(ErrorKind::Plan, message).hint(
                "`manage: {owners: true, privileges: true}` in schemadiff.yaml compares it; or take it away from the role by hand",
            ));
        }
    }
    Ok(())
}
