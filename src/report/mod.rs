//! What is made of catalogs and plans for people to read.

pub mod annotation;
pub mod diagram;
pub mod dump;
pub mod markup;
pub mod review;
