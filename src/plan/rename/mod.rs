//! Renames: who says that what is gone lives on under another name, and what follows from that. No kind is named here.
//!
//! Names are given from the outside inwards, in rounds: a schema, then the tables in it, then their columns. Each round
//! begins at the catalog in which the names of the rounds before have been given, so that only the last part of a path
//! ever changes.

mod arrange;
mod implied;
mod likeness;
mod names;
mod round;
mod stated;
mod statements;

pub use arrange::{around, arrange};
pub use implied::implied;
pub use likeness::{Candidate, candidates};
pub use names::{Names, Path};
pub use round::{Group, Round};
pub use stated::{Origin, Wish};
pub use statements::{first_run, repeatable};

use crate::catalog::Catalog;
use crate::source::Renamed;
use crate::{Error, ErrorKind, Result};
use round::Open;

/// A catalog with the names in it.
type Side<'a> = (&'a Catalog, &'a Names);

/// Everything that is to be renamed, as far as anybody has said so.
#[derive(Debug, Default)]
pub struct Wishes {
    wishes: Vec<Wish>,
    asked: Vec<Candidate>,
    backwards: bool,
}

/// Answers whether one thing has become the other.
pub type Ask<'a> = &'a mut dyn FnMut(&Candidate) -> bool;

/// What a path of names leads to: an object, or a label inside one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Object(usize),
    Label(usize),
}

impl Wishes {
    /// These wishes, in any order.
    pub fn new(wishes: Vec<Wish>) -> Wishes {
        Wishes { wishes, ..Wishes::default() }
    }

    /// What annotations say, and what options say: pairs of the name now and the name to be.
    ///
    /// # Errors
    /// Of kind `Source` or `Usage`, where one of them is about nothing.
    pub fn stated(
        annotations: &[Renamed],
        options: &[(String, String)],
        live: &Catalog,
        desired: &Catalog,
    ) -> Result<Wishes> {
        if annotations.is_empty() && options.is_empty() {
            return Ok(Wishes::default());
        }
        let (live_names, desired_names) = (Names::new(live), Names::new(desired));
        let annotated = annotations.iter().map(|said| Wish::annotated(said, desired, &desired_names));
        let mut wishes: Vec<Wish> = annotated.collect::<Result<_>>()?;
        let mut said: Vec<Wish> = options
            .iter()
            .map(|(old, new)| Wish::option((old, new), (live, &live_names)))
            .collect::<Result<_>>()?;
        wishes.append(&mut said);
        Ok(Wishes::new(wishes))
    }

    /// Whether any name can be given; `live` is what is.
    pub fn are_open(&self, live: &Catalog, desired: &Catalog) -> bool {
        !self.wishes.is_empty() && !Wishes::new(self.wishes.clone()).round(live, desired).is_empty()
    }

    /// Asks about what is alike, once each; what the answers wish for, if that is anything.
    pub fn ask(&mut self, live: &Catalog, desired: &Catalog, ask: Ask) -> Option<Wishes> {
        let new: Vec<_> = candidates(live, desired)
            .into_iter()
            .filter(|candidate| !self.asked.contains(candidate))
            .collect();
        self.asked.extend(new.iter().cloned());
        let agreed = new.into_iter().filter(|candidate| ask(candidate));
        let wishes: Vec<_> = agreed.map(|agreed| Wish::answered(agreed.old, agreed.new)).collect();
        self.wishes.extend(wishes.iter().cloned());
        (!wishes.is_empty()).then(|| Wishes::new(wishes))
    }

    /// Takes these wishes over.
    pub fn extend(&mut self, more: Wishes) {
        self.wishes.extend(more.wishes);
    }

    /// The same from the other end, from desired to live.
    #[must_use]
    pub fn reversed(&self) -> Wishes {
        let wishes = self.wishes.iter().map(Wish::reversed).collect();
        Wishes { wishes, asked: vec![], backwards: !self.backwards }
    }

    /// The outermost names that can be given now; `here` is where the way begins, with the names of earlier rounds, and
    /// `goal` where it leads. What the round fulfils is struck off the list.
    pub fn round(&mut self, here: &Catalog, goal: &Catalog) -> Round {
        let names = (Names::new(here), Names::new(goal));
        let (round, open) = round::round(&self.wishes, (here, &names.0), (goal, &names.1), self.backwards);
        self.strike_off(&round, &open);
        round
    }

    /// The places in `goal` of what the way leads into and is not yet `here`: a new schema that a table goes to.
    pub fn new_places(&self, here: &Catalog, goal: &Catalog) -> Vec<usize> {
        let (here_names, goal_names) = (Names::new(here), Names::new(goal));
        let sides = ((here, &here_names), (goal, &goal_names));
        let (round, _) = round::round(&self.wishes, sides.0, sides.1, self.backwards);
        let becoming: Vec<&[String]> = round.moves().map(|(_, to)| to.names.as_slice()).collect();
        let places = becoming.iter().filter_map(|names| names.split_last()).map(|(_, place)| place);
        let missing = places.filter(|place| here_names.at(place).is_empty() && !becoming.contains(place));
        let mut found: Vec<_> = missing.flat_map(|place| goal_names.at(place)).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What has been given its name is no wish any more; what stands in it is looked for under its new name.
    fn strike_off(&mut self, round: &Round, open: &[Open]) {
        let moved: Vec<_> = round.moves().map(|(index, _)| *index).collect();
        let moved_label = |wish: &Wish, of: usize| {
            let pair =
                |(from, to): &(String, String)| Some(from) == wish.old.last() && Some(to) == wish.new.last();
            round.labels.iter().any(|(index, pairs)| *index == of && pairs.iter().any(pair))
        };
        let mut done: Vec<usize> = open
            .iter()
            .filter(|one| match one.old {
                Thing::Object(old) => moved.contains(&old),
                Thing::Label(of) => moved_label(&self.wishes[one.wish], of),
            })
            .map(|one| one.wish)
            .collect();
        done.sort_unstable();
        done.dedup();
        let given: Vec<Wish> = done.into_iter().rev().map(|number| self.wishes.remove(number)).collect();
        for wish in &mut self.wishes {
            wish.follow(&given);
        }
    }

    /// What is to be said of the wishes that no round has fulfilled, line by line.
    ///
    /// # Errors
    /// Of kind `Plan` or `Usage`, where what was said cannot be meant.
    pub fn leftover(&self, here: &Catalog, desired: &Catalog) -> Result<Vec<String>> {
        if self.wishes.is_empty() {
            return Ok(vec![]);
        }
        let (old_names, new_names) = (Names::new(here), Names::new(desired));
        let mut notes = vec![];
        for wish in &self.wishes {
            let found = |catalog, names, path: &[String]| !wish.things(catalog, names, path).is_empty();
            let old = found(here, &old_names, &wish.old);
            let new = found(here, &old_names, &wish.new);
            let stays = found(desired, &new_names, &wish.old);
            let (from, to) = (dotted(&wish.old), dotted(&wish.new));
            let fail = |message: String, hint: String| Err(wish.error(message).hint(hint));
            match (&wish.origin, old, new) {
                (_, true, true) if !stays => {
                    return fail(
                        format!("`{from}` cannot become `{to}`: both exist"),
                        format!(
                            "drop or rename one of them first, or take the rename away: `{from}` is then dropped"
                        ),
                    );
                }
                (Origin::Annotation(at), true, true)
                    if wish.is_unclear((here, &old_names), (desired, &new_names)) =>
                {
                    notes.push(format!(
                        "note: {}:{}: nothing tells whether `{from}` has become `{to}` already; if it has, take the \
                         annotation away; if not, `schemadiff new` begins a migration that does it by hand",
                        at.file.display(),
                        at.line
                    ));
                }
                (Origin::Annotation(_), _, true) => {}
                (_, true, true) => {
                    return fail(
                        format!("`{from}` cannot become `{to}`: both exist, before and after"),
                        format!(
                            "objects that pass their names around are told apart by their types and parts; where these are \
                             alike, `schemadiff new` begins a migration by hand, in which a third name makes room for \
                             `{from}` to become `{to}`"
                        ),
                    );
                }
                (_, true, false) if !found(desired, &new_names, &wish.new) => {
                    return fail(
                        format!("`{from}` cannot become `{to}`: the schema files make nothing of that name"),
                        "write the new name into the schema files first; `--rename` says which object it was"
                            .to_owned(),
                    );
                }
                (_, true, false) => {
                    return fail(
                        format!("`{from}` cannot become `{to}`: they are not of the same kind"),
                        format!("without the rename, `{from}` is dropped and `{to}` is created"),
                    );
                }
                (Origin::Annotation(at), false, false) => notes.push(format!(
                    "note: {}:{}: there is no {}`{from}`; `{to}` is made anew",
                    at.file.display(),
                    at.line,
                    wish.noun()
                )),
                (_, false, _) => {}
            }
        }
        Ok(notes)
    }
}

/// A path as people write it, each name quoted where it must be.
pub fn dotted(path: &[String]) -> String {
    let quoted: Vec<_> = path.iter().map(|name| crate::postgres::quote::identifier(name)).collect();
    quoted.join(".")
}

impl Wish {
    fn error(&self, message: String) -> Error {
        match &self.origin {
            Origin::Annotation(at) => Error::new(ErrorKind::Plan, message).at((**at).clone()),
            Origin::Option | Origin::Answer => Error::new(ErrorKind::Usage, message),
        }
    }
}
