//! What a kind sees of the object that it writes SQL for: the object in its catalog, and the plan around it.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use super::Kind;
use crate::catalog::{Address, Catalog, Kept, Object, Tie};
use crate::plan::{Online, Step};
use crate::postgres::quote::respelled;

/// An object in its catalog, seen by the kind that writes its SQL; prints as its identity.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Its key.
    pub address: &'a Address,
    /// The object.
    pub object: &'a Object,
    /// The catalog it stands in.
    pub catalog: &'a Catalog,
    /// Its place there.
    pub index: usize,
    /// The plan it is part of.
    pub setting: &'a Setting<'a>,
}

/// What a plan knows while it is being made.
pub struct Setting<'a> {
    /// What is.
    pub live: &'a Catalog,
    /// What shall be.
    pub desired: &'a Catalog,
    /// Objects that are made by this plan, anew or again.
    pub made: HashSet<Address>,
    /// Parts that are stated on their own, because they would tie a knot.
    pub apart: HashSet<Address>,
    /// When long locks are avoided.
    pub online: Online,
    /// Sizes of live tables in bytes, as far as they were asked for.
    pub sizes: BTreeMap<Address, u64>,
    /// The roles that are and shall not be, as the server spells them.
    pub dropped_roles: HashSet<&'a str>,
}

impl<'a> Setting<'a> {
    /// That of a plan from `live` to `desired`, before anything of it is known.
    pub fn new(live: &'a Catalog, desired: &'a Catalog) -> Setting<'a> {
        let gone = |(address, object): &(&Address, &Object)| {
            object.is_of_roles() && !desired.objects.contains_key(*address)
        };
        let dropped_roles = live.objects.iter().filter(gone);
        Setting {
            live,
            desired,
            made: HashSet::new(),
            apart: HashSet::new(),
            online: Online::Never,
            sizes: BTreeMap::new(),
            dropped_roles: dropped_roles.map(|(_, role)| role.identity.as_str()).collect(),
        }
    }
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.object.identity)
    }
}

impl<'a> Subject<'a> {
    /// The object at `index` of a catalog.
    pub fn new(catalog: &'a Catalog, index: usize, setting: &'a Setting<'a>) -> Subject<'a> {
        let (address, object) = catalog.at(index);
        Subject { address, object, catalog, index, setting }
    }

    /// What stands under the same address in this catalog.
    pub fn within(&self, catalog: &'a Catalog) -> Option<Subject<'a>> {
        Some(Subject::new(catalog, catalog.objects.get_index_of(self.address)?, self.setting))
    }

    /// How `ALTER` names it while its own name is `name`, which is unquoted.
    pub fn known_as(&self, name: &str) -> String {
        let body = &self.object.body;
        respelled(&body.spelling(self), body.entry().keyword, name)
    }

    /// The object's attributes, if it is of kind `K`.
    pub fn body<K: Kind>(&self) -> Option<&'a K> {
        self.object.body.as_any().downcast_ref()
    }

    /// The parts of kind `K` that are to be stated inside this one.
    pub fn parts<K: Kind>(&self) -> Vec<(Subject<'a>, &'a K)> {
        self.all_parts().filter(|(part, _)| !self.setting.apart.contains(part.address)).collect()
    }

    /// The parts of kind `K`, wherever they are stated.
    pub fn all_parts<K: Kind>(&self) -> impl Iterator<Item = (Subject<'a>, &'a K)> + use<'a, K> {
        let (catalog, setting) = (self.catalog, self.setting);
        self.catalog
            .parts(self.index)
            .into_iter()
            .map(move |part| Subject::new(catalog, part, setting))
            .filter_map(|part| Some((part, part.body::<K>()?)))
    }

    /// The object of kind `K` that this one is a part of, directly or through other parts.
    pub fn whole<K: Kind>(&self) -> Option<(Subject<'a>, &'a K)> {
        let mut seen = HashSet::new();
        let mut next = vec![self.index];
        while let Some(index) = next.pop() {
            for &(required, tie) in self.catalog.requirements(index) {
                if tie == Tie::Part && seen.insert(required) {
                    let whole = Subject::new(self.catalog, required, self.setting);
                    if let Some(body) = whole.body::<K>() {
                        return Some((whole, body));
                    }
                    next.push(required);
                }
            }
        }
        None
    }

    /// The objects of kind `K` that this one directly requires.
    pub fn required<K: Kind>(&self) -> impl Iterator<Item = (Subject<'a>, &'a K)> + use<'a, K> {
        let (catalog, setting) = (self.catalog, self.setting);
        self.catalog
            .requirements(self.index)
            .iter()
            .map(move |&(required, _)| Subject::new(catalog, required, setting))
            .filter_map(|required| Some((required, required.body::<K>()?)))
    }

    /// What is of kind `K` among that which this one directly requires, and is spelled like this.
    pub fn required_as<K: Kind>(&self, identity: &str) -> Option<Subject<'a>> {
        self.required::<K>().map(|(required, _)| required).find(|it| it.object.identity == identity)
    }

    /// `ONLY `, where what children have from it is to stay theirs when it goes.
    pub fn alone(&self) -> &'static str {
        if self.catalog.is_outlived(self.index, self.setting.desired) { "ONLY " } else { "" }
    }

    /// What of it [`Subject::alone`] leaves to children who shall not have it either.
    pub fn left_to_children(&self) -> Vec<Step> {
        if self.alone().is_empty() {
            return vec![];
        }
        let (catalog, desired) = (self.catalog, self.setting.desired);
        let stays = |index: usize| desired.objects.contains_key(catalog.at(index).0);
        let left = |heir: &usize| {
            let link = catalog.inherited_through(*heir, self.index);
            !stays(*heir) && stays(catalog.root(*heir)) && link.is_some_and(stays)
        };
        let heirs = catalog.heirs(self.index).filter(left);
        let heirs = heirs.map(|heir| Subject::new(catalog, heir, self.setting));
        heirs.flat_map(|heir| heir.object.body.remove(&heir)).collect()
    }

    /// Who owns it once it is made: where owners are not compared, who owned it before.
    pub fn owner(&self) -> Option<&'a String> {
        self.object.owner.as_ref().or_else(|| self.kept(|kept| kept.owner.as_ref()))
    }

    /// Something that is not compared, as live has it: the plan leads there, or starts there.
    pub fn kept<T>(&self, get: impl Fn(&'a Kept) -> Option<&'a T>) -> Option<&'a T> {
        let before = self.setting.live.objects.get(self.address);
        before.and_then(|before| get(&before.kept)).or_else(|| get(&self.object.kept))
    }

    /// Whether the plan makes it, so that nobody holds or reads it yet.
    pub fn is_new(&self) -> bool {
        self.setting.made.contains(self.address)
    }

    /// Whether it is a link that no statement undoes: it lasts for as long as what it ties.
    pub fn ties_for_good(&self) -> bool {
        self.object.body.entry().link && self.object.body.remove(self).is_empty()
    }

    /// Whether the plan makes it anew in place of one that is there.
    pub fn is_replaced(&self) -> bool {
        self.is_new() && self.setting.live.objects.contains_key(self.address)
    }

    /// Whether something that is there bears one of the names that it will have, be it itself.
    pub fn name_is_borne(&self) -> bool {
        self.shares_name(self.setting.live)
    }

    /// Whether something that is to be bears one of the names that it has, be it itself.
    pub fn name_is_wanted(&self) -> bool {
        self.shares_name(self.setting.desired)
    }

    fn shares_name(&self, catalog: &Catalog) -> bool {
        let names = &self.object.occupies;
        let mut objects = catalog.objects.values();
        objects.any(|object| object.occupies.iter().any(|name| names.contains(name)))
    }

    /// Whether its rows are too many to be locked for as long as reading them takes.
    pub fn is_busy(&self) -> bool {
        !self.is_new()
            && match self.setting.online {
                Online::Always => true,
                Online::Never => false,
                Online::Above(limit) => self.setting.sizes.get(self.address).is_none_or(|&size| size > limit),
            }
    }
}
