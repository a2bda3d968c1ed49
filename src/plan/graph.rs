//! The order of steps: four rules over the edges of both catalogs, knots untied, ties broken.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet};

use indexmap::IndexSet;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::fate::{Fate, Fates};
use super::{Hazard, Options, Step, Transaction, satellite};
use crate::catalog::{Address, Catalog, Object, Tie};
use crate::kind::{Alter, Setting, Subject};
use crate::postgres::guard;
use crate::{Error, ErrorKind, Result};

/// What happens to an object at one point of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Verb {
    /// It is removed.
    Drop,
    /// It is renamed out of the way.
    SetAside,
    /// It is made or altered.
    Make,
    /// Its successor takes its rows over.
    Carry,
    /// It is removed under its other name.
    DropAside,
}

struct Event {
    verb: Verb,
    object: usize,
    steps: Vec<Step>,
}

/// Which parts are told apart from their wholes, when made and when dropped.
#[derive(Default)]
struct Apart {
    made: HashSet<Address>,
    dropped: HashSet<Address>,
}

/// All steps, in order.
pub fn steps(live: &Catalog, desired: &Catalog, fates: &Fates, options: &Options) -> Result<Vec<Step>> {
    let mut apart = Apart { made: fates.removed_first.iter().cloned().collect(), ..Apart::default() };
    loop {
        let setting = Setting {
            live,
            desired,
            made: fates.made(),
            apart: apart.made.clone(),
            online: options.online,
            sizes: options.sizes.clone(),
        };
        let mut builder = Builder::new(live, desired, fates, &setting, &apart);
        builder.drops();
        builder.makes();
        builder.edges();
        let knots: Vec<_> = tarjan_scc(&builder.graph).into_iter().filter(|knot| knot.len() > 1).collect();
        if knots.is_empty() {
            return Ok(merged(builder.in_order()));
        }
        let untied: Vec<_> = knots.iter().flat_map(|knot| builder.ties(knot)).collect();
        if untied.is_empty() {
            return Err(builder.waiting_for_each_other(&knots[0]));
        }
        for (verb, address) in untied {
            if verb == Verb::Make {
                apart.made.insert(address)
            } else {
                apart.dropped.insert(address)
            };
        }
    }
}

struct Builder<'a> {
    live: &'a Catalog,
    desired: &'a Catalog,
    fates: &'a Fates,
    setting: &'a Setting<'a>,
    apart: &'a Apart,
    /// Every address of both catalogs; what `Event::object` counts in.
    universe: IndexSet<&'a Address>,
    /// Parts that have to make way, each with its whole that has stepped aside and would keep it.
    left_behind: Vec<(usize, usize)>,
    graph: DiGraph<Event, ()>,
    events: HashMap<(usize, Verb), NodeIndex>,
    /// Names that what begins will occupy.
    taken: HashMap<&'a str, &'a Address>,
    /// Parts whose making or dropping happens in another object's statement.
    carried: HashMap<(usize, Verb), NodeIndex>,
}

impl<'a> Builder<'a> {
    fn new(
        live: &'a Catalog,
        desired: &'a Catalog,
        fates: &'a Fates,
        setting: &'a Setting<'a>,
        apart: &'a Apart,
    ) -> Builder<'a> {
        let universe = live.objects.keys().chain(desired.objects.keys()).collect();
        let (graph, events, carried) = (DiGraph::new(), HashMap::new(), HashMap::new());
        let begins = fates.of.iter().filter(|(_, fate)| fate.begins());
        let begins = begins.filter_map(|(address, _)| desired.objects.get_key_value(address));
        let taken = begins
            .flat_map(|(address, object)| object.occupies.iter().map(move |name| (name.as_str(), address)))
            .collect();
        Builder {
            live,
            desired,
            fates,
            setting,
            apart,
            universe,
            graph,
            events,
            carried,
            taken,
            left_behind: vec![],
        }
    }

    fn fate(&self, object: usize) -> Option<Fate> {
        self.fates.get(self.universe[object])
    }

    fn number(&self, address: &Address) -> usize {
        self.universe.get_index_of(address).expect("the universe holds both catalogs")
    }

    fn in_live(&self, object: usize) -> Option<usize> {
        self.live.objects.get_index_of(self.universe[object])
    }

    fn in_desired(&self, object: usize) -> Option<usize> {
        self.desired.objects.get_index_of(self.universe[object])
    }

    fn add(&mut self, verb: Verb, object: usize, steps: Vec<Step>) {
        let node = self.graph.add_node(Event { verb, object, steps });
        self.events.insert((object, verb), node);
    }

    fn event(&self, object: usize, verb: Verb) -> Option<NodeIndex> {
        self.events.get(&(object, verb)).or_else(|| self.carried.get(&(object, verb))).copied()
    }

    /// Removals and what steps aside. A part that goes along with its whole gets no step of its own.
    fn drops(&mut self) {
        let mut resolved = HashSet::new();
        for address in self.fates.of.keys() {
            self.drop_of(self.number(address), &mut resolved);
        }
        for address in &self.fates.removed_first {
            let index = self.desired.objects.get_index_of(address).expect("what is new is desired");
            let subject = Subject::new(self.desired, index, self.setting);
            let steps = subject.object.body.remove(&subject);
            self.add(Verb::Drop, self.number(address), steps);
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
                self.add(Verb::SetAside, object, aside.away);
                if !aside.carry.is_empty() {
                    self.add(Verb::Carry, object, aside.carry);
                }
                self.add(Verb::DropAside, object, aside.remove);
            }
            return;
        }
        let root = self.live.at(self.live.root(index)).0;
        let root_stays = self.fates.get(root).is_none_or(|fate| !fate.ends());
        // What goes along with its whole is not let go of by the children who have it from it.
        let outlived = root_stays && self.live.is_outlived(index, self.desired);
        let carriers = if outlived || self.apart.dropped.contains(subject.address) {
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
        self.add(Verb::Drop, object, steps);
        for carrier in kept {
            self.left_behind.push((object, self.graph[carrier].object));
        }
    }

    /// The events that a part of theirs, at `index` of live, goes along with.
    fn carriers(&mut self, index: usize, resolved: &mut HashSet<usize>) -> Vec<NodeIndex> {
        let mut found = vec![];
        for &(required, tie) in self.live.requirements(index) {
            let whole = self.number(self.live.at(required).0);
            if tie == Tie::Needs
                || self.fate(whole).is_none_or(|fate| !fate.ends())
                || (tie == Tie::Inherited && self.fates.parted(self.live, index, required))
                || (tie == Tie::Follows && self.fates.let_go(self.live, index, required))
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

    /// What is made or altered. A part that is stated inside its whole gets no step of its own.
    fn makes(&mut self) {
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
            let steps = satellite::steps(&Subject::new(self.desired, index, self.setting), None);
            self.graph[node].steps.extend(steps);
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
            None => subject.object.body.create(&subject),
            Some(old) => self.altered(&subject, old),
        };
        steps.extend(satellite::steps(&subject, old));
        let makes: Vec<_> = steps.iter().flat_map(|step| &step.makes).map(|part| self.number(part)).collect();
        self.add(Verb::Make, object, steps);
        let node = self.events[&(object, Verb::Make)];
        for part in makes {
            if self.fate(part).is_some_and(Fate::begins) {
                self.carried.insert((part, Verb::Make), node);
            }
        }
    }

    fn altered(&self, subject: &Subject, old: &crate::catalog::Object) -> Vec<Step> {
        let mut steps = vec![];
        if !subject.object.body.equals(old.body.as_ref())
            && let Alter::InPlace(altered) | Alter::Disturbing(altered, _) =
                subject.object.body.alter(old.body.as_ref(), subject)
        {
            steps = altered;
        }
        for replaced in self.fates.follows.get(subject.address).into_iter().flatten() {
            let successor = &self.desired.objects[replaced];
            steps.extend(subject.object.body.follow(subject, successor).into_iter().flatten());
        }
        steps
    }

    fn before(&mut self, first: Option<NodeIndex>, then: Option<NodeIndex>) {
        if let (Some(first), Some(then)) = (first, then)
            && first != then
        {
            self.graph.update_edge(first, then, ());
        }
    }

    /// Whether this removes what waits under another name, with its parts, and so is in nobody's way until then.
    fn waits(&self, removal: NodeIndex) -> bool {
        self.graph[removal].verb == Verb::DropAside
    }

    /// The four rules.
    fn edges(&mut self) {
        use Verb::{Carry, Drop, DropAside, Make, SetAside};
        // What is required is made before what requires it.
        for edge in self.desired.requires() {
            if edge.tie == Tie::Follows || holds(self.desired, edge.required, edge.dependent) {
                continue;
            }
            let (dependent, required) = (self.desired.at(edge.dependent), self.desired.at(edge.required));
            let (a, b) = (self.number(dependent.0), self.number(required.0));
            if dependent.1.body.entry().link && self.is_handed_down(edge.required) {
                self.before(self.event(a, Make), self.event(b, Make));
                continue;
            }
            self.before(self.event(b, Make), self.event(a, Make));
            // An heir is like its origin before the two are tied.
            if edge.tie == Tie::Inherited
                && self.fate(a) == Some(Fate::Alter)
                && let Some(link) = self.desired.link(edge.dependent, edge.required)
            {
                let link = self.number(self.desired.at(link).0);
                self.before(self.event(a, Make), self.event(link, Make));
            }
            // Rows are carried over before they are looked at, and once there is a place for them.
            let (carry, make) = (self.event(b, Carry), self.event(a, Make));
            if dependent.1.body.entry().link {
                self.before(make, carry)
            } else if make != self.event(b, Make) {
                self.before(carry, make)
            }
        }
        self.whole_before_use();
        // Removed first, for when the file is run again.
        for address in &self.fates.removed_first {
            let index = self.desired.objects.get_index_of(address).expect("what is new is desired");
            for &(required, _) in self.desired.requirements(index) {
                let required = self.number(self.desired.at(required).0);
                self.before(self.event(self.number(address), Drop), self.event(required, Drop));
            }
        }
        for edge in self.live.requires() {
            let (a, b) =
                (self.number(self.live.at(edge.dependent).0), self.number(self.live.at(edge.required).0));
            let gone = self.event(a, Drop);
            if edge.tie != Tie::Follows {
                // What requires is dropped before what it requires is dropped or changed; what waits under another
                // name does not mind a change.
                // The same is true of a part that its whole holds, which the whole has to let go of first.
                let waits = gone.is_some_and(|node| self.waits(node))
                    || holds(self.live, edge.required, edge.dependent);
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
            // A thing is let go of before it goes.
            if gone.is_none() {
                self.before(self.event(a, Make), self.event(b, Drop));
                self.before(self.event(a, Make), self.event(b, DropAside));
            }
        }
        for (part, whole) in std::mem::take(&mut self.left_behind) {
            self.before(self.event(whole, SetAside), self.event(part, Drop));
        }
        // The old makes way for the new of the same address, and of the same name.
        let mut occupied: HashMap<&str, Vec<usize>> = HashMap::new();
        for object in 0..self.universe.len() {
            let gone = self.event(object, Drop).filter(|&node| !self.waits(node));
            self.before(gone, self.event(object, Make));
            self.before(self.event(object, SetAside), self.event(object, Make));
            self.before(self.event(object, Make), self.event(object, Carry));
            self.before(self.event(object, Make), self.event(object, DropAside));
            self.before(self.event(object, Carry), self.event(object, DropAside));
            if self.fate(object).is_some_and(Fate::ends)
                && let Some(index) = self.in_live(object)
            {
                for name in &self.live.at(index).1.occupies {
                    occupied.entry(name).or_default().push(object);
                }
            }
        }
        for object in 0..self.universe.len() {
            if !self.fate(object).is_some_and(Fate::begins) {
                continue;
            }
            let index = self.in_desired(object).expect("what begins is desired");
            for name in &self.desired.at(index).1.occupies {
                for &holder in occupied.get(name.as_str()).into_iter().flatten() {
                    self.before(self.event(holder, Drop), self.event(object, Make));
                    self.before(self.event(holder, SetAside), self.event(object, Make));
                }
            }
        }
    }

    /// Whether what is at `index` of desired is made by the statement of its origin, and so through the tie to that.
    fn is_handed_down(&self, index: usize) -> bool {
        let made = |index: usize| self.event(self.number(self.desired.at(index).0), Verb::Make);
        let origins = self.desired.requirements(index).iter().filter(|(_, tie)| *tie == Tie::Inherited);
        made(index).is_some() && origins.into_iter().any(|&(origin, _)| made(origin) == made(index))
    }

    /// What is bound together is used once all of it is: a key, when the keys of all partitions are tied to it.
    fn whole_before_use(&mut self) {
        let binds = |index: usize| {
            let link = Subject::new(self.desired, index, self.setting);
            link.object.body.entry().link && link.object.body.remove(&link).is_empty()
        };
        let mut pairs = vec![];
        let needs = self.desired.requires().iter().filter(|edge| edge.tie == Tie::Needs);
        for edge in needs.filter(|edge| binds(edge.dependent)) {
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
            self.before(self.event(link, Verb::Make), self.event(user, Verb::Make));
        }
    }

    /// The parts that tie a knot: carried by one of its events, with edges of their own that reach into it. What needs
    /// something there is told apart before what has itself from there, such as a column from a parent's.
    fn ties(&self, knot: &[NodeIndex]) -> Vec<(Verb, Address)> {
        let knot: HashSet<_> = knot.iter().copied().collect();
        let carried = self.carried.iter().filter(|(_, carrier)| knot.contains(carrier));
        let reaching: Vec<_> = carried
            .filter_map(|(&(object, verb), &carrier)| {
                Some((object, verb, self.reach(object, verb, carrier, &knot)?))
            })
            .collect();
        let needs = reaching.iter().any(|&(_, _, tie)| tie == Tie::Needs);
        let tying =
            reaching.iter().filter(|&&(_, verb, tie)| tie == Tie::Needs || !needs && verb == Verb::Make);
        tying.map(|&(object, verb, _)| (verb, self.universe[object].clone())).collect()
    }

    /// By which tie a carried part reaches other events of a knot: the strongest, if there are several.
    fn reach(&self, object: usize, verb: Verb, carrier: NodeIndex, knot: &HashSet<NodeIndex>) -> Option<Tie> {
        let making = verb == Verb::Make;
        let (catalog, index, verbs): (_, _, &[Verb]) = match making {
            true => (self.desired, self.in_desired(object)?, &[Verb::Make]),
            false => (self.live, self.in_live(object)?, &[Verb::Drop, Verb::Make, Verb::SetAside]),
        };
        let reaches = |other: usize| {
            let other = self.number(catalog.at(other).0);
            let mut events = verbs.iter().filter_map(|&verb| self.event(other, verb));
            events.any(|node| node != carrier && knot.contains(&node))
        };
        let ties =
            catalog.requirements(index).iter().filter(|&&(other, _)| reaches(other)).map(|&(_, tie)| tie);
        ties.min_by_key(|&tie| tie != Tie::Needs)
    }

    /// Kahn's order; among what is ready, what needs no new section first, then by kind, then by name.
    fn in_order(self) -> Vec<Step> {
        let ranks = self.ranks();
        let mut waiting: Vec<usize> = self
            .graph
            .node_indices()
            .map(|node| self.graph.edges_directed(node, petgraph::Incoming).count())
            .collect();
        let mut ready: [BinaryHeap<Reverse<(usize, NodeIndex)>>; 3] = Default::default();
        let section = |node: NodeIndex| {
            let steps = &self.graph[node].steps;
            let any = |wanted| steps.iter().any(|step| step.transaction == wanted);
            if any(Transaction::Outside) {
                2
            } else if any(Transaction::CommitAfter) {
                1
            } else {
                0
            }
        };
        for node in self.graph.node_indices().filter(|node| waiting[node.index()] == 0) {
            ready[section(node)].push(Reverse((ranks[node.index()], node)));
        }
        let mut steps = vec![];
        while let Some(Reverse((_, node))) = ready.iter_mut().find_map(BinaryHeap::pop) {
            let event = &self.graph[node];
            let object = Some(self.universe[event.object].clone());
            let before = self.graph.neighbors_directed(node, petgraph::Incoming);
            let after: Vec<_> =
                before.map(|before| self.universe[self.graph[before].object].clone()).collect();
            let first = steps.len();
            steps.extend(event.steps.iter().map(|step| Step { object: object.clone(), ..step.clone() }));
            if let Some(first) = steps.get_mut(first) {
                first.after = after;
            }
            for edge in self.graph.edges(node) {
                let next = edge.target();
                waiting[next.index()] -= 1;
                if waiting[next.index()] == 0 {
                    ready[section(next)].push(Reverse((ranks[next.index()], next)));
                }
            }
        }
        steps
    }

    /// Each node's place in the order of ties: removals first, what the registry has last before all; then by registry,
    /// whole, place in it, and address.
    fn ranks(&self) -> Vec<usize> {
        let mut keys: Vec<_> = self
            .graph
            .node_indices()
            .map(|node| {
                let event = &self.graph[node];
                let address = self.universe[event.object];
                let ending = matches!(event.verb, Verb::Drop | Verb::SetAside | Verb::DropAside);
                let catalog = if ending { self.live } else { self.desired };
                let index = catalog.objects.get_index_of(address);
                let (registered, whole, place) = index.map_or((0, address, 0), |index| {
                    let whole = catalog.requirements(index).iter().find(|(_, tie)| *tie == Tie::Part);
                    let name = catalog.at(index).1.kind();
                    match whole {
                        Some(&(whole, _)) => (crate::postgres::kinds::rank(name), catalog.at(whole).0, index),
                        None => (crate::postgres::kinds::rank(name), address, 0),
                    }
                });
                let registered = if ending { usize::MAX - registered } else { registered };
                ((!ending, registered, whole, place, address, event.verb), node)
            })
            .collect();
        keys.sort_unstable();
        let mut ranks = vec![0; keys.len()];
        for (rank, (_, node)) in keys.into_iter().enumerate() {
            ranks[node.index()] = rank;
        }
        ranks
    }

    fn waiting_for_each_other(&self, knot: &[NodeIndex]) -> Error {
        let lines: BTreeSet<_> = knot
            .iter()
            .flat_map(|node| {
                let event = &self.graph[*node];
                let first =
                    event.steps.first().map_or("", |step| step.sql.lines().next().unwrap_or_default());
                let told =
                    format!("  {:?} {}: {first}", event.verb, self.universe[event.object].names.join("."));
                std::iter::once(told)
            })
            .collect();
        let lines: Vec<_> = lines.into_iter().collect();
        Error::new(ErrorKind::Plan, format!("these steps wait for each other:\n{}", lines.join("\n")))
            .hint("make the change in two migrations, one of them without the object that closes the circle")
    }
}

/// Whether one object requires another; of two that require each other, the whole is made with its parts.
fn holds(catalog: &Catalog, dependent: usize, required: usize) -> bool {
    catalog.requirements(dependent).iter().any(|&(other, _)| other == required)
}

/// Neighbouring actions on one table become one statement.
fn merged(steps: Vec<Step>) -> Vec<Step> {
    let mut out: Vec<Step> = vec![];
    for step in steps {
        if let (Some(last), Some((table, action))) = (out.last_mut(), &step.action)
            && last.transaction == step.transaction
            && let Some((head, actions)) = &mut last.action
            && head == table
        {
            actions.push_str(",\n    ");
            actions.push_str(action);
            let separator = if actions.contains('\n') { "\n    " } else { " " };
            last.sql = format!("{head}{separator}{actions}");
            last.hazards.extend(step.hazards.clone());
            last.makes.extend(step.makes.into_iter().chain(step.object));
            last.after.extend(step.after);
            continue;
        }
        out.push(step);
    }
    out
}
