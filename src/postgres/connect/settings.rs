//! libpq's parameters in the words of tokio-postgres, which knows most of them by other types.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use tokio_postgres::Config as Settings;
use tokio_postgres::config::{ChannelBinding, LoadBalanceHosts, SslNegotiation, TargetSessionAttrs};

use super::parameters::Parameters;
use crate::{Error, ErrorKind, Result};

/// The folders in which builds of PostgreSQL put their socket: Debian and Red Hat, then everybody else.
pub const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

/// The parameters as tokio-postgres takes them, with libpq's defaults; a role and a host are always named.
///
/// # Errors
/// A value that makes no sense, or no name for the current user.
pub fn read(parameters: &Parameters) -> Result<Settings> {
    let mut config = Settings::new();
    let get = |name: &str| parameters.get(name).map(String::as_str);
    let hosts: Vec<&str> = get("host").map(|hosts| hosts.split(',').collect()).unwrap_or_default();
    let ports = numbers::<u16>("port", get("port").unwrap_or("5432"), 5432)?;
    let addresses: Vec<&str> =
        get("hostaddr").map(|addresses| addresses.split(',').collect()).unwrap_or_default();
    for address in &addresses {
        config.hostaddr(
            address.parse().map_err(|_| nonsense("hostaddr", address, "an address such as 127.0.0.1"))?,
        );
    }
    match (hosts.is_empty(), addresses.is_empty()) {
        // The address stands in for the name that a certificate is checked against.
        (true, false) => addresses.iter().for_each(|address| {
            config.host(*address);
        }),
        (true, true) => {
            config.host(usual_host(ports[0]));
        }
        _ => hosts.iter().zip(ports.iter().chain(std::iter::repeat(&ports[0]))).for_each(|(host, port)| {
            config.host(if host.is_empty() { usual_host(*port) } else { host });
        }),
    }
    for port in ports {
        config.port(port);
    }
    match get("user") {
        Some(user) => config.user(user),
        None => config.user(whoami::username().map_err(|error| {
            Error::new(ErrorKind::Connect, format!("the name of the current user is not known: {error}"))
                .hint("name the role: user=NAME")
        })?),
    };
    if let Some(name) = get("dbname") {
        config.dbname(name);
    }
    if let Some(password) = get("password") {
        config.password(password);
    }
    if let Some(options) = get("options") {
        config.options(options);
    }
    config.application_name(
        get("application_name").or(get("fallback_application_name")).unwrap_or("schemadiff"),
    );
    let seconds = |name: &'static str| -> Result<Option<Duration>> {
        let Some(value) = get(name) else { return Ok(None) };
        let seconds = value.parse::<i64>().map_err(|_| nonsense(name, value, "a number of seconds"))?;
        Ok(u64::try_from(seconds).ok().filter(|seconds| *seconds > 0).map(Duration::from_secs))
    };
    if let Some(patience) = seconds("connect_timeout")? {
        config.connect_timeout(patience);
    }
    if let Some(patience) = seconds("tcp_user_timeout")? {
        // The one span that libpq counts in milliseconds.
        config.tcp_user_timeout(patience / 1000);
    }
    if let Some(idle) = seconds("keepalives_idle")? {
        config.keepalives_idle(idle);
    }
    if let Some(interval) = seconds("keepalives_interval")? {
        config.keepalives_interval(interval);
    }
    config.keepalives(get("keepalives") != Some("0"));
    if let Some(count) = get("keepalives_count") {
        config
            .keepalives_retries(count.parse().map_err(|_| nonsense("keepalives_count", count, "a number"))?);
    }
    choose(
        get("sslnegotiation"),
        "sslnegotiation",
        &[("postgres", SslNegotiation::Postgres), ("direct", SslNegotiation::Direct)],
    )?
    .map(|negotiation| config.ssl_negotiation(negotiation));
    choose(
        get("channel_binding"),
        "channel_binding",
        &[
            ("prefer", ChannelBinding::Prefer),
            ("require", ChannelBinding::Require),
            ("disable", ChannelBinding::Disable),
        ],
    )?
    .map(|binding| config.channel_binding(binding));
    choose(
        get("load_balance_hosts"),
        "load_balance_hosts",
        &[("disable", LoadBalanceHosts::Disable), ("random", LoadBalanceHosts::Random)],
    )?
    .map(|balance| config.load_balance_hosts(balance));
    // A standby follows its primary in every catalog: `primary` and `read-write` are one to us.
    choose(
        get("target_session_attrs"),
        "target_session_attrs",
        &[
            ("any", TargetSessionAttrs::Any),
            ("read-write", TargetSessionAttrs::ReadWrite),
            ("primary", TargetSessionAttrs::ReadWrite),
            ("read-only", TargetSessionAttrs::ReadOnly),
            ("standby", TargetSessionAttrs::ReadOnly),
        ],
    )?
    .map(|attributes| config.target_session_attrs(attributes));
    Ok(config)
}

fn choose<T: Copy>(value: Option<&str>, name: &str, choices: &[(&str, T)]) -> Result<Option<T>> {
    let Some(value) = value else { return Ok(None) };
    match choices.iter().find(|(choice, _)| *choice == value) {
        Some((_, chosen)) => Ok(Some(*chosen)),
        None => {
            let names: Vec<&str> = choices.iter().map(|(choice, _)| *choice).collect();
            Err(nonsense(name, value, &names.join(", ")))
        }
    }
}

fn numbers<T: FromStr + Copy>(name: &str, text: &str, fallback: T) -> Result<Vec<T>> {
    let number = |text: &str| text.trim().parse().map_err(|_| nonsense(name, text, "a number up to 65535"));
    text.split(',').map(|text| if text.is_empty() { Ok(fallback) } else { number(text) }).collect()
}

fn nonsense(name: &str, value: &str, expected: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("`{value}` makes no sense as `{name}` of a connection"))
        .hint(format!("expected: {expected}"))
}

/// Where libpq looks when nobody names a host: the socket of the build's own folder. Ours is whichever has one.
fn usual_host(port: u16) -> &'static str {
    let has_socket = |folder: &&&str| Path::new(folder).join(format!(".s.PGSQL.{port}")).exists();
    match SOCKET_FOLDERS.iter().find(has_socket) {
        Some(folder) => folder,
        None if cfg!(unix) => {
            SOCKET_FOLDERS.iter().find(|folder| Path::new(folder).is_dir()).unwrap_or(&"localhost")
        }
        None => "localhost",
    }
}
