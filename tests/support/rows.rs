//! What a database holds besides its schema: the rows of tables and the state of sequences, before and after.

use std::collections::BTreeMap;

use tokio_postgres::{Client, Error};

/// The rows of all tables and sequences, by their quoted names.
pub struct Rows(BTreeMap<String, Table>);

struct Table {
    is_sequence: bool,
    /// For a partition: the table that it is ultimately a part of.
    root: Option<String>,
    columns: Vec<Column>,
    /// Every value as text.
    rows: Vec<Vec<Option<String>>>,
}

#[derive(PartialEq)]
struct Column {
    name: String,
    data_type: String,
    is_generated: bool,
}

/// What is compared.
#[derive(Clone, Copy, PartialEq)]
pub enum Extent {
    /// What is on both sides with the same type and is not computed.
    Shared,
    /// Everything.
    Whole,
}

/// A sequence is a table of one row. Rows of inheritance children are told with the children, those of partitions
/// with the whole and with each of them.
const TABLES: &str = "
    SELECT format('%I.%I', n.nspname, c.relname), c.relkind = 'S', c.relkind = 'r',
           CASE WHEN c.relispartition THEN
               (SELECT format('%I.%I', rn.nspname, r.relname) FROM pg_class r JOIN pg_namespace rn ON rn.oid = r.relnamespace
                 WHERE r.oid = pg_partition_root(c.oid))
           END,
           coalesce(array_agg(quote_ident(a.attname) ORDER BY a.attname) FILTER (WHERE a.attname IS NOT NULL), '{}'),
           coalesce(array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attname) FILTER (WHERE a.attname IS NOT NULL), '{}'),
           coalesce(array_agg(a.attgenerated <> '' ORDER BY a.attname) FILTER (WHERE a.attname IS NOT NULL), '{}')
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           AND (c.relkind <> 'S' OR a.attname <> 'log_cnt')
     WHERE c.relkind IN ('r', 'p', 'S') AND c.oid >= 16384
     GROUP BY n.nspname, c.relname, c.relkind, c.relispartition, c.oid";

impl Rows {
    /// Reads them all.
    pub async fn read(client: &Client) -> Result<Rows, Error> {
        let mut tables = BTreeMap::new();
        for row in client.query(TABLES, &[]).await? {
            let (name, names, types): (String, Vec<String>, Vec<String>) =
                (row.get(0), row.get(4), row.get(5));
            let generated: Vec<bool> = row.get(6);
            let columns: Vec<Column> = names
                .into_iter()
                .zip(types)
                .zip(generated)
                .map(|((name, data_type), is_generated)| Column { name, data_type, is_generated })
                .collect();
            let values: Vec<String> = columns.iter().map(|column| format!("{}::text", column.name)).collect();
            let only = if row.get(2) { "ONLY" } else { "" };
            let query = format!("SELECT ARRAY[{}]::text[] FROM {only} {name}", values.join(", "));
            let rows = client.query(&query, &[]).await?.iter().map(|row| row.get(0)).collect();
            tables.insert(name, Table { is_sequence: row.get(1), root: row.get(3), columns, rows });
        }
        Ok(Rows(tables))
    }

    /// What `later` has lost or changed, one sentence each; `consented` are the objects that were named as losing
    /// data.
    pub fn missing_in(&self, later: &Rows, consented: &[String], extent: Extent) -> Vec<String> {
        let is_lost = |name: &str| consented.iter().any(|object| object.ends_with(&format!(" {name}")));
        let mut complaints = Vec::new();
        // A partition's rows are those of its root, wherever among its partitions they are.
        for (name, table) in self.0.iter().filter(|(_, table)| table.root.is_none()) {
            let loses_partition =
                |(part, of): (&String, &Table)| of.root.as_ref() == Some(name) && is_lost(part);
            if is_lost(name) || self.0.iter().chain(&later.0).any(loses_partition) {
                continue;
            }
            let Some(found) = later.0.get(name) else {
                if !table.rows.is_empty() && !table.is_sequence {
                    complaints.push(format!("`{name}` is gone with its rows, and no hazard says so"));
                }
                continue;
            };
            // A sequence that was never asked begins where its definition says.
            if table.is_sequence && table.rows.iter().flatten().any(|value| value.as_deref() == Some("false"))
            {
                continue;
            }
            let kept = |column: &&Column| match extent {
                Extent::Shared => !column.is_generated && found.columns.contains(column),
                Extent::Whole => true,
            };
            let kept: Vec<&Column> = table
                .columns
                .iter()
                .filter(kept)
                .filter(|column| !is_lost(&format!("{name}.{}", column.name)))
                .collect();
            let (before, after) = (table.values(&kept), found.values(&kept));
            if before != after {
                complaints.push(format!("`{name}` held\n    {before:?}\n  and holds\n    {after:?}"));
            }
        }
        complaints
    }
}

impl Table {
    /// The values of these columns, row by row, in an order of their own.
    fn values(&self, columns: &[&Column]) -> Vec<Vec<Option<&str>>> {
        let places: Vec<Option<usize>> = columns
            .iter()
            .map(|wanted| self.columns.iter().position(|column| column.name == wanted.name))
            .collect();
        let mut values: Vec<Vec<Option<&str>>> = self
            .rows
            .iter()
            .map(|row| places.iter().map(|place| row[(*place)?].as_deref()).collect())
            .collect();
        values.sort();
        values
    }
}
