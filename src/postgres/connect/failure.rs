//! Says in words why a connection failed: every way in which a newcomer's first try goes wrong.

use std::error::Error as Cause;
use std::io;
use std::time::Duration;

use rustls::CertificateError;
use tokio_postgres::error::SqlState;

use super::{Database, places};
use crate::{Error, ErrorKind};

/// Whether the server may answer otherwise when the connection is (or is not) encrypted.
pub fn may_depend_on_encryption(error: &tokio_postgres::Error) -> bool {
    error.code() == Some(&SqlState::INVALID_AUTHORIZATION_SPECIFICATION) || is_tls(error)
}

/// Whether the same may succeed in a moment: nobody answered, or the server starts, stops or is full.
pub fn may_pass(error: &Error) -> bool {
    let Some(source) = &error.source else { return false };
    let Some(failed) = source.downcast_ref::<tokio_postgres::Error>() else {
        return source.is::<io::Error>();
    };
    match failed.code() {
        Some(code) => [SqlState::CANNOT_CONNECT_NOW, SqlState::TOO_MANY_CONNECTIONS].contains(code),
        None => !is_tls(failed) && cause::<io::Error>(failed).is_some(),
    }
}

/// Nobody answered in time.
pub fn silence(database: &Database, patience: Duration) -> Error {
    Error::new(
        ErrorKind::Connect,
        format!("no answer from {} within {} s", places(&database.config), patience.as_secs()),
    )
    .hint("is the address right, and does a firewall let you through? `connect_timeout=60` waits longer")
    .caused_by(io::Error::from(io::ErrorKind::TimedOut))
}

/// The failure in words.
pub fn explain(database: &Database, error: tokio_postgres::Error) -> Error {
    let told = match error.as_db_error() {
        Some(said) => refused(database, said),
        None => match cause::<io::Error>(&error) {
            _ if is_tls(&error) => tls(database, &error),
            Some(failed) => unreachable(database, failed),
            None => unfinished(database, &error),
        },
    };
    told.caused_by(error)
}

/// The server answered, and said no.
fn refused(database: &Database, said: &tokio_postgres::error::DbError) -> Error {
    let (role, name, place) = (database.role(), database.name(), places(&database.config));
    let code = said.code();
    if *code == SqlState::INVALID_PASSWORD {
        let hint = database
            .notice
            .clone()
            .unwrap_or_else(|| "check the password in the URL, in PGPASSWORD or in ~/.pgpass".to_owned());
        return failed(format!("{place} does not accept the password of role `{role}`")).hint(hint);
    }
    if *code == SqlState::INVALID_CATALOG_NAME {
        let hint = "check the name; `schemadiff apply --create-database` makes it";
        return failed(format!("there is no database `{name}` at {place}")).hint(hint);
    }
    let hint = if said.message().contains("pg_hba.conf") {
        "the server's pg_hba.conf lists who may connect from where; `no encryption` in the message means that sslmode=require may help"
    } else if *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION {
        "name another role in the URL (postgres://ROLE@host/database) or in PGUSER"
    } else if *code == SqlState::CANNOT_CONNECT_NOW {
        "the server is starting, stopping or recovering: `--connect-timeout 30s` tries again for so long"
    } else if *code == SqlState::TOO_MANY_CONNECTIONS {
        "close a connection, or raise max_connections"
    } else {
        said.hint().unwrap_or("the server's log may say more")
    };
    failed(format!("{place} refuses role `{role}`: {}", said.message())).hint(hint)
}

/// Nobody answered.
fn unreachable(database: &Database, failed_with: &io::Error) -> Error {
    let place = places(&database.config);
    let text = failed_with.to_string();
    match failed_with.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => {
            failed(format!("no server answers at {place}"))
                .hint("is PostgreSQL running there, and are host and port right? `--connect-timeout 30s` waits for it to start")
        }
        io::ErrorKind::TimedOut | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            failed(format!("{place} cannot be reached: {text}"))
                .hint("is the address right, and does a firewall let you through?")
        }
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => {
            failed(format!("{place} hung up before the connection was made"))
                .hint("is that PostgreSQL? a server that is starting, or a proxy before it, may do this too")
        }
        io::ErrorKind::PermissionDenied => {
            failed(format!("{place} may not be opened by this user")).hint("try host=localhost instead")
        }
        _ if text.contains("lookup") || text.contains("resolve") => {
            failed(format!("there is no host of that name: {place}"))
                .hint("check the host in the URL; a `@`, `/` or `:` in a password is written %40, %2F, %3A")
        }
        _ => failed(format!("no connection to {place}: {text}"))
            .hint("are host and port those of a PostgreSQL server?"),
    }
}

/// The server answered, and the two could not agree.
fn unfinished(database: &Database, error: &tokio_postgres::Error) -> Error {
    let place = places(&database.config);
    let reason = error.source().map(ToString::to_string).unwrap_or_else(|| error.to_string());
    if reason.contains("password missing") {
        let hint = database
            .notice
            .clone()
            .unwrap_or_else(|| "give it in the URL, in PGPASSWORD or in ~/.pgpass".to_owned());
        return failed(format!("{place} asks for the password of role `{}`", database.role())).hint(hint);
    }
    failed(format!("no connection to {place}: {reason}"))
        .hint("is that PostgreSQL, and do its log and a proxy before it say more?")
}

/// The two could not agree on encryption.
fn tls(database: &Database, error: &tokio_postgres::Error) -> Error {
    let place = places(&database.config);
    let certificate = match cause::<rustls::Error>(error) {
        Some(rustls::Error::InvalidCertificate(certificate)) => certificate,
        Some(other) => {
            return failed(format!("no encrypted connection to {place}: {other}"))
                .hint("sslmode=disable does without encryption");
        }
        None => {
            let reason = error.source().map(ToString::to_string).unwrap_or_default();
            return match reason.contains("does not support TLS") {
                true => failed(format!("{place} does not offer TLS"))
                    .hint("turn `ssl` on in the server, or say sslmode=prefer"),
                false => failed(format!("no encrypted connection to {place}: {reason}"))
                    .hint("sslmode=disable does without encryption"),
            };
        }
    };
    match certificate {
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => failed(
            format!("the certificate of {place} is for another name"),
        )
        .hint("use the name in its subjectAltName (a common name does not count), or sslmode=verify-ca"),
        CertificateError::UnknownIssuer => {
            failed(format!("the certificate of {place} comes from an authority that is not trusted"))
                .hint("name its certificate: sslrootcert=FILE")
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            failed(format!("the certificate of {place} has expired")).hint("the server needs a new one")
        }
        other => failed(format!("the certificate of {place} is not acceptable: {other}"))
            .hint("the server needs a version 3 certificate"),
    }
}

fn failed(message: String) -> Error {
    Error::new(ErrorKind::Connect, message)
}

fn is_tls(error: &tokio_postgres::Error) -> bool {
    // The one trace that tokio-postgres leaves of it.
    error.to_string().contains("TLS") || cause::<rustls::Error>(error).is_some()
}

/// The first cause of a type, looking into I/O errors as well.
fn cause<'a, T: Cause + 'static>(error: &'a (dyn Cause + 'static)) -> Option<&'a T> {
    let mut next = error.source();
    while let Some(cause) = next {
        if let Some(found) = cause.downcast_ref::<T>() {
            return Some(found);
        }
        let wrapped = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(found) = wrapped.and_then(|wrapped| wrapped.downcast_ref::<T>()) {
            return Some(found);
        }
        next = cause.source();
    }
    None
}
