//! The rules of order, each an edge between two steps.

use std::collections::{BTreeSet, HashMap};

use super::neighbours::{holds, taken_along};
use super::{Builder, Verb};
use crate::catalog::{Address, Catalog, Object, Requires, Tie};
use crate::kind::Subject;
use crate::plan::embed::{embedding, pieces};
use crate::plan::fate::Fate;
use crate::plan::satellite::Ownership;

impl Builder<'_> {
    /// Everything that has to be before something else.
    pub(super) fn edges(&mut self) {
        self.required_is_made_first();
        self.whole_before_use();
        self.form_before_values();
        self.removed_first();
        self.dependents_go_first();
        self.altered_in_turn();
        self.parted_before_more_comes();
        self.old_makes_way();
        self.carried_before_it_is_told();
        self.owner_before_grants();
        self.given_before_taken();
        self.choice_is_narrowed();
        self.made_before_what_reaches_it();
        self.names_are_free();
    }

    /// What anything happens to; only among these there is an order.
    pub(super) fn in_motion(&self) -> BTreeSet<usize> {
        self.events.keys().chain(self.carried.keys()).map(|&(object, _)| object).collect()
    }

    /// The edges that one of these is an end of.
    fn edges_in_motion(&self, catalog: &Catalog) -> Vec<Requires> {
        let mut moves = vec![false; catalog.objects.len()];
        let in_motion = self.in_motion().into_iter();
        for index in in_motion.filter_map(|object| catalog.objects.get_index_of(self.universe[object])) {
            moves[index] = true;
        }
        let edges = catalog.requires().iter();
        edges.filter(|edge| moves[edge.dependent] || moves[edge.required]).copied().collect()
    }

    /// What is required is made before what requires it.
    fn required_is_made_first(&mut self) {
        use Verb::{Carry, Drop, DropAside, Finish, Make, Prepare};
        for edge in self.edges_in_motion(self.desired) {
            if edge.tie == Tie::Follows || holds(self.desired, edge.required, edge.dependent) {
                continue;
            }
            let (dependent, required) = (self.desired.at(edge.dependent), self.desired.at(edge.required));
            let (a, b) = (self.number(dependent.0), self.number(required.0));
            if required.1.body.entry().formed_by_whole
                && let Some(whole) = self.desired.whole(edge.required)
            {
                self.before(self.event(self.number(self.desired.at(whole).0), Make), self.event(a, Make));
            }
            if dependent.1.body.entry().link && self.is_handed_down(edge.required) {
                self.before(self.event(a, Make), self.event(b, Make));
                continue;
            }
            for verb in [Prepare, Make] {
                self.before(self.event(b, Make), self.event(a, verb));
            }
            // What is tied to something that stays is tied once what that stands on is as it shall be.
            if dependent.1.body.entry().link {
                for below in self.stood_on(edge.required) {
                    self.before(below, self.event(a, Make));
                }
                // What the origin loses it would hand down before, and so it would what is prepared for a tie of its own.
                if edge.tie == Tie::Needs {
                    // What is tied goes with it when the file is run again, and so is made after that.
                    let tied = self.desired.tied(edge.dependent).map(|(tied, _)| self.desired.at(tied).0);
                    if let Some(tied) = tied.filter(|tied| self.fates.apart.contains(*tied)) {
                        self.before(self.event(b, Drop), self.event(self.number(tied), Make));
                    }
                    for part in self.changing_parts(b) {
                        self.before(self.event(part, Drop), self.event(a, Make));
                    }
                    for link in self.own_links(edge.required) {
                        self.before(self.event(a, Make), self.event(link, Prepare));
                    }
                }
            }
            // What is made of a type gets what this hands on by then.
            if edge.tie == Tie::Needs {
                for part in self.handed_on(b, dependent.1.kind()) {
                    for verb in [Drop, Make] {
                        self.before(self.event(part, verb), self.event(a, Make));
                    }
                }
            }
            // What has rows has gone over to the successor before the old one goes.
            if self.fate(a) == Some(Fate::Alter) && dependent.1.body.entry().holds_data {
                self.before(self.event(a, Make), self.event(b, DropAside));
            }
            // An heir is like its origin before the two are tied, and a new one is born with what the origin has by then.
            if edge.tie == Tie::Inherited
                && let Some(link) = self.desired.inherited_through(edge.dependent, edge.required)
            {
                let link = self.number(self.desired.at(link).0);
                for part in self.changing_parts(b) {
                    for verb in [Drop, Make] {
                        self.before(self.event(part, verb), self.event(link, Make));
                    }
                }
                for end in [a, b] {
                    self.before(self.event(end, Finish), self.event(link, Make));
                    if self.fate(end) == Some(Fate::Alter) {
                        self.before(self.event(end, Make), self.event(link, Make));
                    }
                }
            }
            // Rows are carried over before they are looked at, before what tells that they have been, and once there is a
            // place for them.
            let (carry, make) = (self.event(b, Carry), self.event(a, Make));
            if dependent.1.body.entry().takes_along {
                for above in taken_along(self.desired, edge.required) {
                    self.before(make, self.event(self.number(self.desired.at(above).0), Carry));
                }
            } else if make != self.event(b, Make) {
                self.before(carry, make)
            }
        }
    }

    /// New things go with their parts before what they require, for when the file is run again.
    fn removed_first(&mut self) {
        use Verb::{Drop, Make, SetAside};
        for address in &self.fates.removed_first {
            let index = self.desired.objects.get_index_of(address).expect("what is new is desired");
            let gone = self.event(self.number(address), Drop);
            for user in std::iter::once(index).chain(self.desired.parts(index)) {
                for &(required, _) in self.desired.requirements(user) {
                    for required in [required, self.desired.root(required)] {
                        let required = self.number(self.desired.at(required).0);
                        self.before(gone, self.event(required, Drop));
                        self.before(gone, self.event(required, SetAside));
                        if self.fate(required) == Some(Fate::Alter) {
                            self.before(gone, self.event(required, Make));
                        }
                    }
                }
            }
        }
        // So does what is made again, if it will require other things than it does now.
        let rebuilt = self.fates.of.iter().filter(|(_, fate)| **fate == Fate::Rebuild);
        for (address, _) in rebuilt {
            let index = self.desired.objects.get_index_of(address).expect("what is made again is desired");
            let gone = self.event(self.number(address), Drop);
            for &(required, tie) in self.desired.requirements(index) {
                for required in [required, self.desired.root(required)] {
                    let required = self.desired.at(required).0;
                    let goes = self.fates.get(required) == Some(Fate::Rebuild)
                        && !self.live.has_edge(required, address)
                        || self.fates.removed_first.contains(required);
                    if tie == Tie::Needs && goes {
                        self.before(gone, self.event(self.number(required), Drop));
                    }
                }
            }
        }
    }

    /// What requires is dropped before what is required is dropped or changed; a thing is let go of before it goes.
    fn dependents_go_first(&mut self) {
        use Verb::{Drop, DropAside, Make, Revoke, SetAside};
        for edge in self.edges_in_motion(self.live) {
            let (a, b) =
                (self.number(self.live.at(edge.dependent).0), self.number(self.live.at(edge.required).0));
            let gone = self.event(a, Drop);
            // Once they are parted, what goes from the origin does not go from the heir.
            let link = self.live.inherited_through(edge.dependent, edge.required);
            let link = link.filter(|_| edge.tie == Tie::Inherited && gone.is_none());
            let parted = link.and_then(|link| self.event(self.number(self.live.at(link).0), Drop));
            for verb in [Drop, Make, SetAside] {
                self.before(parted, self.event(b, verb));
            }
            // Where they are not, the heir is free to change once the origin has let go of it.
            let is_let_go = link.is_some() && parted.is_none();
            if is_let_go {
                self.before(self.event(b, Drop), self.event(a, Make));
            }
            // What steps aside is parted from its origin by that.
            let aside = gone.filter(|&node| self.waits(node)).map(|node| self.graph[node].object);
            if edge.tie == Tie::Inherited
                && let Some(aside) = aside
            {
                for verb in [Drop, Make, SetAside] {
                    self.before(self.event(aside, SetAside), self.event(b, verb));
                }
            } else if edge.tie == Tie::Follows {
                self.let_go_before_it_goes(edge, gone);
            } else {
                // What only mentions it or waits under another name does not mind a change, nor does a part that its whole
                // holds, which the whole has to let go of first, nor one that its whole leaves behind; and nobody minds what
                // is only said of it.
                let waits = edge.tie == Tie::Mentions
                    || self.stays_as_it_is(edge.required)
                    || gone.is_some_and(|node| self.waits(node))
                    || holds(self.live, edge.required, edge.dependent)
                    || self
                        .left_behind
                        .iter()
                        .any(|&(part, whole)| whole == b && self.event(part, Drop) == gone);
                let before: &[Verb] =
                    if waits { &[Drop, DropAside] } else { &[Drop, Make, SetAside, DropAside] };
                for &verb in before {
                    self.before(gone, self.event(b, verb));
                }
                let aside = self.event(a, DropAside);
                for verb in [Drop, DropAside] {
                    self.before(aside, self.event(b, verb));
                }
            }
            if gone.is_none() && !is_let_go {
                for verb in [Make, Revoke] {
                    self.before(self.event(a, verb), self.event(b, Drop));
                    self.before(self.event(a, verb), self.event(b, DropAside));
                }
                // What is let go of changes after that.
                if edge.tie == Tie::Needs && !self.desired.has_edge(self.universe[a], self.universe[b]) {
                    for part in self.parts_before_and_after(b) {
                        for verb in [Drop, Make] {
                            self.before(self.event(a, Make), self.event(part, verb));
                        }
                    }
                }
            }
        }
        for (part, whole) in std::mem::take(&mut self.left_behind) {
            self.before(self.event(whole, SetAside), self.event(part, Drop));
        }
    }

    /// What the server would find in the way of a change goes or changes first: a table becomes unlogged after those that
    /// refer to it, or once they do not any more.
    fn altered_in_turn(&mut self) {
        use Verb::{Drop, Make};
        for object in self.in_motion() {
            let (Some(before), Some(after)) = (self.in_live(object), self.in_desired(object)) else {
                continue;
            };
            let subject = Subject::new(self.desired, after, self.setting);
            let old = self.live.at(before).1.body.as_ref();
            for (tie, other) in subject.object.body.altered_after(old, &subject) {
                let gone = self.event(self.number(tie), Drop);
                let first = gone.or_else(|| self.event(self.number(other), Make));
                self.before(first, self.event(object, Make));
            }
        }
    }

    /// Whether nothing changes about the object at `index` of live but what is said of it: owner, comment, privileges.
    fn stays_as_it_is(&self, index: usize) -> bool {
        let (address, before) = self.live.at(index);
        let after =
            self.desired.objects.get(address).filter(|_| self.fates.get(address) == Some(Fate::Alter));
        after.is_some_and(|after| after.body.equals(before.body.as_ref()))
            && !self.fates.parked.contains_key(address)
            && !self.fates.follows.contains_key(address)
    }

    /// The old makes way for the new of the same address.
    fn old_makes_way(&mut self) {
        use Verb::{Carry, Drop, DropAside, Finish, Make, Prepare, SetAside};
        for object in self.in_motion() {
            let gone = self.event(object, Drop).filter(|&node| !self.waits(node));
            self.gives_way(gone, object);
            self.gives_way(self.event(object, SetAside), object);
            self.before(self.event(object, Prepare), self.event(object, Make));
            self.before(self.event(object, Make), self.event(object, Finish));
            self.before(self.event(object, Make), self.event(object, Carry));
            self.before(self.event(object, Make), self.event(object, DropAside));
            self.before(self.event(object, Carry), self.event(object, DropAside));
        }
    }

    /// What tells that rows have been carried over comes after that: where it is there, they are not carried over.
    fn carried_before_it_is_told(&mut self) {
        for (address, holders) in &self.fates.settled {
            let carry = self.event(self.number(address), Verb::Carry);
            for holder in holders {
                self.before(carry, self.event(self.number(holder), Verb::Make));
            }
        }
    }

    /// What is granted on what follows another to its owner is given by the new owner.
    fn owner_before_grants(&mut self) {
        use Verb::Make;
        let in_motion = self.in_motion().into_iter().filter_map(|object| self.in_desired(object));
        let following = in_motion.filter_map(|index| {
            let subject = Subject::new(self.desired, index, self.setting);
            let ownership = Ownership::of(&subject);
            let follows = subject.object.owner.is_some() && ownership.new_owner().is_some();
            follows.then(|| (self.number(ownership.holder.address), self.number(subject.address)))
        });
        for (holder, follower) in following.collect::<Vec<_>>() {
            self.before(self.event(holder, Make), self.event(follower, Make));
        }
    }

    /// Privileges are taken once all are given, on the parts before they are on the whole: what was given on a part may hang on
    /// an option for the whole.
    fn given_before_taken(&mut self) {
        use Verb::{Drop, Make, Revoke};
        let taken = self.events.keys().filter(|(_, verb)| *verb == Revoke);
        let mut taken: Vec<_> = taken.map(|&(object, _)| object).collect();
        taken.sort_unstable();
        for object in taken {
            let revoke = self.event(object, Revoke);
            self.before(self.event(object, Make), revoke);
            let mut parts = self.parts_before_and_after(object);
            parts.retain(|&part| self.has_privileges(part));
            for part in parts {
                for verb in [Drop, Make, Revoke] {
                    self.before(self.event(part, verb), revoke);
                }
            }
        }
    }

    /// What would be born otherwise is made before what makes it so changes.
    fn made_before_what_reaches_it(&mut self) {
        use Verb::{Drop, Make};
        let in_motion: Vec<_> = self.in_motion().into_iter().collect();
        let entry = |object: usize| {
            let address = self.universe[object];
            let object = self.desired.objects.get(address).or_else(|| self.live.objects.get(address));
            object.expect("it is on one side").body.entry()
        };
        let first: Vec<_> =
            in_motion.iter().copied().filter(|&object| !entry(object).precedes.is_empty()).collect();
        let pairs = first.iter().flat_map(|&first| {
            let precedes = entry(first).precedes;
            let reaching = in_motion.iter().filter(move |&&then| precedes.contains(&entry(then).name));
            reaching.map(move |&then| (first, then))
        });
        for (first, then) in pairs.collect::<Vec<_>>() {
            self.before(self.event(first, Make), self.event(then, Make));
            self.before(self.event(first, Make), self.event(then, Drop));
        }
    }

    /// Where the server chooses what something needs, what would serve as well and goes is gone before that is made, and
    /// goes after that is gone: it may be what the server has chosen elsewhere, or will when the file is run again.
    fn choice_is_narrowed(&mut self) {
        use Verb::{Drop, Make};
        let mut pairs = vec![];
        for (catalog, verb) in [(self.desired, Make), (self.live, Drop)] {
            for edge in self.edges_in_motion(catalog).into_iter().filter(|edge| edge.tie == Tie::Needs) {
                let (address, object) = catalog.at(edge.dependent);
                if !object.body.entry().chooses || !catalog.at(edge.required).1.body.may_be_chosen() {
                    continue;
                }
                // What is not on all that it refers to would not serve.
                let referred: Vec<_> = catalog.referred(edge).map(|index| catalog.at(index).0).collect();
                let serves = |part: &Address, object: &Object| {
                    object.body.may_be_chosen()
                        && referred.iter().all(|referred| self.live.has_edge(part, referred))
                };
                let chooses = self.event(self.number(address), verb);
                let root = catalog.at(catalog.root(edge.required)).0;
                let root = self.live.objects.get_index_of(root);
                for part in root.map_or(vec![], |root| self.live.parts(root)) {
                    let (part, object) = self.live.at(part);
                    if serves(part, object) {
                        let gone = self.event(self.number(part), Drop);
                        pairs.push(if verb == Make { (gone, chooses) } else { (chooses, gone) });
                    }
                }
            }
        }
        for (first, then) in pairs {
            self.before(first, then);
        }
    }

    /// The old makes way for the new of the same name, and for what uses by that name what has it already.
    fn names_are_free(&mut self) {
        use Verb::{Drop, Make, SetAside};
        let mut occupied: HashMap<&str, Vec<usize>> = HashMap::new();
        let in_motion = self.in_motion();
        for &object in &in_motion {
            if self.fate(object).is_some_and(Fate::ends)
                && let Some(index) = self.in_live(object)
            {
                for name in &self.live.at(index).1.occupies {
                    occupied.entry(name).or_default().push(object);
                }
            }
        }
        for edge in self.edges_in_motion(self.desired).into_iter().filter(|edge| edge.tie == Tie::Needs) {
            let (user, (used, object)) = (self.desired.at(edge.dependent).0, self.desired.at(edge.required));
            let holders = object.occupies.iter().filter_map(|name| occupied.get(name.as_str())).flatten();
            for &holder in holders {
                if self.universe[holder] != used {
                    self.before(self.event(holder, Drop), self.event(self.number(user), Make));
                }
            }
        }
        for object in in_motion {
            if !self.fate(object).is_some_and(Fate::begins) {
                continue;
            }
            let index = self.in_desired(object).expect("what begins is desired");
            for name in &self.desired.at(index).1.occupies {
                for &holder in occupied.get(name.as_str()).into_iter().flatten() {
                    self.gives_way(self.event(holder, Drop), object);
                    self.gives_way(self.event(holder, SetAside), object);
                }
            }
        }
    }

    /// Parts change before there are values of their whole elsewhere, and once there are none.
    fn form_before_values(&mut self) {
        use Verb::{Drop, Make, SetAside};
        let mut pairs = vec![];
        for made in self.in_motion() {
            let Some(part) = self.in_desired(made).filter(|_| self.event(made, Make).is_some()) else {
                continue;
            };
            if self.in_live(made).is_some_and(|part| self.stays_as_it_is(part)) {
                continue;
            }
            for user in embedding(self.desired, part) {
                let user = self.desired.at(user).0;
                if self.fate(made) != Some(Fate::Create) || !self.fates.parked.contains_key(user) {
                    pairs.push(((made, Make), (self.number(user), Make)));
                }
            }
            let Some(part) = self.in_live(made) else { continue };
            for user in embedding(self.live, part) {
                let user = self.number(self.live.at(user).0);
                let ends = [(user, Drop), (user, SetAside)].into_iter();
                pairs.extend(ends.flat_map(|end| [(end, (made, SetAside)), (end, (made, Make))]));
            }
        }
        // While they are text, pieces neither come nor go.
        for (user, parts) in &self.fates.parked {
            let back = (self.number(user), Make);
            for part in parts {
                let (holder, made) = (self.number(user), (self.number(part), Make));
                pairs.extend([((holder, SetAside), made), (made, (holder, Make))]);
                let index = |catalog: &Catalog| catalog.objects.get_index_of(part).expect("it stays");
                let fated = |piece: &&Address, fate| self.fates.get(piece) == Some(fate);
                let gone = pieces(self.live, index(self.live)).filter(|piece| fated(piece, Fate::Drop));
                let new =
                    pieces(self.desired, index(self.desired)).filter(|piece| fated(piece, Fate::Create));
                pairs.extend(gone.map(|piece| (back, (self.number(piece), Drop))));
                pairs.extend(new.map(|piece| (back, (self.number(piece), Make))));
            }
        }
        for ((first, verb), (then, next)) in pairs {
            if first != then {
                self.before(self.event(first, verb), self.event(then, next));
            }
        }
    }

    /// What is bound together is used once all of it is: a key, when the keys of all partitions are tied to it.
    fn whole_before_use(&mut self) {
        let binds = |index: usize| Subject::new(self.desired, index, self.setting).ties_for_good();
        let mut pairs = vec![];
        let edges = self.edges_in_motion(self.desired).into_iter();
        for edge in edges.filter(|edge| edge.tie == Tie::Needs).filter(|edge| binds(edge.dependent)) {
            // A foreign key needs the index behind the key.
            let parts = self.desired.dependents(edge.required).iter().filter(|(_, tie)| *tie == Tie::Part);
            let used = std::iter::once(edge.required).chain(parts.map(|&(part, _)| part));
            for &(user, tie) in used.flat_map(|used| self.desired.dependents(used)) {
                let link = self.desired.at(user).1.body.entry().link;
                if user != edge.dependent
                    && (tie == Tie::Needs && !link || tie == Tie::Part && link && binds(user))
                {
                    let number = |index: usize| self.number(self.desired.at(index).0);
                    pairs.push((number(edge.dependent), number(user)));
                }
            }
        }
        for (link, user) in pairs {
            for verb in [Verb::Prepare, Verb::Make] {
                self.before(self.event(link, Verb::Make), self.event(user, verb));
            }
        }
    }
}
