//! The list of a folder's migrations as Rust source, for [`Migrations::embedded`](crate::Migrations::embedded): a build
//! script writes it, because only a build script is run again when a file is added to the folder.
//!
//! `build.rs`, with `schemadiff` among the build dependencies:
//!
//! ```no_run
//! fn main() -> std::io::Result<()> {
//!     schemadiff::embed::migrations("migrations")
//! }
//! ```
//!
//! and in the program:
//!
//! ```ignore
//! let migrations = schemadiff::Migrations::embedded(schemadiff::embedded!())?;
//! ```

use std::fs;
use std::io::{Error, Result};
use std::path::Path;

/// The name of the file that the build script writes, in the folder that cargo gives it.
const LIST: &str = "schemadiff_migrations.rs";

/// The list that [`embed::migrations`](crate::embed::migrations) wrote in this crate's build script: names and texts.
#[macro_export]
macro_rules! embedded {
    () => {
        include!(concat!(env!("OUT_DIR"), "/schemadiff_migrations.rs"))
    };
}

/// Lists the migrations of `folder`, which is relative to the crate's own, and has cargo build again when the folder
/// changes. To be called by a build script.
///
/// # Errors
///
/// Not a build script; a folder that cannot be read.
pub fn migrations(folder: impl AsRef<Path>) -> Result<()> {
    let variable = |name: &str| {
        std::env::var_os(name).ok_or_else(|| Error::other(format!("cargo did not set `{name}`")))
    };
    let folder = Path::new(&variable("CARGO_MANIFEST_DIR")?).join(folder);
    fs::write(Path::new(&variable("OUT_DIR")?).join(LIST), list(&folder)?)?;
    println!("cargo::rerun-if-changed={}", folder.display());
    Ok(())
}

/// A Rust expression: an array of the name and the text of each `.sql` file in `folder`.
///
/// # Errors
///
/// A folder that cannot be read, a path that is not UTF-8.
pub fn list(folder: &Path) -> Result<String> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = fs::canonicalize(entry?.path())?;
        if path.extension().is_some_and(|extension| extension == "sql") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut list = String::from("[\n");
    for path in &paths {
        let name = path.file_name().and_then(|name| name.to_str());
        let (Some(name), Some(path)) = (name, path.to_str()) else {
            return Err(Error::other(format!("`{}` is not UTF-8", path.display())));
        };
        list.push_str(&format!("    ({name:?}, include_str!({path:?})),\n"));
    }
    Ok(list + "] as [(&str, &str); " + &paths.len().to_string() + "]\n")
}
