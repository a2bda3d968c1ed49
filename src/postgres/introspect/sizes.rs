//! How large tables are, which decides how gently they are treated.

use std::collections::BTreeMap;

use tokio_postgres::Client;

use super::failed;
use crate::Result;
use crate::catalog::{Address, Catalog};

/// The sizes in bytes of these tables of `catalog`, partitions counted with their parents.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn table_sizes(
    client: &Client,
    catalog: &Catalog,
    tables: &[&Address],
) -> Result<BTreeMap<Address, u64>> {
    let found = tables.iter().filter_map(|table| Some((*table, catalog.objects.get(*table)?)));
    let (addresses, names): (Vec<&Address>, Vec<&str>) =
        found.map(|(address, object)| (address, object.identity.as_str())).unzip();
    let rows = client.query(TABLE_SIZES, &[&names]).await.map_err(failed)?;
    Ok(rows
        .iter()
        .map(|row| {
            let (place, size): (i64, i64) = (row.get(0), row.get(1));
            (addresses[usize::try_from(place).unwrap_or(1) - 1].clone(), size.cast_unsigned())
        })
        .collect())
}

const TABLE_SIZES: &str = "SELECT t.place, coalesce(sum(pg_table_size(c.oid)), 0)::bigint
FROM unnest($1::text[]) WITH ORDINALITY AS t (name, place)
JOIN pg_class AS r ON r.oid = to_regclass(t.name)
LEFT JOIN LATERAL pg_partition_tree(r.oid) AS p ON r.relkind = 'p'
LEFT JOIN pg_class AS c ON c.oid = coalesce(p.relid, r.oid) AND c.relkind IN ('r', 'm')
GROUP BY t.place";
