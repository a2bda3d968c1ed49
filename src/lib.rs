//! Keeps a PostgreSQL database in step with a schema written down as plain SQL.
//!
//! ```text
//! schema files ─▶ source ─▶ load into scratch ─▶ introspect ─▶ desired ─┐
//!                                                                       ├─▶ plan ─▶ draft ─▶ migration ─▶ runner
//! live database ───────────────────────────────▶ introspect ─▶ live ────┘
//! ```
//!
//! [`source`] cuts files into statements, [`postgres`] runs them in a scratch database and reads both catalogs through
//! one door, [`plan`] leads from one catalog to the other, [`draft`] proves the plan both ways, [`migration`] writes it
//! down and [`runner`] runs it. [`adopt`] takes over what another system has run.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use schemadiff::plan::{Online, Options, plan};
//! use schemadiff::postgres::introspect::{Scope, introspect};
//! use schemadiff::postgres::load::load;
//! use schemadiff::source::Source;
//!
//! # async fn example(live: tokio_postgres::Client, scratch: tokio_postgres::Client) -> schemadiff::Result<()> {
//! let scope = Scope::default();
//! load(&scratch, &Source::read(Path::new("schema"))?).await?;
//! let desired = introspect(&scratch, &scope).await?;
//! let live = introspect(&live, &scope).await?;
//! let options = Options { online: Online::Always, sizes: Default::default() };
//! for step in plan(&live, &desired, &options)?.steps {
//!     println!("{};", step.sql);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Migrations at start-up
//!
//! A server can bring its migrations along and apply them when it starts, in as many instances at once as there are:
//! [`Migrations`]. With [`embed`] in its build script, the binary holds every file of the folder:
//!
//! ```no_run
//! # macro_rules! embedded { () => { [("0001_foods.sql", "CREATE TABLE food (id int);")] } }
//! use schemadiff::Migrations;
//! use tokio_postgres::{Client, NoTls};
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let (mut client, connection) = tokio_postgres::connect("host=localhost user=cook", NoTls).await?;
//!     tokio::spawn(connection);
//!     # /*
//!     let migrations = Migrations::embedded(schemadiff::embedded!())?;
//!     # */ let migrations = Migrations::embedded(embedded!())?;
//!     migrations.apply(&mut client).await?;
//!     // … serve …
//!     Ok(())
//! }
//! ```

pub mod adopt;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod config;
pub mod draft;
pub mod drift;
pub mod embed;
pub mod error;
mod figures;
mod hexadecimal;
pub mod init;
pub mod kind;
pub mod lint;
pub mod losses;
pub mod migration;
pub mod migrations;
pub mod plan;
pub mod postgres;
pub mod precheck;
pub mod provenance;
pub mod renaming;
pub mod report;
mod retry;
pub mod review;
pub mod runner;
pub mod selection;
pub mod source;
pub mod why;

pub use error::{Error, ErrorKind, Result};
pub use migrations::Migrations;
pub use tokio_postgres;
