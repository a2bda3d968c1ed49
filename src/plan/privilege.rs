//! GRANT and REVOKE, a statement a grantee. What somebody gave who holds a grant option hangs on that option: it is
//! given last and taken first, in that role's name. What is new is given before the old is taken, so that an option that
//! comes from another hand is never missing, and a file that is run again takes nothing that shall stay.

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};

use crate::catalog::{Grantee, Privilege};
use crate::kind::Subject;
use crate::plan::Step;
use crate::plan::satellite::Ownership;
use crate::postgres::guard;
use crate::postgres::quote::identifier;

/// Takes privileges, and gives them; both once it has the owner that is desired.
#[derive(Debug, Default)]
pub struct Grants {
    /// What it shall have.
    pub grant: Vec<Step>,
    /// What it shall not have.
    pub revoke: Vec<Step>,
}

/// Brings the privileges of `it` from what they are, or from what it has just been made with, to what is desired.
pub fn steps(it: &Subject) -> Grants {
    let Some(mut change) = Change::of(it) else { return Grants::default() };
    // What is taken with the whole is given after that.
    if !change.granted.is_empty()
        && let Some(whole) = whole(it).and_then(|whole| Change::of(&whole))
    {
        let later = whole.lost(&change.wanted).all();
        change.granted.retain(|given| !later.contains(given));
    }
    let grant = Statements { it, privileges: &change.granted }.given(&change.wanted);
    Grants { grant, revoke: change.taken(it) }
}

/// The object on which is granted what is granted on `it`, one of its columns.
fn whole<'a>(it: &Subject<'a>) -> Option<Subject<'a>> {
    let holder = Ownership::of(it).holder;
    (holder.index != it.index && is_granted_alike(it, &holder)).then_some(holder)
}

/// What has privileges of its own, and is named in GRANT with `whole`.
fn columns<'a>(whole: &Subject<'a>) -> impl Iterator<Item = Subject<'a>> {
    let parts = whole.catalog.dependents(whole.index).iter().filter(|(_, tie)| tie.is_part());
    let parts = parts.map(|&(part, _)| Subject::new(whole.catalog, part, whole.setting));
    parts.filter(|part| part.object.body.entry().privileges.is_some() && is_granted_alike(part, whole))
}

fn is_granted_alike(it: &Subject, other: &Subject) -> bool {
    it.object.body.granted_on(it).1 == other.object.body.granted_on(other).1
}

/// How the privileges of one object change.
struct Change {
    /// What is there once it has its owner, as the server lists it.
    found: IndexSet<Privilege>,
    /// What shall be there, as the files give it.
    wanted: IndexSet<Privilege>,
    granted: BTreeSet<Privilege>,
    revoked: BTreeSet<Privilege>,
}

impl Change {
    /// None where there is nothing to grant, or privileges are not compared.
    fn of(it: &Subject) -> Option<Change> {
        let class = it.object.body.entry().privileges?;
        let builtin = it.setting.desired.facts.builtin_privileges_of(class);
        let old = it.setting.live.objects.get(it.address).filter(|_| !it.is_new());
        let wanted = match it.setting.desired.without_privileges {
            false => &it.object.privileges,
            true => it.kept(|kept| kept.privileges.as_ref()).filter(|_| old.is_none())?,
        };
        // Where owners are not compared, either side may tell the owner by name.
        let holder = Ownership::of(it).holder;
        let owner = holder.owner().map(String::as_str);
        let wanted = wanted.as_ref().unwrap_or(&builtin);
        let wanted: IndexSet<_> = wanted.iter().map(|held| handed_over(held, owner)).collect();
        let found = old.and_then(|old| old.privileges.as_ref()).unwrap_or(&builtin);
        let found: IndexSet<_> = found.iter().map(|held| handed_over(held, owner)).collect();
        // What an object may be born with besides depends on ALTER DEFAULT PRIVILEGES at that moment: take it away.
        let mut revoked: BTreeSet<Privilege> = found.difference(&wanted).cloned().collect();
        let mut granted: BTreeSet<Privilege> = wanted.difference(&found).cloned().collect();
        if old.is_none() {
            let facts = [&it.setting.live.facts, &it.setting.desired.facts];
            let defaults = facts.iter().flat_map(|facts| &facts.default_privileges);
            let born: Vec<_> = defaults.filter(|born| born.class == class).collect();
            let everywhere = born.iter().any(|born| born.schema.is_none());
            let born: BTreeSet<_> = born.iter().map(|born| handed_over(&born.privilege, owner)).collect();
            // A default for all schemas stands in the place of what is built in, and may give less.
            if everywhere {
                granted.extend(wanted.intersection(&found).filter(|kept| !born.contains(kept)).cloned());
            }
            for born in born {
                if wanted.contains(&born) {
                    granted.insert(born);
                } else {
                    revoked.insert(born);
                }
            }
        }
        // What is there with its grant option, or shall be, is not taken without it.
        let options: BTreeSet<_> =
            revoked.iter().chain(&wanted).filter(|held| held.grantable).cloned().collect();
        revoked.retain(|gone| gone.grantable || !options.contains(&with_option(gone, true)));
        Some(Change { found, wanted, granted, revoked })
    }

    /// What a column loses of what it shall hold when this is taken from the whole: what goes along, and what hangs on that
    /// there.
    fn lost(&self, held: &IndexSet<Privilege>) -> Lost {
        let goes_along = |held: &&Privilege| {
            let gone = [false, true].map(|option| with_option(held, option));
            let mut gone = gone.iter().filter(|gone| self.revoked.contains(gone));
            gone.any(|gone| held.grantable || !keeps_privilege(gone, &self.wanted))
        };
        let along = held.iter().filter(goes_along).cloned().collect();
        Lost { hanging: hanging(held, &along), along }
    }

    /// Takes what is revoked, once all that is wanted has been given.
    ///
    /// The server takes from the columns what it takes from the whole; and it refuses to take an option from a column on which
    /// something hangs there, even where the whole gives the same option. Both are taken with it, and given again.
    fn taken(&self, it: &Subject) -> Vec<Step> {
        if self.revoked.is_empty() {
            return vec![];
        }
        let (mut steps, mut again) = (vec![], vec![]);
        for column in columns(it) {
            let held = Change::of(&column).map_or_else(IndexSet::new, |change| change.wanted);
            let lost = self.lost(&held);
            let hanging = Statements { it: &column, privileges: &lost.hanging };
            steps.extend(hanging.taken(&held, &IndexSet::new()));
            again.extend(Statements { it: &column, privileges: &lost.all() }.given(&held));
        }
        let hanging = hanging(&self.wanted, &self.revoked);
        let gone = self.revoked.union(&hanging).cloned().collect();
        let all = self.found.union(&self.wanted).cloned().collect();
        let stays = self.wanted.iter().filter(|held| !hanging.contains(*held)).cloned().collect();
        steps.extend(Statements { it, privileges: &gone }.taken(&all, &stays));
        steps.extend(Statements { it, privileges: &hanging }.given(&self.wanted));
        steps.extend(again);
        steps
    }
}

/// What a column has to be given again.
struct Lost {
    along: BTreeSet<Privilege>,
    hanging: BTreeSet<Privilege>,
}

impl Lost {
    fn all(&self) -> BTreeSet<Privilege> {
        self.along.union(&self.hanging).cloned().collect()
    }
}

/// A privilege as it is once the object is `owner`'s: what that had and gave before, it has and gave as the owner.
fn handed_over(held: &Privilege, owner: Option<&str>) -> Privilege {
    let is_owner = |role: &String| owner == Some(role);
    let grantee = match &held.grantee {
        Grantee::Role(role) if is_owner(role) => Grantee::Owner,
        other => other.clone(),
    };
    Privilege { grantee, grantor: held.grantor.clone().filter(|grantor| !is_owner(grantor)), ..held.clone() }
}

fn with_option(privilege: &Privilege, grantable: bool) -> Privilege {
    Privilege { grantable, ..privilege.clone() }
}

/// Whether of `gone` only the grant option goes.
fn keeps_privilege(gone: &Privilege, wanted: &IndexSet<Privilege>) -> bool {
    gone.grantable && wanted.contains(&with_option(gone, false))
}

/// What of `held` was given by virtue of a grant option that goes with `gone`, and of no other.
fn hanging(held: &IndexSet<Privilege>, gone: &BTreeSet<Privilege>) -> BTreeSet<Privilege> {
    let mut found = BTreeSet::new();
    loop {
        let stays = |given: &&Privilege| !gone.contains(*given) && !found.contains(*given);
        let lets_go = |given: &&Privilege| {
            gone.union(&found).any(|option| option.permits(given))
                && !held.iter().filter(stays).any(|option| option.permits(given))
        };
        let more: Vec<_> = held.iter().filter(stays).filter(lets_go).cloned().collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Through how many hands a privilege went before it was given; what somebody gives who holds no option in `all`, such as one
/// who has it on the whole of which this is a part, comes as if from the owner.
fn depth(given: &Privilege, all: &IndexSet<Privilege>) -> usize {
    let is_first = |given: &&Privilege| !all.iter().any(|option| option.permits(given));
    let alike = || all.iter().filter(|other| other.privilege == given.privilege);
    let mut reached: BTreeSet<_> = alike().filter(is_first).collect();
    for depth in 0..all.len() {
        if reached.contains(given) {
            return depth;
        }
        let next = alike().filter(|next| reached.iter().any(|option| option.permits(next)));
        let next: Vec<_> = next.collect();
        reached.extend(next);
    }
    all.len()
}

/// What takes or gives `privileges` of `it`.
struct Statements<'a> {
    it: &'a Subject<'a>,
    privileges: &'a BTreeSet<Privilege>,
}

/// By how many hands it went through, and the grantor (None: the owner): what was given to each.
type Hands<'a> = IndexMap<(usize, Option<&'a str>, &'a Grantee), Vec<&'a Privilege>>;

impl Statements<'_> {
    /// What is taken: by those who have it with a grant option, then by the owner; `all` that there is tells from whom.
    /// What is `wanted` without the option loses that alone.
    fn taken(&self, all: &IndexSet<Privilege>, wanted: &IndexSet<Privilege>) -> Vec<Step> {
        let (_, target) = self.it.object.body.granted_on(self.it);
        let mut steps = vec![];
        for ((_, grantor, grantee), privileges) in self.by_hands(all).into_iter().rev() {
            let role = self.role(grantee);
            let (option, whole): (Vec<_>, _) =
                privileges.into_iter().partition(|gone| keeps_privilege(gone, wanted));
            for (privileges, option) in [(whole, ""), (option, "GRANT OPTION FOR ")] {
                if privileges.is_empty() {
                    continue;
                }
                let sql = format!("REVOKE {option}{} ON {target} FROM {role}", self.words(&privileges));
                let revoke = grantor.map_or_else(|| Step::new(&sql), |giver| guard::revoked_by(giver, &sql));
                let grantor = grantor.map(identifier).unwrap_or_default();
                steps.push(guard::while_they_last(self.it, &[&role, &grantor], revoke));
            }
        }
        steps
    }

    /// What is given: by the owner, then by those who have it with a grant option; `all` that is wanted tells from whom.
    fn given(&self, all: &IndexSet<Privilege>) -> Vec<Step> {
        let (_, target) = self.it.object.body.granted_on(self.it);
        let mut steps = vec![];
        for ((_, grantor, grantee), privileges) in self.by_hands(all) {
            let role = self.role(grantee);
            let (grantable, plain): (Vec<_>, _) = privileges.into_iter().partition(|given| given.grantable);
            for (privileges, option) in [(plain, ""), (grantable, " WITH GRANT OPTION")] {
                if privileges.is_empty() {
                    continue;
                }
                let sql = format!("GRANT {} ON {target} TO {role}{option}", self.words(&privileges));
                steps.push(grantor.map_or_else(|| Step::new(&sql), |giver| guard::acting_as(giver, &sql)));
            }
        }
        steps
    }

    /// Ordered by hands, then by their place in `all`: the access control list grows with each grant.
    fn by_hands(&self, all: &IndexSet<Privilege>) -> Hands<'_> {
        let place = |given: &Privilege| all.get_index_of(given).unwrap_or(all.len());
        let mut found = Hands::new();
        for privilege in self.privileges {
            let hand = (depth(privilege, all), privilege.grantor.as_deref(), &privilege.grantee);
            found.entry(hand).or_default().push(privilege);
        }
        found.sort_by_cached_key(|(depth, ..), privileges| (*depth, place(privileges[0])));
        found
    }

    fn words(&self, privileges: &[&Privilege]) -> String {
        let (columns, _) = self.it.object.body.granted_on(self.it);
        let words = privileges.iter().map(|privilege| format!("{}{columns}", privilege.privilege));
        words.collect::<Vec<_>>().join(", ")
    }

    fn role(&self, grantee: &Grantee) -> String {
        match grantee {
            Grantee::Owner => {
                let owner = Ownership::of(self.it).holder.owner();
                owner.map_or("CURRENT_USER".to_owned(), |owner| identifier(owner))
            }
            Grantee::Public => "PUBLIC".to_owned(),
            Grantee::Role(name) => identifier(name),
        }
    }
}
