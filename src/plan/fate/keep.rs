//! What keeps rows, values and indexes: what steps aside instead of going, and what may wait as text.

use super::{Fate, Fates};
use crate::catalog::{Address, Catalog, Tie};
use crate::kind::{Setting, Subject};
use crate::plan::embed::pieces;

impl Fates {
    /// A text can only be read again where the same pieces stand in the same places.
    pub fn keep_shape(&mut self, live: &Catalog) {
        let of = &self.of;
        let rebuilt = |part: &Address| {
            let index = live.objects.get_index_of(part).expect("what changes is in live");
            pieces(live, index).any(|piece| of.get(piece) == Some(&Fate::Rebuild))
        };
        self.parked.retain(|_, parts| !parts.iter().any(rebuilt));
    }

    /// What is needed until its successor is there steps aside instead of going: a table's rows are handed over, and
    /// queries find an index at any time.
    pub fn step_aside(mut self, live: &Catalog, desired: &Catalog, setting: &Setting) -> Fates {
        let mut aside = vec![];
        for (address, _) in self.of.iter().filter(|(_, fate)| **fate == Fate::Rebuild) {
            let index = live.objects.get_index_of(address).expect("what is rebuilt is in live");
            let subject = Subject::new(live, index, setting);
            let goes_with_its_whole = live.requirements(index).iter().any(|&(required, tie)| {
                tie.is_part() && self.get(live.at(required).0).is_some_and(Fate::ends)
            });
            if subject.object.kind() == desired.objects[address].kind()
                && !goes_with_its_whole
                && (subject.object.body.entry().holds_data || !self.stands_on_what_goes(live, index, setting))
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

    /// Whether the object at `index` of live needs something that is made again and cannot wait for its successor.
    fn stands_on_what_goes(&self, live: &Catalog, index: usize, setting: &Setting) -> bool {
        let needed = live.requirements(index).iter().filter(|(_, tie)| *tie == Tie::Needs);
        let mut needed = needed.map(|&(required, _)| Subject::new(live, required, setting));
        needed.any(|required| {
            self.get(required.address) == Some(Fate::Rebuild)
                && required.object.body.set_aside(&required).is_none()
        })
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
