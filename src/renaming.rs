//! Renames, tried out where nothing can be lost: in the scratch database the server gives each thing its other name, and
//! rewrites every expression that mentions it. What is left to do from there is planned as ever.
//!
//! The scratch database goes the way back first, from the desired catalog to the live one, then the way there: each way
//! begins with its renames, so that the statements behind them know the names that last.

use std::collections::BTreeMap;

use tokio_postgres::Client;

use crate::catalog::{Address, Catalog};
use crate::draft::{Draft, Told, run_plan, told};
use crate::kind::{Setting, Subject};
use crate::plan::rename::{Ask, Names, Round, Wishes, dotted, first_run, implied, repeatable};
use crate::plan::{self, Change, Hazard, Options, Plan, Step};
use crate::postgres::introspect::{Scope, introspect};
use crate::postgres::quote::literal;
use crate::{Error, ErrorKind, Result};

/// Something that has got another name.
struct Given {
    /// The object under its old name, such as `column public.foods.kcal`.
    object: String,
    /// Its new name; in full, where it has also gone elsewhere.
    name: String,
}

/// A scratch database that holds the desired schema, and what both catalogs are.
pub struct Renaming<'a> {
    /// The session.
    pub scratch: &'a Client,
    /// What catalogs are compared in.
    pub scope: &'a Scope,
    /// What is.
    pub live: &'a Catalog,
    /// What shall be.
    pub desired: &'a Catalog,
    /// How to plan.
    pub options: &'a Options,
}

/// One way: the names that are given first, and the catalog in which they have been.
struct Way {
    steps: Vec<Step>,
    /// What had to be made first, such as `schema lib`.
    places: Vec<String>,
    given: Vec<Given>,
    /// Address and spelling of each object before, in the order of the catalog.
    start: Vec<(Address, String)>,
    /// The catalog after.
    here: Catalog,
}

impl Renaming<'_> {
    /// Plans the way there and the way back with all names given that are wished for, asked for or follow from these.
    /// Afterwards the scratch database holds the desired schema again.
    ///
    /// # Errors
    /// Of kind `Plan`, where a rename is impossible or no order of steps exists.
    pub async fn draft(&self, wishes: &mut Wishes, ask: Ask<'_>) -> Result<Option<Draft>> {
        let mut desired = introspect(self.scratch, self.scope).await?;
        desired.keep_as(self.desired);
        let back = self.way(desired, self.live, &mut wishes.reversed(), Some((wishes, ask))).await?;
        let mut down = plan::plan(&back.here, self.live, self.options)?;
        run_plan(self.scratch, "the way back", &down).await?;
        let mut live = introspect(self.scratch, self.scope).await?;
        live.keep_as(self.live);
        let left = plan::changes(&live, self.live);
        if !left.is_empty() {
            let message = "the live schema could not be made again in the scratch database";
            return Err(Error::new(ErrorKind::Plan, format!("{message}:\n{}", told(&left))));
        }
        let there = self.way(live, self.desired, wishes, None).await?;
        let notes = wishes.leftover(&there.here, self.desired)?;
        let rest = Draft::new(&there.here, self.desired, &self.options_for(&there))?;
        if let Some(rest) = &rest {
            run_plan(self.scratch, "the way there", &rest.up).await?;
        }
        if rest.is_none() && there.given.is_empty() {
            return Ok(None);
        }
        let mut draft = rest.unwrap_or_default();
        let (summary, changes) = there.told();
        draft.summary.splice(..0, summary);
        draft.changes.splice(..0, changes);
        draft.moved = there.moved();
        draft.notes = notes;
        // Under the old names, which is how they are looked for.
        draft.compare(self.live, &back.here);
        there.tell_losses(&mut draft.up);
        back.tell_losses(&mut down);
        draft.up.steps.splice(..0, there.steps);
        draft.down = down;
        draft.down.steps.splice(..0, back.steps);
        Ok(Some(draft))
    }

    /// Gives all names on the way from `here`, which the scratch database holds, to `goal`. On the way back a person can
    /// be asked, for what the wishes on the way there then say too.
    async fn way(
        &self,
        here: Catalog,
        goal: &Catalog,
        wishes: &mut Wishes,
        mut asking: Option<(&mut Wishes, Ask<'_>)>,
    ) -> Result<Way> {
        let (places, mut steps, mut here) = self.with_new_places(here, goal, wishes).await?;
        let start = here.objects.iter().map(|(address, object)| (address.clone(), object.identity.clone()));
        let start = start.collect();
        let (mut given, mut moved) = (vec![], BTreeMap::new());
        loop {
            let mut round = wishes.round(&here, goal);
            if round.is_empty()
                && let Some((there, ask)) = &mut asking
                && let Some(more) = there.ask(goal, &here, ask)
            {
                wishes.extend(more.reversed());
                round = wishes.round(&here, goal);
            }
            if round.is_empty() {
                round = implied(&here, goal, &moved, &Setting::new(&here, goal));
            }
            if round.is_empty() {
                return Ok(Way { steps, places, given, start, here });
            }
            given.extend(named(&here, &round, &mut moved));
            let next = self.give(&here, &round).await?;
            steps.extend(repeatable((&here, &next, goal), &round, &Setting::new(&here, goal))?);
            here = next;
        }
    }

    /// Makes what has to be there for something to go into it.
    async fn with_new_places(
        &self,
        here: Catalog,
        goal: &Catalog,
        wishes: &Wishes,
    ) -> Result<(Vec<String>, Vec<Step>, Catalog)> {
        let setting = Setting::new(&here, goal);
        let places = wishes.new_places(&here, goal).into_iter();
        let places: Vec<_> = places.map(|index| Subject::new(goal, index, &setting)).collect();
        let steps: Vec<Step> = places.iter().flat_map(|place| place.object.body.create(place)).collect();
        if steps.is_empty() {
            return Ok((vec![], steps, here));
        }
        let places = places.iter().map(|place| place.object.to_string()).collect();
        run_plan(self.scratch, "a place for what is renamed", &Plan { steps: steps.clone() }).await?;
        let mut with_places = introspect(self.scratch, self.scope).await?;
        with_places.keep_as(&here);
        Ok((places, steps, with_places))
    }

    /// Gives the names of one round, and reads what the server has made of them.
    async fn give(&self, here: &Catalog, round: &Round) -> Result<Catalog> {
        let sql = first_run(here, round, &Setting::new(here, self.desired))?;
        let steps = sql.into_iter().map(Step::new).collect();
        run_plan(self.scratch, "a rename", &Plan { steps }).await?;
        let mut next = introspect(self.scratch, self.scope).await?;
        aligned((here, &next))?;
        for (after, before) in next.objects.values_mut().zip(here.objects.values()) {
            after.kept = before.kept.clone();
        }
        Ok(next)
    }

    /// The options, with the sizes of tables under the names that these have got.
    fn options_for(&self, way: &Way) -> Options {
        let renamed = way.start.iter().zip(way.here.objects.keys());
        let sizes = renamed.filter_map(|((old, _), new)| Some((new.clone(), *self.options.sizes.get(old)?)));
        Options { sizes: sizes.collect(), ..self.options.clone() }
    }
}

impl Way {
    /// What is told of the names: in few words, and as changes.
    fn told(&self) -> (Vec<Told>, Vec<Change>) {
        let made = self.places.iter().map(|place| Told::new("create", place, ""));
        let added = self.places.iter().map(|place| Change::Added { object: place.clone(), stated: None });
        let words = |given: &Given| Told::new("rename", &given.object, &format!(" to {}", given.name));
        let change = |given: &Given| Change::Renamed {
            object: given.object.clone(),
            name: given.name.clone(),
            stated: None,
        };
        (
            made.chain(self.given.iter().map(words)).collect(),
            added.chain(self.given.iter().map(change)).collect(),
        )
    }

    /// What is lost is told by the names that people know it by before.
    fn tell_losses(&self, plan: &mut Plan) {
        let hazards = plan.steps.iter_mut().flat_map(|step| &mut step.hazards);
        for hazard in hazards {
            if let Hazard::DeletesData(lost) | Hazard::CutsValues(lost, _) = hazard
                && let Some(place) = self.here.objects.values().position(|object| object.to_string() == *lost)
            {
                *lost = format!("{} {}", self.here.at(place).1.kind(), self.start[place].1);
            }
        }
    }

    /// How the server spells what is called otherwise afterwards, before and after.
    fn moved(&self) -> Vec<(String, String)> {
        let pairs = self.start.iter().zip(self.here.objects.values());
        let pairs = pairs.filter(|((_, before), after)| *before != after.identity);
        pairs.map(|((_, before), after)| (before.clone(), after.identity.clone())).collect()
    }
}

/// What gets a name in a round; `moved` also learns the last names before and after.
fn named(here: &Catalog, round: &Round, moved: &mut BTreeMap<usize, (String, String)>) -> Vec<Given> {
    let names = Names::new(here);
    let mut given = vec![];
    for (index, to) in round.moves() {
        let from = names.path(*index).and_then(|path| path.names.split_last());
        let (Some((old, old_place)), Some((new, new_place))) = (from, to.names.split_last()) else {
            continue;
        };
        moved.insert(*index, (old.clone(), new.clone()));
        let name = if old_place == new_place { dotted(std::slice::from_ref(new)) } else { dotted(&to.names) };
        given.push(Given { object: here.at(*index).1.to_string(), name });
    }
    for (of, pairs) in &round.labels {
        let object = here.at(*of).1;
        let label = |(from, to): &(String, String)| Given {
            object: format!("label {} of {object}", literal(from)),
            name: literal(to),
        };
        given.extend(pairs.iter().map(label));
    }
    given
}

/// Objects are read in the order in which they were made, which no rename changes.
fn aligned((here, next): (&Catalog, &Catalog)) -> Result<()> {
    let kinds =
        |catalog: &Catalog| -> Vec<&str> { catalog.objects.values().map(|object| object.kind()).collect() };
    match kinds(here) == kinds(next) {
        true => Ok(()),
        false => {
            Err(Error::new(ErrorKind::Plan, "a rename has made or removed an object in the scratch database"))
        }
    }
}
