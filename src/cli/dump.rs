//! `schemadiff dump`: the live schema as files.

use std::path::{Path, PathBuf};

use super::options::{Connection, Strict};
use super::{Outcome, Project};
use crate::postgres::introspect::introspect;
use crate::postgres::unmanaged::unmanaged;
use crate::report::dump::Dump;
use crate::{Error, ErrorKind, Result, source};

/// Print the live schema as SQL, or write it to files
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff dump > plans.sql\n      \
        one file with everything: foods, recipes, plans, users\n  \
    schemadiff dump --output schema/ --database-url postgres://cook@db.example/plans\n      \
        a folder with a file for each object; files that say the same already are left alone")]
pub struct Args {
    /// Write to this file, or to this folder with a file for each object [default: standard output]
    #[arg(long, short, value_name = "DIR|FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    strict: Strict,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let live = project.live(&self.connection, None).await?;
        project.name_unmanaged(&live.label, &unmanaged(&live.client).await?, &self.strict)?;
        let catalog = introspect(&live.client, &project.scope(None)).await?;
        let dump = Dump::new(&catalog)?;
        match &self.output {
            None => project.output.data(&dump.script())?,
            Some(path) if path.is_file() || path.extension().is_some_and(|extension| extension == "sql") => {
                write(path, &dump.script())?;
            }
            Some(folder) => write_all(folder, &dump, project)?,
        }
        Ok(Outcome::Done)
    }
}

/// Writes a file for each object, and names the files that stand there besides.
fn write_all(folder: &Path, dump: &Dump, project: &Project) -> Result<()> {
    let files = dump.files();
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    let mut written = 0;
    for (path, text) in &files {
        written += usize::from(write(&folder.join(path), text)?);
    }
    project.output.tell(&format!("{written} of {} files written to `{}`", files.len(), folder.display()));
    for found in source::find_all(folder)? {
        if found.strip_prefix(folder).is_ok_and(|path| !files.contains_key(path)) {
            project.output.tell(&format!("warning: `{}` is not part of the dump", found.display()));
        }
    }
    Ok(())
}

/// Whether the file had to be written: not if it says the same already.
fn write(path: &Path, text: &str) -> Result<bool> {
    if std::fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(false);
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    std::fs::write(path, text).map_err(|error| unwritable(path, error))?;
    Ok(true)
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Usage, format!("`{}` cannot be written: {error}", path.display())).caused_by(error)
}
