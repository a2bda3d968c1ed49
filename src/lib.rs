//! Keeps a PostgreSQL database in step with a schema written down as plain SQL.

pub mod error;
pub mod postgres;
pub mod source;

pub use error::{Error, ErrorKind, Result};
