//! Random statements that tie what is in a database together.

use tokio_postgres::Client;

use super::random::Random;

/// What a tie may be about, each with a query of its candidates' names.
const RELATIONS: &str = "SELECT c.oid::regclass::text FROM pg_class AS c
    WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";
const TABLES: &str =
    "SELECT c.oid::regclass::text FROM pg_class AS c WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p')";
const COLUMNS: &str = "SELECT format('%s %I', c.oid::regclass, a.attname) FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid::regclass::text !~ ' '";
const KEYS: &str = "SELECT format('%s REFERENCES %s (%I)', format_type(a.atttypid, a.atttypmod), c.conrelid::regclass, a.attname)
    FROM pg_constraint AS c JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype IN ('p', 'u') AND cardinality(c.conkey) = 1";
const TYPES: &str = "SELECT t.oid::regtype::text FROM pg_type AS t
    WHERE t.oid >= 16384 AND t.typtype IN ('b', 'c', 'd', 'e', 'r', 'm')";
const FUNCTIONS: &str = "SELECT p.oid::regproc::text || '()' FROM pg_proc AS p
    WHERE p.oid >= 16384 AND p.pronargs = 0 AND p.prokind = 'f' AND p.prorettype <> 'trigger'::regtype";
const TRIGGER_FUNCTIONS: &str = "SELECT p.oid::regproc::text FROM pg_proc AS p
    WHERE p.oid >= 16384 AND p.prorettype = 'trigger'::regtype";

/// Statements, each with what stands in its braces; `{name}` is a new name.
const TIES: &[(&str, &[&str])] = &[
    ("CREATE VIEW {name} AS SELECT a AS x, b AS y FROM {} AS a, {} AS b", &[RELATIONS, RELATIONS]),
    ("CREATE VIEW {name} AS SELECT * FROM {}", &[RELATIONS]),
    ("CREATE VIEW {name} AS SELECT {column} AS x FROM {relation}", &[COLUMNS]),
    ("CREATE MATERIALIZED VIEW {name} AS SELECT {column} AS x FROM {relation}", &[COLUMNS]),
    (
        "CREATE FUNCTION {name}(it {}) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM {}; END",
        &[TABLES, RELATIONS],
    ),
    ("CREATE FUNCTION {name}(it {}) RETURNS {} LANGUAGE sql AS 'SELECT NULL'", &[TYPES, TYPES]),
    ("CREATE TABLE {name} (a {}, b {}[])", &[TYPES, TYPES]),
    // A function that fails when it is called fails as soon as the server looks at a check that exists.
    (
        "CREATE TABLE {name} (a integer, b text DEFAULT {}); ALTER TABLE {name} ADD CHECK ({} IS NOT NULL)",
        &[FUNCTIONS, FUNCTIONS],
    ),
    ("CREATE TABLE {name} (a {})", &[KEYS]),
    ("CREATE TABLE {name} (extra integer) INHERITS ({})", &[TABLES]),
    ("CREATE TRIGGER {plain} AFTER INSERT ON {} EXECUTE FUNCTION {}()", &[TABLES, TRIGGER_FUNCTIONS]),
    ("CREATE POLICY {plain} ON {} USING (EXISTS (SELECT FROM {}))", &[TABLES, RELATIONS]),
    ("CREATE RULE {plain} AS ON UPDATE TO {} DO ALSO SELECT 1 FROM {}", &[TABLES, RELATIONS]),
    ("CREATE DOMAIN {name} AS {}", &[TYPES]),
    ("CREATE TYPE {name} AS (a {}, b {})", &[TYPES, TYPES]),
    ("CREATE INDEX {plain} ON {relation} ({column})", &[COLUMNS]),
    ("COMMENT ON COLUMN {relation}.{column} IS 'tied'", &[COLUMNS]),
];

/// A statement about what is in the database; None where it has nothing for the kind of statement that was drawn.
pub async fn tie(client: &Client, random: &mut Random, number: usize) -> Option<String> {
    let (template, candidates) = TIES[random.below(TIES.len())];
    let mut sql =
        template.replace("{name}", &format!("tie.t{number}")).replace("{plain}", &format!("t{number}"));
    for query in candidates {
        let drawn = draw(client, query, random).await?;
        if let Some((relation, column)) = drawn.split_once(' ').filter(|_| sql.contains("{column}")) {
            sql = sql.replace("{relation}", relation).replace("{column}", column);
        } else {
            sql = sql.replacen("{}", &drawn, 1);
        }
    }
    Some(sql)
}

async fn draw(client: &Client, query: &str, random: &mut Random) -> Option<String> {
    let rows = client.query(&format!("{query} ORDER BY 1"), &[]).await.unwrap_or_default();
    if rows.is_empty() { None } else { Some(rows[random.below(rows.len())].get(0)) }
}
