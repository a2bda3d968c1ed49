//! `schemadiff completions`: what a shell needs to complete our command line. And `schemadiff man`, for packages.

use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Arguments, Outcome, Project};
use crate::{Error, ErrorKind, Result};

/// Print a script that lets a shell complete the command line
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff completions bash > ~/.local/share/bash-completion/completions/schemadiff\n  \
    schemadiff completions zsh > ~/.zfunc/_schemadiff\n  \
    schemadiff completions fish > ~/.config/fish/completions/schemadiff.fish")]
pub struct Args {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

impl Args {
    pub(super) fn run(self, project: &Project) -> Result<Outcome> {
        let mut script = vec![];
        clap_complete::generate(self.shell, &mut Arguments::command(), "schemadiff", &mut script);
        project.output.data(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Done)
    }
}

/// Write the manual pages into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff man ~/.local/share/man/man1\n      \
        schemadiff.1, and a page for each command: schemadiff-apply.1 ...")]
pub struct Man {
    /// The folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Man {
    pub(super) fn run(self, project: &Project) -> Result<Outcome> {
        let unwritable = |error: std::io::Error| {
            let message = format!("`{}` cannot be written: {error}", self.folder.display());
            Error::new(ErrorKind::Usage, message).caused_by(error)
        };
        std::fs::create_dir_all(&self.folder).map_err(unwritable)?;
        clap_mangen::generate_to(Arguments::command(), &self.folder).map_err(unwritable)?;
        project.output.tell(&format!("The manual is in `{}`.", self.folder.display()));
        Ok(Outcome::Done)
    }
}
