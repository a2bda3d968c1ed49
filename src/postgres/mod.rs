//! The engine: everything that knows PostgreSQL's catalogs, functions and words.

pub mod advisory;
pub mod binaries;
pub mod cache;
pub mod connect;
mod deparse;
pub mod empty;
pub mod entities;
pub mod extent;
pub mod guard;
pub mod introspect;
pub mod kinds;
pub mod ledger;
pub mod load;
pub mod measure;
pub mod precondition;
pub mod progress;
pub mod quote;
pub mod roles;
pub mod row;
pub mod scratch;
pub mod server;
pub mod session;
pub mod volatile;
