//! How much a table or a column of the live database holds: counted where that is cheap, else as the server estimates it.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use tokio_postgres::{Client, Error};

use super::kinds::column::Column;
use super::kinds::table::Table;
use super::measure::sizes;
use super::quote::literal;
use crate::catalog::Catalog;
use crate::figures::{amount, grouped};

/// What is counted and not estimated: tables of at most so many bytes.
const COUNTED: u64 = 64 << 20;

/// How much is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Extent {
    /// Rows of a table, or of a column the rows in which it holds a value; null where the server never counted them.
    pub rows: Option<u64>,
    /// Whether they were counted just now, and not estimated.
    pub exact: bool,
    /// Of a table: its rows and what is stored out of line, without indexes, in bytes.
    pub bytes: Option<u64>,
}

impl fmt::Display for Extent {
    /// `about 1,204,332 rows, 310 MB`, or of a column `12 values`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.bytes.is_some() { "row" } else { "value" };
        match (self.rows, self.exact) {
            (Some(0), true) => return write!(f, "no {what}s"),
            (Some(1), true) => write!(f, "1 {what}")?,
            (Some(rows), exact) => {
                let about = if exact { "" } else { "about " };
                write!(f, "{about}{} {what}s", grouped(rows, ','))?;
            }
            (None, _) => write!(f, "an unknown number of {what}s")?,
        }
        self.bytes.map_or(Ok(()), |bytes| write!(f, ", {}", amount(bytes)))
    }
}

/// How much an object of the live catalog holds that is told so, such as `column public.foods.name`; None where it holds no
/// rows that could be counted.
///
/// # Errors
/// What the server says where it is not about the rows.
pub async fn extent(client: &Client, live: &Catalog, told: &str) -> Result<Option<Extent>, Error> {
    let Some(index) = live.objects.values().position(|object| object.to_string() == told) else {
        return Ok(None);
    };
    let (address, object) = live.at(index);
    let column = live.body::<Column>(address).map(|column| (&column.table, &column.name));
    let table = match (column, live.body::<Table>(address)) {
        (Some((table, _)), _) => table,
        (None, Some(_)) => &object.identity,
        (None, None) => return Ok(None),
    };
    let Some(size) = sizes(client, &[table]).await?.remove(table) else { return Ok(None) };
    let counted = match size.bytes <= COUNTED {
        true => count(client, table, column.map_or("*", |(_, name)| name)).await?,
        false => None,
    };
    let share = match (column, counted) {
        (Some(_), None) => share(client, table, address.names.last().map_or("", String::as_str)).await?,
        _ => Some(1.0),
    };
    let estimated = size.rows.zip(share).map(|(rows, share)| (rows as f64 * share).round() as u64);
    Ok(Some(Extent {
        rows: counted.or(estimated),
        exact: counted.is_some(),
        bytes: column.is_none().then_some(size.bytes),
    }))
}

/// None where it may not be known, or takes too long.
async fn count(client: &Client, table: &str, what: &str) -> Result<Option<u64>, Error> {
    client
        .batch_execute("BEGIN READ ONLY; SET LOCAL statement_timeout = '5s'; SET LOCAL row_security = off")
        .await?;
    let counted = match client.query_one(&format!("SELECT count({what}) FROM {table}"), &[]).await {
        Ok(row) => Some(row.get::<_, i64>(0).unsigned_abs()),
        Err(error) if error.as_db_error().is_some() => None,
        Err(error) => return Err(error),
    };
    client.batch_execute("ROLLBACK").await?;
    Ok(counted)
}

/// Which share of the rows of a table holds a value in a column, as the server estimates it.
async fn share(client: &Client, table: &str, column: &str) -> Result<Option<f64>, Error> {
    let query = format!(
        "SELECT 1 - s.null_frac::float8 FROM pg_catalog.pg_stats s
         JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass({})
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = s.schemaname AND c.relname = s.tablename
         WHERE s.attname = $1 ORDER BY s.inherited DESC LIMIT 1",
        literal(table)
    );
    Ok(client.query_opt(&query, &[&column]).await?.map(|row| row.get(0)))
}
