//! What every object has whatever its kind: owner, comment, privileges, security labels. Written once, for all.

use crate::catalog::{Object, Tie};
use crate::kind::Subject;
use crate::plan::{Step, privilege};
use crate::postgres::quote::{identifier, literal};

/// Brings the satellites of `it` from what they are on `old` (None: `it` has just been made) to what is desired.
pub fn steps(it: &Subject, old: Option<&Object>) -> Vec<Step> {
    let privilege::Steps { revoke, grant } = privilege::steps(it, old);
    // The new owner would lose with the old grants what it has as the owner; who just made it is the owner by then.
    let (first, revoke) = if old.is_some() { (revoke, vec![]) } else { (vec![], revoke) };
    let mut steps = if leader(it).is_some() { vec![] } else { first };
    let spelling = it.object.body.spelling(it);
    if let Some(owner) = new_owner(it, old).filter(|_| !it.object.body.owner_follows(it)) {
        for (follower, old) in followers(it) {
            steps.extend(privilege::steps(&follower, Some(old)).revoke);
        }
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
    steps.extend(revoke);
    steps.extend(grant);
    steps
}

/// Whose it becomes, if that is not what it is on `old`.
fn new_owner<'a>(it: &Subject<'a>, old: Option<&Object>) -> Option<&'a String> {
    let before = old.map_or(Some(&it.setting.live.facts.role), |old| old.owner.as_ref());
    let after = it.owner().filter(|_| it.object.owner.is_some() || old.is_none());
    after.filter(|&owner| before != Some(owner))
}

/// The object with which the owner of `it` changes, so that what is granted on `it` is to be taken before that, and given
/// after it.
pub fn leader<'a>(it: &Subject<'a>) -> Option<Subject<'a>> {
    if !it.object.body.owner_follows(it) {
        return None;
    }
    let wholes = |index: usize| {
        let requirements = it.catalog.requirements(index).iter();
        requirements.filter(|(_, tie)| matches!(tie, Tie::Part | Tie::Follows)).map(|&(whole, _)| whole)
    };
    let mut next: Vec<usize> = wholes(it.index).collect();
    while let Some(index) = next.pop() {
        let whole = Subject::new(it.catalog, index, it.setting);
        if whole.object.owner.is_some() && whole.object.body.entry().holds_data {
            let old = it.setting.live.objects.get(whole.address).filter(|_| !whole.is_new())?;
            return new_owner(&whole, Some(old)).map(|_| whole);
        }
        next.extend(wholes(index));
    }
    None
}

/// What gets another owner with `it`, each with what it was.
fn followers<'a>(it: &Subject<'a>) -> impl Iterator<Item = (Subject<'a>, &'a Object)> {
    let parts = it.catalog.parts(it.index).into_iter();
    let tied = parts.flat_map(|part| it.catalog.dependents(part));
    let tied = tied.filter(|(_, tie)| matches!(tie, Tie::Part | Tie::Follows));
    let tied = tied.map(|&(tied, _)| Subject::new(it.catalog, tied, it.setting));
    let following = tied.filter(|tied| tied.object.body.owner_follows(tied) && !tied.is_new());
    following.filter_map(|tied| Some((tied, tied.setting.live.objects.get(tied.address)?)))
}

fn labelled(provider: &str, spelling: &str, label: &str) -> Step {
    Step::new(format!("SECURITY LABEL FOR {} ON {spelling} IS {label}", identifier(provider)))
}
