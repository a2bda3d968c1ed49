//! One wish to rename: what it is about, and who said so.

use super::likeness::likeness;
use super::names::Names;
use super::{Side, Thing, dotted};
use crate::catalog::Catalog;
use crate::error::Position;
use crate::source::{Renamed, one_name};
use crate::{Error, ErrorKind, Result};

/// That something gets another name.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The word behind CREATE, where only objects that are made with it are meant.
    keyword: Option<String>,
    /// The path that it has now.
    pub old: Vec<String>,
    /// The path that it gets.
    pub new: Vec<String>,
    /// Who said so.
    pub origin: Origin,
    /// Whether its paths begin with names as they are where the way begins: those that follow change with what it
    /// stands in. Others are as they will be.
    follows: bool,
}

/// Who wishes.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A comment in the schema files.
    Annotation(Box<Position>),
    /// An option of the command line.
    Option,
    /// The answer to a question.
    Answer,
}

impl Wish {
    /// What an annotation of the schema files says.
    ///
    /// # Errors
    /// Of kind `Source`, where it is about nothing that the files make.
    pub fn annotated(said: &Renamed, desired: &Catalog, names: &Names) -> Result<Wish> {
        let fail = |message: String| Error::new(ErrorKind::Source, message).at(said.position.clone());
        let mut found: Vec<_> = names
            .ending(&said.object)
            .filter(|(index, _)| desired.at(*index).1.body.entry().keyword == said.keyword)
            .map(|(_, path)| path.names.clone())
            .collect();
        found.dedup();
        if found.len() > 1 {
            let schema = said.schema.as_deref().unwrap_or("public");
            found.retain(|path| path.len() == said.object.len() || path[0] == schema);
        }
        let Some(mut new) = found.into_iter().next() else {
            return Err(fail(format!("`{}` makes nothing that could be renamed", dotted(&said.object))));
        };
        new.extend(said.element.iter().cloned());
        let old = beside(&new, &said.old)
            .ok_or_else(|| fail(format!("`{}` has more parts than `{}`", dotted(&said.old), dotted(&new))))?;
        let origin = Origin::Annotation(Box::new(said.position.clone()));
        let keyword = said.element.is_empty().then(|| said.keyword.clone());
        let wish = Wish { keyword, old, new, origin, follows: false };
        if wish.things(desired, names, &wish.new).is_empty() {
            return Err(fail(format!("there is no `{}`", dotted(&wish.new)))
                .hint("write it on the line before the statement, column, constraint or label"));
        }
        Ok(wish)
    }

    /// What an option says: the name now, in full or as far as it is clear, and the name to be.
    ///
    /// # Errors
    /// Of kind `Usage`, where either is not a name.
    pub fn option((old, new): (&str, &str), (live, live_names): Side) -> Result<Wish> {
        let fail = |message: String| Error::new(ErrorKind::Usage, message);
        let old = one_name(old).ok_or_else(|| fail(format!("`{old}` is not a name")))?;
        let new = one_name(new).ok_or_else(|| fail(format!("`{new}` is not a name")))?;
        let mut wish = Wish { keyword: None, old, new, origin: Origin::Option, follows: true };
        if wish.things(live, live_names, &wish.old).is_empty() {
            let mut found: Vec<_> =
                live_names.ending(&wish.old).map(|(_, path)| path.names.clone()).collect();
            found.dedup();
            let [one] = found.as_slice() else {
                let hint = match live_names.nearest(&wish.old) {
                    Some(near) if found.is_empty() => format!("did you mean `{near}`?"),
                    _ => "write the name that it has now in full: `schema.table.column=new_name`".to_owned(),
                };
                return Err(fail(format!("there is no `{}` to rename", dotted(&wish.old))).hint(hint));
            };
            wish.old = one.clone();
        }
        wish.new = beside(&wish.old, &wish.new).ok_or_else(|| {
            fail(format!("`{}` has more parts than `{}`", dotted(&wish.new), dotted(&wish.old)))
        })?;
        Ok(wish)
    }

    /// What a person has said of two paths.
    pub fn answered(old: Vec<String>, new: Vec<String>) -> Wish {
        Wish { keyword: None, old, new, origin: Origin::Answer, follows: true }
    }

    /// The pairs of things, before and after, that may be one.
    pub(super) fn pairs(&self, here: Side, desired: Side) -> Vec<(Thing, Thing)> {
        let (old, new) =
            (self.things(here.0, here.1, &self.old), self.things(desired.0, desired.1, &self.new));
        let alike = |old: Thing, new: Thing| match (old, new) {
            (Thing::Object(old), Thing::Object(new)) => {
                let rest = |names: &Names, index: usize| names.path(index).map(|path| path.rest.clone());
                here.0.at(old).1.kind() == desired.0.at(new).1.kind()
                    && rest(here.1, old) == rest(desired.1, new)
            }
            (Thing::Label(_), Thing::Label(_)) => true,
            _ => false,
        };
        let all = old.iter().flat_map(|&old| new.iter().map(move |&new| (old, new)));
        all.filter(|&(old, new)| alike(old, new)).collect()
    }

    /// What a path leads to.
    pub(super) fn things(&self, catalog: &Catalog, names: &Names, path: &[String]) -> Vec<Thing> {
        let fits = |index: &&usize| {
            let entry = catalog.at(**index).1.body.entry();
            self.keyword.as_deref().is_none_or(|keyword| keyword == entry.keyword)
        };
        let mut found: Vec<_> =
            names.at(path).iter().filter(fits).map(|&index| Thing::Object(index)).collect();
        if let Some((label, container)) = path.split_last() {
            let holds = |index: &&usize| catalog.at(**index).1.body.labels().contains(label);
            found.extend(names.at(container).iter().filter(holds).map(|&index| Thing::Label(index)));
        }
        found
    }

    /// What it is about, before its name: `table `; empty where that is not known.
    pub(super) fn noun(&self) -> String {
        self.keyword.as_ref().map_or(String::new(), |keyword| format!("{} ", keyword.to_lowercase()))
    }

    /// Whether both of its names are in use, and what bears the old one is as like what shall bear the new one as what
    /// does bear it.
    pub(super) fn is_unclear(&self, here: Side, desired: Side) -> bool {
        let objects = |side: Side, path: &[String]| self.things(side.0, side.1, path);
        let firsts = (objects(here, &self.old), objects(here, &self.new), objects(desired, &self.new));
        match (firsts.0.first(), firsts.1.first(), firsts.2.first()) {
            (Some(Thing::Object(old)), Some(Thing::Object(new)), Some(Thing::Object(wanted))) => {
                let like =
                    |index: &usize| likeness((here.0, here.1, *index), (desired.0, desired.1, *wanted));
                like(old) >= like(new)
            }
            _ => false,
        }
    }

    /// The same from the other end. What it stands in is then called otherwise at first, or no longer.
    #[must_use]
    pub(super) fn reversed(&self) -> Wish {
        Wish { old: self.new.clone(), new: self.old.clone(), follows: !self.follows, ..self.clone() }
    }

    /// Follows what it stands in to the name that this has got.
    pub(super) fn follow(&mut self, given: &[Wish]) {
        for path in [&mut self.old, &mut self.new] {
            let within = |given: &&Wish| path.len() > given.old.len() && path.starts_with(&given.old);
            if self.follows
                && let Some(given) = given.iter().find(within)
            {
                path.splice(..given.old.len(), given.new.iter().cloned());
            }
        }
    }
}

/// The path of what bears `name`, which may be qualified, in the place of the last parts of `path`.
fn beside(path: &[String], name: &[String]) -> Option<Vec<String>> {
    let kept = path.len().checked_sub(name.len())?;
    Some([&path[..kept], name].concat())
}
