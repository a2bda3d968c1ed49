//! What comes and goes around the end of a link: a partition that is detached, a child that inherits no more.

use petgraph::graph::NodeIndex;

use super::{Builder, Verb};
use crate::catalog::{Requires, Tie};
use crate::plan::fate::Fate;

impl Builder<'_> {
    /// What follows another can go by itself once something else has undone the link between the two.
    pub(super) fn let_go_before_it_goes(&mut self, edge: Requires, gone: Option<NodeIndex>) {
        let link = self.live.link(edge.dependent, edge.required);
        let let_go = self.fates.let_go(self.live, edge.dependent, edge.required);
        let Some(link) = link.filter(|_| let_go) else { return };
        for &(whole, tie) in self.live.requirements(link) {
            if tie == Tie::Part && whole != edge.dependent {
                let undone = self.event(self.number(self.live.at(whole).0), Verb::Drop);
                self.before(undone, gone);
            }
        }
    }

    /// What a whole gets that stays is not handed down to what is parted from it, which may then get more of its own.
    pub(super) fn parted_before_more_comes(&mut self) {
        use Verb::{Drop, Make, Prepare};
        let (live, desired) = (self.live, self.desired);
        let begins =
            |this: &Self, index| this.fate(this.number(desired.at(index).0)).is_some_and(Fate::begins);
        for object in self.in_motion() {
            let parted = self.event(object, Drop).filter(|&node| !self.waits(node));
            let link = self.in_live(object).filter(|&link| live.at(link).1.body.entry().link);
            for &(end, tie) in link.into_iter().flat_map(|link| live.requirements(link)) {
                let verbs: &[Verb] = match tie {
                    Tie::Needs => &[Prepare, Make],
                    Tie::Part => &[Make],
                    _ => continue,
                };
                let end = desired.objects.get_index_of(live.at(end).0);
                let parts =
                    end.filter(|&end| !begins(self, end)).into_iter().flat_map(|end| desired.parts(end));
                for part in parts.filter(|&part| begins(self, part)).collect::<Vec<_>>() {
                    let part = self.number(desired.at(part).0);
                    for &verb in verbs {
                        self.before(parted, self.event(part, verb));
                    }
                }
            }
        }
    }
}
