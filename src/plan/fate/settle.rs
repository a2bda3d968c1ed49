//! What is not done again when a file is run again: new objects hold its outcome, and hold rows themselves, so that they
//! cannot be removed first. As they can only be made after it, it was done once they are there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fate, Fates};
use crate::catalog::{Address, Catalog, Tie};
use crate::kind::{Setting, Subject};
use crate::plan::embed::embedding;

/// What the search looks at.
pub struct Settling<'a> {
    pub desired: &'a Catalog,
    pub setting: &'a Setting<'a>,
    pub fates: &'a Fates,
    /// What is altered once dependents of these kinds are out of the way.
    pub disturbed: &'a BTreeMap<Address, &'static [&'static str]>,
}

impl Settling<'_> {
    /// What is settled, each with the new objects that tell so.
    pub fn settled(&self) -> BTreeMap<Address, BTreeSet<Address>> {
        let mut settled: BTreeMap<Address, BTreeSet<Address>> = BTreeMap::new();
        for (index, (address, _)) in self.desired.objects.iter().enumerate() {
            let holders = self.holders(index);
            if !holders.is_empty() {
                settled.insert(address.clone(), holders);
            }
        }
        // What stays because of them holds what it requires.
        let mut next: Vec<Address> = settled.keys().cloned().collect();
        while let Some(address) = next.pop() {
            let holders = settled[&address].clone();
            for required in self.in_whose_way(&address) {
                let known = settled.entry(required.clone()).or_default();
                let before = known.len();
                known.extend(holders.iter().cloned());
                if known.len() > before {
                    next.push(required);
                }
            }
        }
        settled
    }

    /// New objects with rows of their own that are in the way of what happens to the object at `index` of desired.
    fn holders(&self, index: usize) -> BTreeSet<Address> {
        let users = self.desired.dependents(index).iter().filter(|(_, tie)| *tie == Tie::Needs);
        let users = users.filter(|&&(user, tie)| self.is_in_the_way(user, tie, index)).map(|&(user, _)| user);
        let users = users.map(|user| self.tied_to(user, index)).chain(self.embedding(index));
        let users = users.chain(self.fixed_heirs(index));
        users.filter_map(|user| self.new_with_rows(user)).collect()
    }

    /// What has its form from the object at `index` of desired, which changes, and will not change with it: a column of the
    /// key of a partition.
    fn fixed_heirs(&self, index: usize) -> Vec<usize> {
        if !self.disturbed.contains_key(self.desired.at(index).0) {
            return vec![];
        }
        let mut heirs = self.desired.parts(index);
        heirs.retain(|&heir| {
            let heir = Subject::new(self.desired, heir, self.setting);
            heir.object.body.replaced_with_whole(&heir)
        });
        heirs
    }

    /// What a link ties to the object with rows at `required`; itself, if it is none. What takes rows along is there before
    /// they are carried over, and so cannot tell that they have been.
    fn tied_to(&self, user: usize, required: usize) -> usize {
        let entry = |index: usize| self.desired.at(index).1.body.entry();
        let ties = entry(user).link && !entry(user).takes_along && entry(required).holds_data;
        if ties { self.desired.root(user) } else { user }
    }

    fn new_with_rows(&self, index: usize) -> Option<Address> {
        let new = |index: usize| self.fates.get(self.desired.at(index).0) == Some(Fate::Create);
        if !new(index) || !self.desired.at(index).1.body.entry().holds_data {
            return None;
        }
        let root = self.desired.root(index);
        Some(self.desired.at(if new(root) { root } else { index }).0.clone())
    }

    /// Whether `user`, as it is desired, has to go before the object at `required` is made again. A part is not
    /// disturbed: it changes with its whole.
    fn is_in_the_way(&self, user: usize, tie: Tie, required: usize) -> bool {
        let disturbed = self.disturbed.get(self.desired.at(required).0);
        let disturbs = |kinds: &[&str]| tie == Tie::Needs && kinds.contains(&self.desired.at(user).1.kind());
        self.goes_first(required) || disturbed.is_some_and(|kinds| disturbs(kinds))
    }

    /// Whether it goes before it is made again, be it with what it is a part of.
    fn goes_first(&self, index: usize) -> bool {
        let (address, _) = self.desired.at(index);
        let mut wholes = self.desired.requirements(index).iter().filter(|(_, tie)| *tie == Tie::Part);
        self.fates.goes_before_it_comes(address, self.setting)
            || self.fates.removed_first.contains(address)
            || wholes.any(|&(whole, _)| self.goes_first(whole))
    }

    /// What has values inside of which those of the whole of a changed part lie.
    fn embedding(&self, part: usize) -> BTreeSet<usize> {
        let address = self.desired.at(part).0;
        let changes =
            self.disturbed.contains_key(address) || self.fates.goes_before_it_comes(address, self.setting);
        if changes { embedding(self.desired, part) } else { BTreeSet::new() }
    }

    /// What the object at this address, with its parts, would keep from being made again.
    fn in_whose_way(&self, address: &Address) -> Vec<Address> {
        let index = self.desired.objects.get_index_of(address).expect("what is settled is desired");
        let with_parts = std::iter::once(index).chain(self.desired.parts(index));
        let required = with_parts.flat_map(|user| {
            let ties = self.desired.requirements(user).iter().filter(|(_, tie)| *tie != Tie::Follows);
            ties.filter(move |&&(required, tie)| self.is_in_the_way(user, tie, required))
                .map(|&(required, _)| self.desired.at(required).0.clone())
        });
        required.collect()
    }
}
