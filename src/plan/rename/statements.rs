//! The statements that give a round of names, each of which can be run again.

use super::{Group, Names, Path, Round, around};
use crate::catalog::Catalog;
use crate::kind::{Setting, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::identifier;
use crate::{Error, ErrorKind, Result};

/// The statements as they are run for the first time, when nothing has to be looked at.
///
/// # Errors
/// Of kind `Plan`, where the server has no words for a rename.
pub fn first_run(here: &Catalog, round: &Round, setting: &Setting) -> Result<Vec<String>> {
    let names = Names::new(here);
    let mut found = vec![];
    for group in &round.groups {
        found.extend(statements(here, &names, group, setting)?);
    }
    for (of, pairs) in &round.labels {
        let subject = Subject::new(here, *of, setting);
        found.extend(subject.object.body.relabel(&subject, pairs).into_iter().map(|step| step.sql));
    }
    Ok(found)
}

/// The same as steps that can be run again; `next` is the catalog after the round, and `goal` where the way leads.
///
/// # Errors
/// Of kind `Plan`, where nothing tells whether names have been passed around already.
pub fn repeatable(
    (here, next, goal): (&Catalog, &Catalog, &Catalog),
    round: &Round,
    setting: &Setting,
) -> Result<Vec<Step>> {
    let names = Names::new(here);
    let later = [next, goal].map(Names::new);
    let mut steps = vec![];
    for group in &round.groups {
        let sql = statements(here, &names, group, setting)?.join(";\n");
        let Some((first, _)) = group.moves.first() else { continue };
        let (old, object) = here.at(*first);
        let new = next.at(*first).0;
        let step = if group.moves.len() > 1 {
            once((here, next, goal), &group.moves, &sql, setting)?
        } else if group.aside.is_some() {
            guard::if_there(old, &sql)
        } else {
            let path = names.path(*first).map_or(&[][..], |path| &path.names);
            let taken = later.iter().any(|names| !names.at(path).is_empty());
            guard::rename(object.body.entry().keyword, new, taken, &sql)
        };
        steps.push(Step { object: Some(new.clone()), ..step });
    }
    for (of, pairs) in &round.labels {
        let subject = Subject::new(here, *of, setting);
        steps.extend(subject.object.body.relabel(&subject, pairs));
    }
    Ok(steps)
}

/// Statements that pass names around; whether they have run is seen by what has come with the names.
fn once(
    (here, next, goal): (&Catalog, &Catalog, &Catalog),
    circle: &[(usize, Path)],
    sql: &str,
    setting: &Setting,
) -> Result<Step> {
    for (index, _) in circle {
        let subject = Subject::new(here, *index, setting);
        let heir = circle.iter().find(|(heir, _)| next.at(*heir).0 == subject.address);
        let told = heir
            .and_then(|(heir, _)| subject.object.body.told_from(here.at(*heir).1.body.as_ref(), &subject));
        if let Some(condition) = told {
            return Ok(guard::when(&condition, sql));
        }
    }
    let names = Names::new(here);
    let paths = circle.iter().filter_map(|(index, _)| names.path(*index));
    let mut parts = paths.flat_map(|path| names.within(&path.names));
    let comes = parts.find_map(|index| {
        let address = next.at(index).0;
        (!here.objects.contains_key(address) && goal.objects.contains_key(address)).then_some(address)
    });
    comes.map(|address| guard::unless_there(address, sql)).ok_or_else(|| {
        let told: Vec<String> = circle.iter().map(|(index, _)| format!("`{}`", here.at(*index).1)).collect();
        Error::new(
            ErrorKind::Plan,
            format!("nothing tells {} apart once they have swapped names", told.join(" and ")),
        )
        .hint("a migration must know whether it has been run; write this one by hand")
    })
}

fn statements(here: &Catalog, names: &Names, group: &Group, setting: &Setting) -> Result<Vec<String>> {
    let mut found = vec![];
    if let Some((holder, name)) = &group.aside {
        let holder = Subject::new(here, *holder, setting);
        let own = names.path(holder.index).and_then(|path| path.names.last());
        let away = own.and_then(|own| holder.object.body.rename(&holder, own, name));
        found.push(away.ok_or_else(|| no_words(&holder))?);
    }
    let group = &group.moves;
    if let [(index, to)] = group.as_slice() {
        found.extend(moves(&Subject::new(here, *index, setting), names, to)?);
        return Ok(found);
    }
    let own = |path: &Path| path.names.last().cloned().unwrap_or_default();
    let circle: Vec<_> =
        group.iter().map(|(index, to)| (names.path(*index).map(&own).unwrap_or_default(), own(to))).collect();
    // Whoever waits under another name is the first of them.
    let at = |name: &str| circle.iter().position(|(from, _)| from == name).unwrap_or(0);
    let sql = around(&circle, |from, to| {
        let subject = Subject::new(here, group[at(from)].0, setting);
        subject.object.body.rename(&subject, from, to).ok_or_else(|| no_words(&subject))
    });
    sql.into_iter().collect()
}

/// What gives one object another name, another schema, or both.
fn moves(it: &Subject, names: &Names, to: &Path) -> Result<Vec<String>> {
    let from = names.path(it.index).ok_or_else(|| no_words(it))?;
    let (Some((old, old_place)), Some((new, new_place))) = (from.names.split_last(), to.names.split_last())
    else {
        return Err(no_words(it));
    };
    let mut statements = vec![];
    if old != new {
        statements.push(it.object.body.rename(it, old, new).ok_or_else(|| no_words(it))?);
    }
    if old_place != new_place {
        let [schema] = new_place else { return Err(no_words(it)) };
        statements.push(format!("ALTER {} SET SCHEMA {}", it.known_as(new), identifier(schema)));
    }
    Ok(statements)
}

fn no_words(it: &Subject) -> Error {
    Error::new(ErrorKind::Plan, format!("`{}` cannot be renamed: PostgreSQL has no words for it", it.object))
        .hint("without the rename, it is dropped and made anew")
}
