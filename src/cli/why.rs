//! `schemadiff why`: the reason of one statement of a migration.

use std::path::PathBuf;
use std::str::FromStr;

use super::options::Scratch as ScratchOptions;
use super::printed::Explained;
use super::{Format, Outcome, Project};
use crate::migration::{Directory, File, Script, Version};
use crate::postgres::introspect::introspect;
use crate::runner;
use crate::why::{Reason, reason};
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
        let (position, down) = self.place.find(&directory)?;
        let file = directory.files[position].clone();
        let (path, text) = match (&file.down, down) {
            (Some(down), true) => (&down.path, &down.text),
            _ => (&file.path, &file.text),
        };
        let statement = statement(path, text, self.place.line)?;

        let source = project.config.source(&project.config.schema).ok();
        let scope = project.config.scope(source.as_ref());
        directory.files.truncate(position);
        let (mut scratch, before) = project.replayed(&directory, &self.scratch, None, &scope).await?;
        directory.files.push(file.clone());
        let options = runner::Options { history: project.history(), ..runner::Options::default() };
        runner::apply(scratch.client_mut(), &directory, &options, &mut |_| {}).await?;
        let after = introspect(scratch.client(), &scope).await?;
        scratch.close().await?;
        let way = if down { (&after, &before.catalog) } else { (&before.catalog, &after) };
        let found = reason(&statement, way, source.as_ref())?;
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
            say("serves", "nothing that a plan has: it was written or edited by hand, or it renames");
            return project.output.data(&text).map(|()| Outcome::Done);
        };
        match (&found.changes[..], &found.object) {
            ([], Some(object)) => {
                say("serves", &format!("others: {object} is in their way, and does not differ"))
            }
            ([], None) => say("serves", "all that follows"),
            (changes, _) => changes.iter().for_each(|change| say("serves", &change.to_string())),
        }
        if let Some((file, line)) = &found.stated {
            say("stated", &format!("{file}:{line}"));
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

impl Place {
    /// Which file of the folder it is in, and whether in its down script.
    fn find(&self, directory: &Directory) -> Result<(usize, bool)> {
        let wanted = PathBuf::from(&self.file);
        let name = wanted.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let number = Version::parse(&self.file);
        let is = |file: &File| {
            let down = file.down.as_ref().is_some_and(|down| down.path.ends_with(&name));
            let up = file.path.ends_with(&name) || number == Some(file.version);
            (up || down).then_some(down)
        };
        let mut found = directory.files.iter().enumerate();
        found.find_map(|(position, file)| Some((position, is(file)?))).ok_or_else(|| {
            let message = format!("there is no migration `{}` in `{}`", self.file, directory.path.display());
            Error::new(ErrorKind::Usage, message)
        })
    }
}

/// The statement of the text that stands on this line.
fn statement(path: &std::path::Path, text: &str, line: usize) -> Result<String> {
    let script = Script::read(path, text)?;
    let lines = |offset: usize| text[..offset].matches('\n').count() + 1;
    let mut all = script.sections.iter().flat_map(|section| &section.statements);
    let found = all.find(|one| (lines(one.range.start)..=lines(one.range.end)).contains(&line));
    found.map(|one| text[one.range.clone()].trim().to_owned()).ok_or_else(|| {
        let message = format!("no statement stands on line {line} of `{}`", path.display());
        Error::new(ErrorKind::Usage, message)
    })
}
