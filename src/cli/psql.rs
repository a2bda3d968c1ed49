//! `schemadiff psql`: the way into the private development server, which runs only as long as a command does.

use std::ffi::OsString;

use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};
use tokio_postgres::config::Host;

use super::options::Connection;
use super::{Outcome, Project};
use crate::{Error, ErrorKind, Result};

/// Open psql on the project's private development server, which serves as long as psql runs
///
/// Another program finds the server by the variables that psql gets: PGHOST, PGPORT, PGUSER and PGDATABASE.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff psql\n      \
        a session in the development database\n  \
    schemadiff psql -c 'table plan'\n      \
        what is in one of its tables")]
pub struct Args {
    /// Handed to psql as they are
    #[arg(value_name = "ARGUMENT", trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let connection = Connection { database_url: None, connect_timeout: None };
        if let Some(database) = project.database(&connection)? {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("the live database is {}, not the development server", database.label),
            )
            .hint("psql reaches it by itself: `psql \"$DATABASE_URL\"`"));
        }
        let live = project.live(&connection, None).await?;
        let mut psql = Command::new("psql");
        psql.args(&self.arguments);
        if let Some(Host::Unix(folder)) = live.config.get_hosts().first() {
            psql.env("PGHOST", folder);
        }
        let named = [("PGUSER", live.config.get_user()), ("PGDATABASE", live.config.get_dbname())];
        psql.envs(named.into_iter().filter_map(|(name, value)| Some((name, value?))));
        psql.envs(live.config.get_ports().first().map(|port| ("PGPORT", port.to_string())));
        // Ctrl-C is psql's, which cancels a query with it; and the server must outlive that.
        let _interrupt = signal(SignalKind::interrupt());
        let ended = psql.status().await.map_err(|error| {
            Error::new(ErrorKind::Usage, format!("psql cannot be started: {error}"))
                .hint("it comes with PostgreSQL's client programs, and has to be on the PATH")
                .caused_by(error)
        })?;
        match ended.success() {
            true => Ok(Outcome::Done),
            false => Err(Error::new(ErrorKind::Usage, format!("psql ended with {ended}"))),
        }
    }
}
