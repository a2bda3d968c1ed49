//! What a scratch database takes after: version, extensions, roles, names and locale of the live database.

use tokio_postgres::Client;

use crate::error::{Error, ErrorKind, Result};
use crate::postgres::server::{SUPERUSER, quoted};

/// Columns that not every version has are asked for through `to_jsonb`.
const QUERY: &str = "
SELECT current_setting('server_version_num')::int / 10000 AS major,
       d.datname::text AS database,
       current_user::text AS role,
       pg_get_userbyid(d.datdba)::text AS owner,
       ARRAY(SELECT extname::text FROM pg_extension ORDER BY 1) AS extensions,
       ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1) AS roles,
       pg_encoding_to_char(d.encoding)::text AS encoding,
       to_jsonb(d) ->> 'datcollate' AS collate,
       to_jsonb(d) ->> 'datctype' AS ctype,
       to_jsonb(d) ->> 'datlocprovider' AS provider,
       coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale,
       coalesce(to_jsonb(d) ->> 'daticurules', '') AS rules
FROM pg_database d
WHERE d.datname = current_database()";

/// The live database, or what stands for it where there is none.
#[derive(Debug)]
pub struct Facts {
    /// The server's major version; 0 without a live database, where any will do.
    pub major: u32,
    /// The database's name.
    pub database: String,
    /// The role of the session.
    pub role: String,
    /// The role that owns the database.
    pub owner: String,
    /// Extensions that the scratch server must have.
    pub extensions: Vec<String>,
    /// Every role of the server but those that every server has.
    pub roles: Vec<String>,
    /// The end of a `CREATE DATABASE` that makes encoding and locale the same.
    pub locale: String,
}

impl Facts {
    /// Nothing but what the schema files ask for.
    pub fn without_live(extensions: &[String]) -> Facts {
        Facts {
            major: 0,
            database: String::from("scratch"),
            role: SUPERUSER.to_owned(),
            owner: SUPERUSER.to_owned(),
            extensions: extensions.to_vec(),
            roles: Vec::new(),
            locale: String::new(),
        }
    }

    /// Those of the session's database; `extensions` are further ones that the schema files ask for.
    ///
    /// # Errors
    ///
    /// `Connect`, with what the server said.
    pub async fn read(client: &Client, extensions: &[String]) -> Result<Facts> {
        let failed = |error| Error::server(ErrorKind::Connect, error);
        let row = client.query_one(QUERY, &[]).await.map_err(failed)?;
        let major: i32 = row.get("major");
        let mut wanted: Vec<String> = row.get("extensions");
        wanted.extend(extensions.iter().cloned());
        wanted.sort();
        wanted.dedup();
        Ok(Facts {
            major: major.unsigned_abs(),
            database: row.get("database"),
            role: row.get("role"),
            owner: row.get("owner"),
            extensions: wanted,
            roles: row.get("roles"),
            locale: locale(
                row.get("encoding"),
                row.get("collate"),
                row.get("ctype"),
                row.get("provider"),
                row.get("locale"),
                row.get("rules"),
            ),
        })
    }
}

/// The words for a locale. Providers as in `pg_database.datlocprovider`: c is libc, i is ICU (from 15), b is builtin
/// (from 17).
fn locale(
    encoding: &str,
    collate: Option<&str>,
    ctype: Option<&str>,
    provider: Option<&str>,
    locale: Option<&str>,
    rules: &str,
) -> String {
    let literal = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let mut words = format!("ENCODING {}", literal(encoding));
    let pairs = [("LC_COLLATE", collate), ("LC_CTYPE", ctype)];
    for (word, value) in pairs.into_iter().filter_map(|(word, value)| Some((word, value?))) {
        words.push_str(&format!(" {word} {}", literal(value)));
    }
    let provider = match provider {
        Some("i") => Some(("icu", "ICU_LOCALE")),
        Some("b") => Some(("builtin", "BUILTIN_LOCALE")),
        Some("c") => Some(("libc", "")),
        _ => None,
    };
    if let Some((name, word)) = provider {
        words.push_str(&format!(" LOCALE_PROVIDER {name}"));
        if let (false, Some(locale)) = (word.is_empty(), locale) {
            words.push_str(&format!(" {word} {}", literal(locale)));
        }
    }
    if !rules.is_empty() {
        words.push_str(&format!(" ICU_RULES {}", literal(rules)));
    }
    words
}

/// The roles as SQL would name them, for statements about all of them.
pub fn makeable(roles: &[String]) -> impl Iterator<Item = (&str, String)> {
    let reserved = |role: &str| role.starts_with("pg_") || ["public", "none", ""].contains(&role);
    roles.iter().map(String::as_str).filter(move |role| !reserved(role)).map(|role| (role, quoted(role)))
}
