//! What only PostgreSQL is asked or told.

pub mod load;
