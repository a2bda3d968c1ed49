//! What goes or steps aside. A part that goes along with its whole gets no step of its own.

use std::collections::HashSet;

use petgraph::graph::NodeIndex;

use super::neighbours::holds;
use super::{Builder, Verb};
use crate::catalog::{Address, Object, Tie};
use crate::kind::Subject;
use crate::plan::fate::Fate;
use crate::plan::{Hazard, Step};
use crate::postgres::guard;

impl<'a> Builder<'a> {
    /// Removals and what steps aside. A part that goes along with its whole gets no step of its own.
    pub(super) fn drops(&mut self) {
        let mut resolved = HashSet::new();
        for address in self.fates.of.keys() {
            self.drop_of(self.number(address), &mut resolved);
        }
        for address in self.fates.parked.keys() {
            self.park(self.number(address));
        }
        for address in &self.fates.removed_first {
            let index = self.desired.objects.get_index_of(address).expect("what is new is desired");
            let subject = Subject::new(self.desired, index, self.setting);
            let object = self.number(address);
            let mut steps = subject.object.body.remove(&subject);
            if subject.name_is_borne() {
                steps = steps.into_iter().map(|step| guard::while_there(address, step)).collect();
            }
            let steps = self.unless_settled(object, steps);
            self.add(Verb::Drop, object, steps);
        }
    }

    /// Values become text, if what holds them stays.
    fn park(&mut self, object: usize) {
        let Some(index) = self.in_live(object).filter(|_| self.fate(object) == Some(Fate::Alter)) else {
            return;
        };
        let subject = Subject::new(self.live, index, self.setting);
        if let Some(parking) = subject.object.body.park(&subject) {
            let away = self.unless_settled(object, parking.away);
            self.add(Verb::SetAside, object, away);
        }
    }

    /// What takes one of the names of the live object, under another address.
    fn successor(&self, gone: &Object) -> Option<&'a Address> {
        gone.occupies.iter().find_map(|name| self.taken.get(name.as_str())).copied()
    }

    fn drop_of(&mut self, object: usize, resolved: &mut HashSet<usize>) {
        if !resolved.insert(object) {
            return;
        }
        let (Some(fate), Some(index)) = (self.fate(object), self.in_live(object)) else { return };
        if !fate.ends() {
            return;
        }
        let subject = Subject::new(self.live, index, self.setting);
        if fate == Fate::Aside {
            if let Some(aside) = subject.object.body.set_aside(&subject) {
                let (away, carry) =
                    (self.unless_settled(object, aside.away), self.unless_settled(object, aside.carry));
                self.add(Verb::SetAside, object, away);
                if !carry.is_empty() {
                    self.add(Verb::Carry, object, carry);
                }
                self.add(Verb::DropAside, object, aside.remove);
            }
            return;
        }
        let root = self.live.at(self.live.root(index)).0;
        let root_stays = self.fates.get(root).is_none_or(|fate| !fate.ends());
        let carriers = if self.apart.dropped.contains(subject.address) {
            vec![]
        } else {
            self.carriers(index, resolved)
        };
        // A whole that steps aside keeps its parts, but not the names that their successors need.
        let (kept, dropped): (Vec<_>, Vec<_>) =
            carriers.into_iter().partition(|&carrier| self.graph[carrier].verb == Verb::DropAside);
        let in_the_way = subject.object.occupies.iter().any(|name| self.taken.contains_key(name.as_str()));
        if let Some(&carrier) = self.first_to_go(&dropped).or(self.first_to_go(&kept).filter(|_| !in_the_way))
        {
            self.carried.insert((object, Verb::Drop), carrier);
            if root_stays
                && subject.object.body.entry().holds_data
                && let Some(step) = self.graph[carrier].steps.first_mut()
            {
                step.hazards.push(Hazard::DeletesData(subject.object.to_string()));
            }
            return;
        }
        let mut steps = subject.object.body.remove(&subject);
        if let Some(successor) =
            self.successor(subject.object).filter(|successor| *successor != subject.address)
        {
            let told_apart = !self.live.objects.contains_key(successor);
            let guarded =
                steps.into_iter().map(|step| guard::make_way(subject.address, successor, told_apart, step));
            steps = guarded.collect();
        }
        let steps = self.only_the_old(&subject, steps);
        let steps = self.unless_settled(object, steps);
        self.add(Verb::Drop, object, steps);
        for carrier in kept {
            self.left_behind.push((object, self.graph[carrier].object));
        }
    }

    /// The steps that remove something, but not its successor when the file is run again, if that could stay.
    fn only_the_old(&self, old: &Subject, steps: Vec<Step>) -> Vec<Step> {
        let successor =
            self.desired.objects.get(old.address).filter(|_| self.fates.untied.contains(old.address));
        match successor.and_then(|new| old.object.body.told_from(new.body.as_ref(), old)) {
            Some(is_old) => steps.into_iter().map(|step| guard::only_when(&is_old, step)).collect(),
            None => steps,
        }
    }

    /// The events that a part of theirs, at `index` of live, goes along with.
    fn carriers(&mut self, index: usize, resolved: &mut HashSet<usize>) -> Vec<NodeIndex> {
        let mut found = vec![];
        let root = self.live.at(self.live.root(index)).0;
        let root_stays = self.fates.get(root).is_none_or(|fate| !fate.ends());
        let has_heirs = self.live.heirs(index).next().is_some();
        // What goes along with its whole is not let go of by the children who have it from it.
        let outlived = root_stays && self.live.is_outlived(index, self.desired);
        for &(required, tie) in self.live.requirements(index) {
            let whole = self.number(self.live.at(required).0);
            if matches!(tie, Tie::Needs | Tie::Mentions)
                || self.fate(whole).is_none_or(|fate| !fate.ends())
                || (tie == Tie::Inherited && self.fates.parted(self.live, index, required))
                || (tie == Tie::Follows && self.fates.let_go(self.live, index, required))
                || (tie != Tie::Inherited && outlived)
                // What goes with a column of the parent alone would stay with the children, and they could not drop it.
                || (tie == Tie::Part && root_stays && has_heirs && self.live.is_outlived(required, self.desired))
            {
                continue;
            }
            self.drop_of(whole, resolved);
            let verb = if self.fate(whole) == Some(Fate::Aside) { Verb::DropAside } else { Verb::Drop };
            found.extend(self.event(whole, verb));
        }
        found
    }

    /// Of several wholes that a part goes along with, the one that no other of them requires: a column of a typed
    /// table is a part of its type's attribute too, which outlasts the table.
    fn first_to_go<'c>(&self, carriers: &'c [NodeIndex]) -> Option<&'c NodeIndex> {
        let place = |carrier: NodeIndex| self.in_live(self.graph[carrier].object);
        let required = |carrier: &NodeIndex, by: &NodeIndex| {
            let (Some(required), Some(by)) = (place(*carrier), place(*by)) else { return false };
            holds(self.live, by, required)
        };
        let free = carriers.iter().find(|carrier| !carriers.iter().any(|other| required(carrier, other)));
        free.or(carriers.first())
    }
}
