//! What a person needs to know of migrations before they are merged: what changes, what each statement keeps others from,
//! what it costs, and whether there is a way back.
//!
//! Nothing is asserted that can be measured: the migrations run in a scratch database, on what the ones before them lead
//! to, and the server is asked what they lock, rewrite and scan.

mod difference;
mod summary;

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;
use tokio_postgres::Client;

use crate::catalog::Catalog;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, File};
use crate::plan::{Hazard, changes};
use crate::postgres::entities::entities;
use crate::postgres::introspect::{Scope, introspect};
use crate::postgres::measure::{Size, addresses, sizes};
use crate::postgres::scratch::Scratch;
use crate::report::diagram::{Diagram, Mark};
use crate::runner::{self, History, Measured, MeasuredSection, measure, measure_down};

pub use difference::{Group, Moved};
pub use summary::{Touched, touched};

/// The version of the shape in which a review is written for programs; a key that is added does not change it.
pub const SHAPE: u32 = 1;

/// Several migrations, reviewed.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Review {
    /// See [`SHAPE`].
    pub version: u32,
    /// The version of the server on which was measured, such as `17.6`.
    pub server: String,
    /// The database whose tables have the sizes, as messages call it.
    pub database: Option<String>,
    /// In the order in which they run.
    pub migrations: Vec<Reviewed>,
}

/// One migration, reviewed.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Reviewed {
    /// The file, as the user would name it.
    pub file: PathBuf,
    /// Number and name.
    pub name: String,
    /// What its header says that it does.
    pub description: String,
    /// What its header says was proven; empty for one that was written by hand.
    pub proven: String,
    /// What its header says that it may cost; of one that was written by hand, what its words take away.
    pub hazards: Vec<String>,
    /// What differs afterwards, by what it is part of.
    pub changes: Vec<Group>,
    /// What others use, and is locked.
    pub tables: Vec<Touched>,
    /// What it runs.
    pub sections: Vec<MeasuredSection>,
    /// How to undo it; none where there is no down script.
    pub down: Option<WayBack>,
    /// The tables that it is about, before.
    pub before: Diagram,
    /// And after.
    pub after: Diagram,
}

/// A down script.
#[derive(Debug, JsonSchema, Serialize)]
pub struct WayBack {
    /// The file.
    pub file: PathBuf,
    /// What it would delete, in words.
    pub losses: Vec<String>,
    /// Whether it leads back to where the migration began; none where that could not be tried.
    pub leads_back: Option<bool>,
    /// What was in the way, or what is missing afterwards.
    pub problem: Option<String>,
    /// What is locked on the way back.
    pub tables: Vec<Touched>,
}

/// What a review is made of.
pub struct Materials<'a> {
    /// All migrations.
    pub directory: &'a Directory,
    /// Which of them to review: places in `directory`.
    pub chosen: Vec<usize>,
    /// What catalogs are compared in.
    pub scope: Scope,
    /// Where history is kept while the migrations before them run.
    pub history: History,
    /// The live database, and what to call it.
    pub live: Option<(&'a Client, &'a str)>,
}

/// Runs migrations in an empty scratch database, and measures those that were chosen.
///
/// `witnesses` are two more sessions in that database.
///
/// # Errors
///
/// What the server says about a migration, at its place in the file; those of reading catalogs.
pub async fn review(
    materials: &Materials<'_>,
    scratch: &mut Scratch,
    witnesses: &[Client; 2],
) -> Result<Review> {
    let files = &materials.directory.files;
    let bounds = materials.chosen.iter().min().zip(materials.chosen.iter().max());
    let (first, last) = bounds.map_or((0, 0), |(first, last)| (*first, last + 1));
    materials.replay(scratch, &files[..first]).await?;
    let reviewed = &files[first..last];
    let mut states = vec![introspect(scratch.client(), &materials.scope).await?];
    let mut known = addresses(scratch.client()).await.map_err(unread)?;
    let mut measured = Vec::new();
    for file in reviewed {
        let found = measure(file, scratch.client(), witnesses).await.map_err(in_scratch)?;
        let now = addresses(scratch.client()).await.map_err(unread)?;
        measured.push((found, Moved::between(&known, &now)));
        known = now;
        states.push(introspect(scratch.client(), &materials.scope).await?);
    }
    let mut downs = materials.ways_back(reviewed, &states, scratch.client(), witnesses).await?;
    let mut migrations = Vec::new();
    for (at, (file, (measured, moved))) in reviewed.iter().zip(measured).enumerate() {
        if materials.chosen.contains(&(first + at)) {
            let states = (&states[at], &states[at + 1], &moved);
            migrations.push(told(file, measured, states, downs.remove(&at))?);
        }
    }
    materials.measure_sizes(&mut migrations).await?;
    let version = states[0].facts.version;
    Ok(Review {
        version: SHAPE,
        server: format!("{}.{}", version / 10_000, version % 10_000),
        database: materials.live.map(|(_, label)| label.to_owned()),
        migrations,
    })
}

impl Materials<'_> {
    async fn replay(&self, scratch: &mut Scratch, files: &[File]) -> Result<()> {
        let before = Directory { files: files.to_vec(), ..self.directory.clone() };
        let options = runner::Options { history: self.history.clone(), ..runner::Options::default() };
        runner::apply(scratch.client_mut(), &before, &options, &mut |_| {}).await.map(|_| ())
    }

    /// Goes back from the last migration as far as the down scripts lead.
    async fn ways_back(
        &self,
        files: &[File],
        states: &[Catalog],
        client: &Client,
        witnesses: &[Client; 2],
    ) -> Result<BTreeMap<usize, WayBack>> {
        let mut found = BTreeMap::new();
        let mut is_there = true;
        for (at, file) in files.iter().enumerate().rev() {
            let Some(down) = &file.down else {
                is_there = false;
                continue;
            };
            let mut way = WayBack {
                file: down.path.clone(),
                losses: Vec::new(),
                leads_back: None,
                problem: Some("it was not tried: a later migration has no way back".to_owned()),
                tables: Vec::new(),
            };
            if is_there {
                match measure_down(file, down, client, witnesses).await {
                    Ok(measured) => {
                        let left = changes(&introspect(client, &self.scope).await?, &states[at]);
                        way.leads_back = Some(left.is_empty());
                        way.problem = (!left.is_empty())
                            .then(|| format!("what is missing is:\n{}", crate::draft::told(&left)));
                        way.tables = touched(&measured.sections);
                        way.losses = measured.losses;
                    }
                    Err(error) => {
                        way.leads_back = Some(false);
                        way.problem = Some(error.to_string());
                    }
                }
                is_there = way.leads_back == Some(true);
            }
            found.insert(at, way);
        }
        Ok(found)
    }

    /// How large the touched tables are in the live database.
    async fn measure_sizes(&self, migrations: &mut [Reviewed]) -> Result<()> {
        let Some((client, _)) = self.live else { return Ok(()) };
        let all = |one: &mut Reviewed| -> Vec<String> {
            let down = one.down.iter().flat_map(|down| &down.tables);
            one.tables.iter().chain(down).map(|table| table.table.clone()).collect()
        };
        let names: Vec<String> = migrations.iter_mut().flat_map(all).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let known: BTreeMap<String, Size> = sizes(client, &names).await.map_err(unread)?;
        for one in migrations {
            let down = one.down.iter_mut().flat_map(|down| &mut down.tables);
            for table in one.tables.iter_mut().chain(down) {
                table.size = known.get(&table.table).copied();
            }
        }
        Ok(())
    }
}

fn told(
    file: &File,
    measured: Measured,
    (before, after, moved): (&Catalog, &Catalog, &Moved),
    down: Option<WayBack>,
) -> Result<Reviewed> {
    let header = file.header()?;
    let mut hazards = header.hazards;
    for loss in measured.losses {
        if !hazards.iter().any(|hazard| Hazard::loss(hazard) == Some(loss.as_str())) {
            hazards.push(Hazard::DeletesData(loss).to_string());
        }
    }
    let tables = touched(&measured.sections);
    // A generated migration names what it falls upon, and says so itself.
    for table in tables.iter().filter(|_| header.proven.is_empty()) {
        let name = || format!("table {}", table.table);
        let rewrites = table.rewritten.then(|| Hazard::RewritesTable(name()).to_string());
        let scans = table
            .meanwhile
            .contains(&table.table)
            .then(|| Hazard::ScansTable(name(), table.lock).to_string());
        hazards.extend(rewrites.or(scans));
    }
    let (mut old, mut new) = (entities(before), entities(after));
    Diagram::compare(&mut old, &mut new, &moved.in_pictures());
    Ok(Reviewed {
        file: file.path.clone(),
        name: format!("{}_{}", file.version, file.name),
        description: header.description,
        proven: header.proven,
        hazards,
        changes: moved.groups(before, after),
        tables,
        sections: measured.sections,
        down,
        before: concerned(old),
        after: concerned(new),
    })
}

/// The tables that change, and those that they refer to.
fn concerned(diagram: Diagram) -> Diagram {
    let changed =
        |name: &str| diagram.tables.iter().any(|table| table.name == name && table.mark != Mark::Same);
    let beside: Vec<String> = diagram
        .references
        .iter()
        .filter(|one| one.mark != Mark::Same || changed(&one.from.0))
        .flat_map(|one| [one.from.0.clone(), one.to.0.clone()])
        .collect();
    let keep: Vec<String> = diagram
        .tables
        .iter()
        .filter(|table| table.mark != Mark::Same || beside.contains(&table.name))
        .map(|table| table.name.clone())
        .collect();
    diagram.only(|table| keep.contains(&table.name)).condensed()
}

fn unread(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Catalog, error)
}

fn in_scratch(error: Error) -> Error {
    match error.hint {
        Some(_) => error,
        None => {
            error.hint("a review runs it in a scratch database, on what the migrations before it lead to")
        }
    }
}
