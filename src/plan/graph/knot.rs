//! Steps that wait for each other: what is stated apart, or rebuilt, so that they do not, and what is said if nothing helps.

use std::collections::{BTreeSet, HashSet};

use petgraph::graph::NodeIndex;

use super::{Builder, Verb};
use crate::catalog::{Address, Tie};
use crate::plan::fate::Fate;
use crate::{Error, ErrorKind};

/// Steps that wait for each other, none of which has a part that could be stated apart.
pub struct Knot {
    /// What is altered among them to let go of something that goes: rebuilt, it would have let go before.
    pub altered: Vec<Address>,
    /// For a person.
    pub error: Error,
}

impl Builder<'_> {
    /// The parts that tie a knot: carried by one of its events, with edges of their own that reach into it. What needs
    /// something there is told apart before what has itself from there, such as a column from a parent's.
    pub(super) fn ties(&self, knot: &[NodeIndex]) -> Vec<(Verb, Address)> {
        let knot: HashSet<_> = knot.iter().copied().collect();
        let carried = self.carried.iter().filter(|(_, carrier)| knot.contains(carrier));
        let carried = carried.filter(|&(&(object, verb), _)| !self.is_apart(object, verb));
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

    /// Whether it is told apart already, and comes or goes with another all the same.
    fn is_apart(&self, object: usize, verb: Verb) -> bool {
        let apart = if verb == Verb::Make { &self.apart.made } else { &self.apart.dropped };
        apart.contains(self.universe[object])
    }

    /// By which tie a carried part reaches other events of a knot: the strongest, if there are several.
    fn reach(&self, object: usize, verb: Verb, carrier: NodeIndex, knot: &HashSet<NodeIndex>) -> Option<Tie> {
        let making = verb == Verb::Make;
        let (catalog, index, verbs): (_, _, &[Verb]) = match making {
            true => (self.desired, self.in_desired(object)?, &[Verb::Make]),
            false => (self.live, self.in_live(object)?, &[Verb::Drop, Verb::Make, Verb::SetAside]),
        };
        let is_tied = |other: usize, verbs: &[Verb]| {
            let mut events = verbs.iter().filter_map(|&verb| self.event(other, verb));
            events.any(|node| node != carrier && knot.contains(&node))
        };
        let number = |index: usize| self.number(catalog.at(index).0);
        let requirements = catalog.requirements(index);
        let ties = requirements.iter().filter(|&&(other, _)| is_tied(number(other), verbs));
        let strongest = ties.map(|&(_, tie)| tie).min_by_key(|&tie| tie != Tie::Needs);
        // A link also waits for what changes about what it ties to.
        let waits = || {
            let parts = requirements.iter().flat_map(|&(end, _)| catalog.parts(end));
            let mut changing = parts.flat_map(|part| self.changing_parts(number(part)));
            making
                && catalog.at(index).1.body.entry().link
                && changing.any(|part| is_tied(part, &[Verb::Drop, Verb::Make]))
        };
        strongest.or_else(|| waits().then_some(Tie::Needs))
    }

    /// What is altered in a knot to let go of something that goes; what holds rows only if nothing else does.
    pub(super) fn letting_go(&self, knot: &[NodeIndex]) -> Vec<Address> {
        let lets_go = |node: NodeIndex| {
            self.graph[node].verb == Verb::Make
                && self.fate(self.graph[node].object) == Some(Fate::Alter)
                && self.graph.neighbors(node).any(|next| {
                    knot.contains(&next) && matches!(self.graph[next].verb, Verb::Drop | Verb::DropAside)
                })
        };
        let altered = knot.iter().filter(|&&node| lets_go(node));
        let altered = altered.map(|&node| self.universe[self.graph[node].object]);
        let (with_rows, others): (Vec<_>, Vec<_>) =
            altered.cloned().partition(|address| self.live.objects[address].body.entry().holds_data);
        if others.is_empty() { with_rows } else { others }
    }

    pub(super) fn waiting_for_each_other(&self, knot: &[NodeIndex]) -> Error {
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
