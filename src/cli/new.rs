//! `schemadiff new`: begins a migration that is written by hand.

use super::printed::New;
use super::{Format, Outcome, Project};
use crate::Result;
use crate::migration::{Header, named};

/// Begin a migration by hand: the next numbered file, with its header
///
/// For what schema/ cannot say, such as changes of rows. No database is needed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff new fill in the energy of foods\n      \
        writes migrations/0007_fill_in_the_energy_of_foods.sql\n  \
    schemadiff new rename_units --down\n      \
        writes migrations/0007_rename_units.sql and 0007_rename_units.down.sql")]
pub struct Args {
    /// What it does, in a few words
    #[arg(value_name = "NAME", required = true, num_args = 1..)]
    name: Vec<String>,
    /// Begin its down script, too
    #[arg(long)]
    down: bool,
}

impl Args {
    pub(super) fn run(self, project: &Project) -> Result<Outcome> {
        let said = self.name.join(" ");
        let name = named(&said)?;
        let directory = project.growing_directory()?;
        let hazards = vec!["not stated".to_owned()];
        let header = Header { hazards, ..directory.next_header(&name, &said.replace('_', " ")) };
        let written = directory.write_template(&header, self.down)?;
        if project.output.format == Format::Json {
            project.output.json(&New { version: header.version, name: header.name, files: written })?;
        } else {
            for path in written {
                project.output.data(&format!("{}\n", path.display()))?;
            }
        }
        Ok(Outcome::Done)
    }
}
