//! An outside eye: a database that was migrated must look like one that was loaded afresh, row by row in the system
//! catalogs, and to `pg_dump`; and so must one that our own dump of that was loaded into.

use std::path::{Path, PathBuf};

use schemadiff::catalog::Catalog;
use schemadiff::draft::{Draft, sections};
use schemadiff::plan::Online;
use schemadiff::postgres::introspect::introspect;
use schemadiff::postgres::load::load;
use schemadiff::postgres::scratch::{plain, unsubscribe};
use schemadiff::postgres::server::Server;
use schemadiff::report::dump::Dump;
use tokio_postgres::Client;

use super::case::Case;
use super::raw::Reader;
use super::suite::block_on;
use super::{dump, planned, raw};

/// What looks at databases.
pub struct Observer<'a> {
    server: &'a Server,
    reader: Reader,
    witness: Option<PathBuf>,
}

impl Observer<'_> {
    /// An eye for the databases of this server, with the `pg_dump` of these programs where they have one.
    pub fn new<'a>(server: &'a Server, programs: &Path) -> Observer<'a> {
        let session = async { Reader::new(&plain(server.config(server.database())).await.unwrap()).await };
        Observer { server, reader: block_on(session), witness: dump::witness(programs, server) }
    }

    /// Whether there is a `pg_dump`.
    #[allow(dead_code, reason = "not every test expects differences")]
    pub fn has_witness(&self) -> bool {
        self.witness.is_some()
    }

    /// What looks different once the case has been migrated; or why that fails.
    pub async fn differences(
        &self,
        superuser: &Client,
        case: &Case,
        number: usize,
    ) -> schemadiff::Result<Vec<String>> {
        let names = ["migrated", "loaded", "dumped", "scratch"].map(|name| format!("{name}_{number}"));
        // Renames are tried out in a scratch database: what was loaded stays as it was loaded.
        let names = &names[..if case.states_renames().unwrap() { 4 } else { 3 }];
        let own = case.own_servers(names.len()).await;
        let mut sessions = Vec::new();
        let mut places = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let server = own.get(place).unwrap_or(self.server);
            server.create_database(name).await.unwrap();
            sessions.push(plain(server.config(name)).await.unwrap());
            places.push((server, name.as_str()));
        }
        let differences = self.compare(case, &places, &sessions).await;
        drop(sessions);
        for name in names.iter().filter(|_| own.is_empty()) {
            unsubscribe(&plain(self.server.config(name)).await.unwrap()).await.unwrap();
            superuser.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
        differences
    }

    async fn compare(
        &self,
        case: &Case,
        places: &[(&Server, &str)],
        sessions: &[Client],
    ) -> schemadiff::Result<Vec<String>> {
        let [migrated, loaded, dumped, scratch @ ..] = sessions else {
            unreachable!("three databases at least")
        };
        let after = migrate(case, migrated, loaded, scratch.first()).await?;
        let rows = self.reader.rows(loaded).await;
        let mut told = raw::difference(&self.reader.rows(migrated).await, &rows);
        let script = Dump::new(&after)?.script();
        let ran = dumped.batch_execute(&script).await;
        ran.unwrap_or_else(|error| panic!("{}: our dump fails: {error:?}\n{script}", case.name));
        let lost = raw::difference(&self.reader.rows(dumped).await, &rows);
        told.extend(lost.into_iter().map(|row| format!("our dump: {row}")));
        if let Some(program) = &self.witness {
            let [migrated, loaded] = [0, 1].map(|side| dump::dump(program, places[side].0, places[side].1));
            told.extend(migrated.difference(&loaded).map(|entry| format!("dump of migrated:\n{entry}")));
            told.extend(loaded.difference(&migrated).map(|entry| format!("dump of loaded:\n{entry}")));
        }
        Ok(told)
    }
}

async fn migrate(
    case: &Case,
    migrated: &Client,
    loaded: &Client,
    scratch: Option<&Client>,
) -> schemadiff::Result<Catalog> {
    load(migrated, &case.state("old")?).await?;
    for client in [loaded].into_iter().chain(scratch) {
        load(client, &case.state("new")?).await?;
    }
    let scope = case.scope();
    let (before, after) = (introspect(migrated, &scope).await?, introspect(loaded, &scope).await?);
    let scratch = scratch.unwrap_or(loaded);
    let draft = match planned::with_renames(case, (&before, &after), scratch, Online::Never).await {
        Err(error) if error.message == planned::NO_CHANGE => Draft::default(),
        drafted => drafted?,
    };
    for section in sections(&draft.up.steps) {
        let [begin, commit] = if section.transaction { ["BEGIN", "COMMIT"] } else { ["", ""] };
        let statements = section.statements.iter().map(String::as_str);
        for statement in [begin].into_iter().chain(statements).chain([commit]) {
            let ran = migrated.batch_execute(statement).await;
            ran.unwrap_or_else(|error| panic!("{}: {error:?}\n{statement}", case.name));
        }
    }
    Ok(after)
}
