//! `schemadiff why`: the reason of one statement of a migration.

use std::str::FromStr;

use super::options::Scratch as ScratchOptions;
use super::printed::Explained;
use super::{Format, Outcome, Project};
use crate::migration::{Header, Script};
use crate::postgres::introspect::introspect;
use crate::runner;
use crate::why::{Reason, Way, reason, rename};
use crate::{Error, ErrorKind, Result};

/// Say why a statement of a migration is there: the difference that it serves, and what had to run before it
///
/// The migrations up to this one are replayed in a scratch database and the way is planned again, so this is about
/// statements that were generated; of one that a person has written or edited, it says that.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff why 0007:12\n      \
        why the statement on line 12 of migrations/0007_plan_remarks.sql is there\n  \
    schemadiff why migrations/0007_plan_remarks.down.sql:8\n      \
        the same of its way back")]
pub struct Args {
    /// The file or the number of a migration, and a line of it
    #[arg(value_name = "FILE:LINE")]
    place: Place,
    #[command(flatten)]
    scratch: ScratchOptions,
}

#[derive(Debug, Clone)]
struct Place {
    file: String,
    line: usize,
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Place, String> {
        let place = text.rsplit_once(':').and_then(|(file, line)| {
            let line = line.parse().ok().filter(|line| *line > 0)?;
            Some(Place { file: file.to_owned(), line })
        });
        place.ok_or_else(|| "expected FILE:LINE, as in 0007:12".to_owned())
    }
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let mut directory = project.existing_directory()?;
        let (position, down) = directory.find(&self.place.file)?;
        let file = directory.files[position].clone();
        let (path, text) = match (&file.down, down) {
            (Some(down), true) => (&down.path, &down.text),
            _ => (&file.path, &file.text),
        };
        let script = Script::read(path, text)?;
        let statement = statement(path, text, &script, self.place.line)?;

        let source = project.config.source(&project.config.schema).ok();
        let scope = project.config.scope(source.as_ref());
        directory.files.truncate(position);
        let (mut scratch, found) = project.replayed(&directory, &self.scratch, None, &scope).await?;
        let mut before = found.catalog;
        // Only of generated statements it is known that they can be run again.
        let again = Header::states(text, "Proven");
        let all: Vec<&str> =
            script.statements().filter(|_| again).map(|one| &text[one.range.clone()]).collect();
        let mut renamed = None;
        if !down {
            renamed = Some(rename(scratch.client(), &all, &scope).await?);
        }
        directory.files.push(file.clone());
        let options = runner::Options { history: project.history(), ..runner::Options::default() };
        runner::apply(scratch.client_mut(), &directory, &options, &mut |_| {}).await?;
        let mut desired = introspect(scratch.client(), &scope).await?;
        let renamed = match renamed {
            Some(renamed) => renamed,
            None => {
                std::mem::swap(&mut before, &mut desired);
                rename(scratch.client(), &all, &scope).await?
            }
        };
        scratch.close().await?;
        let found = reason(&statement, &Way { before, renamed, desired }, source.as_ref())?;
        self.tell(project, &statement, found)
    }

    fn tell(&self, project: &Project, statement: &str, found: Option<Reason>) -> Result<Outcome> {
        if project.output.format == Format::Json {
            project.output.json(&Explained { statement, reason: found })?;
            return Ok(Outcome::Done);
        }
        let mut text = format!("{statement};\n\n");
        let mut say = |what: &str, said: &str| text.push_str(&format!("{what:9}{said}\n"));
        let Some(found) = found else {
            say("serves", "nothing that a plan has: it was written or edited by hand");
            return project.output.data(&text).map(|()| Outcome::Done);
        };
        match (&found.changes[..], &found.object) {
            ([], Some(object)) => {
                say("serves", &format!("others: {object} is in their way, and does not differ"))
            }
            ([], None) => say("serves", "all that follows"),
            (changes, _) => changes.iter().for_each(|change| say("serves", &change.to_string())),
        }
        if let Some(stated) = &found.stated {
            say("stated", &stated.to_string());
        }
        for before in &found.after {
            say("after", before);
        }
        for hazard in &found.hazards {
            say("hazard", hazard);
        }
        project.output.data(&text)?;
        Ok(Outcome::Done)
    }
}

/// The statement of the text that stands on this line.
fn statement(path: &std::path::Path, text: &str, script: &Script, line: usize) -> Result<String> {
    let lines = |offset: usize| text[..offset].matches('\n').count() + 1;
    let found =
        script.statements().find(|one| (lines(one.range.start)..=lines(one.range.end)).contains(&line));
    found.map(|one| text[one.range.clone()].trim().to_owned()).ok_or_else(|| {
        let message = format!("no statement stands on line {line} of `{}`", path.display());
        Error::new(ErrorKind::Usage, message)
    })
}
