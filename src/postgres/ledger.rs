//! The ledger: what becomes of every column of every system catalog. `ledger.tsv` has a line for each: whether a kind
//! manages it, whether it follows from others, or why it is ignored. Supporting a new major version begins there.

use tokio_postgres::Client;

use super::connect::OLDEST_VERSION;
use crate::{Error, ErrorKind, Result};

/// The newest major version whose catalogs the ledger lists.
pub const NEWEST_VERSION: u32 = 18;

/// The ledger as it is kept.
pub const TEXT: &str = include_str!("ledger.tsv");

/// What stands for the machine where the ledger names who reads a column.
pub const MACHINE: &str = "machine";

/// What stands for the server's own naming of objects where the ledger names what a column is read through.
pub const ADDRESS: &str = "address";

/// A column of a system catalog.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    /// The catalog's name.
    pub catalog: String,
    /// Its own.
    pub name: String,
}

/// What the ledger says of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The column.
    pub column: Column,
    /// The first major version that has it.
    pub since: u32,
    /// The last major version that has it, as far as is known.
    pub until: u32,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// These read it.
    Managed(Vec<Reader>),
    /// It follows from what is managed; how.
    Derived(String),
    /// It is no part of a schema; why.
    Ignored(String),
}

/// Who reads a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The name of a kind, or [`MACHINE`].
    pub kind: String,
    /// The function of the server that prints it, or [`ADDRESS`]; None where a query names it.
    pub through: Option<String>,
}

/// Reads the ledger.
///
/// # Errors
/// A line does not have its five fields, or one of them makes no sense.
pub fn parse(text: &str) -> Result<Vec<Line>> {
    let lines = text.lines().enumerate().skip(1);
    lines
        .map(|(number, line)| {
            parse_line(line).ok_or_else(|| {
                let message = format!("line {} of the ledger makes no sense: {line}", number + 1);
                Error::new(ErrorKind::Catalog, message)
            })
        })
        .collect()
}

fn parse_line(line: &str) -> Option<Line> {
    let [catalog, name, versions, verdict, why] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let number = |text: &str, default: u32| match text {
        "" => Some(default),
        text => text.parse().ok(),
    };
    let (since, until) = versions.split_once('-').unwrap_or_default();
    let verdict = match verdict {
        _ if why.is_empty() => return None,
        "managed" => Verdict::Managed(readers(why)),
        "derived" => Verdict::Derived(why.to_owned()),
        "ignored" => Verdict::Ignored(why.to_owned()),
        _ => return None,
    };
    Some(Line {
        column: Column { catalog: catalog.to_owned(), name: name.to_owned() },
        since: number(since, OLDEST_VERSION)?,
        until: number(until, NEWEST_VERSION)?,
        verdict,
    })
}

/// `function, procedure through pg_get_functiondef; …`
fn readers(text: &str) -> Vec<Reader> {
    text.split("; ")
        .flat_map(|group| {
            let (kinds, through) = match group.split_once(" through ") {
                Some((kinds, through)) => (kinds, Some(through.to_owned())),
                None => (group, None),
            };
            kinds.split(", ").map(move |kind| Reader { kind: kind.to_owned(), through: through.clone() })
        })
        .collect()
}

/// Every column of the server's system catalogs.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn columns(client: &Client) -> Result<Vec<Column>> {
    let rows = client.query(COLUMNS, &[]).await;
    let rows = rows.map_err(|error| Error::server(ErrorKind::Catalog, error))?;
    Ok(rows.iter().map(|row| Column { catalog: row.get(0), name: row.get(1) }).collect())
}

const COLUMNS: &str = "SELECT c.relname::text, a.attname::text
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND c.oid < 16384
    AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum";

/// Those of a server's `columns` that the ledger lacks for the server's major version.
pub fn lacking(ledger: &[Line], major: u32, columns: &[Column]) -> Vec<Column> {
    let known = |column: &Column| {
        // What a newer version than ours has kept is known.
        ledger.iter().any(|line| {
            line.column == *column && (line.since..=line.until).contains(&major.min(NEWEST_VERSION))
        })
    };
    columns.iter().filter(|column| !known(column)).cloned().collect()
}

/// What to warn of before working with a server: one that is newer than the ledger, with what the ledger lacks of it.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn warning(client: &Client) -> Result<Option<String>> {
    let row = client.query_one("SELECT current_setting('server_version_num')::integer / 10000", &[]).await;
    let row = row.map_err(|error| Error::server(ErrorKind::Catalog, error))?;
    let major = row.get::<_, i32>(0).cast_unsigned();
    if major <= NEWEST_VERSION {
        return Ok(None);
    }
    Ok(Some(told(major, &lacking(&parse(TEXT)?, major, &columns(client).await?))))
}

fn told(major: u32, lacking: &[Column]) -> String {
    let newer = format!("PostgreSQL {major} is newer than {NEWEST_VERSION}, the newest that is known");
    if lacking.is_empty() {
        return format!("{newer}; its system catalogs have no new column");
    }
    let names: Vec<_> =
        lacking.iter().map(|column| format!("\n  {}.{}", column.catalog, column.name)).collect();
    format!("{newer}; what these columns of its system catalogs say is not compared:{}", names.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(catalog: &str, name: &str) -> Column {
        Column { catalog: catalog.into(), name: name.into() }
    }

    #[test]
    fn a_newer_server_is_told_with_what_the_ledger_lacks_of_it() {
        let ledger = parse(TEXT).unwrap();
        let columns =
            [column("pg_class", "relname"), column("pg_class", "relcolour"), column("pg_new", "oid")];
        let lacking = lacking(&ledger, 19, &columns);
        assert_eq!(lacking, columns[1..]);
        assert_eq!(
            told(19, &lacking),
            "PostgreSQL 19 is newer than 18, the newest that is known; what these columns of its system catalogs say \
             is not compared:\n  pg_class.relcolour\n  pg_new.oid"
        );
    }

    #[test]
    fn a_column_is_known_in_its_versions_only() {
        let ledger = parse(TEXT).unwrap();
        let columns = [column("pg_constraint", "conenforced")];
        assert_eq!(lacking(&ledger, 18, &columns), []);
        assert_eq!(lacking(&ledger, 17, &columns), columns);
    }
}
