//! What every object has whatever its kind: owner, comment, privileges, security labels. Written once, for all.

use std::collections::BTreeSet;

use crate::catalog::{Grantee, Object, Privilege};
use crate::kind::Subject;
use crate::plan::Step;
use crate::postgres::quote::{identifier, literal};

/// Brings the satellites of `it` from what they are on `old` (None: `it` has just been made) to what is desired.
pub fn steps(it: &Subject, old: Option<&Object>) -> Vec<Step> {
    let mut steps = vec![];
    let spelling = it.object.body.spelling(it);
    let owner_before = old.map_or(Some(&it.setting.live.facts.role), |old| old.owner.as_ref());
    if let Some(owner) = &it.object.owner
        && owner_before != Some(owner)
        && !it.object.body.owner_follows(it)
    {
        steps.push(Step::new(format!("ALTER {spelling} OWNER TO {}", identifier(owner))));
    }
    let comment_before = match old {
        Some(old) => old.comment.as_deref(),
        None => it.object.body.born_comment(),
    };
    if it.object.comment.as_deref() != comment_before {
        let text = it.object.comment.as_deref().map_or("NULL".to_owned(), literal);
        steps.push(Step::new(format!("COMMENT ON {spelling} IS {text}")));
    }
    for label in &it.object.labels {
        if !old.is_some_and(|old| old.labels.contains(label)) {
            steps.push(labelled(&label.provider, &spelling, &literal(&label.label)));
        }
    }
    for label in old.into_iter().flat_map(|old| &old.labels) {
        if !it.object.labels.iter().any(|kept| kept.provider == label.provider) {
            steps.push(labelled(&label.provider, &spelling, "NULL"));
        }
    }
    steps.extend(privileges(it, old));
    steps
}

fn labelled(provider: &str, spelling: &str, label: &str) -> Step {
    Step::new(format!("SECURITY LABEL FOR {} ON {spelling} IS {label}", identifier(provider)))
}

/// GRANT and REVOKE, a statement a grantee.
fn privileges(it: &Subject, old: Option<&Object>) -> Vec<Step> {
    let Some(class) = it.object.body.entry().privileges else { return vec![] };
    let builtin = builtin(it, class);
    let wanted: BTreeSet<_> = it.object.privileges.as_ref().unwrap_or(&builtin).iter().cloned().collect();
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
    // A privilege that only loses or gains its grant option is in both sets.
    let mut steps = vec![];
    let (columns, target) = it.object.body.granted_on(it);
    let grantees: BTreeSet<&Grantee> =
        revoked.iter().chain(&granted).map(|privilege| &privilege.grantee).collect();
    for grantee in grantees {
        let role = match grantee {
            Grantee::Owner => match &it.object.owner {
                Some(owner) => identifier(owner),
                None => "CURRENT_USER".to_owned(),
            },
            Grantee::Public => "PUBLIC".to_owned(),
            Grantee::Role(name) => identifier(name),
        };
        let words = |set: &BTreeSet<Privilege>, grantable: Option<bool>| -> Vec<String> {
            set.iter()
                .filter(|p| {
                    p.grantee == *grantee && grantable.is_none_or(|grantable| p.grantable == grantable)
                })
                .map(|p| format!("{}{columns}", p.privilege))
                .collect()
        };
        let gone = words(&revoked, None);
        if !gone.is_empty() {
            steps.push(Step::new(format!("REVOKE {} ON {target} FROM {role}", gone.join(", "))));
        }
        for (grantable, option) in [(false, ""), (true, " WITH GRANT OPTION")] {
            let new = words(&granted, Some(grantable));
            if !new.is_empty() {
                steps.push(Step::new(format!("GRANT {} ON {target} TO {role}{option}", new.join(", "))));
            }
        }
    }
    steps
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
