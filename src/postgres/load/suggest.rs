//! "did you mean": names in the scratch database that resemble the one the server does not know.

use tokio_postgres::Client;
use tokio_postgres::error::{DbError, SqlState};

const RELATIONS: &str = "
SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relname::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind NOT IN ('i', 'I', 't') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";

const TYPES: &str = "
SELECT CASE n.nspname WHEN 'pg_catalog' THEN format_type(t.oid, NULL)
       ELSE quote_ident(n.nspname) || '.' || quote_ident(t.typname) END,
       CASE n.nspname WHEN 'pg_catalog' THEN format_type(t.oid, NULL) ELSE t.typname::text END
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typelem = 0 AND n.nspname NOT IN ('information_schema', 'pg_toast')
      AND (n.nspname <> 'pg_catalog' OR t.typtype = 'b')";

const FUNCTIONS: &str = "
SELECT DISTINCT CASE n.nspname WHEN 'pg_catalog' THEN '' ELSE quote_ident(n.nspname) || '.' END || quote_ident(p.proname),
       p.proname::text
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname <> 'information_schema'";

const COLUMNS: &str = "
SELECT DISTINCT quote_ident(a.attname), a.attname::text
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";

const SCHEMAS: &str = "SELECT quote_ident(nspname), nspname::text FROM pg_namespace WHERE nspname !~ '^pg_'";

/// The name that a message says is missing, without quotes: `type "moood" does not exist`,
/// `function shop.price(integer) does not exist`, `column p.nmae does not exist`.
pub(super) fn missing(message: &str) -> Option<String> {
    if let Some((_, rest)) = message.split_once('"') {
        return rest.split('"').next().map(str::to_owned);
    }
    let rest = message.strip_suffix(" does not exist")?.split_once(' ')?.1;
    Some(rest.split('(').next().unwrap_or(rest).to_owned())
}

/// The name in the database that resembles the missing one most, if one does.
pub(super) async fn similar(client: &Client, said: &DbError) -> Option<String> {
    let message = said.message();
    let query = match said.code() {
        code if *code == SqlState::UNDEFINED_TABLE => RELATIONS,
        code if *code == SqlState::UNDEFINED_FUNCTION => FUNCTIONS,
        code if *code == SqlState::UNDEFINED_COLUMN => COLUMNS,
        code if *code == SqlState::INVALID_SCHEMA_NAME => SCHEMAS,
        code if *code == SqlState::UNDEFINED_OBJECT && message.starts_with("type ") => TYPES,
        _ => return None,
    };
    let missing = missing(message)?;
    let last = missing.rsplit('.').next()?;
    let rows = client.query(query, &[]).await.ok()?;
    let candidates = rows.iter().filter_map(|row| {
        let name: String = row.get(0);
        let own: String = row.get(1);
        let distance = strsim::damerau_levenshtein(last, &own);
        (distance <= (last.chars().count() / 3).max(1) && name != missing).then_some((distance, name))
    });
    candidates
        .min_by_key(|(distance, name)| (*distance, !name.contains('.'), name.clone()))
        .map(|(_, name)| name)
}
