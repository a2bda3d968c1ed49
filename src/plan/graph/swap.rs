//! What takes the place of something else: prepared beside it, so that others never find neither of the two.

use std::collections::HashSet;

use petgraph::algo::has_path_connecting;
use petgraph::graph::NodeIndex;
use petgraph::visit::{Dfs, Reversed};

use super::{Builder, Verb};
use crate::catalog::{Address, Catalog};
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

    /// What is prepared on a table may be meant in the place of another of its kind that goes from there, under whatever name: a
    /// key over more columns, say. So that one stays until it is ready, if nothing needs it gone before.
    pub(super) fn keep_until_others_are_ready(&mut self) {
        let mut gone = self.parts_in(Verb::Drop, self.live);
        gone.retain(|&(object, ..)| self.fate(object) == Some(Fate::Drop));
        // What needs no second stride is made outside of transactions at once.
        let mut ready = self.parts_in(Verb::Make, self.desired);
        ready.retain(|(.., made)| {
            self.graph[*made].steps.first().is_some_and(|step| step.transaction == Transaction::Outside)
        });
        ready.extend(self.parts_in(Verb::Prepare, self.desired));
        for (object, kind, whole, prepared) in ready {
            let made = self.event(object, Verb::Make).filter(|made| *made != prepared);
            for &(_, _, _, gone) in gone.iter().filter(|it| (it.1, it.2) == (kind, whole)) {
                let leads = |from, to| has_path_connecting(&self.graph, from, to, None);
                if leads(gone, prepared) || made.is_some_and(|made| leads(made, gone)) {
                    continue;
                }
                self.before(Some(prepared), Some(gone));
                self.before(Some(gone), made);
                self.succeeded.extend(made.map(|made| (gone, made)));
            }
        }
    }

    /// The events of parts of what stays as a whole: the part, its kind, the whole.
    fn parts_in(&self, verb: Verb, catalog: &Catalog) -> Vec<(usize, &'static str, usize, NodeIndex)> {
        let events = self.events.iter().filter(|((_, of), _)| *of == verb);
        let part = |(&(object, _), &node): (&(usize, Verb), &NodeIndex)| {
            let index = catalog.objects.get_index_of(self.universe[object])?;
            let whole = catalog.at(catalog.root(index)).0;
            let stays = self.fates.get(whole).is_none_or(|fate| fate == Fate::Alter);
            (stays && whole != self.universe[object])
                .then(|| (object, catalog.at(index).1.kind(), self.number(whole), node))
        };
        let mut found: Vec<_> = events.filter_map(part).collect();
        found.sort_unstable();
        found
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
