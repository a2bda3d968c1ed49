//! Parse the command line, run the command, print the error, exit with its code.

fn main() {}
