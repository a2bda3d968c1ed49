//! What comes into being or changes. A part that is stated inside its whole gets no step of its own.

use std::collections::HashSet;

use super::{Builder, Verb};
use crate::catalog::Object;
use crate::kind::{Alter, Subject};
use crate::plan::fate::Fate;
use crate::plan::{Step, Transaction, satellite};

impl Builder<'_> {
    /// What is made or altered. A part that is stated inside its whole gets no step of its own.
    pub(super) fn makes(&mut self) {
        let mut resolved = HashSet::new();
        for address in self.fates.of.keys() {
            self.make_of(self.number(address), &mut resolved);
        }
        let carried: Vec<_> =
            self.carried.iter().map(|(&(object, verb), &node)| (object, verb, node)).collect();
        let mut made: Vec<_> = carried.into_iter().filter(|(_, verb, _)| *verb == Verb::Make).collect();
        made.sort_unstable_by_key(|&(object, _, _)| self.in_desired(object));
        for (object, _, node) in made {
            let index = self.in_desired(object).expect("what is made is desired");
            let satellites = satellite::steps(&Subject::new(self.desired, index, self.setting), None);
            self.graph[node].steps.extend(satellites.set);
            self.revokes(object, satellites.revoke);
        }
    }

    fn make_of(&mut self, object: usize, resolved: &mut HashSet<usize>) {
        let (Some(fate), Some(index)) = (self.fate(object), self.in_desired(object)) else { return };
        if fate == Fate::Drop || !resolved.insert(object) {
            return;
        }
        for &(required, tie) in self.desired.requirements(index) {
            if tie.is_part() {
                self.make_of(self.number(self.desired.at(required).0), resolved);
            }
        }
        if self.carried.contains_key(&(object, Verb::Make)) {
            return;
        }
        let subject = Subject::new(self.desired, index, self.setting);
        let old = self.live.objects.get(subject.address).filter(|_| fate == Fate::Alter);
        let mut steps = match old {
            None => self.prepared(&subject).unwrap_or_else(|| subject.object.body.create(&subject)),
            Some(old) => self.altered(&subject, old),
        };
        let makes: Vec<_> = steps.iter().flat_map(|step| &step.makes).map(|part| self.number(part)).collect();
        let made = steps.iter().rposition(|step| step.transaction != Transaction::Alone);
        let finish = steps.split_off(made.map_or(0, |last| last + 1));
        let satellites = satellite::steps(&subject, old);
        steps.extend(satellites.set);
        self.add(Verb::Make, object, steps);
        self.revokes(object, satellites.revoke);
        if !finish.is_empty() {
            self.add(Verb::Finish, object, finish);
        }
        let node = self.events[&(object, Verb::Make)];
        for part in makes {
            if self.fate(part).is_some_and(Fate::begins) {
                self.carried.insert((part, Verb::Make), node);
            }
        }
    }

    fn revokes(&mut self, object: usize, steps: Vec<Step>) {
        if !steps.is_empty() {
            self.add(Verb::Revoke, object, steps);
        }
    }

    /// What is left to be done where it is prepared.
    fn prepared(&mut self, subject: &Subject) -> Option<Vec<Step>> {
        // What is left alone when the file is run again leaves nothing to be made from what would be prepared.
        if self.apart.hurried.contains(subject.address) || self.fates.settled.contains_key(subject.address) {
            return None;
        }
        let preparation = subject.object.body.prepare(subject)?;
        let object = self.number(subject.address);
        self.add(Verb::Prepare, object, preparation.steps);
        if !preparation.under_own_name {
            self.prepared_beside.insert(object);
        }
        Some(preparation.make)
    }

    fn altered(&self, subject: &Subject, old: &Object) -> Vec<Step> {
        let mut steps = vec![];
        if self.fates.parked.contains_key(subject.address)
            && let Some(index) = self.live.objects.get_index_of(subject.address)
        {
            let before = Subject::new(self.live, index, self.setting);
            steps.extend(before.object.body.park(&before).into_iter().flat_map(|parking| parking.back));
        }
        if !subject.object.body.equals(old.body.as_ref())
            && let Alter::InPlace(altered) | Alter::Disturbing(altered, _) =
                subject.object.body.alter(old.body.as_ref(), subject)
        {
            steps.extend(altered);
        }
        // One statement may restate several references.
        for replaced in self.fates.follows.get(subject.address).into_iter().flatten() {
            let successor = &self.desired.objects[replaced];
            let follow = subject.object.body.follow(subject, successor).into_iter().flatten();
            let restated: Vec<_> = follow.filter(|step| !steps.contains(step)).collect();
            steps.extend(restated);
        }
        self.unless_settled(self.number(subject.address), steps)
    }
}
