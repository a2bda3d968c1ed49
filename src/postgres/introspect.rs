//! The one door through which a catalog comes, live or desired.

mod edges;
mod facts;
mod loaded;
mod queries;
mod scope;
mod sizes;

use std::collections::HashMap;

use futures_util::future::{try_join, try_join_all};
use tokio_postgres::{Client, Statement};

use self::loaded::{Loaded, Satellites};
pub use self::queries::texts;
use self::queries::{BEGIN, OTHERS, framed, queries};
pub use self::scope::Scope;
pub use self::sizes::table_sizes;
use super::kinds::REGISTRY;
use super::row::Row;
use crate::adopt::kept_by_others;
use crate::catalog::Catalog;
use crate::{Error, ErrorKind, Result};

/// Where a row of a system catalog is: `classid`, `objid`, `objsubid`.
type Location = (u32, u32, i32);

/// Reads all objects of the database, with their edges. What other systems of migrations keep for themselves is nobody's
/// schema, and left out.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn introspect(client: &Client, scope: &Scope) -> Result<Catalog> {
    Reader { client, prepared: HashMap::new() }.read(scope).await
}

/// Reads one database more than once. With few objects, most of the time goes into planning the queries, which happens
/// once.
#[derive(Debug)]
pub struct Reader<'a> {
    client: &'a Client,
    prepared: HashMap<String, Statement>,
}

impl<'a> Reader<'a> {
    /// A reader with all of its queries prepared in this session.
    ///
    /// # Errors
    /// Of kind `Catalog`, with what the server says.
    pub async fn new(client: &'a Client) -> Result<Reader<'a>> {
        let prepared = in_one_view(client, async {
            let statements = queries().map(|query| async move {
                let statement = client.prepare(&query).await.map_err(failed)?;
                Ok((query, statement))
            });
            try_join_all(statements).await
        });
        Ok(Reader { client, prepared: prepared.await?.into_iter().collect() })
    }

    /// See [`introspect`].
    ///
    /// # Errors
    /// Of kind `Catalog`, with what the server says.
    pub async fn read(&self, scope: &Scope) -> Result<Catalog> {
        in_one_view(self.client, read(self, scope)).await
    }

    async fn ask(&self, query: &str) -> Result<Vec<tokio_postgres::Row>> {
        let rows = match self.prepared.get(query) {
            Some(statement) => self.client.query(statement, &[]).await,
            None => self.client.query_typed(query, &[]).await,
        };
        rows.map_err(failed)
    }
}

async fn in_one_view<T>(client: &Client, work: impl Future<Output = Result<T>>) -> Result<T> {
    client.batch_execute(BEGIN).await.map_err(failed)?;
    let done = work.await;
    client.batch_execute("ROLLBACK").await.map_err(failed)?;
    done
}

async fn read(reader: &Reader<'_>, scope: &Scope) -> Result<Catalog> {
    let kinds = try_join_all(REGISTRY.iter().map(|entry| async move {
        reader.ask(&framed(entry)).await.map_err(|mut error| {
            error.message = format!("reading each {}: {}", entry.name, error.message);
            error
        })
    }));
    let others = try_join_all(OTHERS.map(|query| reader.ask(query)));
    let (kinds, (others, kept)) = try_join(kinds, try_join(others, kept_by_others(reader.client))).await?;
    let [dependencies, comments, labels, facts, casts, constraint_names, builtin, defaults] =
        <[Vec<tokio_postgres::Row>; OTHERS.len()]>::try_from(others).expect("each query gives an answer");

    let edges: Vec<edges::Edge> = dependencies
        .iter()
        .map(|row| {
            let deptype: i8 = row.get(6);
            (
                (row.get(0), row.get(1), row.get(2)),
                (row.get(3), row.get(4), row.get(5)),
                deptype.cast_unsigned(),
            )
        })
        .collect();
    let satellites = Satellites::new(&comments, &labels);
    let mut loaded = Loaded::default();
    for (entry, rows) in REGISTRY.iter().zip(kinds) {
        for row in rows {
            loaded.add(entry, &Row(row), &satellites)?;
        }
    }
    let facts = facts::facts([&facts, &casts, &constraint_names, &builtin, &defaults]);
    let without = [scope.without.as_slice(), &kept].concat();
    Ok(loaded.catalog(&edges, &Scope { without, ..scope.clone() }, facts))
}

fn failed(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Catalog, error)
}
