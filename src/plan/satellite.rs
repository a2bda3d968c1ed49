//! What every object has whatever its kind: owner, comment, privileges, security labels. Written once, for all.

use crate::catalog::Object;
use crate::kind::Subject;
use crate::plan::{Step, privilege};
use crate::postgres::quote::{identifier, literal};

/// Brings the satellites of `it` from what they are on `old` (None: `it` has just been made) to what is desired.
pub fn steps(it: &Subject, old: Option<&Object>) -> Vec<Step> {
    let privilege::Steps { revoke, grant } = privilege::steps(it, old);
    // The new owner would lose with the old grants what it has as the owner; who just made it is the owner by then.
    let (mut steps, revoke) = if old.is_some() { (revoke, vec![]) } else { (vec![], revoke) };
    let spelling = it.object.body.spelling(it);
    let owner_before = old.map_or(Some(&it.setting.live.facts.role), |old| old.owner.as_ref());
    if let Some(owner) = it.owner().filter(|_| it.object.owner.is_some() || old.is_none())
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
    steps.extend(revoke);
    steps.extend(grant);
    steps
}

fn labelled(provider: &str, spelling: &str, label: &str) -> Step {
    Step::new(format!("SECURITY LABEL FOR {} ON {spelling} IS {label}", identifier(provider)))
}
