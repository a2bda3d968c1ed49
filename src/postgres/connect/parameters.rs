//! Connection strings, read by libpq's rules (documentation of libpq, "Connection Strings"), into
//! parameters by libpq's names.

use std::collections::BTreeMap;

use super::service;
use crate::config::{Environment, nearest};
use crate::{Error, ErrorKind, Result};

/// Parameters by libpq's names.
pub type Parameters = BTreeMap<String, String>;

/// What we act on.
const KNOWN: &[&str] = &[
    "application_name",
    "channel_binding",
    "connect_timeout",
    "dbname",
    "fallback_application_name",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "load_balance_hosts",
    "options",
    "passfile",
    "password",
    "port",
    "service",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslrootcert",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
];

/// What makes no difference here, and weakens nothing when it is passed over.
const PASSED_OVER: &[&str] = &["client_encoding", "gssencmode", "sslcompression", "sslsni"];

/// What else libpq has, and cannot be passed over: it asks for protection that would not be given.
const LIBPQ: &[&str] = &[
    "gssdelegation",
    "gsslib",
    "krbsrvname",
    "replication",
    "require_auth",
    "requirepeer",
    "requiressl",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcertmode",
    "sslcrl",
    "sslcrldir",
    "sslpassword",
];

/// What libpq takes from the environment where a connection string is silent ("Environment Variables").
const VARIABLES: &[(&str, &str)] = &[
    ("PGHOST", "host"),
    ("PGHOSTADDR", "hostaddr"),
    ("PGPORT", "port"),
    ("PGDATABASE", "dbname"),
    ("PGUSER", "user"),
    ("PGPASSWORD", "password"),
    ("PGPASSFILE", "passfile"),
    ("PGSERVICE", "service"),
    ("PGOPTIONS", "options"),
    ("PGAPPNAME", "application_name"),
    ("PGSSLMODE", "sslmode"),
    ("PGSSLNEGOTIATION", "sslnegotiation"),
    ("PGSSLROOTCERT", "sslrootcert"),
    ("PGSSLCERT", "sslcert"),
    ("PGSSLKEY", "sslkey"),
    ("PGCONNECT_TIMEOUT", "connect_timeout"),
    ("PGTARGETSESSIONATTRS", "target_session_attrs"),
    ("PGCHANNELBINDING", "channel_binding"),
    ("PGLOADBALANCEHOSTS", "load_balance_hosts"),
];

/// Reads a connection string, and fills in what it leaves out as libpq does: from the service file,
/// then from the environment. `origin` says in messages where the string was found.
///
/// # Errors
/// A string that is neither form, or a parameter that is unknown; never repeats a password.
pub fn read(text: &str, origin: &str, environment: &Environment) -> Result<Parameters> {
    let given = if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        from_url(text)
    } else if text.contains("://") {
        let scheme = text.split("://").next().unwrap_or_default();
        Err(format!("`{scheme}://` is not PostgreSQL"))
    } else {
        from_pairs(text)
    };
    let mut parameters = given.map_err(|reason| {
        Error::new(ErrorKind::Usage, format!("{origin} is not a connection string: {reason}")).hint(
            "it looks like postgres://user:password@host:5432/database, or host=... dbname=... user=...",
        )
    })?;
    check(&mut parameters, origin)?;
    complete(&mut parameters, environment)?;
    Ok(parameters)
}

/// The parameters of the environment alone, if it names a server or a database.
///
/// # Errors
/// `PGSERVICE` names no service that is known.
pub fn from_environment(environment: &Environment) -> Result<Option<Parameters>> {
    let names = ["PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGSERVICE"];
    if !names.iter().any(|name| environment.get(name).is_some()) {
        return Ok(None);
    }
    let mut parameters = Parameters::new();
    complete(&mut parameters, environment)?;
    Ok(Some(parameters))
}

fn complete(parameters: &mut Parameters, environment: &Environment) -> Result<()> {
    let named = parameters.get("service").map(String::as_str).or(environment.get("PGSERVICE"));
    if let Some(service) = named.map(str::to_owned) {
        let mut found = service::read(&service, environment)?;
        check(&mut found, &format!("service `{service}`"))?;
        for (name, value) in found {
            parameters.entry(name).or_insert(value);
        }
    }
    for (variable, name) in VARIABLES {
        if let Some(value) = environment.get(variable) {
            parameters.entry((*name).to_owned()).or_insert_with(|| value.to_owned());
        }
    }
    Ok(())
}

fn check(parameters: &mut Parameters, origin: &str) -> Result<()> {
    parameters.retain(|name, value| !value.is_empty() && !PASSED_OVER.contains(&name.as_str()));
    match parameters.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(Error::new(
            ErrorKind::Usage,
            format!("{origin} has a parameter `{name}`, which is not known here"),
        )
        .hint(match nearest(name, KNOWN) {
            _ if LIBPQ.contains(&name.as_str()) => {
                "libpq has it, and nothing here does what it asks for: leave it out".to_owned()
            }
            Some(near) => format!("did you mean `{near}`?"),
            None => "leave it out: it belongs to another program".to_owned(),
        })),
    }
}

/// `postgresql://[user[:password]@][host[:port],...][/dbname][?name=value&...]`
fn from_url(text: &str) -> Result<Parameters, String> {
    let (_, rest) = text.split_once("://").expect("the caller saw the scheme");
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (place, database) = rest.split_once('/').unwrap_or((rest, ""));
    let (who, hosts) = place.rsplit_once('@').unwrap_or(("", place));
    let (user, password) = who.split_once(':').unwrap_or((who, ""));

    let mut parameters = Parameters::new();
    let (mut names, mut ports) = (Vec::new(), Vec::new());
    for host in hosts.split(',') {
        let (name, port) = match host.strip_prefix('[') {
            Some(address) => {
                let (address, port) = address.split_once(']').ok_or("`[` without `]`")?;
                (address, port.strip_prefix(':').unwrap_or(port))
            }
            None => host.rsplit_once(':').unwrap_or((host, "")),
        };
        names.push(decode(name)?);
        ports.push(decode(port)?);
    }
    for (name, value) in [("host", names.join(",")), ("port", ports.join(","))] {
        if value.chars().any(|c| c != ',') {
            parameters.insert(name.to_owned(), value);
        }
    }
    for (name, value) in [("user", user), ("password", password), ("dbname", database)] {
        if !value.is_empty() {
            parameters.insert(name.to_owned(), decode(value)?);
        }
    }
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').ok_or("a parameter after `?` lacks its `=`")?;
        let (name, value) = (decode(name)?, decode(value)?);
        // JDBC's way of asking for TLS, which libpq reads as well.
        match (name.as_str(), value.as_str()) {
            ("ssl", "true") => parameters.insert("sslmode".to_owned(), "require".to_owned()),
            _ => parameters.insert(name, value),
        };
    }
    Ok(parameters)
}

/// `name = value name='quoted value'`, with `\` before a quote or a backslash.
fn from_pairs(text: &str) -> Result<Parameters, String> {
    let mut parameters = Parameters::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').ok_or("a word without `=`")?;
        let name = name.trim();
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err("a word without `=`".to_owned());
        }
        let after = after.trim_start();
        let quoted = after.starts_with('\'');
        let mut characters = after.char_indices().skip(usize::from(quoted));
        let mut value = String::new();
        let mut end = None;
        while let Some((at, c)) = characters.next() {
            match c {
                '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
                '\'' if quoted => {
                    end = Some(at + 1);
                    break;
                }
                c if !quoted && c.is_whitespace() => {
                    end = Some(at);
                    break;
                }
                c => value.push(c),
            }
        }
        if quoted && end.is_none() {
            return Err("a quote is not closed".to_owned());
        }
        parameters.insert(name.to_owned(), value);
        rest = after[end.unwrap_or(after.len())..].trim_start();
    }
    Ok(parameters)
}

/// Undoes percent-encoding.
fn decode(text: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let code = rest.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(
            byte.ok_or("a `%` is not followed by two hexadecimal digits (a `%` itself is written `%25`)")?,
        );
        rest = &rest[2..];
    }
    String::from_utf8(bytes).map_err(|_| "what it encodes is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> String {
        match read(text, "it", &Environment::default()) {
            Ok(parameters) => {
                parameters.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
            }
            Err(error) => error.message,
        }
    }

    #[test]
    fn urls() {
        assert_eq!(
            parsed("postgres://cook:p%40ss@db:6432/plans"),
            "dbname=plans host=db password=p@ss port=6432 user=cook"
        );
        assert_eq!(
            parsed("postgresql:///plans?host=/run/db&sslmode=require"),
            "dbname=plans host=/run/db sslmode=require"
        );
        assert_eq!(parsed("postgres://%2Frun%2Fdb/plans"), "dbname=plans host=/run/db");
        assert_eq!(
            parsed("postgres://[::1]:5433/plans?ssl=true"),
            "dbname=plans host=::1 port=5433 sslmode=require"
        );
        assert_eq!(parsed("postgres://a:1,b/plans"), "dbname=plans host=a,b port=1,");
        assert_eq!(parsed("postgresql://"), "");
    }

    #[test]
    fn pairs() {
        assert_eq!(
            parsed(r"host=db dbname = 'meal plans' password='it\'s'"),
            "dbname=meal plans host=db password=it's"
        );
        assert_eq!(parsed("user=cook"), "user=cook");
    }

    #[test]
    fn mistakes_never_show_a_password() {
        for text in [
            "mysql://cook:secret@db/plans",
            "postgres://cook:secret%zz@db/plans",
            "host=db password='secret",
            "plans secret",
            "postgres://cook:secret@db/plans?schema",
            "postgres://cook:secret@db/plans?schema=public",
            "postgres://cook:secret@[::1/plans",
        ] {
            let error = read(text, "`--database-url`", &Environment::default()).unwrap_err();
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }

    #[test]
    fn the_environment_fills_the_gaps() {
        let environment = Environment::from([("PGHOST", "db"), ("PGPASSWORD", "secret"), ("PGUSER", "cook")]);
        let parameters = read("postgres:///plans?user=chef", "it", &environment).unwrap();
        assert_eq!(parameters["host"], "db");
        assert_eq!(parameters["user"], "chef");
        assert!(from_environment(&Environment::from([("PGUSER", "cook")])).unwrap().is_none());
        assert!(from_environment(&environment).unwrap().is_some());
    }
}
