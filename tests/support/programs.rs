//! Which version of PostgreSQL is tested.

use std::env;
use std::path::Path;

use schemadiff::postgres::binaries::{self, Binaries};

/// The programs under test: those that the variable names, else the newest on this machine.
pub fn programs() -> Binaries {
    let named = env::var_os(binaries::VARIABLE);
    binaries::find(None, named.as_ref().map(Path::new)).unwrap_or_else(|error| panic!("{error}"))
}
