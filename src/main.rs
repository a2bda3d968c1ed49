//! Parse the command line, run the command, print the error, exit with its code.

use std::process::ExitCode;

use schemadiff::cli::Arguments;

fn main() -> ExitCode {
    Arguments::read().run()
}
