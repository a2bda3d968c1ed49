//! `schemadiff graph`: a picture of tables.

use std::path::PathBuf;

use super::options::{Connection, Scratch as ScratchOptions};
use super::output::one_of;
use super::place::Place;
use super::{Format, Outcome, Project};
use crate::postgres::entities::entities;
use crate::report::diagram::{Diagram, dot, mermaid, svg};
use crate::selection::Selection;
use crate::{Error, ErrorKind, Result};

/// Draw tables, their columns and keys, and what refers to what
///
/// The SVG is a file by itself, for light and dark screens. Mermaid and DOT are text: the one is drawn by GitHub, GitLab
/// and many wikis, the other by Graphviz.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff graph -o docs/schema.svg\n      \
        draws the schema files\n  \
    schemadiff graph live --tables 'public.plan*' --tables food --format mermaid\n      \
        prints the live tables whose names fit, and what is between them")]
pub struct Args {
    /// What to draw: schema, live, migrations, the URL of a database, a file or folder of SQL
    #[arg(value_name = "SOURCE", default_value = "schema")]
    source: Place,
    /// Only tables with such a name, with or without schema; `*` and `?` stand for what they do in a shell; may be repeated
    #[arg(long = "tables", value_name = "PATTERN", num_args = 1..)]
    tables: Vec<String>,
    /// Write to this file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How to draw [default: as the name of the file ends, else svg]
    #[arg(
        id = "format",
        long,
        value_name = "FORMAT",
        value_parser = one_of(FORMATS)
    )]
    format: Option<Format>,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    scratch: ScratchOptions,
}

/// The first is the usual one.
const FORMATS: &[Format] = &[Format::Svg, Format::Mermaid, Format::Dot, Format::Json];

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let format = project.output.chosen(self.output.as_deref(), FORMATS)?;
        let selection = Selection { include: self.tables.clone(), exclude: Vec::new() };
        selection.check()?;
        let source = self.source.files("SOURCE", project)?;
        let scope = project.config.scope(source.as_ref());
        let options = (&self.connection, &self.scratch);
        let read = self.source.read(source.as_ref(), project, options, None, &scope).await?;
        let takes = |name: &str| {
            let (schema, bare) = name.split_once('.').unwrap_or(("", name));
            selection.takes(&[name, bare, schema])
        };
        let diagram = entities(&read.catalog).only(|table| takes(&table.name));
        if let Some(scratch) = read.scratch {
            scratch.close().await?;
        }
        if diagram.is_empty() {
            let message = match self.tables.as_slice() {
                [] => format!("there are no tables in {}", self.source),
                patterns => {
                    format!("no table in {} is named like `{}`", self.source, patterns.join("` or `"))
                }
            };
            return Err(Error::new(ErrorKind::Usage, message));
        }
        self.write(project, format, &diagram)
    }

    fn write(&self, project: &Project, format: Format, diagram: &Diagram) -> Result<Outcome> {
        let text = match format {
            Format::Json => format!("{:#}\n", serde_json::json!(diagram)),
            Format::Mermaid => mermaid(diagram),
            Format::Dot => dot(diagram),
            _ => svg(diagram, &format!("The tables of {}", self.source)),
        };
        project.output.deliver(self.output.as_deref(), &text)?;
        Ok(Outcome::Done)
    }
}
