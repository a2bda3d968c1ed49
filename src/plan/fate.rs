//! What becomes of each object: made, removed, altered, rebuilt, or set aside until nobody holds it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Options, change};
use crate::catalog::{Address, Catalog, Tie};
use crate::kind::{Alter, Setting, Subject};

/// What becomes of one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Create,
    /// It goes.
    Drop,
    /// It stays and changes.
    Alter,
    /// It goes and comes back, as desired.
    Rebuild,
    /// It is renamed, made anew, and removed under its other name once nobody holds it.
    Aside,
}

impl Fate {
    /// Whether the object, as it is in live, ceases to exist.
    pub fn ends(self) -> bool {
        matches!(self, Fate::Drop | Fate::Rebuild | Fate::Aside)
    }

    /// Whether the object comes into being.
    pub fn begins(self) -> bool {
        matches!(self, Fate::Create | Fate::Rebuild | Fate::Aside)
    }
}

/// The fates of all objects that do not simply stay as they are.
#[derive(Debug, Default)]
pub struct Fates {
    /// By address.
    pub of: BTreeMap<Address, Fate>,
    /// What is new and requires something rebuilt: it is removed first, for when the file is run again.
    pub removed_first: BTreeSet<Address>,
    /// Who restates its reference to which replaced objects.
    pub follows: BTreeMap<Address, BTreeSet<Address>>,
}

impl Fates {
    /// What becomes of the object at this address; None where it stays.
    pub fn get(&self, address: &Address) -> Option<Fate> {
        self.of.get(address).copied()
    }

    /// Whether the tie ends through which the live object `heir` has what it has from `origin`.
    pub fn parted(&self, live: &Catalog, heir: usize, origin: usize) -> bool {
        live.inherited_through(heir, origin)
            .is_none_or(|link| self.get(live.at(link).0).is_some_and(Fate::ends))
    }

    /// Whether `dependent` goes with `required`, because no statement of its own undoes the link between them and
    /// nothing else does.
    pub fn bound(&self, live: &Catalog, dependent: usize, required: usize, setting: &Setting) -> bool {
        live.link(dependent, required).is_some_and(|link| {
            let subject = Subject::new(live, link, setting);
            subject.object.body.remove(&subject).is_empty()
        }) && !self.let_go(live, dependent, required)
    }

    /// Whether the link between the two ends with something else that it is a part of.
    pub fn let_go(&self, live: &Catalog, dependent: usize, required: usize) -> bool {
        let ends = |index: usize| self.get(live.at(index).0).is_some_and(Fate::ends);
        // What goes with its own whole is undone no sooner than that.
        let undone = |index: usize| {
            let mut wholes = live.requirements(index).iter();
            ends(index) && !wholes.any(|&(whole, tie)| tie == Tie::Part && ends(whole))
        };
        live.link(dependent, required).is_some_and(|link| {
            live.requirements(link)
                .iter()
                .any(|&(whole, tie)| tie == Tie::Part && whole != dependent && undone(whole))
        })
    }

    /// Addresses of all that comes into being.
    pub fn made(&self) -> HashSet<Address> {
        self.of.iter().filter(|(_, fate)| fate.begins()).map(|(address, _)| address.clone()).collect()
    }
}

/// Decides the fate of everything that differs, and of what depends on it.
pub fn fates(live: &Catalog, desired: &Catalog, options: &Options) -> Fates {
    let mut fates = Fates::default();
    let mut altered = vec![];
    for address in change::differing(live, desired) {
        let fate = match (live.objects.contains_key(address), desired.objects.contains_key(address)) {
            (true, false) => Fate::Drop,
            (false, _) => Fate::Create,
            (true, true) => {
                altered.push(address);
                Fate::Alter
            }
        };
        fates.of.insert(address.clone(), fate);
    }
    let setting = Setting {
        live,
        desired,
        made: fates.made(),
        apart: HashSet::new(),
        online: options.online,
        sizes: options.sizes.clone(),
    };
    let dropped = fates.of.iter().filter(|(_, fate)| **fate == Fate::Drop);
    let ended = dropped.map(|(address, _)| address.clone()).collect();
    let disturbed = BTreeMap::new();
    let mut spreading = Spreading { live, desired, setting: &setting, fates, ended, disturbed };
    for address in altered {
        spreading.alter(address);
    }
    spreading.spread();
    spreading.fates = spreading.fates.step_aside(live, desired, &setting);
    spreading.make_repeatable();
    spreading.fates
}

struct Spreading<'a> {
    live: &'a Catalog,
    desired: &'a Catalog,
    setting: &'a Setting<'a>,
    fates: Fates,
    ended: Vec<Address>,
    /// What is altered once dependents of these kinds are out of the way.
    disturbed: BTreeMap<Address, &'static [&'static str]>,
}

impl Spreading<'_> {
    fn alter(&mut self, address: &Address) {
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

    fn disturb(&mut self, address: &Address, kinds: &'static [&'static str]) {
        self.disturbed.insert(address.clone(), kinds);
        let index = self.live.objects.get_index_of(address).expect("what is altered is in live");
        // What is inherited changes with its origin.
        let dependents = self.live.dependents(index).iter().filter(|(_, tie)| *tie != Tie::Inherited);
        for &(dependent, _) in dependents {
            let (dependent, object) = self.live.at(dependent);
            if kinds.contains(&object.kind()) {
                self.rebuild(dependent);
            }
        }
    }

    fn rebuild(&mut self, address: &Address) {
        let fate = self.fates.get(address);
        if fate.is_none_or(|fate| fate == Fate::Alter) && self.desired.objects.contains_key(address) {
            self.fates.of.insert(address.clone(), Fate::Rebuild);
            self.ended.push(address.clone());
            let (index, _, object) =
                self.live.objects.get_full(address).expect("what is replaced is in live");
            if object.body.replaced_with_whole() {
                for &(whole, _) in self.live.requirements(index).iter().filter(|(_, tie)| *tie == Tie::Part) {
                    self.rebuild(self.live.at(whole).0);
                }
            }
        }
    }

    /// What ends takes along what is bound to it; a replaced object also takes its dependents, but for those that
    /// can follow it to its successor.
    fn spread(&mut self) {
        while let Some(address) = self.ended.pop() {
            let index = self.live.objects.get_index_of(&address).expect("what ends is in live");
            for other in self.bound_to(index) {
                self.rebuild(&other);
            }
            let replaced = Subject::new(self.live, index, self.setting);
            let steps_aside = replaced.object.body.set_aside(&replaced).is_some();
            let comes_back = self.desired.objects.contains_key(&address);
            for &(number, tie) in self.live.dependents(index) {
                let (dependent, object) = self.live.at(number);
                let goes = self.fates.get(dependent).is_some_and(Fate::ends);
                let stays = match tie {
                    Tie::Follows => true,
                    Tie::Inherited => {
                        self.live.is_outlived(index, self.desired)
                            || self.fates.parted(self.live, number, index)
                    }
                    // A heir that comes back with its origin is tied as before.
                    Tie::Needs if object.body.entry().link && self.goes_with_another(index) => true,
                    Tie::Needs => !comes_back && self.lets_go(dependent),
                    Tie::Part => false,
                };
                if goes || stays || !self.desired.objects.contains_key(dependent) {
                    continue;
                }
                if comes_back && steps_aside && tie == Tie::Needs && self.follows(dependent, &address) {
                    self.fates.of.insert(address.clone(), Fate::Aside);
                } else {
                    self.rebuild(dependent);
                }
            }
        }
    }

    /// What is removed and made again, or disturbs others, must be so once more when the file is run again, and by then
    /// there may be more that requires it.
    fn make_repeatable(&mut self) {
        let mut next: Vec<Address> = self.rebuilt().chain(self.disturbed.keys().cloned()).collect();
        while let Some(address) = next.pop() {
            let index = self.desired.objects.get_index_of(&address).expect("what is made again is desired");
            let rebuilt = self.fates.get(&address) != Some(Fate::Alter);
            for &(dependent, tie) in self.desired.dependents(index) {
                let (dependent, object) = self.desired.at(dependent);
                let entry = object.body.entry();
                let in_the_way = rebuilt || self.disturbed[&address].contains(&entry.name);
                if tie != Tie::Needs || entry.holds_data || entry.link || !in_the_way {
                    continue;
                }
                match self.fates.get(dependent) {
                    Some(Fate::Create) if self.fates.removed_first.insert(dependent.clone()) => {
                        next.push(dependent.clone());
                    }
                    Some(Fate::Alter) if !self.required_before(dependent, &address) => {
                        self.rebuild(dependent);
                        self.spread();
                        next.extend(self.rebuilt());
                    }
                    _ => {}
                }
            }
        }
    }

    fn rebuilt(&self) -> impl Iterator<Item = Address> {
        let rebuilt = self.fates.of.iter().filter(|(_, fate)| **fate == Fate::Rebuild);
        rebuilt.map(|(address, _)| address.clone())
    }

    fn required_before(&self, dependent: &Address, required: &Address) -> bool {
        let Some(index) = self.live.objects.get_index_of(dependent) else { return false };
        self.live.requirements(index).iter().any(|&(other, _)| self.live.at(other).0 == required)
    }

    /// Whether what changes about an object may be that it needs something no more.
    fn lets_go(&self, dependent: &Address) -> bool {
        let after = self.desired.objects.get(dependent);
        after.is_some_and(|after| !self.live.objects[dependent].body.equals(after.body.as_ref()))
    }

    /// What cannot outlive the object at `index`, or be outlived by it unless it goes with another whole.
    fn bound_to(&self, index: usize) -> Vec<Address> {
        let dependents = self.live.dependents(index).iter();
        let dependents = dependents.filter(|(dependent, tie)| {
            *tie == Tie::Follows && self.fates.bound(self.live, *dependent, index, self.setting)
        });
        let mut found: Vec<_> = dependents.map(|&(dependent, _)| dependent).collect();
        if !self.goes_with_another(index) {
            let wholes = self.live.requirements(index).iter().filter(|(required, tie)| {
                *tie == Tie::Follows && self.fates.bound(self.live, index, *required, self.setting)
            });
            found.extend(wholes.map(|&(whole, _)| whole));
        }
        found.into_iter().map(|other| self.live.at(other).0.clone()).collect()
    }

    /// Whether it ends as a part of something that ends.
    fn goes_with_another(&self, index: usize) -> bool {
        self.live.requirements(index).iter().any(|&(whole, tie)| {
            tie.is_part()
                && self.fates.get(self.live.at(whole).0).is_some_and(Fate::ends)
                && !(tie == Tie::Inherited && self.fates.parted(self.live, index, whole))
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

impl Fates {
    /// What is needed until its successor is there steps aside instead of going: a table's rows are handed over, and
    /// queries find an index at any time.
    fn step_aside(mut self, live: &Catalog, desired: &Catalog, setting: &Setting) -> Fates {
        let mut aside = vec![];
        for (address, _) in self.of.iter().filter(|(_, fate)| **fate == Fate::Rebuild) {
            let index = live.objects.get_index_of(address).expect("what is rebuilt is in live");
            let subject = Subject::new(live, index, setting);
            let goes_with_its_whole = live.requirements(index).iter().any(|&(required, tie)| {
                tie.is_part() && self.get(live.at(required).0).is_some_and(Fate::ends)
            });
            if subject.object.kind() == desired.objects[address].kind()
                && !goes_with_its_whole
                && subject.object.body.set_aside(&subject).is_some_and(|aside| aside.always)
            {
                aside.push(address.clone());
            }
        }
        self.of.extend(aside.into_iter().map(|address| (address, Fate::Aside)));
        while let Some(held) = self.held_by_what_waits(live, setting) {
            self.of.insert(held, Fate::Aside);
        }
        self
    }

    /// Something that would go at once, while what stepped aside, or a part of that, still holds it.
    fn held_by_what_waits(&self, live: &Catalog, setting: &Setting) -> Option<Address> {
        let waits = |index: usize| self.get(live.at(index).0) == Some(Fate::Aside);
        let held = |index: usize| {
            live.dependents(index).iter().filter(|(_, tie)| *tie == Tie::Needs).any(|&(dependent, _)| {
                waits(dependent)
                    || live.requirements(dependent).iter().any(|&(whole, tie)| tie.is_part() && waits(whole))
            })
        };
        let rebuilt = self.of.iter().filter(|(_, fate)| **fate == Fate::Rebuild);
        rebuilt
            .map(|(address, _)| address)
            .find(|address| {
                live.objects.get_index_of(*address).is_some_and(|index| {
                    let subject = Subject::new(live, index, setting);
                    held(index) && subject.object.body.set_aside(&subject).is_some()
                })
            })
            .cloned()
    }
}
