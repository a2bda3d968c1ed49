//! Everything that knows PostgreSQL.

pub mod binaries;
pub mod scratch;
pub mod server;
