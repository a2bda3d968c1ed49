//! An outside eye on every case: a database that was migrated must look like one that was loaded afresh, row by row in
//! the system catalogs, and to `pg_dump`. It shares no query with the program, and so sees what the program does not.
//!
//! `SCHEMADIFF_PG_BIN`, `CASE` and `SPREAD` are those of `cases.rs`.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use schemadiff::draft::sections;
use schemadiff::plan::Online;
use schemadiff::postgres::introspect::introspect;
use schemadiff::postgres::load::load;
use schemadiff::postgres::scratch::{plain, unsubscribe};
use schemadiff::postgres::server::Server;
use tokio_postgres::Client;

#[path = "support/case.rs"]
mod case;
#[path = "support/dump.rs"]
mod dump;
#[path = "support/planned.rs"]
mod planned;
#[path = "support/programs.rs"]
mod programs;
#[path = "support/raw.rs"]
mod raw;
#[path = "support/suite.rs"]
mod suite;

use case::Case;
use programs::programs;
use raw::Reader;
use suite::{block_on, chosen, make_surroundings, try_all};

/// Cases whose two databases must look different, and why.
const DIFFERENT: &[(&str, &str)] = &[
    (
        "inheritance/another_parent_another_type",
        "no statement says of a column that is there that the child has it from its parent alone",
    ),
    (
        "inheritance/another_parent_with_the_same_check",
        "no statement says of a column that is there that the child has it from its parent alone",
    ),
    (
        "inheritance/child_overrides",
        "no statement says of a column that is there that the child has it of its own too",
    ),
    (
        "inheritance/second_parent_and_a_check",
        "no statement says of a column that is there that the child has it from its parent alone",
    ),
    (
        "inheritance/two_parents",
        "no statement says of a column that is there that the child has it from its parent alone",
    ),
    ("role/others_are_left_alone", "roles that no file makes are nobody's business"),
    ("subscription/password_is_never_written", "passwords are not read"),
];

/// What looks at databases.
struct Observer<'a> {
    server: &'a Server,
    reader: Reader,
    witness: Option<PathBuf>,
}

#[test]
fn what_was_migrated_looks_like_what_was_loaded() {
    let programs = programs();
    let server = Server::start(&programs).unwrap_or_else(|error| panic!("{error}"));
    let cases: Vec<Case> = chosen(server.major())
        .into_iter()
        .filter(|case| case.about.error.is_none() && case.about.unsupported.is_none())
        .collect();
    let reader =
        block_on(async { Reader::new(&plain(server.config(server.database())).await.unwrap()).await });
    let witness = dump::witness(&programs.folder, &server);
    let observer = Observer { server: &server, reader, witness };
    make_surroundings(&server, &cases);
    let panicked = || Some(String::from("a case panicked"));
    let failures = try_all(&server, cases.len(), panicked, async |superuser, number| {
        let complaint = observer.complaint(superuser, &cases[number], number).await;
        complaint.map(|complaint| format!("{}:\n{complaint}", cases[number].name))
    });
    let failures: Vec<String> = failures.into_iter().flatten().collect();
    println!(
        "{} cases on PostgreSQL {} {} pg_dump, {} failed",
        cases.len(),
        server.major(),
        if observer.witness.is_some() { "with" } else { "without" },
        failures.len()
    );
    assert!(
        failures.is_empty(),
        "\n\n{}\n\n{} of {} cases failed",
        failures.join("\n\n"),
        failures.len(),
        cases.len()
    );
}

impl Observer<'_> {
    /// What looks different, if anything does.
    async fn complaint(&self, superuser: &Client, case: &Case, number: usize) -> Option<String> {
        let names = ["migrated", "loaded", "scratch"].map(|name| format!("{name}_{number}"));
        // Renames are tried out in a scratch database: what was loaded stays as it was loaded.
        let names = &names[..if case.states_renames().unwrap() { 3 } else { 2 }];
        let own = case.own_servers(names.len()).await;
        let mut sessions = Vec::new();
        let mut places = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let server = own.get(place).unwrap_or(self.server);
            server.create_database(name).await.unwrap();
            sessions.push(plain(server.config(name)).await.unwrap());
            places.push((server, name.as_str()));
        }
        let complaint = self.compare(case, &places, &sessions).await;
        drop(sessions);
        for name in names.iter().filter(|_| own.is_empty()) {
            unsubscribe(&plain(self.server.config(name)).await.unwrap()).await.unwrap();
            superuser.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
        complaint
    }

    async fn compare(&self, case: &Case, places: &[(&Server, &str)], sessions: &[Client]) -> Option<String> {
        let [migrated, loaded, scratch @ ..] = sessions else { unreachable!("two databases at least") };
        if let Err(error) = migrate(case, migrated, loaded, scratch.first()).await {
            return Some(error.to_string());
        }
        let mut told = raw::difference(&self.reader.rows(migrated).await, &self.reader.rows(loaded).await);
        if let Some(program) = &self.witness {
            let [migrated, loaded] = [0, 1].map(|side| dump::dump(program, places[side].0, places[side].1));
            told.extend(migrated.difference(&loaded).map(|entry| format!("dump of migrated:\n{entry}")));
            told.extend(loaded.difference(&migrated).map(|entry| format!("dump of loaded:\n{entry}")));
        }
        match DIFFERENT.iter().find(|(name, _)| *name == case.name) {
            // Some are different in the eyes of the dump only.
            Some((_, why)) if told.is_empty() && self.witness.is_some() => {
                Some(format!("looks the same, although {why}"))
            }
            None if !told.is_empty() => Some(told.join("\n")),
            _ => None,
        }
    }
}

async fn migrate(
    case: &Case,
    migrated: &Client,
    loaded: &Client,
    scratch: Option<&Client>,
) -> schemadiff::Result<()> {
    load(migrated, &case.state("old")?).await?;
    for client in [loaded].into_iter().chain(scratch) {
        load(client, &case.state("new")?).await?;
    }
    let scope = case.scope();
    let (before, after) = (introspect(migrated, &scope).await?, introspect(loaded, &scope).await?);
    let scratch = scratch.unwrap_or(loaded);
    let draft = planned::with_renames(case, (&before, &after), scratch, Online::Never).await?;
    for section in sections(&draft.up.steps) {
        let [begin, commit] = if section.transaction { ["BEGIN", "COMMIT"] } else { ["", ""] };
        let statements = section.statements.iter().map(String::as_str);
        for statement in [begin].into_iter().chain(statements).chain([commit]) {
            let ran = migrated.batch_execute(statement).await;
            ran.unwrap_or_else(|error| panic!("{}: {error:?}\n{statement}", case.name));
        }
    }
    Ok(())
}
