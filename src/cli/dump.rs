//! `schemadiff dump`: the live schema as files.

use std::path::PathBuf;

use super::options::{Connection, Strict};
use super::printed::Dumped;
use super::{Format, Outcome, Project};
use crate::Result;
use crate::config::Layout;
use crate::postgres::introspect::{Survey, survey};
use crate::report::dump::tree::Refreshed;
use crate::report::dump::{Dump, tree};

/// Print the live schema as SQL, or write it to files
///
/// Files that say the same already are not touched, and comments in the others stay with their statements.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff dump > plans.sql\n      \
        one file with everything: foods, recipes, plans, users\n  \
    schemadiff dump --output schema/ --database-url postgres://cook@db.example/plans\n      \
        a folder with a file for each object\n  \
    schemadiff dump --output schema/ --layout schema --prune\n      \
        a file for each schema, and no other schema files left in the folder")]
pub struct Args {
    /// Write to this file, or into this folder [default: standard output]
    #[arg(long, short, value_name = "DIR|FILE")]
    output: Option<PathBuf>,
    /// Write a file for each object, for each schema, or a single one [default: object, or as schemadiff.yaml says]
    #[arg(long, value_name = "object|schema|single", requires = "output")]
    layout: Option<Layout>,
    /// Remove schema files from the folder that are not part of the dump; without it, they are listed
    #[arg(long, requires = "output")]
    prune: bool,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    strict: Strict,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        project.refuse_without_database(&self.connection)?;
        let live = project.live(&self.connection, None).await?;
        let scope = project.scope_of(&live).await?;
        let Survey { catalog, unmanaged } = survey(&live.client, &scope).await?;
        project.name_unmanaged(&live.label, &unmanaged, &self.strict)?;
        project.tell_left_out([&catalog, &catalog]);
        let dump = Dump::new(&catalog)?;
        let json = project.output.format == Format::Json;
        match &self.output {
            None if json => project.output.json(&Dumped { sql: dump.script() })?,
            None => project.output.data(&dump.script())?,
            Some(path) if path.is_file() || path.extension().is_some_and(|extension| extension == "sql") => {
                tree::write(path, &dump.script())?;
                if json {
                    project
                        .output
                        .json(&Refreshed { written: vec![path.clone()], ..Refreshed::default() })?;
                }
            }
            Some(folder) => {
                let files = dump.files(self.layout.unwrap_or(project.config.layout));
                let refreshed = tree::refresh(folder, &files, self.prune)?;
                if json {
                    project.output.json(&refreshed)?;
                }
                tell(project, &refreshed);
            }
        }
        Ok(Outcome::Done)
    }
}

/// How many of the files that were written are told by name.
const TOLD: usize = 20;

fn tell(project: &Project, refreshed: &Refreshed) {
    let Refreshed { written, unchanged, others, removed } = refreshed;
    for path in written.iter().take(TOLD) {
        project.output.tell(&format!("  {}", path.display()));
    }
    if written.len() > TOLD {
        project.output.tell(&format!("  ... and {} more", written.len() - TOLD));
    }
    let (count, all) = (written.len(), written.len() + unchanged.len());
    project.output.tell(&format!("{count} of {all} files written."));
    for path in removed {
        project.output.tell(&format!("`{}` is removed: nothing in the database is like it.", path.display()));
    }
    for path in others {
        project.output.tell(&format!("warning: `{}` is not part of the dump", path.display()));
    }
    if !others.is_empty() {
        project.output.tell("hint: what stands in two files cannot be loaded; `--prune` removes files that are not part of it");
    }
}
