//! Two states of the world that differ here and there, and their proof.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use indexmap::IndexSet;

use schemadiff::postgres::scratch::plain;
use schemadiff::postgres::server::Server;
use schemadiff::source::Source;
use tokio_postgres::Client;

use super::case::{About, Case};
use super::observer::Observer;
use super::planned::NO_CHANGE;
use super::random::Random;
use super::trial;
use super::world::{Choices, World};

/// Where the server, a session that makes databases, and the outside eye are.
pub struct Bench<'a> {
    pub server: &'a Server,
    pub superuser: &'a Client,
    pub observer: &'a Observer<'a>,
    /// What was complained of so far: another pair that fails so is left as it is.
    pub known: &'a Mutex<HashSet<String>>,
}

/// Two schemas as statements that the server accepts, and what puts rows into the first.
#[derive(Clone, Default)]
pub struct Mutant {
    old: Vec<String>,
    new: Vec<String>,
    rows: Vec<String>,
}

/// The roles of the world.
const ROLES: [&str; 2] = ["world_reader", "world_writer"];

/// A case that counts on them.
pub fn surroundings() -> Case {
    let mut about = About::default();
    about.roles.extend(ROLES.map(String::from));
    Case::new(PathBuf::new(), String::new(), about)
}

impl Mutant {
    /// The pair of a seed, and how many statements the server refused.
    pub async fn draw(world: &World, bench: &Bench<'_>, seed: usize) -> (Mutant, usize) {
        let mut random = Random::new(seed as u64);
        let old = world.walk(Choices::new(), &mut random);
        let from = if random.below(2) == 0 { Choices::new() } else { old.clone() };
        let new = world.walk(from, &mut random);
        let (mut rows, old): (Vec<_>, Vec<_>) =
            statements(&world.text(&old)).into_iter().partition(|statement: &String| is_of_rows(statement));
        let new =
            statements(&world.text(&new)).into_iter().filter(|statement| !is_of_rows(statement)).collect();
        rows.retain(|statement| is_of_rows(statement));
        let drawn = Mutant { old, new, rows };
        let count = drawn.statements();
        let accepted = bench.accepted(drawn, seed).await;
        let left_out = count - accepted.statements();
        (accepted, left_out)
    }

    /// How many statements both schemas have.
    pub fn statements(&self) -> usize {
        self.old.len() + self.new.len()
    }

    fn without(&self, gone: &BTreeSet<&String>) -> Mutant {
        let kept = |of: &[String]| of.iter().filter(|one| !gone.contains(one)).cloned().collect();
        Mutant { old: kept(&self.old), new: kept(&self.new), rows: kept(&self.rows) }
    }

    /// As the folder of a case.
    fn write(&self, folder: &Path) -> Case {
        fs::create_dir_all(folder).unwrap();
        for (name, statements) in [("old", &self.old), ("new", &self.new), ("rows", &self.rows)] {
            let text: String = statements.iter().map(|statement| format!("{statement};\n")).collect();
            fs::write(folder.join(format!("{name}.sql")), text).unwrap();
        }
        fs::write(folder.join("case.yaml"), format!("roles: [{}]\n", ROLES.join(", "))).unwrap();
        Case::within(folder, folder.display().to_string())
    }
}

fn statements(text: &str) -> Vec<String> {
    let source = Source::from_texts([("world.sql".into(), text.to_owned())]).unwrap();
    source.statements.iter().map(|statement| statement.text().to_owned()).collect()
}

fn is_of_rows(statement: &str) -> bool {
    statement.starts_with("INSERT") || statement.starts_with("UPDATE")
}

impl Bench<'_> {
    /// What the server accepts of it, one statement after the other.
    async fn accepted(&self, drawn: Mutant, seed: usize) -> Mutant {
        let mut accepted = Mutant::default();
        let name = format!("drawn_{seed}");
        for is_old in [true, false] {
            self.server.create_database(&name).await.unwrap();
            let session = plain(self.server.config(&name)).await.unwrap();
            let sides: [(&[String], &mut Vec<String>); 2] = match is_old {
                true => [(&drawn.old, &mut accepted.old), (&drawn.rows, &mut accepted.rows)],
                false => [(&drawn.new, &mut accepted.new), (&[], &mut Vec::new())],
            };
            for (statements, accepted) in sides {
                for statement in statements {
                    if session.batch_execute(statement).await.is_ok() {
                        accepted.push(statement.clone());
                    }
                }
            }
            drop(session);
            self.superuser.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
        accepted
    }

    /// Proves a pair: whether its rows fit both states. One that fails is made smaller, and stays in its folder.
    pub async fn judge(&self, mutant: Mutant, seed: usize) -> Result<bool, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("target/mutated/{seed}"));
        let tried = self.prove(&mutant, &folder, seed).await;
        let complaint = match &tried {
            Ok(_) => self.look(&folder, seed).await,
            Err(complaint) => Some(complaint.clone()),
        };
        let Some(complaint) = complaint else {
            fs::remove_dir_all(&folder).unwrap();
            return tried;
        };
        let first = complaint.lines().next().unwrap_or_default().to_owned();
        if !self.known.lock().unwrap().insert(first) {
            return Err(complaint);
        }
        let fails = async |smaller: &Mutant| match (self.prove(smaller, &folder, seed).await, &tried) {
            (Err(complaint), _) => Some(complaint),
            (Ok(_), Ok(_)) => self.look(&folder, seed).await,
            (Ok(_), Err(_)) => None,
        };
        let (mutant, complaint) = self.smaller(mutant, complaint, seed, fails).await;
        mutant.write(&folder);
        Err(complaint)
    }

    /// Proves the pair, which then stands in the folder: whether its rows fit both states.
    async fn prove(&self, mutant: &Mutant, folder: &Path, number: usize) -> Result<bool, String> {
        let bench = trial::Bench { server: self.server, superuser: self.superuser };
        let mut tried = bench.try_case(&mutant.write(folder), number).await;
        let unfit = tried.as_ref().is_err_and(|error| {
            let state = error.sqlstate().map_or("", |state| state.code());
            state.starts_with("22") || state.starts_with("23")
        });
        if unfit {
            let empty = Mutant { rows: Vec::new(), ..mutant.clone() };
            tried = bench.try_case(&empty.write(folder), number).await;
        }
        match tried {
            Err(error) if error.message == NO_CHANGE => Ok(!unfit),
            Err(error) => Err(error.to_string()),
            Ok(outcome) if !outcome.complaints.is_empty() => Err(outcome.complaints.join("\n")),
            Ok(_) => Ok(!unfit),
        }
    }

    /// What looks wrong from outside about the pair in the folder.
    async fn look(&self, folder: &Path, number: usize) -> Option<String> {
        let case = Case::within(folder, folder.display().to_string());
        match self.observer.differences(self.superuser, &case, number).await {
            Err(error) => Some(error.to_string()),
            Ok(told) => Some(without_locality(told).join("\n")).filter(|told| !told.is_empty()),
        }
    }

    /// A pair of as few statements as it can be while it still fails.
    async fn smaller(
        &self,
        mut mutant: Mutant,
        mut complaint: String,
        seed: usize,
        fails: impl AsyncFn(&Mutant) -> Option<String>,
    ) -> (Mutant, String) {
        let all = [&mutant.old, &mutant.new, &mutant.rows].into_iter().flatten().cloned();
        let all: Vec<String> = all.collect::<IndexSet<_>>().into_iter().collect();
        let mut size = all.len() / 2;
        while size > 0 {
            let mut removed = false;
            for chunk in all.chunks(size) {
                let smaller = mutant.without(&chunk.iter().collect());
                if smaller.statements() + smaller.rows.len() == mutant.statements() + mutant.rows.len() {
                    continue;
                }
                let smaller = self.accepted(smaller, seed).await;
                if let Some(still) = fails(&smaller).await {
                    (mutant, complaint) = (smaller, still);
                    removed = true;
                }
            }
            size = if removed && size == 1 { 1 } else { size / 2 };
        }
        (mutant, complaint)
    }
}

/// The differences, but for what no statement changes: whether what a table has from its parent is its own too.
fn without_locality(mut told: Vec<String>) -> Vec<String> {
    let table_of_local = |line: &String| {
        let (row, differences) = line.split_once(": ")?;
        let local = ["attislocal ", "conislocal "].iter().any(|field| differences.starts_with(field));
        let names = row.split('"').nth(1)?;
        (local && !differences.contains("; ")).then(|| names.rsplit(' ').next().map(str::to_owned))?
    };
    let tables: Vec<String> = told.iter().filter_map(table_of_local).collect();
    let tables: Vec<_> = tables.iter().filter_map(|table| table.split_once('.')).collect();
    let is_of_table = |line: &str| {
        tables.iter().any(|(schema, name)| {
            let table = format!("{name}; Type: TABLE; Schema: {schema};");
            let default = format!("; Type: DEFAULT; Schema: {schema};");
            line.starts_with(&table) || line.starts_with(&format!("{name} ")) && line.contains(&default)
        })
    };
    told.retain(|one| table_of_local(one).is_none() && !one.lines().any(is_of_table));
    told
}
