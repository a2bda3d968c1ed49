//! What takes the place of something else: prepared beside it, so that others never find neither of the two.

use std::collections::HashSet;

use petgraph::algo::has_path_connecting;
use petgraph::graph::NodeIndex;
use petgraph::visit::{Dfs, Reversed};

use super::{Builder, Verb};
use crate::catalog::Address;
use crate::plan::Transaction;
use crate::plan::fate::Fate;

impl Builder<'_> {
    /// What goes is gone before its successor is there, and before that is prepared, if that needs its name.
    pub(super) fn gives_way(&mut self, gone: Option<NodeIndex>, successor: usize) {
        let made = self.event(successor, Verb::Make);
        self.before(gone, made);
        if !self.prepared_beside.contains(&successor) {
            self.before(gone, self.event(successor, Verb::Prepare));
        }
        self.succeeded.extend(gone.zip(made).filter(|(gone, made)| gone != made));
    }

    /// What is made again, and has to go before it could be prepared.
    pub(super) fn unprepared(&self) -> Vec<Address> {
        let prepared = self.events.iter().filter(|((_, verb), _)| *verb == Verb::Prepare);
        let late = prepared.filter(|&(&(object, _), &prepared)| {
            let gone = self.event(object, Verb::Drop).filter(|_| self.fate(object) == Some(Fate::Rebuild));
            gone.is_some_and(|gone| has_path_connecting(&self.graph, gone, prepared, None))
        });
        late.map(|((object, _), _)| self.universe[*object].clone()).collect()
    }

    /// What ends a transaction comes before something goes, if its successor waits for it: then both happen in one.
    pub(super) fn close_gaps(&mut self) {
        let ends = |node: NodeIndex| {
            self.graph[node].steps.iter().any(|step| step.transaction != Transaction::Inside)
        };
        let ending: Vec<_> = self.graph.node_indices().filter(|&node| ends(node)).collect();
        let mut settled = ending.is_empty();
        while !settled {
            settled = true;
            for (gone, made) in self.succeeded.clone() {
                let (before, already) = (self.leading_to(made), self.leading_to(gone));
                let after = self.following(gone);
                let open = ending.iter().filter(|&node| {
                    *node != made && before.contains(node) && !already.contains(node) && !after.contains(node)
                });
                for &node in open {
                    self.before(Some(node), Some(gone));
                    settled = false;
                }
            }
        }
    }

    /// All that has to happen before, itself included.
    fn leading_to(&self, node: NodeIndex) -> HashSet<NodeIndex> {
        let graph = Reversed(&self.graph);
        let mut search = Dfs::new(graph, node);
        std::iter::from_fn(|| search.next(graph)).collect()
    }

    /// All that happens after, itself included.
    fn following(&self, node: NodeIndex) -> HashSet<NodeIndex> {
        let mut search = Dfs::new(&self.graph, node);
        std::iter::from_fn(|| search.next(&self.graph)).collect()
    }
}
