//! What is made of catalogs and plans for people to read.

pub mod dump;
