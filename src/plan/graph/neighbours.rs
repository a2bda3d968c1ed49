//! What stands around an object in either catalog, as the rules of order ask for it.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use super::{Builder, Verb};
use crate::catalog::{Catalog, Tie};
use crate::plan::fate::Fate;

impl Builder<'_> {
    /// What ties the object at `index` of desired to others.
    pub(super) fn own_links(&self, index: usize) -> Vec<usize> {
        let parts = self.desired.dependents(index).iter().filter(|(_, tie)| *tie == Tie::Part);
        let links = parts.map(|&(part, _)| self.desired.at(part)).filter(|(_, part)| part.body.entry().link);
        links.map(|(address, _)| self.number(address)).collect()
    }

    /// What changes first of that on which something desired stands that does not change itself.
    pub(super) fn stood_on(&self, index: usize) -> Vec<Option<NodeIndex>> {
        let (mut found, mut seen, mut next) = (vec![], BTreeSet::new(), vec![index]);
        while let Some(index) = next.pop() {
            if !seen.insert(index) {
                continue;
            }
            let made = self.event(self.number(self.desired.at(index).0), Verb::Make);
            match made {
                Some(_) => found.push(made),
                None => {
                    let requirements = self.desired.requirements(index).iter();
                    let stood_on = requirements.filter(|(_, tie)| matches!(tie, Tie::Needs | Tie::Part));
                    next.extend(stood_on.map(|&(required, _)| required));
                }
            }
        }
        found
    }

    /// What is or will be a part of this.
    pub(super) fn parts_before_and_after(&self, whole: usize) -> BTreeSet<usize> {
        let parts = |catalog: &Catalog, index: Option<usize>| -> Vec<usize> {
            let parts = index.map_or(vec![], |index| catalog.parts(index));
            parts.into_iter().map(|part| self.number(catalog.at(part).0)).collect()
        };
        let before = parts(self.live, self.in_live(whole));
        before.into_iter().chain(parts(self.desired, self.in_desired(whole))).collect()
    }

    /// What something that stays has, and its parts have, and loses or has changed.
    pub(super) fn changing_parts(&self, whole: usize) -> Vec<usize> {
        let stays = self.fate(whole).is_none_or(|fate| fate == Fate::Alter);
        let (mut found, mut next) = (BTreeSet::new(), Vec::from_iter(self.in_live(whole).filter(|_| stays)));
        while let Some(index) = next.pop() {
            let parts = self.live.dependents(index).iter().filter(|(_, tie)| *tie == Tie::Part);
            next.extend(parts.map(|&(part, _)| part).filter(|&part| found.insert(part)));
        }
        let parts = found.into_iter().map(|part| self.number(self.live.at(part).0));
        parts.filter(|&part| matches!(self.fate(part), Some(Fate::Drop | Fate::Alter))).collect()
    }

    /// The parts of something, before and after, that what is made of it has by itself, if it is of this kind.
    pub(super) fn handed_on(&self, whole: usize, kind: &str) -> BTreeSet<usize> {
        let parts = |catalog: &Catalog, index: Option<usize>| -> Vec<usize> {
            let dependents = index.into_iter().flat_map(|index| catalog.dependents(index));
            let parts = dependents.filter(|(_, tie)| *tie == Tie::Part).map(|&(part, _)| catalog.at(part));
            let handed_on = parts.filter(|(_, part)| part.body.entry().handed_on.contains(&kind));
            handed_on.map(|(address, _)| self.number(address)).collect()
        };
        let before = parts(self.live, self.in_live(whole));
        before.into_iter().chain(parts(self.desired, self.in_desired(whole))).collect()
    }

    /// Whether something can be granted on it alone.
    pub(super) fn has_privileges(&self, object: usize) -> bool {
        let address = self.universe[object];
        let object = self.desired.objects.get(address).or_else(|| self.live.objects.get(address));
        object.is_some_and(|object| object.body.entry().privileges.is_some())
    }

    /// Whether what is at `index` of desired is made by the statement of its origin, and so through the tie to that.
    pub(super) fn is_handed_down(&self, index: usize) -> bool {
        let made = |index: usize| self.event(self.number(self.desired.at(index).0), Verb::Make);
        let origins = self.desired.requirements(index).iter().filter(|(_, tie)| *tie == Tie::Inherited);
        made(index).is_some() && origins.into_iter().any(|&(origin, _)| made(origin) == made(index))
    }
}

/// Whether one object requires another; of two that require each other, the whole is made with its parts.
pub fn holds(catalog: &Catalog, dependent: usize, required: usize) -> bool {
    catalog.requirements(dependent).iter().any(|&(other, _)| other == required)
}

/// The desired object at this place, and all that takes along what it has: the tables above a partition.
pub fn taken_along(desired: &Catalog, index: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(index), |&index| {
        let mut parts = desired.dependents(index).iter().filter(|(_, tie)| *tie == Tie::Part);
        let &(link, _) = parts.find(|&&(part, _)| desired.at(part).1.body.entry().takes_along)?;
        let mut ends = desired.requirements(link).iter().filter(|(_, tie)| *tie == Tie::Needs);
        ends.find(|&&(end, _)| desired.at(end).1.body.entry().holds_data).map(|&(end, _)| end)
    })
}
