//! The order of steps: four rules over the edges of both catalogs, knots untied, ties broken.

mod knot;
mod making;
mod merge;
mod neighbours;
mod order;
mod parting;
mod removal;
mod rules;
mod swap;

use std::collections::HashSet;

use foldhash::HashMap;
use indexmap::IndexSet;
pub use knot::Knot;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::fate::{Fate, Fates};
use super::{Options, Step, Transaction};
use crate::catalog::{Address, Catalog};
use crate::kind::Setting;

/// What happens to an object at one point of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Verb {
    /// It is removed.
    Drop,
    /// It is renamed out of the way.
    SetAside,
    /// What takes long about making it is done beside what is there.
    Prepare,
    /// It is made or altered.
    Make,
    /// Its successor takes its rows over.
    Carry,
    /// It is removed under its other name.
    DropAside,
    /// What takes long about it, and can be done once it is there.
    Finish,
    /// What is no longer granted on it is taken away.
    Revoke,
}

struct Event {
    verb: Verb,
    object: usize,
    steps: Vec<Step>,
}

/// Which parts are told apart from their wholes, when made and when dropped, and what else showed once there was a graph.
#[derive(Default)]
struct Apart {
    made: HashSet<Address>,
    dropped: HashSet<Address>,
    /// What cannot be prepared before it goes, and so is made at once.
    hurried: HashSet<Address>,
}

/// All steps, in order.
pub fn steps(
    live: &Catalog,
    desired: &Catalog,
    fates: &Fates,
    options: &Options,
) -> Result<Vec<Step>, Box<Knot>> {
    let made = fates.removed_first.iter().chain(&fates.apart).cloned().collect();
    let mut apart = Apart { made, ..Apart::default() };
    loop {
        let setting = Setting {
            made: fates.made(),
            apart: apart.made.clone(),
            online: options.online,
            sizes: options.sizes.clone(),
            ..Setting::new(live, desired)
        };
        let mut builder = Builder::new(live, desired, fates, &setting, &apart);
        builder.drops();
        builder.makes();
        builder.edges();
        let knots: Vec<_> = tarjan_scc(&builder.graph).into_iter().filter(|knot| knot.len() > 1).collect();
        if knots.is_empty() {
            let hurried = builder.unprepared();
            if !hurried.is_empty() {
                apart.hurried.extend(hurried);
                continue;
            }
            builder.keep_until_others_are_ready();
            builder.close_gaps();
            return Ok(merge::guarded(merge::merged(builder.in_order())));
        }
        let untied: Vec<_> = knots.iter().flat_map(|knot| builder.ties(knot)).collect();
        if untied.is_empty() {
            let altered = knots.iter().flat_map(|knot| builder.letting_go(knot)).collect();
            return Err(Box::new(Knot { altered, error: builder.waiting_for_each_other(&knots[0]) }));
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
    universe: IndexSet<&'a Address, foldhash::fast::RandomState>,
    /// Parts that have to make way, each with its whole that has stepped aside and would keep it.
    left_behind: Vec<(usize, usize)>,
    graph: DiGraph<Event, ()>,
    events: HashMap<(usize, Verb), NodeIndex>,
    /// What goes, each with what takes its place.
    succeeded: Vec<(NodeIndex, NodeIndex)>,
    /// What is prepared under another name than it will have.
    prepared_beside: HashSet<usize>,
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
        let (graph, events, carried) = (DiGraph::new(), HashMap::default(), HashMap::default());
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
            succeeded: vec![],
            prepared_beside: HashSet::new(),
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

    /// The same steps, but none of them once something new is there that could only be made after them.
    fn unless_settled(&self, object: usize, mut steps: Vec<Step>) -> Vec<Step> {
        if let Some(later) = self.fates.settled.get(self.universe[object]) {
            for step in steps.iter_mut().filter(|step| step.transaction == Transaction::Inside) {
                step.unless = later.clone();
            }
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
}
