//! Migrations as numbered files: their format, how a text is cut into sections, and the folder they live in.

mod directory;
mod file;
mod header;
mod script;
mod slug;
mod version;

pub use directory::{Directory, Down, File};
pub use file::{Migration, Section, checksum};
pub use header::Header;
pub use script::{Script, Stretch};
pub use slug::slug;
pub use version::Version;
