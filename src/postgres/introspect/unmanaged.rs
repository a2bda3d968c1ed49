//! What is in a database and no kind stands for, by name: nothing is missed in silence.

use foldhash::HashSet;

use tokio_postgres::{Client, Row};

use super::super::kinds::REGISTRY;
use super::edges::Edge;
use super::loaded::Loaded;
use super::queries::spelled;
use super::{Scope, failed};
use crate::Result;
use crate::kind::Concern;

/// An object as a whole: `classid`, `objid`.
pub type Whole = (u32, u32);

/// Asks for every object of the database.
pub const OBJECTS: &str = include_str!("objects.sql");

/// Asks for the rest by name: large objects, settings that `scope` leaves out, partitions that are going.
pub fn rest(scope: &Scope) -> String {
    let settings = REGISTRY.iter().filter(|entry| entry.concern == Concern::DatabaseSettings);
    let compared: Vec<String> = settings
        .map(|entry| {
            let (query, holds) = (spelled(entry), !scope.leaves_out(entry));
            format!("SELECT k.classid, k.objid, k.objsubid FROM (\n{query}\n) AS k WHERE {holds}")
        })
        .collect();
    include_str!("unmanaged.sql").replace("{compared}", &compared.join("\nUNION ALL\n"))
}

/// Those of all `objects` that no kind stands for, with no whole among them. What stands for something else, or comes
/// with it, is not among them either: the row type of a table, the copy of a key on a partition, a member of an
/// extension.
pub fn unknown(objects: &[Row], loaded: &Loaded, edges: &[Edge]) -> Vec<Whole> {
    let wholes = objects.iter().flat_map(|row| {
        let class = row.get(0);
        row.get::<_, Vec<u32>>(1).into_iter().map(move |id| (class, id))
    });
    let unknown: HashSet<Whole> =
        wholes.filter(|&(class, id)| !loaded.at.contains_key(&(class, id, 0))).collect();
    let mut alone = unknown.clone();
    for &((class, id, sub), (required_class, required_id, _), deptype) in edges {
        let goes_along = match deptype {
            b'i' | b'P' | b'S' | b'e' => sub == 0,
            b'a' => unknown.contains(&(required_class, required_id)),
            _ => false,
        };
        if goes_along {
            alone.remove(&(class, id));
        }
    }
    alone.into_iter().collect()
}

/// Names objects, such as `function pg_catalog.twice(integer)`; what only lasts as long as a session is left out.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn named(client: &Client, objects: &[Whole]) -> Result<Vec<String>> {
    if objects.is_empty() {
        return Ok(vec![]);
    }
    let (classes, ids): (Vec<u32>, Vec<u32>) = objects.iter().copied().unzip();
    let rows = client.query(NAMES, &[&classes, &ids]).await.map_err(failed)?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

const NAMES: &str = "SELECT i.type || ' ' || i.identity
FROM unnest($1::oid[], $2::oid[]) AS u (classid, objid)
CROSS JOIN LATERAL pg_identify_object(u.classid, u.objid, 0) AS i
WHERE coalesce(CASE u.classid WHEN 'pg_namespace'::regclass THEN i.name ELSE i.schema END, '') !~ '^pg_(temp|toast)'";
