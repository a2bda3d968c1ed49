//! Migrations as numbered files: their format, how a text is cut into sections, and the folder they live in.

mod age;
mod batch;
mod depends;
mod directory;
mod disk;
mod file;
mod find;
mod header;
mod meta;
mod renumber;
mod script;
mod slug;
mod style;
mod template;
mod version;

pub use age::committed_at;
pub use batch::Batch;
pub(crate) use batch::changed_table;
pub use directory::{Directory, Down, File};
pub(crate) use directory::{decoded, numbered};
pub(crate) use disk::{names, write_all};
pub use file::{Migration, Section, checksum};
pub use header::Header;
pub use renumber::{Evidence, Move, Renumbering};
pub use script::{Script, Statement, Stretch};
pub use slug::{named, slug};
pub use style::Style;
pub use version::Version;
