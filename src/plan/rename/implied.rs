//! What is named after something that has been renamed: the server calls the key of `users` `users_pkey`, and that of
//! `accounts` `accounts_pkey`. Such objects are renamed too, rather than built anew.

use std::collections::{BTreeMap, HashSet};

use super::names::{Names, Path};
use super::round::{Name, Slots};
use super::{Group, Round, arrange};
use crate::catalog::{Address, Catalog, Tie};
use crate::kind::{Alter, Setting, Subject};

/// How many renamed things a name can be made of: a foreign key's has a table and a column or two.
const NAMED_AFTER: usize = 4;

/// The names that follow from others; `moved` has what was renamed, each with its last name before and after.
pub fn implied(
    here: &Catalog,
    desired: &Catalog,
    moved: &BTreeMap<usize, (String, String)>,
    setting: &Setting,
) -> Round {
    let (names, wanted) = (Names::new(here), Names::new(desired));
    let slots = Slots::new(here);
    // Each with the path that it gets, and what bears that in desired.
    let mut given: BTreeMap<usize, (Path, usize)> = BTreeMap::new();
    for index in 0..here.objects.len() {
        let (address, object) = here.at(index);
        // What bears its name afterwards may be another.
        if object.body.entry().holds_data || stays((here, desired), address) {
            continue;
        }
        let Some(path) = names.path(index) else { continue };
        let after = named_after(here, index, moved);
        let twin = other_names(path, &after).into_iter().find_map(|path| {
            let twin = wanted.at(&path.names).iter().copied().find(|&twin| {
                let (address, wanted) = desired.at(twin);
                !stays((here, desired), address) && wanted.kind() == object.kind()
            })?;
            let (old, new) = (Subject::new(here, index, setting), Subject::new(desired, twin, setting));
            is_the_same((&old, &own_name(names.path(index)?)), (&new, &own_name(&path)))
                .then_some((path, twin))
        });
        given.extend(twin.map(|twin| (index, twin)));
    }
    let holder = |index: usize, twin: usize| {
        slots.holder(desired, twin, index).filter(|holder| !stands_for(here, *holder, index))
    };
    // A name is free, or its bearer gives it away.
    let is_stuck = |given: &BTreeMap<usize, (Path, usize)>| {
        let mut all = given.iter();
        all.find(|(index, (_, twin))| {
            holder(**index, *twin).is_some_and(|holder| !given.contains_key(&holder))
        })
        .map(|(index, _)| *index)
    };
    while let Some(index) = is_stuck(&given) {
        given.remove(&index);
    }
    // What stands for something else of the same name gets its name with that.
    let with_whole: HashSet<usize> = given
        .iter()
        .filter(|(index, (path, _))| {
            let wholes = here.requirements(**index).iter().filter(|(_, tie)| *tie == Tie::Part);
            wholes
                .filter_map(|(whole, _)| given.get(whole))
                .any(|(whole, _)| whole.names.last() == path.names.last())
        })
        .map(|(&index, _)| index)
        .collect();
    given.retain(|index, _| !with_whole.contains(index));
    let pairs: Vec<(Name, Name)> = given
        .iter()
        .map(|(&index, (_, twin))| {
            (Name::Of(index), holder(index, *twin).map_or(Name::Free(*twin), Name::Of))
        })
        .collect();
    let groups = arrange(&pairs).into_iter().map(|group| {
        let bearers = group.into_iter().filter_map(|(bearer, _)| match bearer {
            Name::Of(index) => Some((index, given.get(&index)?.clone())),
            Name::Free(_) => None,
        });
        bearers.collect::<Vec<_>>()
    });
    let groups = groups.filter(|group| group.len() == 1 || is_told((here, desired), group, setting));
    let groups = groups.map(|group| {
        let moves = group.into_iter().map(|(index, (path, _))| (index, path));
        Group { moves: moves.collect(), aside: None }
    });
    Round { groups: groups.collect(), labels: vec![] }
}

/// Whether what bears the name before and afterwards is the same, and belongs to the same.
fn stays((here, desired): (&Catalog, &Catalog), address: &Address) -> bool {
    let same = |address: &Address| {
        let both = here.objects.get(address).zip(desired.objects.get(address));
        both.is_some_and(|(one, other)| one.same(other))
    };
    let Some(index) = here.objects.get_index_of(address) else { return false };
    let links = here.parts(index).into_iter().filter(|part| here.at(*part).1.body.entry().link);
    same(address) && links.into_iter().all(|link| same(here.at(link).0))
}

/// Whether it can be seen that those who pass their names around have done so: some come to where nothing of that name was, or
/// are told from who takes theirs.
fn is_told(
    (here, desired): (&Catalog, &Catalog),
    circle: &[(usize, (Path, usize))],
    setting: &Setting,
) -> bool {
    circle.iter().any(|(index, (_, twin))| {
        let subject = Subject::new(here, *index, setting);
        let heir = circle.iter().find(|(_, (_, twin))| desired.at(*twin).0 == subject.address);
        let told = heir
            .and_then(|(heir, _)| subject.object.body.told_from(here.at(*heir).1.body.as_ref(), &subject));
        told.is_some() || !here.objects.contains_key(desired.at(*twin).0)
    })
}

/// The names, before and after, of what the object stands in or is made for.
fn named_after<'a>(
    here: &Catalog,
    index: usize,
    moved: &'a BTreeMap<usize, (String, String)>,
) -> Vec<&'a (String, String)> {
    let mut seen = HashSet::from([index]);
    // What it requires, with all that these are parts of.
    let mut next: Vec<usize> = here.requirements(index).iter().map(|&(required, _)| required).collect();
    while let Some(required) = next.pop() {
        if seen.insert(required) {
            let wholes = here
                .requirements(required)
                .iter()
                .filter(|(_, tie)| !matches!(tie, Tie::Needs | Tie::Mentions));
            next.extend(wholes.map(|&(whole, _)| whole));
        }
    }
    // Who owns it says so from the other side.
    let owners = here.dependents(index).iter().filter(|(link, _)| here.at(*link).1.body.entry().link);
    for &(link, _) in owners {
        for &(end, _) in here.requirements(link) {
            seen.insert(end);
            seen.insert(here.root(end));
        }
    }
    let mut found: Vec<_> = seen.iter().filter_map(|index| moved.get(index)).collect();
    found.sort();
    found.dedup();
    found.truncate(NAMED_AFTER);
    found
}

/// The paths that come of giving some of these names their successors, most of them first.
fn other_names(path: &Path, after: &[&(String, String)]) -> Vec<Path> {
    let Some((own, container)) = path.names.split_last() else { return vec![] };
    let mut choices: Vec<u32> = (1..1_u32 << after.len()).collect();
    choices.sort_by_key(|choice| std::cmp::Reverse(choice.count_ones()));
    let mut found = vec![];
    for choice in choices {
        let chosen = after.iter().enumerate().filter(|(place, _)| choice & (1 << place) != 0);
        let name = chosen.fold(own.clone(), |name, (_, (old, new))| name.replacen(old.as_str(), new, 1));
        if name != *own {
            let names = [container, &[name]].concat();
            found.push(Path { names, rest: path.rest.clone() });
        }
    }
    found
}

/// Whether one of the two is a part of the other, and so shares its name: the index behind a key.
fn stands_for(here: &Catalog, one: usize, other: usize) -> bool {
    let part = |a: usize, b: usize| here.requirements(a).contains(&(b, Tie::Part));
    part(one, other) || part(other, one)
}

fn own_name(path: &Path) -> String {
    path.names.last().cloned().unwrap_or_default()
}

/// Whether the two, each with its name, differ by that alone, or by what can be altered where it stands.
fn is_the_same((old, old_name): (&Subject, &str), (new, new_name): (&Subject, &str)) -> bool {
    let told = |it: &Subject, name: &str| {
        serde_json::Value::Object(it.object.body.attributes()).to_string().replace(name, "\u{0}")
    };
    told(old, old_name) == told(new, new_name)
        || matches!(new.object.body.alter(old.object.body.as_ref(), new), Alter::InPlace(_))
}
