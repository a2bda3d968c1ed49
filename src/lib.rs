//! Keeps a PostgreSQL database in step with a schema written down as plain SQL.

pub mod catalog;
pub mod cli;
pub mod config;
pub mod draft;
pub mod error;
pub mod kind;
pub mod migration;
pub mod plan;
pub mod postgres;
pub mod report;
pub mod runner;
pub mod source;

pub use error::{Error, ErrorKind, Result};
