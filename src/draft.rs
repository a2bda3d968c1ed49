//! A migration in the making: the plan there, the plan back, and the proof of both.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use tokio_postgres::Client;

use crate::catalog::{Address, Catalog};
use crate::migration::Section;
use crate::plan::rename::{Candidate, Names, candidates};
use crate::plan::{self, Change, Hazard, Options, Plan, Step, Transaction, change};
use crate::postgres::introspect::{Reader, Scope};
use crate::provenance::{Provenance, Stated};
use crate::source::{Consent, Meant, Source};
use crate::{Error, ErrorKind, Result};

/// What a migration will say, before it is written.
#[derive(Debug, Default)]
pub struct Draft {
    /// What differs, in live as seen from desired.
    pub changes: Vec<Change>,
    /// The same in few words: parts are not told with their wholes.
    pub summary: Vec<Told>,
    /// From live to desired.
    pub up: Plan,
    /// From desired to live.
    pub down: Plan,
    /// What is called otherwise afterwards: how the server spells it before and after.
    pub moved: Vec<(String, String)>,
    /// What may have been renamed rather than dropped.
    pub alike: Vec<Candidate>,
    /// What a person should know, line by line.
    pub notes: Vec<String>,
}

/// One thing that is done, in few words.
#[derive(Debug, Clone)]
pub struct Told {
    /// Such as `create table public.orders`.
    pub words: String,
    /// Where the schema files state it.
    pub stated: Option<Stated>,
    object: String,
}

impl Told {
    /// What is done to an object that is told so, such as `table public.orders`.
    pub(crate) fn new(verb: &str, object: &str, rest: &str) -> Told {
        Told { words: format!("{verb} {object}{rest}"), stated: None, object: object.to_owned() }
    }
}

impl fmt::Display for Told {
    /// The words, and behind them in parentheses, where it is stated.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)?;
        self.stated.iter().try_for_each(|stated| write!(f, " ({stated})"))
    }
}

impl Draft {
    /// Plans the way there and the way back; None where there is nothing to do.
    ///
    /// # Errors
    /// Of kind `Plan`, where no order of steps exists.
    pub fn new(live: &Catalog, desired: &Catalog, options: &Options) -> Result<Option<Draft>> {
        let changes = plan::changes(live, desired);
        if changes.is_empty() {
            return Ok(None);
        }
        let up = plan::plan(live, desired, options)?;
        let down = plan::plan(desired, live, options)?;
        let summary = summary(live, desired);
        let mut draft = Draft { changes, summary, up, down, ..Draft::default() };
        draft.compare(live, desired);
        Ok(Some(draft))
    }

    /// Looks for what is alike on both sides; what holds rows counts where data would be lost.
    pub(crate) fn compare(&mut self, live: &Catalog, desired: &Catalog) {
        let loses = !self.losses().is_empty();
        self.alike = candidates(live, desired);
        self.alike.retain(|candidate| loses || !candidate.holds_data);
    }

    /// What data the way there would destroy, object by object.
    pub fn losses(&self) -> Vec<&str> {
        let mut lost: Vec<&str> =
            self.up.hazards().into_iter().filter(|hazard| hazard.is_loss()).map(Hazard::object).collect();
        lost.dedup();
        lost
    }

    /// Which of them `consented` names, with all that stands in it, each with the consent; names are paths as written, in full
    /// or as far as it is clear.
    pub fn consented<'a>(&self, live: &Catalog, consented: &'a [Consent]) -> BTreeMap<String, &'a Consent> {
        let losses = self.losses();
        if losses.is_empty() || consented.is_empty() {
            return BTreeMap::new();
        }
        let names = Names::new(live);
        let removed = self.changes.iter().filter_map(|change| match change {
            Change::Removed { object } => Some(object.as_str()),
            _ => None,
        });
        let going: BTreeSet<&str> = removed.chain(losses.iter().copied()).collect();
        let goes = |path: &[String]| {
            names.at(path).iter().any(|&index| going.contains(live.at(index).1.to_string().as_str()))
        };
        let mut spared = BTreeMap::new();
        for consent in consented {
            let said = match &consent.meant {
                Meant::Name(path) => path,
                Meant::Role(role) => {
                    let of_role = live.objects.iter().filter(|(_, object)| object.is_of_roles());
                    let named = of_role.filter(|(address, _)| address.names == [role.as_str()]);
                    spared.extend(named.map(|(_, object)| (object.to_string(), consent)));
                    continue;
                }
            };
            // Consent to the loss of the whole says nothing of its parts where the whole stays.
            let mut paths: Vec<&[String]> = match names.at(said) {
                [] => names.ending(said).map(|(_, path)| path.names.as_slice()).collect(),
                _ => vec![said],
            };
            paths.retain(|path| goes(path));
            paths.dedup();
            let [path] = paths.as_slice() else { continue };
            let within = names.within(path);
            spared.extend(within.map(|index| (live.at(index).1.to_string(), consent)));
        }
        spared
    }

    /// Says of each change where `source`, which makes the desired catalog, states it.
    pub fn locate(&mut self, source: &Source, desired: &Catalog) {
        let provenance = Provenance::new(source, desired);
        let renamed = |told: &str| {
            let (before, after) = self.moved.iter().find(|(before, _)| {
                told.strip_suffix(before.as_str()).is_some_and(|kind| kind.ends_with(' '))
            })?;
            Some(format!("{}{after}", told.strip_suffix(before.as_str())?))
        };
        let find =
            |told: &str| renamed(told).and_then(|told| provenance.of(&told)).or_else(|| provenance.of(told));
        self.changes.iter_mut().for_each(|change| change.locate(find));
        for told in &mut self.summary {
            told.stated = find(&told.object);
        }
    }

    /// What changes, in a sentence for the header; parts are not told with their wholes.
    pub fn description(&self) -> String {
        let told: Vec<&str> = self.summary.iter().map(|told| told.words.as_str()).collect();
        let shown = told.len().min(DESCRIBED);
        let mut text = told[..shown].join("; ");
        if told.len() > shown {
            text.push_str(&format!("; and {} more", told.len() - shown));
        }
        text
    }

    /// Runs both ways in a scratch database that holds the desired schema: down must lead to the live catalog, up to
    /// the desired one, and up again must change nothing.
    ///
    /// # Errors
    /// Of kind `Plan`, with the statement that failed or what differed.
    pub async fn prove(
        &self,
        scratch: &Reader<'_>,
        scope: &Scope,
        live: &Catalog,
        desired: &Catalog,
    ) -> Result<()> {
        for (name, plan, goal) in
            [("down", &self.down, live), ("up", &self.up, desired), ("up, run again", &self.up, desired)]
        {
            run(scratch.client, name, &sections(&plan.steps)).await?;
            let reached = scratch.read(scope).await?;
            let left = plan::changes(&reached, goal);
            if !left.is_empty() {
                return Err(unproven(format!(
                    "the migration did not prove right: {name} leaves these differences:\n{}",
                    told(&left)
                )));
            }
        }
        Ok(())
    }
}

fn summary(live: &Catalog, desired: &Catalog) -> Vec<Told> {
    let comes_alone = |catalog: &Catalog, other: &Catalog, address: &Address| {
        let index = catalog.objects.get_index_of(address).expect("the address is of this catalog");
        catalog.whole(index).is_none_or(|whole| other.objects.contains_key(catalog.at(whole).0))
    };
    let told = change::differing(live, desired).into_iter().filter_map(|address| {
        let (verb, object, alone) = match (live.objects.get(address), desired.objects.get(address)) {
            (Some(gone), None) => ("drop", gone, comes_alone(live, desired, address)),
            (None, Some(new)) => ("create", new, comes_alone(desired, live, address)),
            (_, Some(changed)) => ("alter", changed, true),
            (None, None) => return None,
        };
        alone.then(|| Told::new(verb, &object.to_string(), ""))
    });
    told.collect()
}

/// How many changes a description names.
const DESCRIBED: usize = 8;

/// The steps in sections: what runs in one transaction, and what runs in none.
pub fn sections(steps: &[Step]) -> Vec<Section> {
    let mut sections: Vec<Section> = vec![];
    let mut must_commit = false;
    for step in steps {
        let transaction = !matches!(step.transaction, Transaction::Outside | Transaction::Alone);
        // Several steps may want a commit behind them; one serves all.
        let commit_now = must_commit && step.transaction != Transaction::CommitAfter;
        match sections.last_mut() {
            Some(last) if last.transaction == transaction && !commit_now => {
                last.statements.push(step.sql.clone())
            }
            _ => sections.push(Section { transaction, batch: None, statements: vec![step.sql.clone()] }),
        }
        must_commit = step.transaction == Transaction::CommitAfter;
    }
    sections
}

/// Runs a plan in a scratch database; `name` is what to call it when it fails.
pub(crate) async fn run_plan(scratch: &Client, name: &str, plan: &Plan) -> Result<()> {
    run(scratch, name, &sections(&plan.steps)).await
}

async fn run(scratch: &Client, name: &str, sections: &[Section]) -> Result<()> {
    for section in sections {
        if section.transaction {
            scratch.batch_execute("BEGIN").await.map_err(|error| Error::server(ErrorKind::Connect, error))?;
        }
        for statement in &section.statements {
            if let Err(error) = scratch.batch_execute(statement).await {
                let said = Error::server(ErrorKind::Plan, error);
                let _ = scratch.batch_execute("ROLLBACK").await;
                return Err(unproven(format!(
                    "the migration did not prove right: {name} fails: {}\n\n{statement};",
                    said.message
                )));
            }
        }
        if section.transaction {
            scratch.batch_execute("COMMIT").await.map_err(|error| Error::server(ErrorKind::Plan, error))?;
        }
    }
    Ok(())
}

fn unproven(message: String) -> Error {
    Error::new(ErrorKind::Plan, message)
        .hint(
            "nothing was written; two migrations, each with a part of the change, may do. `--no-proof` writes this one \
             as it is, to be mended by hand",
        )
}

/// The changes, one a line.
pub fn told(changes: &[Change]) -> String {
    changes.iter().map(|change| format!("  {change}")).collect::<Vec<_>>().join("\n")
}
