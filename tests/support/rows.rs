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

struct Column {
    name: String,
    data_type: String,
    /// Whether its values may change while its type keeps its name: it is generated, or composite.
    is_formed: bool,
    /// Whether it is the table's own, and not had from a parent.
    is_local: bool,
}

/// What is compared.
#[derive(Clone, Copy, PartialEq)]
pub enum Extent {
    /// What is on both sides with the same type.
    Shared,
    /// Everything.
    Whole,
}

/// A sequence is a table of one row. Rows of inheritance children are told with the children, those of partitions
/// with the whole and with each of them. What a foreign server holds cannot be read here.
const TABLES: &str = "
    SELECT format('%I.%I', n.nspname, c.relname), c.relkind = 'S', c.relkind = 'r',
           CASE WHEN c.relispartition THEN
               (SELECT format('%I.%I', rn.nspname, r.relname) FROM pg_class r JOIN pg_namespace rn ON rn.oid = r.relnamespace
                 WHERE r.oid = pg_partition_root(c.oid))
           END,
           coalesce(array_agg(quote_ident(a.attname) ORDER BY a.attname) FILTER (WHERE a.attname IS NOT NULL), '{}'),
           coalesce(array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attname) FILTER (WHERE a.attname IS NOT NULL), '{}'),
           coalesce(array_agg(a.attgenerated <> '' OR e.typtype = 'c' ORDER BY a.attname) FILTER (WHERE a.attname IS NOT NULL), '{}'),
           coalesce(array_agg(a.attislocal ORDER BY a.attname) FILTER (WHERE a.attname IS NOT NULL), '{}')
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           AND (c.relkind <> 'S' OR a.attname <> 'log_cnt')
      LEFT JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_type e ON e.oid = coalesce(nullif(t.typelem, 0), t.oid)
     WHERE c.relkind IN ('r', 'p', 'S') AND c.oid >= 16384
       AND NOT EXISTS (SELECT FROM pg_partition_tree(c.oid) p JOIN pg_class f ON f.oid = p.relid WHERE f.relkind = 'f')
     GROUP BY n.nspname, c.relname, c.relkind, c.relispartition, c.oid";

impl Rows {
    /// Reads them all.
    pub async fn read(client: &Client) -> Result<Rows, Error> {
        let mut tables = BTreeMap::new();
        for row in client.query(TABLES, &[]).await? {
            let (name, names, types): (String, Vec<String>, Vec<String>) =
                (row.get(0), row.get(4), row.get(5));
            let (formed, local): (Vec<bool>, Vec<bool>) = (row.get(6), row.get(7));
            let columns: Vec<Column> = names
                .into_iter()
                .zip(types)
                .zip(formed.into_iter().zip(local))
                .map(|((name, data_type), (is_formed, is_local))| Column {
                    name,
                    data_type,
                    is_formed,
                    is_local,
                })
                .collect();
            let values: Vec<String> = columns.iter().map(|column| format!("{}::text", column.name)).collect();
            let only = if row.get(2) { "ONLY" } else { "" };
            let query = format!("SELECT ARRAY[{}]::text[] FROM {only} {name}", values.join(", "));
            let rows = client.query(&query, &[]).await?.iter().map(|row| row.get(0)).collect();
            tables.insert(name, Table { is_sequence: row.get(1), root: row.get(3), columns, rows });
        }
        Ok(Rows(tables))
    }

    /// The same rows, where tables and columns are called otherwise; names as the server spells them in full.
    pub fn renamed(self, moved: &[(String, String)]) -> Rows {
        let after = |name: &String| moved.iter().find(|(old, _)| old == name).map(|(_, new)| new.clone());
        let tables = self.0.into_iter().map(|(name, mut table)| {
            let new_name = after(&name).unwrap_or_else(|| name.clone());
            for column in &mut table.columns {
                if let Some(new) = after(&format!("{name}.{}", column.name)) {
                    column.name = new.strip_prefix(&format!("{new_name}.")).unwrap().to_owned();
                }
            }
            table.root = table.root.map(|root| after(&root).unwrap_or(root));
            (new_name, table)
        });
        Rows(tables.collect())
    }

    /// What `later` has lost or changed, one sentence each; `consented` are the objects that were named as losing
    /// data.
    pub fn missing_in(&self, later: &Rows, consented: &[String], extent: Extent) -> Vec<String> {
        let loses_attributes = consented.iter().any(|object| object.starts_with("attribute "));
        let is_lost = |name: &str| consented.iter().any(|object| object.ends_with(&format!(" {name}")));
        let mut complaints = Vec::new();
        for (name, table) in self.0.iter().filter(|(name, _)| !is_lost(name)) {
            let Some(found) = later.0.get(name) else {
                if table.root.is_none() && !table.is_sequence {
                    complaints.push(format!("`{name}` is gone, and no hazard says so"));
                }
                continue;
            };
            if table.is_sequence {
                if table
                    .last_value("true")
                    .is_some_and(|last| found.last_value("false").is_some_and(|next| next <= last))
                {
                    complaints.push(format!("`{name}` forgets which numbers it gave out"));
                }
                continue;
            }
            // A partition's rows are those of its root, wherever among its partitions they are; unless it comes or goes.
            let stays = table.root.is_some() && table.root == found.root;
            if stays
                || self.changes_partitions(name, later)
                || self.parts(name).any(|(part, _)| is_lost(part))
            {
                continue;
            }
            let mut kept = Vec::new();
            for column in table.columns.iter().filter(|column| !is_lost(&format!("{name}.{}", column.name))) {
                match found.columns.iter().find(|one| one.name == column.name) {
                    None if column.is_formed || !column.is_local => {}
                    None => {
                        complaints.push(format!("`{name}.{}` is gone, and no hazard says so", column.name))
                    }
                    Some(one)
                        if extent == Extent::Shared
                            && (column.is_formed || one.data_type != column.data_type) => {}
                    // Which columns hold values of the type is not told.
                    Some(_) if column.is_formed && loses_attributes => {}
                    Some(_) => kept.push(column),
                }
            }
            let (before, after) = (table.values(&kept), found.values(&kept));
            if before != after {
                complaints.push(format!("`{name}` held\n    {before:?}\n  and holds\n    {after:?}"));
            }
        }
        complaints
    }

    fn parts<'a>(&'a self, root: &'a str) -> impl Iterator<Item = (&'a String, &'a Table)> {
        self.0.iter().filter(move |(_, table)| table.root.as_deref() == Some(root))
    }

    /// Whether a table that is on both sides becomes a partition of `root`, or ceases to be one.
    fn changes_partitions(&self, root: &str, later: &Rows) -> bool {
        let one_way = |one: &Rows, other: &Rows| {
            one.parts(root)
                .any(|(part, _)| other.0.get(part).is_some_and(|it| it.root.as_deref() != Some(root)))
        };
        one_way(self, later) || one_way(later, self)
    }
}

impl Table {
    /// How far from zero a sequence stands, if `is_called` is this: `true` once it has given that number out.
    fn last_value(&self, is_called: &str) -> Option<u64> {
        let column = |name: &str| self.columns.iter().position(|column| column.name == name);
        let (row, called, last) = (self.rows.first()?, column("is_called")?, column("last_value")?);
        let value: i64 =
            row[last].as_deref().filter(|_| row[called].as_deref() == Some(is_called))?.parse().ok()?;
        Some(value.unsigned_abs())
    }

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
