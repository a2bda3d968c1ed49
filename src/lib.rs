//! Keeps a PostgreSQL database in step with a schema written down as plain SQL.

pub mod error;
pub mod migration;
pub mod postgres;
pub mod runner;

pub use error::{Error, ErrorKind, Result};
