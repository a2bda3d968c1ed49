//! Options that several commands share.

use std::path::PathBuf;

use crate::config::{Config, ScratchChoice, Span};

/// Which database is the live one.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Live database")]
pub struct Connection {
    /// The live database
    ///
    /// A URL (postgres://user@host:5432/plans?sslmode=verify-full) or libpq's form (host=... dbname=...).
    /// Without it: DATABASE_URL, from the environment or `.env`; `database_url` of schemadiff.yaml;
    /// libpq's variables (PGHOST, PGDATABASE ...); else the project's private development server.
    // Not read from the environment here, because `.env` and the configuration come in between.
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// How long to try again while the server starts, such as 30s [default: not at all]
    #[arg(long, value_name = "TIME")]
    pub connect_timeout: Option<Span>,
}

/// Where scratch databases are made.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Scratch database")]
pub struct Scratch {
    /// Where to load the schema files
    ///
    /// `auto`: on a private server, else on the live one if that is local; `server`: on the live
    /// server, in a temporary database; a URL: in that database, which must be empty.
    #[arg(long, value_name = "auto|server|URL", conflicts_with = "scratch_url")]
    pub scratch: Option<ScratchChoice>,
    /// The same as --scratch URL
    #[arg(long, value_name = "URL", env = "SCHEMADIFF_SCRATCH_URL", hide_env_values = true)]
    pub scratch_url: Option<String>,
    /// The folder of the server's programs (initdb, postgres) for a private server
    #[arg(long = "pg-bin", value_name = "DIR")]
    pub binaries: Option<PathBuf>,
}

/// Consent to what destroys data.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Consent")]
pub struct Consent {
    /// Go on where data would be lost; without it, what would be lost is listed
    #[arg(long)]
    pub allow_destructive: bool,
}

/// What to make of objects that no kind stands for.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What is not managed")]
pub struct Strict {
    /// Fail where a database holds something that is not managed; without it, that is named in a note
    #[arg(long)]
    pub strict: bool,
}

impl Scratch {
    /// The choice of the options, else of the configuration.
    pub fn choice(&self, config: &Config) -> ScratchChoice {
        let url = self.scratch_url.clone().map(ScratchChoice::Url);
        url.or_else(|| self.scratch.clone()).unwrap_or_else(|| config.scratch.clone())
    }

    /// The folder of the server's programs: of the options, else of the configuration.
    pub fn binaries(&self, config: &Config) -> Option<PathBuf> {
        self.binaries.clone().or_else(|| config.binaries.clone())
    }
}
