//! The way in from another system of migrations: its history becomes ours, and its files get our form.
//!
//! A system is a constant in `systems/`: how its history table looks, how to read it, where its files are. The table is
//! known by its columns and only read; the files are known by what the table says, and never changed.

mod baseline;
mod edited;
mod files;
mod found;
mod key;
mod layout;
mod pair;
mod records;
mod script;
mod system;
mod systems;
mod unadopted;
mod work;

pub use found::{keepers, kept_by_others};
pub use system::System;
pub use systems::SYSTEMS;
pub use unadopted::unadopted;
pub use work::{Adoption, Options, Recorded, adopt};

/// The system of this name.
pub fn system(name: &str) -> Option<&'static System> {
    SYSTEMS.iter().find(|system| system.name == name)
}
