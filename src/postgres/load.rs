//! Executes the statements of a schema in a scratch database, fast where they are in order, patiently where they are
//! not, and shows what the server says at the place in the user's file.

mod bodies;
mod failure;
mod suggest;

use tokio_postgres::Client;

use crate::error::{Error, ErrorKind, Result};
use crate::postgres::roles;
use crate::source::setting::Settings;
use crate::source::{Source, Statement};

pub use bodies::unreadable;
use failure::Failure;

/// How many statements travel in one string. The server runs a string in one transaction; larger ones gain nothing
/// and lose more when one statement fails.
const TOGETHER: usize = 100;

/// What loading took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Statements executed.
    pub executed: usize,
    /// Of these, the ones that had to wait until another statement had been executed.
    pub postponed: usize,
    /// How many times the queue was gone through.
    pub rounds: usize,
}

/// Executes all statements of `source` about this database. Bodies of functions are not checked meanwhile, and what
/// the files set is reset at the end. Afterwards the database holds all of the schema or, on error, an arbitrary part.
///
/// Errors: the server's first objection that no order of the statements avoids, at its place in the user's file.
pub async fn load(client: &Client, source: &Source) -> Result<Loaded> {
    let row = client.query_one("SELECT quote_ident(current_database()), current_user::text", &[]).await;
    let row = row.map_err(|error| Error::server(ErrorKind::Connect, error))?;
    let mut loader = Loader { client, source, database: row.get(0), settings: Settings::default() };
    loader.run("SET check_function_bodies = off").await?;
    let mut loaded = Loaded::default();
    let session: String = row.get(1);
    let mut queue: Vec<&Statement> = source.ordered().collect();
    // A scratch server needs these roles as they are.
    queue.retain(|statement| statement.role().is_none_or(|role| roles::given(role, &session).is_none()));
    let mut first_failures = Vec::new();
    while !queue.is_empty() {
        let failures = loader.round(&queue).await?;
        loaded.rounds += 1;
        loaded.executed += queue.len() - failures.len();
        let stuck = failures.len() == queue.len();
        queue = failures.iter().map(|failure| failure.statement).collect();
        if loaded.rounds == 1 {
            loaded.postponed = failures.len();
            first_failures = failures;
        }
        if stuck {
            first_failures.retain(|failure| queue.iter().any(|left| std::ptr::eq(*left, failure.statement)));
            return Err(failure::report(client, source, first_failures).await);
        }
    }
    loader.establish(&Settings::default()).await?;
    loader.run("RESET check_function_bodies").await?;
    Ok(loaded)
}

struct Loader<'a> {
    client: &'a Client,
    source: &'a Source,
    /// The scratch database, as SQL spells it.
    database: String,
    /// What the session has been told with SET and still holds.
    settings: Settings,
}

impl<'a> Loader<'a> {
    /// Tries every statement once; answers those that lack something.
    async fn round(&mut self, queue: &[&'a Statement]) -> Result<Vec<Failure<'a>>> {
        let mut failures = Vec::new();
        let mut rest = queue;
        while !rest.is_empty() {
            let together = rest.iter().take(TOGETHER).take_while(|statement| !statement.alone).count();
            let (now, later) = rest.split_at(together.max(1));
            rest = later;
            if together > 1 && self.run_together(now).await? {
                continue;
            }
            for statement in now {
                failures.extend(self.run_alone(statement).await?);
            }
        }
        Ok(failures)
    }

    /// Whether all of them went through; if not, none has left a trace.
    async fn run_together(&mut self, statements: &[&Statement]) -> Result<bool> {
        let mut sql = String::new();
        let mut settings = &self.settings;
        for statement in statements {
            for change in settings.lead_to(&statement.settings) {
                sql.push_str(&change);
                sql.push_str(";\n");
            }
            settings = &statement.settings;
            sql.push_str(&statement.scratch_text(&self.database));
            sql.push_str(";\n");
        }
        match self.client.batch_execute(&sql).await {
            Ok(()) => {
                self.settings = settings.clone();
                Ok(true)
            }
            Err(error) if error.as_db_error().is_some() && !self.client.is_closed() => Ok(false),
            Err(error) => Err(Error::server(ErrorKind::Connect, error)),
        }
    }

    /// What the statement lacks, if it lacks something. Any other objection is final.
    async fn run_alone(&mut self, statement: &'a Statement) -> Result<Option<Failure<'a>>> {
        if let Err(error) = self.establish(&statement.settings).await {
            // A role or schema that a setting names may be made by a statement that still waits.
            return match error.sqlstate().is_some() {
                true => Ok(Some(Failure { statement, error })),
                false => Err(error),
            };
        }
        let Err(error) = self.client.batch_execute(&statement.scratch_text(&self.database)).await else {
            return Ok(None);
        };
        let failure = Failure { statement, error: Error::server(ErrorKind::Source, error) };
        if self.client.is_closed() {
            return Err(Error { kind: ErrorKind::Connect, ..failure.error });
        }
        if failure.is_shell_that_exists() {
            return Ok(None);
        }
        match failure.lacks_something() {
            true => Ok(Some(failure)),
            false => Err(failure::report(self.client, self.source, vec![failure]).await),
        }
    }

    async fn establish(&mut self, wanted: &Settings) -> Result<()> {
        let changes = self.settings.lead_to(wanted);
        if !changes.is_empty() {
            self.run(&changes.join(";\n")).await?;
            self.settings = wanted.clone();
        }
        Ok(())
    }

    async fn run(&self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).await.map_err(|error| Error::server(ErrorKind::Source, error))
    }
}
