//! The engine: everything that knows PostgreSQL's catalogs, functions and words.

pub mod guard;
pub mod introspect;
pub mod kinds;
pub mod quote;
pub mod row;
