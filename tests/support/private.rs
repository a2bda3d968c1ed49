//! A private server of the version under test.

use std::env;
use std::path::Path;

use schemadiff::postgres::binaries::{self, Binaries};
use schemadiff::postgres::server::Server;

/// The programs under test: those that the variable names, else the newest on this machine.
pub fn programs() -> Binaries {
    let named = env::var_os(binaries::VARIABLE);
    binaries::find(None, named.as_ref().map(Path::new)).unwrap_or_else(|error| panic!("{error}"))
}

/// Starts one, which ends when the value goes out of scope.
pub fn start() -> Server {
    Server::start(&programs()).unwrap_or_else(|error| panic!("{error}"))
}
