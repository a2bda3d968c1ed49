//! GRANT and REVOKE, a statement a grantee. What somebody gave who holds a grant option hangs on that option: it is
//! given last and taken first, in that role's name.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Grantee, Object, Privilege};
use crate::kind::Subject;
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::identifier;

/// Takes privileges, and gives them.
#[derive(Debug, Default)]
pub struct Steps {
    /// While `it` has the owner that it has had; what has just been made has no other than the desired one.
    pub revoke: Vec<Step>,
    /// Once it has the owner that is desired.
    pub grant: Vec<Step>,
}

/// Brings the privileges of `it` from what they are on `old` (None: `it` has just been made) to what is desired.
pub fn steps(it: &Subject, old: Option<&Object>) -> Steps {
    let Some(class) = it.object.body.entry().privileges else { return Steps::default() };
    let builtin = builtin(it, class);
    let wanted = match it.setting.desired.without_privileges {
        false => &it.object.privileges,
        true => match it.kept(|kept| kept.privileges.as_ref()) {
            Some(kept) if old.is_none() => kept,
            _ => return Steps::default(),
        },
    };
    let wanted: BTreeSet<_> = wanted.as_ref().unwrap_or(&builtin).iter().cloned().collect();
    let found: BTreeSet<_> = match old {
        Some(old) => old.privileges.as_ref().unwrap_or(&builtin).iter().cloned().collect(),
        None => builtin.iter().cloned().collect(),
    };
    // What an object may be born with besides depends on ALTER DEFAULT PRIVILEGES at that moment: take it away.
    let mut revoked: BTreeSet<Privilege> = found.difference(&wanted).cloned().collect();
    let mut granted: BTreeSet<Privilege> = wanted.difference(&found).cloned().collect();
    if old.is_none() {
        let facts = [&it.setting.live.facts, &it.setting.desired.facts];
        let defaults = facts.iter().flat_map(|facts| &facts.default_privileges);
        let born: Vec<_> = defaults.filter(|born| born.class == class).collect();
        // A default for all schemas stands in the place of what is built in, and may give less.
        if born.iter().any(|born| born.schema.is_none()) {
            let kept =
                wanted.intersection(&found).filter(|kept| born.iter().all(|born| born.privilege != **kept));
            granted.extend(kept.cloned());
        }
        for born in born {
            if wanted.contains(&born.privilege) {
                granted.insert(born.privilege.clone());
            } else {
                revoked.insert(born.privilege.clone());
            }
        }
    }
    // A privilege that only loses or gains its grant option is in both sets; what hangs on it minds a REVOKE.
    let gains = |gone: &Privilege| Privilege { grantable: true, ..gone.clone() };
    revoked.retain(|gone| gone.grantable || !granted.contains(&gains(gone)));
    let owner = it.owner().map(String::as_str);
    let owner_before = old.and_then(|old| old.owner.as_deref()).or(owner);
    // What is taken from the owner to be is taken from the owner when the file is run again.
    let becomes_owner =
        |gone: &&Privilege| matches!(&gone.grantee, Grantee::Role(role) if owner == Some(role));
    granted.extend(revoked.iter().filter(becomes_owner).filter_map(|gone| {
        let mut owners = wanted.iter().filter(|kept| kept.grantee == Grantee::Owner);
        owners.find(|kept| kept.privilege == gone.privilege).cloned()
    }));
    let revoke = Statements { it, owner: owner_before, privileges: &revoked }.taken(&found);
    let mut grant = Statements { it, owner, privileges: &granted }.given(&wanted);
    grant.extend(kept_by_parts(it, &revoked));
    Steps { revoke, grant }
}

/// What is taken on the whole is taken on its parts too: those that shall keep it are given it again.
fn kept_by_parts(it: &Subject, revoked: &BTreeSet<Privilege>) -> Vec<Step> {
    let parts = it.catalog.dependents(it.index).iter().filter(|(_, tie)| tie.is_part());
    let parts = parts.map(|&(part, _)| Subject::new(it.catalog, part, it.setting));
    let mut steps = vec![];
    for part in parts.filter(|part| !part.is_new() && !revoked.is_empty()) {
        let taken = |held: &&Privilege| {
            revoked.iter().any(|gone| (&gone.grantee, &gone.privilege) == (&held.grantee, &held.privilege))
        };
        let before = it.setting.live.objects.get(part.address).and_then(|before| before.privileges.as_ref());
        let had = |held: &&Privilege| before.is_some_and(|before| before.contains(held));
        let wanted: BTreeSet<_> = part.object.privileges.iter().flatten().cloned().collect();
        let granted: BTreeSet<_> = wanted.iter().filter(taken).filter(had).cloned().collect();
        let owner = part.owner().map(String::as_str);
        steps.extend(Statements { it: &part, owner, privileges: &granted }.given(&wanted));
    }
    steps
}

/// Who besides the owner gave some of `privileges`, those first whose own grant option comes from others; `all` that
/// the object's privileges are tells who has it from whom.
fn grantors<'a>(privileges: &'a BTreeSet<Privilege>, all: &BTreeSet<Privilege>) -> Vec<&'a str> {
    let found: BTreeSet<&str> =
        privileges.iter().filter_map(|privilege| privilege.grantor.as_deref()).collect();
    let mut found: Vec<_> =
        found.into_iter().map(|grantor| (depth(grantor, all, all.len()), grantor)).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, grantor)| grantor).collect()
}

/// Through how many hands a role has what it gives on; `limit` ends what would be a circle.
fn depth(role: &str, all: &BTreeSet<Privilege>, limit: usize) -> usize {
    let held = all.iter().filter(|held| held.grantable && held.grantee == Grantee::Role(role.to_owned()));
    let givers = held.filter_map(|held| held.grantor.as_deref());
    givers.filter(|_| limit > 0).map(|giver| 1 + depth(giver, all, limit - 1)).max().unwrap_or(0)
}

/// What takes or gives `privileges` of `it`.
struct Statements<'a> {
    it: &'a Subject<'a>,
    /// Who owns it at that moment.
    owner: Option<&'a str>,
    privileges: &'a BTreeSet<Privilege>,
}

impl Statements<'_> {
    /// What is taken: by those who have it with a grant option, then by the owner; `all` that there is tells from whom.
    fn taken(&self, all: &BTreeSet<Privilege>) -> Vec<Step> {
        let others = grantors(self.privileges, all).into_iter().rev().map(Some);
        others.chain([None]).flat_map(|grantor| self.taken_by(grantor)).collect()
    }

    /// What is given: by the owner, then by those who have it with a grant option; `all` that is wanted tells from whom.
    fn given(&self, all: &BTreeSet<Privilege>) -> Vec<Step> {
        let others = grantors(self.privileges, all).into_iter().map(Some);
        std::iter::once(None).chain(others).flat_map(|grantor| self.given_by(grantor)).collect()
    }

    /// What one grantor (None: the owner) takes.
    fn taken_by(&self, grantor: Option<&str>) -> Vec<Step> {
        let (_, target) = self.it.object.body.granted_on(self.it);
        let mut steps = vec![];
        for (grantee, privileges) in self.by_grantee(grantor) {
            let role = self.role(grantee);
            let sql = format!("REVOKE {} ON {target} FROM {role}", self.words(&privileges));
            let revoke = grantor.map_or_else(|| Step::new(&sql), |giver| guard::revoked_by(giver, &sql));
            let grantor = grantor.map(identifier).unwrap_or_default();
            steps.push(guard::while_they_last(self.it, &[&role, &grantor], revoke));
        }
        steps
    }

    /// What one grantor (None: the owner) gives.
    fn given_by(&self, grantor: Option<&str>) -> Vec<Step> {
        let (_, target) = self.it.object.body.granted_on(self.it);
        let mut steps = vec![];
        for (grantee, privileges) in self.by_grantee(grantor) {
            let role = self.role(grantee);
            let (grantable, plain): (Vec<_>, _) = privileges.into_iter().partition(|given| given.grantable);
            for (privileges, option) in [(plain, ""), (grantable, " WITH GRANT OPTION")] {
                if !privileges.is_empty() {
                    let sql = format!("GRANT {} ON {target} TO {role}{option}", self.words(&privileges));
                    steps
                        .push(grantor.map_or_else(|| Step::new(&sql), |giver| guard::acting_as(giver, &sql)));
                }
            }
        }
        steps
    }

    /// What one grantor (None: the owner) gave to each.
    fn by_grantee(&self, grantor: Option<&str>) -> BTreeMap<&Grantee, Vec<&Privilege>> {
        let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for privilege in self.privileges.iter().filter(|privilege| privilege.grantor.as_deref() == grantor) {
            found.entry(&privilege.grantee).or_default().push(privilege);
        }
        found
    }

    fn words(&self, privileges: &[&Privilege]) -> String {
        let (columns, _) = self.it.object.body.granted_on(self.it);
        let words = privileges.iter().map(|privilege| format!("{}{columns}", privilege.privilege));
        words.collect::<Vec<_>>().join(", ")
    }

    fn role(&self, grantee: &Grantee) -> String {
        match grantee {
            Grantee::Owner => self.owner.map_or("CURRENT_USER".to_owned(), identifier),
            Grantee::Public => "PUBLIC".to_owned(),
            Grantee::Role(name) => identifier(name),
        }
    }
}

fn builtin(it: &Subject, class: char) -> Vec<Privilege> {
    let facts = &it.setting.desired.facts;
    facts
        .builtin_privileges
        .iter()
        .filter(|(of, _)| *of == class)
        .map(|(_, privilege)| privilege.clone())
        .collect()
}
