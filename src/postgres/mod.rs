//! Everything that knows PostgreSQL.

pub mod session;
