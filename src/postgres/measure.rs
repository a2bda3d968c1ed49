//! What a statement does to the relations that others use: its locks, the files that it writes anew, its scans. The
//! server is asked, not the words of the statement.

use std::collections::BTreeMap;

use tokio_postgres::{Client, Error};

use super::quote::literal;
use crate::catalog::Address;

/// A table, view, sequence or materialized view, as it is at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// As the server spells it, with its schema.
    pub name: String,
    /// The number of the file that holds its rows; another one after a rewrite, 0 where it has none.
    pub file: u32,
    /// How often all of its rows were read.
    pub scans: i64,
    /// Whether it is a table that may hold rows or has partitions that do; no view, sequence or foreign table.
    pub is_table: bool,
    /// The oid of the table that it is a partition of, be it through others.
    pub divides: Option<u32>,
}

/// By oid: what stays the same when a relation is renamed.
pub type Relations = BTreeMap<u32, Relation>;

/// One lock that a session holds or waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The oid of the relation; none where the session waits for something else.
    pub relation: Option<u32>,
    /// As the server calls it, such as `ShareLock`.
    pub mode: String,
    /// Whether it is held.
    pub granted: bool,
}

/// How large a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Size {
    /// Rows and what is stored out of line, without indexes.
    pub bytes: u64,
    /// As the server estimated it last; none where it never did.
    pub rows: Option<u64>,
}

/// All relations of the users. What counts scans is counted by this session: those of others come late.
///
/// # Errors
///
/// What the server says; as for all functions here.
pub async fn relations(client: &Client) -> Result<Relations, Error> {
    let query = "
        SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname),
               COALESCE(pg_catalog.pg_relation_filenode(c.oid), 0),
               pg_catalog.pg_stat_get_numscans(c.oid) + pg_catalog.pg_stat_get_xact_numscans(c.oid),
               c.relkind IN ('r', 'p'),
               CASE WHEN c.relispartition THEN pg_catalog.pg_partition_root(c.oid)::oid END
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f', 'S') AND c.relpersistence <> 't' AND c.oid >= 16384";
    let rows = client.query(query, &[]).await?;
    let relation = |row: &tokio_postgres::Row| {
        let (name, file, scans, is_table) = (row.get(1), row.get(2), row.get(3), row.get(4));
        (row.get::<_, u32>(0), Relation { name, file, scans, is_table, divides: row.get(5) })
    };
    Ok(rows.iter().map(relation).collect())
}

/// Whether the session counts its scans, and tells at once: before version 15 another process counted.
pub async fn counts_scans(client: &Client) -> Result<bool, Error> {
    let query = "SELECT pg_catalog.current_setting('track_counts')::boolean
                    AND pg_catalog.current_setting('server_version_num')::integer >= 150000";
    Ok(client.query_one(query, &[]).await?.get(0))
}

/// The locks on relations of the database that the session of the backend `pid` holds, and whatever it waits for.
pub async fn locks(client: &Client, pid: i32) -> Result<Vec<Lock>, Error> {
    let query = "
        SELECT l.relation, l.mode, l.granted
          FROM pg_catalog.pg_locks l
          JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
         WHERE l.pid = $1 AND (NOT l.granted OR l.locktype = 'relation' AND l.database = d.oid)";
    let rows = client.query(query, &[&pid]).await?;
    let lock =
        |row: &tokio_postgres::Row| Lock { relation: row.get(0), mode: row.get(1), granted: row.get(2) };
    Ok(rows.iter().map(lock).collect())
}

/// Begins a transaction that reads all these tables: what needs them to itself, or needs those who read them to be
/// gone, waits until it ends. Fails rather than wait.
pub async fn stand_in_the_way(client: &Client, tables: &[&str]) -> Result<(), Error> {
    let lock = match tables {
        [] => String::new(),
        tables => format!("LOCK TABLE ONLY {} IN ACCESS SHARE MODE NOWAIT", tables.join(", ONLY ")),
    };
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM pg_catalog.pg_class LIMIT 1;";
    client.batch_execute(&format!("{begin} {lock}")).await
}

/// The addresses of what can be renamed and what goes along with it, by class, object and part.
pub async fn addresses(client: &Client) -> Result<BTreeMap<(u32, u32, i32), Address>, Error> {
    let query = "
        SELECT o.classid, o.objid, o.objsubid, a.type, a.object_names, a.object_args
          FROM (SELECT tableoid AS classid, oid AS objid, 0 AS objsubid FROM pg_catalog.pg_namespace
                UNION ALL SELECT tableoid, oid, 0 FROM pg_catalog.pg_class WHERE relkind <> 't'
                UNION ALL SELECT c.tableoid, c.oid, t.attnum FROM pg_catalog.pg_attribute t
                    JOIN pg_catalog.pg_class c ON c.oid = t.attrelid
                    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND t.attnum > 0 AND NOT t.attisdropped
                UNION ALL SELECT tableoid, oid, 0 FROM pg_catalog.pg_attrdef
                UNION ALL SELECT tableoid, oid, 0 FROM pg_catalog.pg_constraint
                UNION ALL SELECT tableoid, oid, 0 FROM pg_catalog.pg_trigger WHERE NOT tgisinternal
                UNION ALL SELECT tableoid, oid, 0 FROM pg_catalog.pg_policy
                UNION ALL SELECT tableoid, oid, 0 FROM pg_catalog.pg_rewrite
                UNION ALL SELECT tableoid, oid, 0 FROM pg_catalog.pg_type
                UNION ALL SELECT tableoid, oid, 0 FROM pg_catalog.pg_proc) AS o,
               LATERAL pg_catalog.pg_identify_object_as_address(o.classid, o.objid, o.objsubid) AS a
         WHERE o.objid >= 16384 OR o.classid = 'pg_catalog.pg_namespace'::regclass";
    let rows = client.query(query, &[]).await?;
    let address = |row: &tokio_postgres::Row| {
        let address = Address { class: row.get(3), names: row.get(4), args: row.get(5) };
        ((row.get(0), row.get(1), row.get(2)), address)
    };
    Ok(rows.iter().map(address).collect())
}

/// How large these tables are, as far as the database has them; one with partitions is as large as all of these.
pub async fn sizes(client: &Client, names: &[&str]) -> Result<BTreeMap<String, Size>, Error> {
    let listed: Vec<String> = names.iter().map(|name| literal(name)).collect();
    let query = format!(
        "SELECT t.name, COALESCE(sum(pg_catalog.pg_table_size(c.oid)), 0)::bigint,
                sum(NULLIF(c.reltuples, -1))::bigint
           FROM (SELECT DISTINCT pg_catalog.unnest(ARRAY[{}]::text[])) AS t (name)
           JOIN pg_catalog.pg_class r ON r.oid = pg_catalog.to_regclass(t.name) AND r.relkind IN ('r', 'p', 'm')
           LEFT JOIN LATERAL pg_catalog.pg_partition_tree(r.oid) AS p ON r.relkind = 'p'
           LEFT JOIN pg_catalog.pg_class c
                  ON c.oid = COALESCE(p.relid::oid, r.oid) AND c.relkind IN ('r', 'm')
          GROUP BY t.name",
        listed.join(", ")
    );
    let rows = client.query(&query, &[]).await?;
    let size = |row: &tokio_postgres::Row| {
        let (bytes, rows): (i64, Option<i64>) = (row.get(1), row.get(2));
        (
            row.get(0),
            Size { bytes: bytes.max(0).cast_unsigned(), rows: rows.map(|rows| rows.max(0).cast_unsigned()) },
        )
    };
    Ok(rows.iter().map(size).collect())
}
