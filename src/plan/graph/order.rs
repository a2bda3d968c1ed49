//! From the graph to a list. Ties are broken by section, kind and name, so that the outcome is always the same.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{Builder, Verb};
use crate::catalog::{Address, Tie};
use crate::plan::{Step, Transaction};

/// Steps of one event that can share a section.
struct Stretch {
    node: NodeIndex,
    range: Range<usize>,
    /// Which kind of section; see [`section`].
    section: usize,
    /// Which stretches wait for it.
    then: Vec<usize>,
}

/// In which kind of section a step stands, the plainest first.
fn section(step: &Step) -> usize {
    match step.transaction {
        Transaction::Inside => 0,
        Transaction::CommitAfter => 1,
        Transaction::Outside | Transaction::Alone => 2,
    }
}

impl Builder<'_> {
    /// Kahn's order; among what is ready, what needs no new section first, then by kind, then by name.
    pub(super) fn in_order(self) -> Vec<Step> {
        let ranks = self.ranks();
        let (stretches, mut waiting) = self.stretches();
        let mut ready: [BinaryHeap<Reverse<(usize, usize)>>; 3] = Default::default();
        let key = |at: usize| Reverse((ranks[stretches[at].node.index()], at));
        for (at, _) in waiting.iter().enumerate().filter(|(_, count)| **count == 0) {
            ready[stretches[at].section].push(key(at));
        }
        let mut steps = vec![];
        let mut section = 0;
        loop {
            let open = std::iter::once(section).chain(0..ready.len()).find(|&at| !ready[at].is_empty());
            let Some(Reverse((_, at))) = open.and_then(|open| ready[open].pop()) else { break };
            let Stretch { node, ref range, .. } = stretches[at];
            section = stretches[at].section;
            let first = steps.len();
            let object = Some(self.universe[self.graph[node].object].clone());
            let told = self.graph[node].steps[range.clone()].iter();
            steps.extend(told.map(|step| Step { object: object.clone(), ..step.clone() }));
            if let Some(first) = steps.get_mut(first).filter(|_| range.start == 0) {
                first.after = self.done_before(node);
            }
            for &next in &stretches[at].then {
                waiting[next] -= 1;
                if waiting[next] == 0 {
                    ready[stretches[next].section].push(key(next));
                }
            }
        }
        steps
    }

    /// What had to happen to others before, by their addresses.
    fn done_before(&self, node: NodeIndex) -> Vec<Address> {
        let before = self.graph.neighbors_directed(node, petgraph::Incoming);
        before.map(|before| self.universe[self.graph[before].object].clone()).collect()
    }

    /// All events, in stretches of steps that can share a section; and how many others each waits for.
    fn stretches(&self) -> (Vec<Stretch>, Vec<usize>) {
        let mut stretches: Vec<Stretch> = vec![];
        let mut of = vec![];
        for node in self.graph.node_indices() {
            let first = stretches.len();
            let mut start = 0;
            for alike in self.graph[node].steps.chunk_by(|one, next| section(one) == section(next)) {
                let range = start..start + alike.len();
                start = range.end;
                stretches.push(Stretch { node, range, section: section(&alike[0]), then: vec![] });
            }
            if stretches.len() == first {
                stretches.push(Stretch { node, range: 0..0, section: 0, then: vec![] });
            }
            for at in first + 1..stretches.len() {
                stretches[at - 1].then.push(at);
            }
            of.push((first, stretches.len() - 1));
        }
        for edge in self.graph.edge_references() {
            let (last, next) = (of[edge.source().index()].1, of[edge.target().index()].0);
            stretches[last].then.push(next);
        }
        let mut waiting = vec![0; stretches.len()];
        for &next in stretches.iter().flat_map(|stretch| &stretch.then) {
            waiting[next] += 1;
        }
        (stretches, waiting)
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
                // What is removed first is in desired alone.
                let other = if ending { self.desired } else { self.live };
                let index = catalog.objects.get_index_of(address);
                let (catalog, index) = match index {
                    None => (other, other.objects.get_index_of(address)),
                    Some(_) => (catalog, index),
                };
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
}
