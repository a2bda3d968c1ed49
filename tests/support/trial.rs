//! One case, tried on a real server: both ways, twice each, with rows.

use schemadiff::catalog::Catalog;
use schemadiff::draft::{Draft, sections, told};
use schemadiff::migration::{Header, Migration, Section, Version};
use schemadiff::plan::{Change, Hazard, Online, Plan, changes};
use schemadiff::postgres::introspect::{Reader, Scope, introspect};
use schemadiff::postgres::load::load;
use schemadiff::postgres::scratch::{plain, unsubscribe};
use schemadiff::postgres::server::Server;
use schemadiff::{Error, ErrorKind, Result};
use tokio_postgres::Client;

use super::case::Case;
use super::planned;
use super::rows::{Extent, Rows};

/// A server and the roles of all cases on it.
pub struct Bench<'a> {
    /// Where the databases are made.
    pub server: &'a Server,
    /// A session that makes them.
    pub superuser: &'a Client,
}

/// What came of a case whose statements all ran.
pub struct Outcome {
    /// The changes and both scripts, for a reviewer.
    #[allow(dead_code, reason = "not every test shows it")]
    pub text: String,
    /// What is wrong all the same.
    pub complaints: Vec<String>,
}

/// A case with both its databases.
struct Trial<'a> {
    case: &'a Case,
    scope: Scope,
    live: &'a Client,
    live_catalog: Reader<'a>,
    scratch: &'a Client,
    complaints: Vec<String>,
}

impl Bench<'_> {
    /// Tries a case in two databases named after `number`.
    ///
    /// # Errors
    ///
    /// Why planning was refused, a statement failed or the goal was missed.
    pub async fn try_case(&self, case: &Case, number: usize) -> Result<Outcome> {
        let names = [format!("live_{number}"), format!("scratch_{number}")];
        let own = case.own_servers(names.len()).await;
        let mut sessions = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let server = own.get(place).unwrap_or(self.server);
            server.create_database(name).await?;
            let session = plain(server.config(name)).await?;
            // Whatever waits or loops is a failure.
            session.batch_execute("SET statement_timeout = '60s'").await.map_err(failed)?;
            sessions.push(session);
        }
        let (scratch, live) = (sessions.pop(), sessions.pop());
        let (Some(scratch), Some(live)) = (scratch, live) else { unreachable!("two names, two sessions") };
        let live_catalog = Reader::prepared(&live).await?;
        let complaints = Vec::new();
        let trial =
            Trial { case, scope: case.scope(), live: &live, live_catalog, scratch: &scratch, complaints };
        let outcome = trial.run().await;
        for name in names.into_iter().filter(|_| own.is_empty()) {
            unsubscribe(&plain(self.server.config(&name)).await?).await?;
            let drop = format!("DROP DATABASE {name} WITH (FORCE)");
            self.superuser.batch_execute(&drop).await.map_err(failed)?;
        }
        outcome
    }
}

impl Trial<'_> {
    async fn run(mut self) -> Result<Outcome> {
        load(self.live, &self.case.state("old")?).await?;
        self.live.batch_execute(&self.case.rows()).await.map_err(|error| because("rows.sql fails", error))?;
        load(self.scratch, &self.case.state("new")?).await?;
        let old = self.live_catalog.read(&self.scope).await?;
        let new = introspect(self.scratch, &self.scope).await?;

        let draft = self.drafted((&old, &new), Online::Never).await?;
        let (up, down) = (script(&draft.up)?, script(&draft.down)?);
        self.check_words(&up, &down);
        if !draft.changes.iter().any(|change| matches!(change, Change::Renamed { .. })) {
            self.check_swapped(&old, &new, &draft)?;
        }
        self.both_ways(&draft, (&up, &down), (&old, &new)).await?;
        let changes: Vec<String> = draft.changes.iter().map(|change| format!("{change}\n")).collect();
        let mut text = format!("{}{}", changes.concat(), told_script("up", &draft.up, &up));

        // The gentle way is shown where it differs.
        let gentle = self.drafted((&old, &new), Online::Always).await?;
        let (gentle_up, gentle_down) = (script(&gentle.up)?, script(&gentle.down)?);
        if (&gentle_up, &gentle_down) != (&up, &down) {
            self.both_ways(&gentle, (&gentle_up, &gentle_down), (&old, &new)).await?;
            self.interrupted((&gentle_up, &gentle_down), (&old, &new)).await?;
        }
        if gentle_up != up {
            text.push_str(&told_script("up, on tables in use", &gentle.up, &gentle_up));
        }
        text.push_str(&told_script("down", &draft.down, &down));
        if gentle_down != down {
            text.push_str(&told_script("down, on tables in use", &gentle.down, &gentle_down));
        }
        Ok(Outcome { text, complaints: self.complaints })
    }

    async fn drafted(&self, states: (&Catalog, &Catalog), online: Online) -> Result<Draft> {
        planned::with_renames(self.case, states, self.scratch, online).await
    }

    /// The proof as the program gives it, then the same with rows: each way twice, and back where it began.
    async fn both_ways(
        &mut self,
        draft: &Draft,
        (up, down): (&Migration, &Migration),
        (old, new): (&Catalog, &Catalog),
    ) -> Result<()> {
        draft.prove(&Reader::prepared(self.scratch).await?, &self.scope, old, new).await?;
        let at_first = self.rows().await?;
        self.reach("up", up, new).await.map_err(|error| unless_foretold(&draft.up, error))?;
        let above = self.rows().await?;
        let lost = losses(&draft.up);
        // Rows are compared, and losses told, under the names that come first.
        let back: Vec<_> = draft.moved.iter().map(|(old, new)| (new.clone(), old.clone())).collect();
        self.complain("up", at_first.missing_in(&self.rows().await?.renamed(&back), &lost, Extent::Shared));
        self.reach("up, run again", up, new).await?;
        self.complain("up, run again", above.missing_in(&self.rows().await?, &[], Extent::Whole));
        self.reach("down", down, old).await.map_err(|error| unless_foretold(&draft.down, error))?;
        let below = self.rows().await?;
        let lost_below = losses(&draft.down);
        let renamed = self.rows().await?.renamed(&draft.moved);
        self.complain("down", above.missing_in(&renamed, &lost_below, Extent::Shared));
        let lost = [lost, lost_below].concat();
        self.complain("there and back", at_first.missing_in(&below, &lost, Extent::Whole));
        self.reach("down, run again", down, old).await?;
        self.complain("down, run again", below.missing_in(&self.rows().await?, &[], Extent::Whole));
        Ok(())
    }

    /// Both ways, each interrupted behind whatever takes effect by itself, and then run from its top.
    async fn interrupted(
        &self,
        (up, down): (&Migration, &Migration),
        (old, new): (&Catalog, &Catalog),
    ) -> Result<()> {
        let (ups, downs) = (units(up), units(down));
        for end in 1..ups.len().max(downs.len()) {
            for (way, script, units, goal) in [("up", up, &ups, new), ("down", down, &downs, old)] {
                let name = format!("{way}, interrupted behind {end}");
                for unit in units.iter().take(end) {
                    execute(self.live, &name, unit).await?;
                }
                self.reach(&name, script, goal).await?;
            }
        }
        Ok(())
    }

    async fn reach(&self, way: &str, script: &Migration, goal: &Catalog) -> Result<()> {
        for section in &script.sections {
            execute(self.live, way, section).await?;
        }
        let left = changes(&self.live_catalog.read(&self.scope).await?, goal);
        match left.is_empty() {
            true => Ok(()),
            false => Err(Error::new(ErrorKind::Plan, format!("{way} with rows leaves:\n{}", told(&left)))),
        }
    }

    async fn rows(&self) -> Result<Rows> {
        Rows::read(self.live).await.map_err(|error| because("reading the rows fails", error))
    }

    /// The way back is the same plan with its arguments swapped, whoever asks for it.
    fn check_swapped(&mut self, old: &Catalog, new: &Catalog, draft: &Draft) -> Result<()> {
        let swapped = planned::without_renames((new, old), Online::Never)?;
        if (&swapped.up.steps, &swapped.down.steps) != (&draft.down.steps, &draft.up.steps) {
            self.complain("planned from the other end", vec![String::from("the statements differ")]);
        }
        Ok(())
    }

    fn check_words(&mut self, up: &Migration, down: &Migration) {
        let statements = [up, down].into_iter().flat_map(|script| &script.sections);
        let statements: Vec<&String> = statements.flat_map(|section| &section.statements).collect();
        for word in &self.case.about.forbid {
            if let Some(found) = statements.iter().find(|statement| statement.contains(word)) {
                self.complaints.push(format!("`{word}` is in: {found}"));
            }
        }
    }

    fn complain(&mut self, when: &str, complaints: Vec<String>) {
        self.complaints.extend(complaints.into_iter().map(|complaint| format!("{when}: {complaint}")));
    }
}

/// A plan as it is read from its file again.
fn script(plan: &Plan) -> Result<Migration> {
    let header = Header {
        version: Version::from(1),
        name: String::from("case"),
        created: String::new(),
        description: String::new(),
        depends: Vec::new(),
        hazards: Vec::new(),
        consents: Vec::new(),
        made_for: String::new(),
        notes: String::new(),
        proven: String::new(),
    };
    let text = Migration { header, sections: sections(&plan.steps) }.render();
    Migration::parse("0001_case.sql".as_ref(), &text)
}

/// What takes effect by itself: a transaction, or a statement outside of any.
fn units(script: &Migration) -> Vec<Section> {
    let units = script.sections.iter().flat_map(|section| match section.transaction {
        true => vec![section.clone()],
        false => {
            let alone =
                |statement: &String| Section { statements: vec![statement.clone()], ..section.clone() };
            section.statements.iter().map(alone).collect()
        }
    });
    units.collect()
}

/// Runs a section as psql would.
async fn execute(client: &Client, way: &str, section: &Section) -> Result<()> {
    if section.transaction {
        client.batch_execute("BEGIN").await.map_err(failed)?;
    }
    for statement in &section.statements {
        if let Err(error) = client.batch_execute(statement).await {
            let said = failed(error);
            client.batch_execute("ROLLBACK").await.map_err(failed)?;
            let message = format!("{way} with rows fails: {}\n\n{statement};", said.message);
            return Err(Error { source: said.source, ..Error::new(ErrorKind::Plan, message) });
        }
    }
    if section.transaction {
        client
            .batch_execute("COMMIT")
            .await
            .map_err(|error| because(&format!("{way}: COMMIT fails"), error))?;
    }
    Ok(())
}

/// Rows that do not fit are a failure with a cause only where a hazard says that there may be such.
fn unless_foretold(plan: &Plan, error: Error) -> Error {
    let foretold = plan.hazards().iter().any(|hazard| matches!(hazard, Hazard::MayFail(..)));
    if foretold { error } else { Error { source: None, ..error } }
}

fn told_script(way: &str, plan: &Plan, script: &Migration) -> String {
    let rendered = script.render();
    let statements = rendered.split_once("\n\n").map_or("", |(_, statements)| statements);
    let hazards: Vec<String> = plan.hazards().iter().map(|hazard| format!("hazard: {hazard}\n")).collect();
    format!("\n======== {way} ========\n{}\n{statements}", hazards.concat())
}

fn losses(plan: &Plan) -> Vec<String> {
    let lost = plan.hazards().into_iter().filter(|hazard| hazard.is_loss());
    lost.map(|hazard| hazard.object().to_owned()).collect()
}

fn failed(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Connect, error)
}

fn because(what: &str, error: tokio_postgres::Error) -> Error {
    Error::new(ErrorKind::Plan, format!("{what}: {}", failed(error).message))
}
