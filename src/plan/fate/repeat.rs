//! What has to go first for a file to be run again from its top.

use std::collections::BTreeMap;

use super::Fate;
use super::spread::Spreading;
use crate::catalog::{Address, Tie};
use crate::kind::Subject;
use crate::plan::embed::embedding;

impl Spreading<'_> {
    /// What is removed and made again, or disturbs others, must be so once more when the file is run again, and by then
    /// there may be more that requires it.
    pub fn make_repeatable(&mut self) {
        let new = self.fates.of.iter().filter(|(_, fate)| **fate == Fate::Create);
        let intercepts = |address: &Address| self.desired.objects[address].body.entry().intercepts;
        let new = new.filter(|(address, _)| intercepts(address));
        self.fates.removed_first = new.map(|(address, _)| address.clone()).collect();
        let mut next: Vec<Address> = self.rebuilt().chain(self.disturbed.keys().cloned()).collect();
        let mut disturbed_heirs = BTreeMap::new();
        while let Some(address) = next.pop() {
            let index = self.desired.objects.get_index_of(&address).expect("what is made again is desired");
            let rebuilt = self.fates.get(&address) != Some(Fate::Alter);
            let stores = |user: &Address| self.desired.objects[user].body.entry().stores_result;
            let stored = embedding(self.desired, index).into_iter().map(|user| self.desired.at(user).0);
            let stored = stored.filter(|user| self.fates.get(user) == Some(Fate::Create) && stores(user));
            for user in stored.cloned().collect::<Vec<_>>() {
                if self.fates.removed_first.insert(user.clone()) {
                    next.extend(self.with_parts(&user));
                }
            }
            let disturbed = self.disturbed.get(&address).or_else(|| disturbed_heirs.get(&address)).copied();
            for &(dependent, tie) in self.desired.dependents(index) {
                let (dependent, object) = self.desired.at(dependent);
                let entry = object.body.entry();
                // Nothing fits the text that is there meanwhile, not even what goes with its column.
                let is_text = self.fates.parked.contains_key(&address);
                let disturbs = disturbed.is_some_and(|kinds| kinds.contains(&entry.name))
                    && (is_text || !object.body.bears_repetition());
                let in_the_way = rebuilt || disturbs;
                // By then a new heir has its form from what changes, and changes along.
                if tie == Tie::Inherited
                    && let Some(kinds) = disturbed
                    && self.fates.get(dependent) == Some(Fate::Create)
                    && disturbed_heirs.insert(dependent.clone(), kinds).is_none()
                {
                    next.push(dependent.clone());
                }
                // What needs a new part of it holds it just as well.
                if tie == Tie::Part && rebuilt && self.fates.get(dependent) == Some(Fate::Create) {
                    next.push(dependent.clone());
                }
                if tie == Tie::Needs && rebuilt && self.goes_alone(&address) {
                    next.extend(self.tied_and_new(dependent));
                }
                let holds = tie == Tie::Needs || tie == Tie::Part && is_text;
                if !holds || entry.link || !in_the_way {
                    continue;
                }
                if entry.holds_data {
                    self.wait_for(dependent, &address);
                    continue;
                }
                match self.fates.get(dependent) {
                    Some(Fate::Create) if self.goes_with_origin(dependent) => {}
                    Some(Fate::Create) => {
                        let removed = self.removed_for(dependent);
                        if self.fates.removed_first.insert(removed.clone()) {
                            next.extend(self.with_parts(&removed));
                        }
                    }
                    Some(Fate::Alter) if !self.live.has_edge(dependent, &address) => {
                        self.rebuild(dependent);
                        self.spread();
                        next.extend(self.rebuilt());
                    }
                    _ => {}
                }
            }
        }
    }

    /// Whether it goes when the file is run again though its whole stays.
    fn goes_alone(&self, address: &Address) -> bool {
        let index = self.desired.objects.get_index_of(address).expect("what is made again is desired");
        let whole = self.desired.at(self.desired.root(index)).0;
        self.fates.apart.contains(address) || !self.fates.get(whole).is_some_and(Fate::begins)
    }

    /// What is new and goes with what is made again, as the link at this address is all that ties the two and has no end of
    /// its own: when the file is run again, no statement of the whole makes it.
    fn tied_and_new(&mut self, link: &Address) -> Option<Address> {
        let index = self.desired.objects.get_index_of(link).expect("what requires is desired");
        if !Subject::new(self.desired, index, self.setting).ties_for_good() {
            return None;
        }
        let (place, _) = self.desired.tied(index)?;
        let tied = self.desired.at(place).0;
        let fates =
            [tied, self.desired.at(self.desired.root(place)).0].map(|address| self.fates.get(address));
        let is_new = fates.iter().any(|fate| matches!(fate, Some(Fate::Create | Fate::Aside)));
        let comes_down = self.desired.requirements(place).iter().any(|(_, tie)| *tie == Tie::Inherited);
        (is_new && !comes_down && self.fates.apart.insert(tied.clone())).then(|| tied.clone())
    }

    /// What is made again and will be held by something that has rows, and is altered, waits under another name until
    /// that has gone over to its successor: when the file is run again, it holds what came of the first time.
    fn wait_for(&mut self, holder: &Address, rebuilt: &Address) {
        let fates = [holder, rebuilt].map(|address| self.fates.get(address));
        if fates != [Some(Fate::Alter), Some(Fate::Rebuild)] || self.live.has_edge(holder, rebuilt) {
            return;
        }
        let (index, _, before) = self.live.objects.get_full(rebuilt).expect("what is made again is in live");
        let subject = Subject::new(self.live, index, self.setting);
        if before.body.set_aside(&subject).is_some() {
            self.fates.of.insert(rebuilt.clone(), Fate::Aside);
        }
    }

    /// Whether the new object at this address, which it has from another, goes whenever that one does.
    fn goes_with_origin(&self, new: &Address) -> bool {
        let index = self.desired.objects.get_index_of(new).expect("what is new is desired");
        let mut origins = self.desired.requirements(index).iter().filter(|(_, tie)| *tie == Tie::Inherited);
        origins.any(|&(origin, _)| self.fates.goes_before_it_comes(self.desired.at(origin).0, self.setting))
    }

    fn with_parts(&self, new: &Address) -> Vec<Address> {
        let index = self.desired.objects.get_index_of(new).expect("what is new is desired");
        let parts = self.desired.parts(index).into_iter();
        std::iter::once(index).chain(parts).map(|part| self.desired.at(part).0.clone()).collect()
    }

    fn rebuilt(&self) -> impl Iterator<Item = Address> {
        self.fates.of.keys().filter(|address| self.fates.goes_before_it_comes(address, self.setting)).cloned()
    }

    /// What has to be removed for the new object at this address to be: its whole, where it cannot go by itself and that
    /// comes with it.
    fn removed_for(&self, new: &Address) -> Address {
        let index = self.desired.objects.get_index_of(new).expect("what is new is desired");
        let subject = Subject::new(self.desired, index, self.setting);
        let wholes = self.desired.requirements(index).iter().filter(|(_, tie)| *tie == Tie::Part);
        let mut wholes = wholes.map(|&(whole, _)| self.desired.at(whole).0);
        let whole = wholes.find(|whole| {
            subject.object.body.replaced_with_whole(&subject)
                && self.fates.get(whole).is_some_and(Fate::begins)
        });
        whole.unwrap_or(new).clone()
    }
}
