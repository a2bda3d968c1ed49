//! Two states of a schema that is made of several cases, and their proof.

use schemadiff::draft::Draft;
use schemadiff::plan::{Online, Options};
use schemadiff::postgres::introspect::{Reader, Scope, Versions, introspect};
use schemadiff::postgres::load::load;
use schemadiff::postgres::scratch::{plain, unsubscribe};
use schemadiff::postgres::server::Server;
use schemadiff::source::Source;
use tokio_postgres::Client;

use super::case::Case;
use super::generate::tie;
use super::random::Random;

/// Where the server, a session that makes databases, and the cases are.
pub struct Bench<'a> {
    pub server: &'a Server,
    pub superuser: &'a Client,
    pub cases: &'a [Case],
}

/// What a pair is made of.
pub struct Pair {
    picks: Vec<Pick>,
    ties: Vec<Tie>,
    online: Online,
}

/// A case, and in which of its states it is on the live side and on the desired one.
#[derive(Clone)]
struct Pick {
    case: usize,
    states: [Option<&'static str>; 2],
}

/// A statement that makes something depend on what the cases made, and the sides on which it is tried.
#[derive(Clone)]
struct Tie {
    sql: String,
    on: [bool; 2],
}

impl Pair {
    /// The pair of a seed, without its ties, which depend on what is there.
    pub fn draw(seed: u64, cases: &[Case]) -> Pair {
        let mut random = Random::new(seed);
        let mut picks: Vec<Pick> = Vec::new();
        for _ in 0..=random.below(4) {
            let case = random.below(cases.len());
            let states = [0, 1].map(|_| [Some("old"), Some("new"), None][random.below(3)]);
            if states != [None, None] && picks.iter().all(|pick| pick.case != case) {
                picks.push(Pick { case, states });
            }
        }
        let online = if random.below(2) == 0 { Online::Never } else { Online::Always };
        Pair { picks, ties: Vec::new(), online }
    }

    /// The cases and ties, for a person.
    pub fn told(&self, cases: &[Case]) -> String {
        let state = |state: Option<&'static str>| state.unwrap_or("-");
        let picks = self.picks.iter().map(|pick| {
            format!("  {}: {} to {}\n", cases[pick.case].name, state(pick.states[0]), state(pick.states[1]))
        });
        let side = |on: bool| if on { "x" } else { "-" };
        let ties =
            self.ties.iter().map(|tie| format!("  {} {}: {}\n", side(tie.on[0]), side(tie.on[1]), tie.sql));
        format!("online {:?}\n{}{}", self.online, picks.collect::<String>(), ties.collect::<String>())
    }

    /// One side as a schema file.
    pub fn text(&self, side: usize, cases: &[Case]) -> String {
        let picks = self.picks.iter().filter_map(|pick| pick.text(side, cases));
        let ties = self.ties.iter().filter(|tie| tie.on[side]).map(|tie| format!("{};\n", tie.sql));
        format!("{}CREATE SCHEMA tie;\n{}", picks.collect::<String>(), ties.collect::<String>())
    }
}

impl Pick {
    fn text(&self, side: usize, cases: &[Case]) -> Option<String> {
        let text = cases[self.case].text(self.states[side]?);
        let schema = format!("s{}", self.case);
        Some(format!("CREATE SCHEMA {schema};\nSET search_path = {schema};\n{text}\nRESET search_path;\n"))
    }
}

impl Bench<'_> {
    /// Builds both sides, with ties if there are to be new ones, and proves the way between them. Cases that cannot
    /// stand beside the others leave the pair.
    pub async fn try_pair(&self, mut pair: Pair, seed: u64, draws: bool) -> (Pair, Result<usize, String>) {
        loop {
            let names = [format!("live_{seed}"), format!("desired_{seed}")];
            let tried = self.try_once(&mut pair, &names, draws.then(|| Random::new(seed ^ 0x5eed))).await;
            for name in names {
                let session = plain(self.server.config(&name)).await.unwrap();
                unsubscribe(&session).await.unwrap();
                drop(session);
                let drop = format!("DROP DATABASE {name} WITH (FORCE)");
                self.superuser.batch_execute(&drop).await.unwrap();
            }
            match tried {
                Ok(proven) => return (pair, proven),
                Err(unfit) => _ = pair.picks.remove(unfit),
            }
        }
    }

    /// The place of the first pick that does not load, or what came of the pair.
    async fn try_once(
        &self,
        pair: &mut Pair,
        names: &[String; 2],
        random: Option<Random>,
    ) -> Result<Result<usize, String>, usize> {
        let mut sides = Vec::new();
        for name in names {
            self.server.create_database(name).await.unwrap();
            let session = plain(self.server.config(name)).await.unwrap();
            session.batch_execute("SET statement_timeout = '60s'; CREATE SCHEMA tie").await.unwrap();
            sides.push(session);
        }
        for (side, client) in sides.iter().enumerate() {
            for (place, pick) in pair.picks.iter().enumerate() {
                let Some(text) = pick.text(side, self.cases) else { continue };
                let source = Source::from_texts([("case.sql".into(), text)]).map_err(|_| place)?;
                load(client, &source).await.map_err(|_| place)?;
            }
        }
        if let Some(mut random) = random {
            pair.ties.clear();
            for number in 0..random.below(6) {
                let on = [[true, true], [true, false], [false, true]][random.below(3)];
                let read = usize::from(!on[0] || (on[1] && random.below(2) == 0));
                let Some(sql) = tie(&sides[read], &mut random, number).await else { continue };
                let mut tie = Tie { sql, on };
                for (side, client) in sides.iter().enumerate() {
                    tie.on[side] = tie.on[side] && client.batch_execute(&tie.sql).await.is_ok();
                }
                pair.ties.push(tie);
            }
        } else {
            for tie in &mut pair.ties {
                for (side, client) in sides.iter().enumerate() {
                    tie.on[side] = tie.on[side] && client.batch_execute(&tie.sql).await.is_ok();
                }
            }
        }
        Ok(prove(&sides[0], &sides[1], pair.online).await.map_err(|error| error.to_string()))
    }

    /// A pair of fewer cases and ties that fails too.
    pub async fn smaller(&self, mut pair: Pair, mut complaint: String, seed: u64) -> (Pair, String) {
        loop {
            let without_tie =
                (0..pair.ties.len()).map(|gone| (pair.picks.clone(), without(&pair.ties, gone)));
            let without_pick =
                (0..pair.picks.len()).map(|gone| (without(&pair.picks, gone), pair.ties.clone()));
            let mut found = None;
            for (picks, ties) in without_pick.chain(without_tie) {
                let candidate = Pair { picks, ties, online: pair.online };
                if let (failing, Err(complaint)) = self.try_pair(candidate, seed, false).await {
                    found = Some((failing, complaint));
                    break;
                }
            }
            match found {
                Some(smaller) => (pair, complaint) = smaller,
                None => return (pair, complaint),
            }
        }
    }
}

fn without<T: Clone>(all: &[T], gone: usize) -> Vec<T> {
    all.iter().enumerate().filter(|(place, _)| *place != gone).map(|(_, one)| one.clone()).collect()
}

/// How many changes both ways were proven to make.
async fn prove(live: &Client, desired: &Client, online: Online) -> schemadiff::Result<usize> {
    let scope = Scope { versions: Versions::All, ..Scope::default() };
    let (before, after) = (introspect(live, &scope).await?, introspect(desired, &scope).await?);
    let options = Options { online, sizes: Default::default() };
    let Some(draft) = Draft::new(&before, &after, &options)? else { return Ok(0) };
    draft.prove(&Reader::prepared(desired).await?, &scope, &before, &after).await?;
    Ok(draft.changes.len())
}
