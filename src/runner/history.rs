//! The table that remembers which migrations have run.

mod record;
mod shape;

use std::fmt;

use serde::Serialize;
use sha2::{Digest, Sha256};
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use crate::error::{Error, ErrorKind, Result};
use crate::migration::{File, Version};
use crate::postgres::session::{self, Column};
pub use record::Record;
use shape::Shape;

/// Where history is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct History {
    /// The schema of the table, unquoted.
    pub schema: String,
    /// The name of the table, unquoted.
    pub table: String,
}

impl Default for History {
    fn default() -> History {
        History { schema: "schemadiff".to_owned(), table: "schema_migrations".to_owned() }
    }
}

impl History {
    /// Reads `table` or `schema.table` as SQL does: without quotes, upper case is folded.
    ///
    /// # Errors
    ///
    /// An empty name, more than two names, a quote that is not closed.
    pub fn parse(text: &str) -> Result<History> {
        let wrong = || {
            Error::new(ErrorKind::Usage, format!("`{text}` is not the name of a table"))
                .hint("write `table` or `schema.table`, in double quotes where SQL needs them")
        };
        let mut names = vec![String::new()];
        let mut quoted = false;
        let mut characters = text.trim().chars().peekable();
        while let Some(character) = characters.next() {
            let name = names.last_mut().ok_or_else(wrong)?;
            match character {
                '"' if quoted && characters.next_if_eq(&'"').is_some() => name.push('"'),
                '"' => quoted = !quoted,
                '.' if !quoted => names.push(String::new()),
                _ if quoted => name.push(character),
                _ => name.extend(character.to_lowercase()),
            }
        }
        if quoted || names.iter().any(String::is_empty) {
            return Err(wrong());
        }
        match <[String; 2]>::try_from(names) {
            Ok([schema, table]) => Ok(History { schema, table }),
            Err(mut names) if names.len() == 1 => {
                Ok(History { table: names.remove(0), ..History::default() })
            }
            Err(_) => Err(wrong()),
        }
    }

    /// The table's name for SQL.
    pub fn identity(&self) -> String {
        format!("{}.{}", quoted(&self.schema), quoted(&self.table))
    }

    /// The advisory lock of all who write this table. Advisory locks are a database's own, so its name is not needed.
    pub(crate) fn key(&self) -> i64 {
        let digest = Sha256::digest(format!("schemadiff {}", self.identity()).as_bytes());
        digest.iter().take(8).fold(0, |key, byte| (key << 8) | i64::from(*byte))
    }

    /// Whether the table is there.
    ///
    /// # Errors
    ///
    /// A table of that name has other columns: another tool's.
    pub async fn exists(&self, client: &Client) -> Result<bool> {
        Ok(self.lacking(client).await?.is_some())
    }

    /// The columns that the table lacks because it was made by an earlier version; `None` if there is no table.
    async fn lacking(&self, client: &Client) -> Result<Option<Vec<&'static str>>> {
        let found = session::columns(client, &self.schema, &self.table).await.map_err(server)?;
        let Some(columns) = found else { return Ok(None) };
        if let Shape::Ours(lacking) = Shape::of(&columns) {
            return Ok(Some(lacking));
        }
        let columns: Vec<_> =
            columns.iter().map(|Column { name, data_type }| format!("{name} {data_type}")).collect();
        let message =
            format!("the table `{self}` is not one of `schemadiff`\nits columns: {}", columns.join(", "));
        Err(Error::new(ErrorKind::Migration, message)
            .hint("`schemadiff adopt` takes over another tool's history; or give ours another name in `schemadiff.yaml`"))
    }

    /// Makes the table, and its schema, where they are missing, and adds columns that are newer than it is. Asks first: `IF NOT EXISTS` needs the right to create
    /// even where there is nothing to create.
    ///
    /// # Errors
    ///
    /// As [`History::exists`], and what the server says.
    pub async fn create(&self, client: &Client) -> Result<()> {
        if let Some(lacking) = self.lacking(client).await? {
            if lacking.is_empty() {
                return Ok(());
            }
            let sql = shape::upgrade(&self.identity(), &lacking);
            return client.batch_execute(&sql).await.map_err(|error| self.failed("upgrade", error));
        }
        if !session::schema_exists(client, &self.schema).await.map_err(server)? {
            let sql = format!("CREATE SCHEMA IF NOT EXISTS {}", quoted(&self.schema));
            client.batch_execute(&sql).await.map_err(|error| self.failed("create", error))?;
        }
        let sql = shape::create(&self.identity());
        client.batch_execute(&sql).await.map_err(|error| self.failed("create", error))
    }

    fn failed(&self, doing: &str, error: tokio_postgres::Error) -> Error {
        let read_only = error.code() == Some(&SqlState::READ_ONLY_SQL_TRANSACTION);
        let error = server(error);
        let hint = match read_only {
            true => {
                Some("connect to the primary, and see that `default_transaction_read_only` is off".to_owned())
            }
            false => error.hint,
        };
        let message = format!("cannot {doing} the history table `{self}`: {}", error.message);
        Error { message, hint, ..error }
    }

    /// All that has run, by number; nothing where there is no table.
    ///
    /// # Errors
    ///
    /// As [`History::exists`], and what the server says.
    pub async fn read(&self, client: &Client) -> Result<Vec<Record>> {
        let Some(lacking) = self.lacking(client).await? else { return Ok(Vec::new()) };
        let columns = shape::expressions(&lacking);
        let sql = format!("SELECT {columns} FROM {} ORDER BY version, name", self.identity());
        let rows = client.query(&sql, &[]).await.map_err(server)?;
        let record = |row: &tokio_postgres::Row| Record {
            version: Version::from(row.get::<_, i64>(0)),
            name: row.get(1),
            description: row.get(2),
            depends: row.get(3),
            checksum: row.get(4),
            applied_at: row.get(5),
            applied_by: row.get(6),
            execution_time_ms: row.get(7),
        };
        Ok(rows.iter().map(record).collect())
    }

    /// Records a migration; in the transaction that is open, if one is.
    ///
    /// # Errors
    ///
    /// A header that cannot be read, and what the server says.
    pub async fn record(&self, client: &Client, file: &File, execution_time_ms: i64) -> Result<()> {
        let header = file.header()?;
        let depends: Vec<String> = header.depends.iter().map(Version::to_string).collect();
        let sql = format!(
            "INSERT INTO {} (version, name, description, depends, checksum, execution_time_ms)
             VALUES ($1, $2, $3, $4, $5, $6)",
            self.identity()
        );
        client
            .execute(
                &sql,
                &[
                    &file.version.number,
                    &file.name,
                    &header.description,
                    &depends,
                    &file.checksum(),
                    &execution_time_ms,
                ],
            )
            .await
            .map_err(|error| self.failed("write to", error))?;
        Ok(())
    }

    /// Records what ran elsewhere; in the transaction that is open, if one is.
    ///
    /// # Errors
    ///
    /// What the server says.
    pub(crate) async fn insert(&self, client: &Client, record: &Record) -> Result<()> {
        let sql = format!(
            "INSERT INTO {} (version, name, description, depends, checksum, applied_by, execution_time_ms, applied_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::timestamptz)",
            self.identity()
        );
        let Record {
            name, description, depends, checksum, applied_by, execution_time_ms, applied_at, ..
        } = record;
        let inserted = client
            .execute(
                &sql,
                &[
                    &record.version.number,
                    name,
                    description,
                    depends,
                    checksum,
                    applied_by,
                    execution_time_ms,
                    applied_at,
                ],
            )
            .await;
        inserted.map(|_| ()).map_err(|error| self.failed("write to", error))
    }

    /// Takes a migration out of history; in the transaction that is open, if one is.
    ///
    /// # Errors
    ///
    /// What the server says.
    pub async fn remove(&self, client: &Client, version: Version, name: &str) -> Result<()> {
        let sql = format!("DELETE FROM {} WHERE version = $1 AND name = $2", self.identity());
        let removed = client.execute(&sql, &[&version.number, &name]).await;
        removed.map(|_| ()).map_err(|error| self.failed("write to", error))
    }

    /// Records that the file of a migration is gone; what it did stays, and so does its record.
    ///
    /// # Errors
    ///
    /// What the server says.
    pub(super) async fn mark_gone(&self, client: &Client, record: &Record) -> Result<()> {
        let sql = format!("UPDATE {} SET checksum = $3 WHERE version = $1 AND name = $2", self.identity());
        let marked = client.execute(&sql, &[&record.version.number, &record.name, &record.gone()]).await;
        marked.map(|_| ()).map_err(|error| self.failed("write to", error))
    }

    /// Sees to it that this role may record what runs, before anything does.
    ///
    /// # Errors
    ///
    /// It may not, or the server cannot be asked.
    pub(super) async fn is_writable(&self, client: &Client) -> Result<()> {
        for privilege in ["INSERT", "DELETE"] {
            if !session::may(client, &self.identity(), privilege).await.map_err(server)? {
                let message = format!("this role may not {privilege} in the history table `{self}`");
                return Err(Error::new(ErrorKind::Apply, message).hint(format!(
                    "its owner can `GRANT SELECT, INSERT, UPDATE, DELETE ON {}`; nothing was run",
                    self.identity()
                )));
            }
        }
        Ok(())
    }

    /// Records `file` in the place of the migration `version` and `name`, with the time and the role of that.
    ///
    /// # Errors
    ///
    /// A header that cannot be read, and what the server says.
    pub(super) async fn amend(
        &self,
        client: &Client,
        version: Version,
        name: &str,
        file: &File,
    ) -> Result<()> {
        let header = file.header()?;
        let depends: Vec<String> = header.depends.iter().map(Version::to_string).collect();
        let sql = format!(
            "UPDATE {} SET version = $3, name = $4, description = $5, depends = $6, checksum = $7
              WHERE version = $1 AND name = $2",
            self.identity()
        );
        let amended = client
            .execute(
                &sql,
                &[
                    &version.number,
                    &name,
                    &file.version.number,
                    &file.name,
                    &header.description,
                    &depends,
                    &file.checksum(),
                ],
            )
            .await;
        amended.map(|_| ()).map_err(|error| self.failed("write to", error))
    }
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.schema, self.table)
    }
}

/// Whether a table with these columns is a history of ours.
pub(crate) fn is_ours(columns: &[Column]) -> bool {
    matches!(Shape::of(columns), Shape::Ours(_))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn server(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Apply, error)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::History;

    #[test]
    fn names_are_read_as_sql_does() {
        let identity = |text: &str| History::parse(text).unwrap().identity();
        assert_eq!(identity("Migrations"), "\"schemadiff\".\"migrations\"");
        assert_eq!(identity("ops.\"My \"\"log\"\"\""), "\"ops\".\"My \"\"log\"\"\"");
        assert_eq!(identity("\"a.b\".c"), "\"a.b\".\"c\"");
        for wrong in ["", "a.", "a.b.c", "\"a"] {
            assert!(History::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_key_is_the_tables_own() {
        assert_eq!(History::default().key(), History::parse("schemadiff.schema_migrations").unwrap().key());
        assert_ne!(History::default().key(), History::parse("ops.schema_migrations").unwrap().key());
    }
}
