//! The one door through which a catalog comes, live or desired.

mod edges;
mod facts;
mod found;
mod loaded;
mod queries;
mod roles;
mod scope;
mod sharing;
mod sizes;
mod unmanaged;

use std::collections::HashMap;
use std::iter::empty;
use std::pin::pin;

use futures_util::TryStreamExt;
use futures_util::future::{Either, select, try_join, try_join_all};
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Statement};

use self::edges::Edge;
use self::found::{Found, Places};
use self::loaded::Loaded;
pub use self::queries::texts;
use self::queries::{BEGIN, DEPENDENCIES, MENTIONS, OTHERS, framed, queries};
use self::roles::Roles;
pub use self::scope::{Others, Scope, Versions};
use self::sharing::Sharing;
pub use self::sizes::table_sizes;
use super::kinds::REGISTRY;
use super::quote::literal;
use crate::adopt::kept_by_others;
use crate::catalog::{Catalog, Facts};
use crate::kind::{Concern, Entry};
use crate::{Error, ErrorKind, Result};

/// Where a row of a system catalog is: `classid`, `objid`, `objsubid`.
type Location = (u32, u32, i32);

/// Reads all objects of the database, with their edges. What other systems of migrations keep for themselves is nobody's
/// schema, and left out.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn introspect(client: &Client, scope: &Scope) -> Result<Catalog> {
    Reader::of(client).read(scope).await
}

/// All of a database.
#[derive(Debug)]
pub struct Survey {
    /// What kinds stand for and is in scope.
    pub catalog: Catalog,
    /// What no kind stands for, by name, such as `function pg_catalog.twice(integer)`: objects, settings that are out of
    /// scope, privileges of what belongs to the server or to an extension.
    pub unmanaged: Vec<String>,
}

/// Reads all objects of the database, as [`introspect`] does, and names what no kind stands for.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn survey(client: &Client, scope: &Scope) -> Result<Survey> {
    in_one_view(client, surveyed(&Reader::of(client), scope)).await
}

/// The same, by two sessions: as soon as `second`, a further one in the same database, is there, it takes over a part of the
/// work.
///
/// # Errors
/// As [`survey`]. What keeps the second session from seeing what the first one sees is no error.
pub async fn survey_shared(
    client: &Client,
    second: impl Future<Output = Option<Client>>,
    scope: &Scope,
) -> Result<Survey> {
    let shared = in_one_view(client, async {
        let Ok(snapshot) = client.query_one("SELECT pg_export_snapshot()", &[]).await else {
            return Ok(None);
        };
        let reader = Reader { sharing: Sharing::between_two(), ..Reader::of(client) };
        let helped = pin!(reader.helped_by(second, snapshot.get(0)));
        let read = pin!(surveyed(&reader, scope));
        let survey = match select(helped, read).await {
            Either::Left(((), read)) => read.await,
            Either::Right((survey, _)) => survey,
        };
        survey.map(Some)
    });
    match shared.await? {
        Some(survey) => Ok(survey),
        None => survey(client, scope).await,
    }
}

async fn surveyed(reader: &Reader<'_>, scope: &Scope) -> Result<Survey> {
    let rest = unmanaged::rest(scope);
    let others = try_join(reader.ask(&rest), reader.ask(unmanaged::OBJECTS));
    let (contents, (rest, objects)) = try_join(Contents::read(reader, scope), others).await?;
    let unknown = unmanaged::unknown(&objects, &contents.loaded, &contents.edges);
    let mut unmanaged = unmanaged::named(reader.client, &unknown).await?;
    unmanaged.extend(rest.iter().map(|row| row.get::<_, String>(0)));
    unmanaged.sort_unstable();
    Ok(Survey { catalog: contents.catalog(scope), unmanaged })
}

/// From how many objects on the server's work in one reading takes longer than planning the queries does.
const MANY: usize = 5_000;

/// Reads one database more than once.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The session that reads.
    pub client: &'a Client,
    prepared: HashMap<String, Statement>,
    sharing: Sharing,
}

impl<'a> Reader<'a> {
    fn of(client: &'a Client) -> Reader<'a> {
        Reader { client, prepared: HashMap::new(), sharing: Sharing::alone() }
    }

    /// A reader of about so many `objects`. With few of them, most of the time goes into planning the queries, which is
    /// done once; with many, `second`, a further session in the same database, shares the work. Nobody else may write
    /// there.
    ///
    /// # Errors
    /// Of kind `Catalog`, with what the server says.
    pub async fn new(
        client: &'a Client,
        second: impl Future<Output = Option<Client>>,
        objects: usize,
    ) -> Result<Reader<'a>> {
        if objects < MANY {
            return Reader::prepared(client).await;
        }
        let reader = Reader::of(client);
        Ok(match second.await {
            Some(second) => {
                let sharing = Sharing::between_two();
                sharing.admit(second);
                Reader { sharing, ..reader }
            }
            None => reader,
        })
    }

    /// A reader whose queries are all prepared in this session.
    ///
    /// # Errors
    /// Of kind `Catalog`, with what the server says.
    pub async fn prepared(client: &'a Client) -> Result<Reader<'a>> {
        let prepared = in_one_view(client, async {
            let statements = queries().map(|query| async move {
                let statement = client.prepare(&query).await.map_err(failed)?;
                Ok((query, statement))
            });
            try_join_all(statements).await
        });
        Ok(Reader { prepared: prepared.await?.into_iter().collect(), ..Reader::of(client) })
    }

    /// Lets `second` take part once it is there and sees `snapshot`. What keeps it from that keeps it out.
    async fn helped_by(&self, second: impl Future<Output = Option<Client>>, snapshot: &str) {
        let Some(second) = second.await else { return };
        let snapshot = literal(snapshot);
        if second.batch_execute(&format!("{BEGIN};\nSET TRANSACTION SNAPSHOT {snapshot}")).await.is_ok() {
            self.sharing.admit(second);
        }
    }

    /// See [`introspect`].
    ///
    /// # Errors
    /// Of kind `Catalog`, with what the server says.
    pub async fn read(&self, scope: &Scope) -> Result<Catalog> {
        let read = async { Ok(Contents::read(self, scope).await?.catalog(scope)) };
        match self.sharing.second() {
            Some(second) => in_one_view(self.client, in_one_view(second, read)).await,
            None => in_one_view(self.client, read).await,
        }
    }

    /// Every object of a kind, in the order in which the server made them; of roles, only if any are compared.
    async fn kind(&self, entry: &Entry, scope: &Scope) -> Result<Vec<Found>> {
        if entry.concern == Concern::Roles && scope.leaves_out(entry) {
            return Ok(vec![]);
        }
        let (mut places, mut found) = (None, vec![]);
        let query = framed(entry);
        let read = self.each(&query, |row| {
            let places = match &mut places {
                Some(places) => places,
                none => none.insert(Places::new(entry, &row)?),
            };
            found.push(places.read(entry, &row)?);
            Ok(())
        });
        read.await.map_err(|mut error| {
            error.message = format!("reading each {}: {}", entry.name, error.message);
            error
        })?;
        found.sort_by_cached_key(|found| (found.location.1, found.location.2));
        Ok(found)
    }

    /// Every edge of the server.
    async fn edges(&self, scope: &Scope) -> Result<Vec<Edge>> {
        let mut edges = vec![];
        let mut take = |row: tokio_postgres::Row| {
            let end = |first: usize| (row.get(first), row.get(first + 1), row.get(first + 2));
            edges.push((end(0), end(3), row.get::<_, i8>(6).cast_unsigned()));
            Ok(())
        };
        self.each(DEPENDENCIES, &mut take).await?;
        if !scope.roles.is_empty() {
            self.each(MENTIONS, &mut take).await?;
        }
        Ok(edges)
    }

    async fn ask(&self, query: &str) -> Result<Vec<tokio_postgres::Row>> {
        let mut rows = vec![];
        let take = |row| {
            rows.push(row);
            Ok(())
        };
        self.each(query, take).await?;
        Ok(rows)
    }

    /// Hands on each row of the answer as it comes.
    async fn each(&self, query: &str, mut take: impl FnMut(tokio_postgres::Row) -> Result<()>) -> Result<()> {
        let place = self.sharing.place().await;
        let client = place.second.unwrap_or(self.client);
        let rows = match self.prepared.get(query) {
            Some(statement) => client.query_raw(statement, empty::<i32>()).await,
            None => client.query_typed_raw(query, empty::<(i32, Type)>()).await,
        };
        let mut rows = pin!(rows.map_err(failed)?);
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            take(row)?;
        }
        Ok(())
    }
}

async fn in_one_view<T>(client: &Client, work: impl Future<Output = Result<T>>) -> Result<T> {
    client.batch_execute(BEGIN).await.map_err(failed)?;
    let done = work.await;
    client.batch_execute("ROLLBACK").await.map_err(failed)?;
    done
}

/// What a database holds, before it is said what of it is compared.
struct Contents {
    loaded: Loaded,
    edges: Vec<Edge>,
    facts: Facts,
    /// What other systems of migrations keep for themselves.
    kept: Vec<Vec<String>>,
}

impl Contents {
    /// Asks everything at once: what has come is taken in while the server is at work on the rest.
    async fn read(reader: &Reader<'_>, scope: &Scope) -> Result<Contents> {
        let kinds = try_join_all(REGISTRY.iter().map(|entry| reader.kind(entry, scope)));
        let others = try_join_all(OTHERS.map(|query| reader.ask(query)));
        let others = try_join(kept_by_others(reader.client), others);
        let (edges, ((kept, others), kinds)) = try_join(reader.edges(scope), try_join(others, kinds)).await?;
        let [comments, labels, roles, facts, casts, constraint_names, builtin, defaults] =
            <[Vec<tokio_postgres::Row>; OTHERS.len()]>::try_from(others).expect("each query gives an answer");
        let mut loaded = Loaded::new(kinds, &Roles::new(&roles));
        loaded.describe(&comments, &labels);
        let facts = facts::facts([&facts, &casts, &constraint_names, &builtin, &defaults]);
        Ok(Contents { loaded, edges, facts, kept })
    }

    fn catalog(self, scope: &Scope) -> Catalog {
        let kept_by_others = self.loaded.left_out(&self.kept, scope);
        let mut catalog = self.loaded.catalog(&self.edges, &scope.beside(&self.kept), self.facts);
        catalog.kept_by_others = kept_by_others;
        catalog
    }
}

fn failed(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Catalog, error)
}
