//! Everything that knows PostgreSQL: how to reach it, and how to speak to it.

pub mod connect;
pub mod quote;
