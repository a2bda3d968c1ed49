//! `schemadiff reference`: docs/reference.md, made from the command line itself and from the rules of `lint`.

use clap::CommandFactory;

use super::printed::schema;
use super::{Arguments, Outcome, Project};
use crate::Result;
use crate::lint::{Concern, REGISTRY};

/// Print the reference in Markdown
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  schemadiff reference > docs/reference.md\n  \
    schemadiff reference --output-schema > docs/output.schema.json")]
pub struct Args {
    /// Print a JSON schema of what `--format json` prints instead
    #[arg(long)]
    output_schema: bool,
}

/// How wide the texts are, in characters, whatever the terminal.
const WIDTH: usize = 100;

impl Args {
    pub(super) fn run(self, project: &Project) -> Result<Outcome> {
        match self.output_schema {
            true => project.output.json(&schema())?,
            false => project.output.data(&text())?,
        }
        Ok(Outcome::Done)
    }
}

fn text() -> String {
    let mut text = "# Reference\n\n\
        Made by `schemadiff reference`; a test says so when it is out of date. The configuration is described in the\n\
        [README](../README.md#configuration), and for editors in [schemadiff.schema.json](schemadiff.schema.json); what `--format json` prints, in\n\
        [output.schema.json](output.schema.json).\n"
        .to_owned();
    let command = Arguments::command().term_width(WIDTH);
    section(&mut text, "schemadiff", command.clone());
    for one in command.get_subcommands().filter(|one| !one.is_hide_set()) {
        let name = format!("schemadiff {}", one.get_name());
        section(&mut text, &name, one.clone().term_width(WIDTH).bin_name(&name));
    }
    text.push_str("\n## Rules of lint\n\n| rule | about | why | remedy |\n|---|---|---|---|\n");
    for rule in REGISTRY {
        let about = match rule.concern {
            Concern::Schema => "schema files",
            Concern::Migration => "migrations",
        };
        text.push_str(&format!("| `{}` | {about} | {} | {} |\n", rule.name, rule.why, rule.remedy));
    }
    text
}

fn section(text: &mut String, name: &str, mut command: clap::Command) {
    let help = command.render_long_help().to_string();
    let lines: Vec<&str> = help.trim().lines().map(str::trim_end).collect();
    text.push_str(&format!("\n## {name}\n\n```text\n{}\n```\n", lines.join("\n")));
}
