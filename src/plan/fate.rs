//! What becomes of each object: made, removed, altered, rebuilt, or set aside until nobody holds it.

mod keep;
mod repeat;
mod settle;
mod spread;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use settle::Settling;
use spread::Spreading;

use super::embed::embedding;
use super::{Options, change};
use crate::catalog::{Address, Catalog, Tie};
use crate::kind::{Setting, Subject};

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
    /// What is new and goes with something made again, when the file is run again: it is not stated inside its whole.
    pub apart: BTreeSet<Address>,
    /// What was done once any of these new objects is there: they hold it, and can neither be removed nor let go.
    pub settled: BTreeMap<Address, BTreeSet<Address>>,
    /// What keeps its values as text while these change, which lie inside of them.
    pub parked: BTreeMap<Address, BTreeSet<Address>>,
    /// What is rebuilt only to untie a knot. What it let go of is gone when the file is run again, and it can stay.
    pub untied: BTreeSet<Address>,
    /// Who restates its reference to which replaced objects.
    pub follows: BTreeMap<Address, BTreeSet<Address>>,
    /// What is new and would have every row written anew that is there, with what holds such rows inside of its own.
    pub unfillable: BTreeMap<Address, Address>,
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

    /// Whether what is there at this address goes, or waits under another name, whenever the file is run. What holds
    /// rows stays once it can be told that it has been replaced.
    pub fn goes_before_it_comes(&self, address: &Address, setting: &Setting) -> bool {
        match self.get(address) {
            Some(Fate::Rebuild) => true,
            Some(Fate::Aside) => {
                let (index, _, object) =
                    setting.live.objects.get_full(address).expect("what steps aside is in live");
                let old = Subject::new(setting.live, index, setting);
                let new = &setting.desired.objects[address];
                !object.body.entry().holds_data || object.body.told_from(new.body.as_ref(), &old).is_none()
            }
            _ => false,
        }
    }

    /// Addresses of all that comes into being.
    pub fn made(&self) -> HashSet<Address> {
        self.of.iter().filter(|(_, fate)| fate.begins()).map(|(address, _)| address.clone()).collect()
    }
}

/// Decides the fate of everything that differs, and of what depends on it. What is in `untied` is rebuilt, even if it
/// could be altered.
pub fn fates(live: &Catalog, desired: &Catalog, options: &Options, untied: &BTreeSet<Address>) -> Fates {
    let mut fates = Fates { untied: untied.clone(), ..Fates::default() };
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
        made: fates.made(),
        online: options.online,
        sizes: options.sizes.clone(),
        ..Setting::new(live, desired)
    };
    let dropped = fates.of.iter().filter(|(_, fate)| **fate == Fate::Drop);
    let ended = dropped.map(|(address, _)| address.clone()).collect();
    let disturbed = BTreeMap::new();
    let mut spreading = Spreading { live, desired, setting: &setting, fates, ended, disturbed };
    for address in untied {
        spreading.rebuild(address);
    }
    for address in altered {
        spreading.alter(address);
    }
    spreading.rebuild_what_ties_would_change();
    spreading.rebuild_what_acts_otherwise();
    spreading.spread();
    spreading.fates = spreading.fates.step_aside(live, desired, &setting);
    spreading.make_repeatable();
    let Spreading { mut fates, disturbed, .. } = spreading;
    fates.keep_shape(live);
    fates.unfillable = unfillable(live, &fates, &setting);
    fates.settled = Settling { desired, setting: &setting, fates: &fates, disturbed: &disturbed }.settled();
    fates
}

/// The server writes no table anew whose rows others hold, and what they hold cannot be read again with one piece more.
fn unfillable(live: &Catalog, fates: &Fates, setting: &Setting) -> BTreeMap<Address, Address> {
    let stays = |address: &Address| {
        live.objects.contains_key(address) && fates.get(address).is_none_or(|fate| fate == Fate::Alter)
    };
    let desired = setting.desired;
    let new = fates.of.iter().filter(|(_, fate)| fate.begins()).map(|(address, _)| address);
    let found = new.filter_map(|address| {
        let part = Subject::new(desired, desired.objects.get_index_of(address)?, setting);
        if !part.object.body.fills_rows() || !stays(desired.at(desired.root(part.index)).0) {
            return None;
        }
        let holders = embedding(desired, part.index).into_iter().map(|user| desired.at(user));
        let mut holders = holders
            .filter(|(holder, object)| object.body.entry().holds_data && stays(holder))
            .map(|(holder, _)| holder);
        holders.next().map(|holder| (address.clone(), holder.clone()))
    });
    found.collect()
}
