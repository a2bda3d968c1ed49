//! How fates spread along the live edges: what ends takes along what is bound to it, and what requires it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fate, Fates};
use crate::catalog::{Address, Catalog, Object, Tie};
use crate::kind::{Alter, Setting, Subject};
use crate::plan::embed::embedding;

/// Fates in the making.
pub struct Spreading<'a> {
    pub live: &'a Catalog,
    pub desired: &'a Catalog,
    pub setting: &'a Setting<'a>,
    pub fates: Fates,
    /// What ends, and has not yet been looked at.
    pub ended: Vec<Address>,
    /// What is altered once dependents of these kinds are out of the way.
    pub disturbed: BTreeMap<Address, &'static [&'static str]>,
}

impl Spreading<'_> {
    pub fn alter(&mut self, address: &Address) {
        let (Some(index), Some(old)) =
            (self.desired.objects.get_index_of(address), self.live.objects.get(address))
        else {
            return;
        };
        let subject = Subject::new(self.desired, index, self.setting);
        if subject.object.body.equals(old.body.as_ref()) {
            return;
        }
        match subject.object.body.alter(old.body.as_ref(), &subject) {
            Alter::InPlace(_) => {}
            Alter::Replace => self.rebuild(address),
            Alter::Disturbing(_, kinds) => self.disturb(address, kinds),
        }
    }

    /// What shall need a tie that is new, and is there before it, would be changed by it: an index that lacks one of a
    /// partition would get that when the partition is attached.
    pub fn rebuild_what_ties_would_change(&mut self) {
        let desired = self.desired;
        for edge in desired.requires().iter().filter(|edge| edge.tie == Tie::Needs) {
            let ((dependent, object), (link, tie)) = (desired.at(edge.dependent), desired.at(edge.required));
            let is_new = self.fates.get(link).is_some_and(Fate::begins);
            if is_new
                && tie.body.entry().link
                && !object.body.entry().link
                && self.live.objects.contains_key(dependent)
            {
                self.rebuild(dependent);
            }
        }
    }

    /// What acts upon the statements of others, and calls what changes together with what that uses, goes before them and
    /// comes back after them: until then there may be nothing of what is used, or nothing left of it.
    pub fn rebuild_what_acts_otherwise(&mut self) {
        let fails = |called: usize| {
            let (address, before) = self.live.at(called);
            let after = self.desired.objects.get(address);
            let after = after.filter(|after| !after.body.equals(before.body.as_ref()));
            after.is_some_and(|after| {
                let uses = |text: &Object, moved: &Address| {
                    moved != address && moved.names.iter().skip(1).any(|name| text.body.may_use(name))
                };
                self.fates.of.iter().any(|(moved, fate)| {
                    fate.ends() && uses(before, moved) || fate.begins() && uses(after, moved)
                })
            })
        };
        let acts = |index: usize| self.live.at(index).1.body.entry().intercepts;
        let calls = self.live.requires().iter().filter(|edge| edge.tie == Tie::Needs && acts(edge.dependent));
        let failing = calls.filter(|edge| fails(edge.required)).map(|edge| edge.dependent);
        for index in failing.collect::<Vec<_>>() {
            self.rebuild(self.live.at(index).0);
        }
    }

    fn disturb(&mut self, address: &Address, kinds: &'static [&'static str]) {
        self.disturbed.insert(address.clone(), kinds);
        let index = self.live.objects.get_index_of(address).expect("what is altered is in live");
        // What is inherited changes with its origin.
        let dependents = self.live.dependents(index).iter().filter(|(_, tie)| *tie != Tie::Inherited);
        for &(dependent, _) in dependents {
            let dependent = Subject::new(self.live, dependent, self.setting);
            let body = &dependent.object.body;
            if kinds.contains(&body.entry().name) && !body.survives(&dependent) {
                self.rebuild(dependent.address);
            }
        }
        self.park_what_embeds(index);
    }

    /// What holds values of the whole of the part at `index` of live lets go of them while the part changes.
    fn park_what_embeds(&mut self, index: usize) {
        for user in self.holders(index) {
            let subject = Subject::new(self.live, user, self.setting);
            let (address, body) = (subject.address, &subject.object.body);
            let stays = self.desired.objects.contains_key(address)
                && self.fates.get(address).is_none_or(|fate| fate == Fate::Alter);
            if stays && body.entry().stores_result {
                self.rebuild(address);
            }
            if !stays || body.park(&subject).is_none() {
                continue;
            }
            let known = self.fates.parked.contains_key(address);
            let parts = self.fates.parked.entry(address.clone()).or_default();
            parts.insert(self.live.at(index).0.clone());
            if !known {
                self.fates.of.insert(address.clone(), Fate::Alter);
                self.disturb(address, body.entry().disturbed);
            }
        }
    }

    /// What of live has values inside of which those of the part at `index` lie, or will lie when the file is run again.
    fn holders(&self, index: usize) -> BTreeSet<usize> {
        let mut found = embedding(self.live, index);
        if let Some(part) = self.desired.objects.get_index_of(self.live.at(index).0) {
            let later = embedding(self.desired, part).into_iter().map(|user| self.desired.at(user).0);
            found.extend(later.filter_map(|user| self.live.objects.get_index_of(user)));
        }
        found
    }

    pub fn rebuild(&mut self, address: &Address) {
        let fate = self.fates.get(address);
        if fate.is_none_or(|fate| fate == Fate::Alter) && self.desired.objects.contains_key(address) {
            self.fates.of.insert(address.clone(), Fate::Rebuild);
            self.ended.push(address.clone());
            let index = self.live.objects.get_index_of(address).expect("what is replaced is in live");
            let replaced = Subject::new(self.live, index, self.setting);
            if replaced.object.body.replaced_with_whole(&replaced) {
                for &(whole, _) in self.live.requirements(index).iter().filter(|(_, tie)| *tie == Tie::Part) {
                    self.rebuild(self.live.at(whole).0);
                }
            }
        }
    }

    /// What ends takes along what is bound to it; a replaced object also takes its dependents, but for those that
    /// can follow it to its successor.
    pub fn spread(&mut self) {
        while let Some(address) = self.ended.pop() {
            let index = self.live.objects.get_index_of(&address).expect("what ends is in live");
            for other in self.bound_to(index) {
                self.rebuild(&other);
            }
            let replaced = Subject::new(self.live, index, self.setting);
            let comes_back = self.desired.objects.contains_key(&address);
            let steps_aside = comes_back && replaced.object.body.set_aside(&replaced).is_some();
            for &(number, tie) in self.live.dependents(index) {
                let (dependent, object) = self.live.at(number);
                let goes = self.fates.get(dependent).is_some_and(Fate::ends);
                let stays = match tie {
                    Tie::Follows | Tie::Mentions => true,
                    Tie::Inherited => {
                        self.live.is_outlived(index, self.desired)
                            || self.fates.parted(self.live, number, index)
                    }
                    // A heir that comes back with its origin is tied as before.
                    Tie::Needs if object.body.entry().link && self.ends_with_origin(index) => true,
                    Tie::Needs => !comes_back && self.lets_go(dependent, &address),
                    Tie::Part => self.has_another_whole(number, index),
                };
                if goes || stays || !self.desired.objects.contains_key(dependent) {
                    continue;
                }
                if steps_aside && tie == Tie::Needs && self.follows(dependent, &address) {
                    self.fates.of.insert(address.clone(), Fate::Aside);
                } else {
                    self.rebuild(dependent);
                }
            }
        }
    }

    /// Whether a part of this whole will be a part of another alone that it has already: a column, of its table, which is
    /// of a type no more.
    fn has_another_whole(&self, part: usize, whole: usize) -> bool {
        let address = self.live.at(part).0;
        let mut others = self.live.requirements(part).iter();
        !self.desired.has_edge(address, self.live.at(whole).0)
            && others.any(|&(other, tie)| {
                let other_whole = self.live.at(other).0;
                tie == Tie::Part
                    && other != whole
                    && !self.fates.get(other_whole).is_some_and(Fate::ends)
                    && self.desired.has_edge(address, other_whole)
            })
    }

    /// Whether what changes about an object may be that it needs something no more.
    fn lets_go(&self, dependent: &Address, required: &Address) -> bool {
        let (before, after) = (&self.live.objects[dependent].body, self.desired.objects.get(dependent));
        after.is_some_and(|after| {
            !before.equals(after.body.as_ref())
                || before.follows_columns() && !self.desired.has_edge(dependent, required)
        })
    }

    /// What cannot outlive the object at `index`, or be outlived by it unless it goes with another whole.
    fn bound_to(&self, index: usize) -> Vec<Address> {
        let dependents = self.live.dependents(index).iter();
        let dependents = dependents.filter(|(dependent, tie)| {
            *tie == Tie::Follows && self.fates.bound(self.live, *dependent, index, self.setting)
        });
        let mut found: Vec<_> = dependents.map(|&(dependent, _)| dependent).collect();
        found.extend(self.tied_for_good(index));
        if !self.goes_with_another(index) {
            let wholes = self.live.requirements(index).iter().filter(|(required, tie)| {
                *tie == Tie::Follows && self.fates.bound(self.live, index, *required, self.setting)
            });
            found.extend(wholes.map(|&(whole, _)| whole));
        }
        found.into_iter().map(|other| self.live.at(other).0.clone()).collect()
    }

    /// What the link at `index` leads to, where nothing else undoes the link: no statement, and not the end of what is tied.
    fn tied_for_good(&self, index: usize) -> Option<usize> {
        if !Subject::new(self.live, index, self.setting).ties_for_good() {
            return None;
        }
        let (tied, to) = self.live.tied(index)?;
        let ends = self.fates.get(self.live.at(tied).0).is_some_and(Fate::ends);
        (!ends && !self.fates.let_go(self.live, tied, to)).then_some(to)
    }

    /// Whether it ends as a part of something that ends.
    fn goes_with_another(&self, index: usize) -> bool {
        let wholes = self.live.requirements(index).iter();
        let ends = |whole: usize| self.fates.get(self.live.at(whole).0).is_some_and(Fate::ends);
        wholes.filter(|(_, tie)| *tie == Tie::Part).any(|&(whole, _)| ends(whole))
            || self.ends_with_origin(index)
    }

    /// Whether it ends with what it has been handed down from.
    fn ends_with_origin(&self, index: usize) -> bool {
        let mut origins = self.live.requirements(index).iter().filter(|(_, tie)| *tie == Tie::Inherited);
        origins.any(|&(origin, _)| {
            self.fates.get(self.live.at(origin).0).is_some_and(Fate::ends)
                && !self.fates.parted(self.live, index, origin)
        })
    }

    fn follows(&mut self, dependent: &Address, replaced: &Address) -> bool {
        let index = self.desired.objects.get_index_of(dependent).expect("only what stays follows");
        let successor =
            self.desired.objects.get_index_of(replaced).expect("only what comes back is followed");
        let subject = Subject::new(self.desired, index, self.setting);
        let object = &self.desired.objects[successor];
        if subject.object.body.follow(&subject, object).is_none() {
            return false;
        }
        self.fates.of.entry(dependent.clone()).or_insert(Fate::Alter);
        if self.desired.requirements(index).iter().any(|&(required, _)| required == successor) {
            self.fates.follows.entry(dependent.clone()).or_default().insert(replaced.clone());
        }
        self.disturb(dependent, subject.object.body.entry().disturbed);
        true
    }
}
