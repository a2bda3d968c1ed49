//! One round of renames: which names can be given now, in groups that are given at one go.

use std::collections::{BTreeMap, HashMap};

use super::arrange::{arrange, waiting};
use super::likeness::likeness;
use super::names::Path;
use super::stated::Wish;
use super::{Side, Thing};
use crate::catalog::Catalog;

/// Names that are given at one go.
#[derive(Debug, Default)]
pub struct Round {
    /// In the order in which they are given.
    pub groups: Vec<Group>,
    /// Objects whose labels get other names.
    pub labels: Vec<(usize, Vec<(String, String)>)>,
}

/// An object that gets another name, or several that pass theirs around.
#[derive(Debug)]
pub struct Group {
    /// Places in the catalog, with the paths that they get; of several, each takes the name of the next.
    pub moves: Vec<(usize, Path)>,
    /// What is in the way and goes later on, with the name under which it waits.
    pub aside: Option<(usize, String)>,
}

/// A wish that could be fulfilled: what it is about now, and what that becomes.
pub(super) struct Open {
    pub wish: usize,
    pub old: Thing,
    pub new: Thing,
}

/// A name in a round: that of an object, or one that nobody has.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Name {
    Of(usize),
    Free(usize),
}

/// Who has which name. Kinds share namespaces, so that a view is in the way of a table.
pub(super) struct Slots(HashMap<String, usize>);

impl Round {
    /// Whether no name is given.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.labels.is_empty()
    }

    /// Everything that gets another name, with its new path.
    pub fn moves(&self) -> impl Iterator<Item = &(usize, Path)> {
        self.groups.iter().flat_map(|group| &group.moves)
    }
}

impl Slots {
    /// The names in a catalog.
    pub fn new(catalog: &Catalog) -> Slots {
        let all = 0..catalog.objects.len();
        let slots = all.flat_map(|index| slots(catalog, index).into_iter().map(move |slot| (slot, index)));
        // A key and the index behind it have one name; the key comes later, and is what moves.
        Slots(slots.collect())
    }

    /// Who has one of the names of `new`, which stands in `goal`; whoever becomes it does not count.
    pub fn holder(&self, goal: &Catalog, new: usize, old: usize) -> Option<usize> {
        let mut holders = slots(goal, new).into_iter().filter_map(|slot| self.0.get(&slot).copied());
        holders.find(|holder| *holder != old)
    }
}

fn slots(catalog: &Catalog, index: usize) -> Vec<String> {
    let (address, object) = catalog.at(index);
    let own = format!("{address:?}");
    object.occupies.iter().cloned().chain([own]).collect()
}

/// The outermost of the wishes that can be fulfilled, with their number; `backwards`, what is in the way steps aside.
pub(super) fn round(wishes: &[Wish], here: Side, goal: Side, backwards: bool) -> (Round, Vec<Open>) {
    let mut open: Vec<_> = wishes
        .iter()
        .enumerate()
        .flat_map(|(wish, said)| {
            said.pairs(here, goal).into_iter().map(move |(old, new)| Open { wish, old, new })
        })
        .collect();
    let slots = Slots::new(here.0);
    let closed = |one: &Open, open: &[Open]| match one.new {
        Thing::Object(new) => in_the_way(one, new, open, &slots, goal.0)
            .is_some_and(|holder| !steps_aside(one, holder, (here.0, goal.0), backwards)),
        Thing::Label(_) => {
            let wish = &wishes[one.wish];
            let taken = wish.things(here.0, here.1, &wish.new).contains(&one.old);
            taken && !open.iter().any(|other| wishes[other.wish].old == wish.new && other.old == one.old)
        }
    };
    while let Some(at) = open.iter().position(|one| closed(one, &open)) {
        open.remove(at);
    }
    let Some(depth) = open.iter().map(|open| wishes[open.wish].new.len()).min() else {
        return (Round::default(), open);
    };
    open.retain(|open| wishes[open.wish].new.len() == depth);
    let round =
        Round { groups: groups(&open, &slots, here, goal), labels: labels(wishes, &open, here, goal) };
    (round, open)
}

/// Who has the name that one is to get, and does not give it away.
fn in_the_way(one: &Open, new: usize, open: &[Open], slots: &Slots, goal: &Catalog) -> Option<usize> {
    let Thing::Object(old) = one.old else { return None };
    let holder = slots.holder(goal, new, old)?;
    (!open.iter().any(|other| other.old == Thing::Object(holder))).then_some(holder)
}

/// Whether what is in the way goes: it is of another kind than what takes its name, or, on the way back, what was made
/// under a name that something else had left.
fn steps_aside(one: &Open, holder: usize, (here, goal): (&Catalog, &Catalog), backwards: bool) -> bool {
    let Thing::Object(old) = one.old else { return false };
    let other_kind = here.at(old).1.kind() != here.at(holder).1.kind();
    (other_kind || backwards) && !goal.objects.contains_key(here.at(old).0)
}

fn groups(open: &[Open], slots: &Slots, here: Side, goal: Side) -> Vec<Group> {
    let mut targets = BTreeMap::new();
    let mut asides = HashMap::new();
    let mut pairs = vec![];
    for one in open {
        let (Thing::Object(old), Thing::Object(new)) = (one.old, one.new) else { continue };
        if targets.insert(old, new).is_some() {
            continue;
        }
        let aside = in_the_way(one, new, open, slots, goal.0);
        asides.extend(aside.map(|holder| (old, holder)));
        let holder = slots.holder(goal.0, new, old).filter(|_| aside.is_none());
        pairs.push((Name::Of(old), holder.map_or(Name::Free(new), Name::Of)));
    }
    let mut found = vec![];
    for group in arrange(&pairs) {
        let from =
            |name: Name| if let Name::Of(old) = name { Some((old, *targets.get(&old)?)) } else { None };
        let moves: Vec<(usize, usize)> = group.iter().filter_map(|(name, _)| from(*name)).collect();
        if moves.len() > 1 && !have_yet_to_swap(&moves, here, goal) {
            continue;
        }
        let aside = moves
            .first()
            .and_then(|(old, _)| asides.get(old))
            .and_then(|holder| Some((*holder, waiting(here.1.path(*holder)?.names.last()?))));
        let moves = moves.into_iter().filter_map(|(old, new)| Some((old, goal.1.path(new)?.clone())));
        found.push(Group { moves: moves.collect(), aside });
    }
    found
}

/// Whether those who pass their names around have yet to do so: with the names that they have now, they are less like
/// what they shall be.
fn have_yet_to_swap(moves: &[(usize, usize)], here: Side, goal: Side) -> bool {
    let like = |old: usize, new: usize| likeness((here.0, here.1, old), (goal.0, goal.1, new));
    let moved: f64 = moves.iter().map(|(old, new)| like(*old, *new)).sum();
    let still = moves.iter().map(|(_, new)| {
        here.0.objects.get_index_of(goal.0.at(*new).0).map_or(0.0, |namesake| like(namesake, *new))
    });
    moved > still.sum()
}

fn labels(wishes: &[Wish], open: &[Open], here: Side, goal: Side) -> Vec<(usize, Vec<(String, String)>)> {
    let mut found: Vec<(usize, usize, Vec<_>)> = vec![];
    for one in open {
        let (Thing::Label(old), Thing::Label(new)) = (one.old, one.new) else { continue };
        let wish = &wishes[one.wish];
        let (Some(from), Some(to)) = (wish.old.last().cloned(), wish.new.last().cloned()) else { continue };
        match found.iter_mut().find(|(of, _, _)| *of == old) {
            Some((_, _, pairs)) => pairs.push((from, to)),
            None => found.push((old, new, vec![(from, to)])),
        }
    }
    let labels = |catalog: &Catalog, index: usize| catalog.at(index).1.body.labels().to_vec();
    let moving = found
        .into_iter()
        .map(|(old, new, pairs)| (old, those_that_move(&labels(here.0, old), &labels(goal.0, new), &pairs)));
    moving.filter(|(_, pairs)| !pairs.is_empty()).collect()
}

/// Leaves out circles of labels that stand in the order of the goal already.
fn those_that_move(here: &[String], goal: &[String], pairs: &[(String, String)]) -> Vec<(String, String)> {
    let moving = arrange(pairs).into_iter().filter(|group| {
        let among = |all: &[String]| -> Vec<String> {
            all.iter().filter(|label| group.iter().any(|(from, _)| from == *label)).cloned().collect()
        };
        group.len() == 1 || among(here) != among(goal)
    });
    moving.flatten().collect()
}
