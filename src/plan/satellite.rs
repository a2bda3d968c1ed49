//! What every object has whatever its kind: owner, comment, privileges, security labels. Written once, for all.

use crate::catalog::Object;
use crate::kind::Subject;
use crate::plan::{Step, privilege};
use crate::postgres::quote::{identifier, literal};

/// What brings the satellites of an object to what is desired.
#[derive(Debug)]
pub struct Steps {
    /// What is said of it, and given on it.
    pub set: Vec<Step>,
    /// What is taken on it, once all has been given.
    pub revoke: Vec<Step>,
}

/// Brings the satellites of `it` from what they are on `old` (None: `it` has just been made) to what is desired.
pub fn steps(it: &Subject, old: Option<&Object>) -> Steps {
    let mut steps = vec![];
    let spelling = it.object.body.spelling(it);
    let ownership = Ownership::of(it);
    if let Some(owner) = ownership.new_owner().filter(|_| ownership.holder.index == it.index) {
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
    let privilege::Grants { grant, revoke } = privilege::steps(it);
    steps.extend(grant);
    Steps { set: steps, revoke }
}

/// Whose something is, which a part and what follows another have from that.
pub struct Ownership<'a> {
    /// What is given to another owner, so that it changes hands: the object itself, or what it has its owner from.
    pub holder: Subject<'a>,
    /// Whose it is, or is when it has just been made.
    pub before: Option<&'a str>,
    /// Whose it shall be; None where that is not compared.
    pub after: Option<&'a str>,
}

impl<'a> Ownership<'a> {
    /// That of `it`, which is desired.
    pub fn of(it: &Subject<'a>) -> Ownership<'a> {
        let holder = it.object.body.owned_with(it).unwrap_or(*it);
        let old = it.setting.live.objects.get(holder.address).filter(|_| !holder.is_new());
        let before = old.map_or(Some(&it.setting.live.facts.role), |old| old.owner.as_ref());
        let after = holder.owner().filter(|_| holder.object.owner.is_some() || old.is_none());
        Ownership { holder, before: before.map(String::as_str), after: after.map(String::as_str) }
    }

    /// Whose it becomes, if that is another's than before.
    pub fn new_owner(&self) -> Option<&'a str> {
        self.after.filter(|_| self.before != self.after)
    }
}

fn labelled(provider: &str, spelling: &str, label: &str) -> Step {
    Step::new(format!("SECURITY LABEL FOR {} ON {spelling} IS {label}", identifier(provider)))
}
