//! Finds the history table of another system in a database, by its name and its columns.

use tokio_postgres::Client;

use super::system::{Row, System};
use super::systems::SYSTEMS;
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::quote::identifier;
use crate::postgres::session::{Column, Table, may, tables_named};
use crate::runner::is_ours;

/// What is added to the name of a history table that makes way for ours.
const ASIDE: &str = "_adopted";

/// The history table of another system.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub system: &'static System,
    pub table: Table,
}

impl Found {
    /// The name that the table bears in messages, and in SQL.
    pub fn identity(&self) -> String {
        format!("{}.{}", identifier(&self.table.schema), identifier(&self.table.name))
    }

    /// The name that it gets where ours takes its name.
    pub fn aside(&self) -> String {
        format!("{}{ASIDE}", self.table.name)
    }

    /// What it says, in the order in which it was applied.
    pub async fn rows(&self, client: &Client) -> Result<Vec<Row>> {
        let rows = self.system.rows.replace("{table}", &self.identity());
        let query = format!("SELECT to_jsonb(found) FROM ({rows}) AS found");
        let rows = client.query(&query, &[]).await.map_err(server)?;
        let row = |row: &tokio_postgres::Row| {
            serde_json::from_value(row.get(0)).map_err(|error| {
                let message = format!("a row of `{}` makes no sense: {error}", self.identity());
                Error::new(ErrorKind::Migration, message)
            })
        };
        rows.iter().map(row).collect()
    }

    /// Keeps the system from writing its table until the transaction ends, where this role may do that.
    pub async fn keep_still(&self, client: &Client) -> Result<()> {
        if may(client, &self.identity(), "UPDATE, DELETE, TRUNCATE").await.map_err(server)? {
            let sql = format!("LOCK TABLE {} IN SHARE MODE", self.identity());
            client.batch_execute(&sql).await.map_err(server)?;
        }
        Ok(())
    }

    /// What of the database is this system's own, as names that objects begin with.
    fn names(&self) -> Vec<Vec<String>> {
        let schema = &self.table.schema;
        if self.system.schema == Some(schema) {
            return vec![vec![schema.clone()]];
        }
        let tables = self.system.companions.iter().copied().chain([self.table.name.as_str()]);
        tables.map(|table| vec![schema.clone(), table.to_owned()]).collect()
    }
}

/// The history table of the one system that was used, or of the system `from`.
///
/// # Errors
///
/// None, several, or one whose columns nobody knows.
pub(super) async fn find(client: &Client, from: Option<&System>) -> Result<Found> {
    let tables = candidates(client).await?;
    let is_asked = |system: &System| from.is_none_or(|from| from.name == system.name);
    let known = recognised(&tables, is_asked);
    match known.as_slice() {
        [] => Err(unknown(&tables, from, is_asked)),
        [found] => Ok(found.clone()),
        several => {
            let each: Vec<_> =
                several.iter().map(|one| format!("  `{}` of {}", one.identity(), one.system.name)).collect();
            let message = format!("several systems have kept history here:\n{}", each.join("\n"));
            Err(Error::new(ErrorKind::Usage, message).hint("`--from SYSTEM` says which shall be adopted"))
        }
    }
}

/// The names of everything that other systems of migrations keep for themselves in this database.
///
/// # Errors
///
/// What the server says.
pub async fn kept_by_others(client: &Client) -> Result<Vec<Vec<String>>> {
    Ok(all(client).await?.iter().flat_map(Found::names).collect())
}

/// The names of the other systems of migrations that have kept history in this database.
///
/// # Errors
///
/// What the server says.
pub async fn keepers(client: &Client) -> Result<Vec<&'static str>> {
    Ok(all(client).await?.iter().map(|found| found.system.name).collect())
}

/// Every history table of another system.
///
/// # Errors
///
/// What the server says.
pub(super) async fn all(client: &Client) -> Result<Vec<Found>> {
    Ok(recognised(&candidates(client).await?, |_| true))
}

/// Every table that bears a name which some system gives to one of its tables.
async fn candidates(client: &Client) -> Result<Vec<Table>> {
    let names = SYSTEMS.iter().flat_map(|system| system.companions.iter().copied().chain([system.table]));
    let names: Vec<String> = names.flat_map(|name| [name.to_owned(), format!("{name}{ASIDE}")]).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut tables = tables_named(client, &names).await.map_err(server)?;
    tables.retain(|table| !is_ours(&table.columns));
    Ok(tables)
}

/// The tables that are a history; where two systems keep it alike, that with more tables is meant.
fn recognised(tables: &[Table], is_asked: impl Fn(&System) -> bool) -> Vec<Found> {
    let fit = |table: &Table| {
        let beside: Vec<&Table> = tables.iter().filter(|one| one.schema == table.schema).collect();
        let fitting = SYSTEMS.iter().filter(|system| {
            is_asked(system) && is_named(table, system.table) && system.fits(table, &beside)
        });
        let system = fitting.max_by_key(|system| system.companions.len())?;
        Some(Found { system, table: table.clone() })
    };
    tables.iter().filter_map(fit).collect()
}

fn is_named(table: &Table, name: &str) -> bool {
    table.name.strip_suffix(ASIDE).unwrap_or(&table.name) == name
}

fn unknown(tables: &[Table], from: Option<&System>, is_asked: impl Fn(&System) -> bool) -> Error {
    let asked: Vec<_> = SYSTEMS.iter().filter(|system| is_asked(system)).collect();
    let alike: Vec<&Table> =
        tables.iter().filter(|table| asked.iter().any(|system| is_named(table, system.table))).collect();
    if alike.is_empty() {
        let message = match from {
            Some(system) => {
                format!("there is no table `{}` of {} in this database", system.table, system.name)
            }
            None => "there is no history of another system in this database".to_owned(),
        };
        let names: Vec<_> = SYSTEMS.iter().map(|system| system.name).collect();
        return Error::new(ErrorKind::Migration, message).hint(format!(
            "known are {}; `schemadiff init --from-database` begins with a database that has no history",
            names.join(", ")
        ));
    }
    let shapes = alike.iter().map(|table| {
        let name = format!("{}.{}", identifier(&table.schema), identifier(&table.name));
        let columns: Vec<_> =
            table.columns.iter().map(|Column { name, data_type }| format!("{name} {data_type}")).collect();
        let of: Vec<_> =
            asked.iter().filter(|system| is_named(table, system.table)).map(|system| system.name).collect();
        format!(
            "the table `{name}` bears the name of the history of {}, and has other columns: {}",
            of.join(", "),
            columns.join(", ")
        )
    });
    let message = shapes.collect::<Vec<_>>().join("\n");
    Error::new(ErrorKind::Migration, message).hint(
        "it was left alone; `schemadiff init --from-database` begins with the database as it is, without its history",
    )
}

fn server(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Apply, error)
}
