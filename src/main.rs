//! Parse the command line, run the command, print the error, exit with its code.

use std::process::ExitCode;

use clap::Parser;
use schemadiff::cli::Arguments;

fn main() -> ExitCode {
    Arguments::parse().run()
}
