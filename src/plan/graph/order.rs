//! From the graph to a list. Ties are broken by section, kind and name, so that the outcome is always the same.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{Builder, Verb};
use crate::catalog::Tie;
use crate::plan::{Step, Transaction};

impl Builder<'_> {
    /// Kahn's order; among what is ready, what needs no new section first, then by kind, then by name.
    pub(super) fn in_order(self) -> Vec<Step> {
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
