//! `schemadiff generate`: writes the next migration.

use super::options::{Connection, Consent, Scratch as ScratchOptions, Strict};
use super::output::today;
use super::session::Desired;
use super::{Outcome, Project};
use crate::config::Online;
use crate::draft::{Draft, sections};
use crate::migration::{Directory, Header, Migration, slug};
use crate::plan::Plan;
use crate::postgres::load::load;
use crate::postgres::unmanaged::unmanaged;
use crate::{Error, ErrorKind, Result};
use clap::ValueEnum;

/// Write the next migration: what leads from the live database to schema/
///
/// The migration and its down script are run in a scratch database before they are written: up
/// reaches the schema, up again changes nothing, down leads back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff generate add_recipes\n      \
        writes migrations/0002_add_recipes.sql and 0002_add_recipes.down.sql\n  \
    schemadiff generate --dry-run --rename public.foods.kcal=energy_kcal\n      \
        prints what it would write, with the column renamed rather than dropped and added")]
pub struct Args {
    /// What to call it [default: made from the changes]
    #[arg(value_name = "NAME")]
    positional: Option<String>,
    /// The same as NAME
    #[arg(long, value_name = "NAME", conflicts_with = "positional")]
    name: Option<String>,
    /// Where to start from: the live database, or all migrations replayed in scratch, for which no live database is needed
    #[arg(long, value_enum, value_name = "FROM", default_value_t)]
    from: From,
    /// Keep live tables usable: `auto` on those larger than `small_table`, `always`, or `never` [default: auto]
    #[arg(long, value_name = "auto|always|never")]
    online: Option<Online>,
    /// Say that an object was renamed; may be repeated
    #[arg(long = "rename", value_name = "OLD=NEW", value_parser = rename)]
    renames: Vec<(String, String)>,
    /// Print the migration instead of writing it
    #[arg(long)]
    dry_run: bool,
    /// Do not run the migration in a scratch database first
    #[arg(long)]
    no_proof: bool,
    #[command(flatten)]
    consent: Consent,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    scratch: ScratchOptions,
    #[command(flatten)]
    strict: Strict,
}

/// Where a migration starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum From {
    /// The live database
    #[default]
    Live,
    /// All migrations, replayed in scratch
    Migrations,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        let source = project.source(&project.config.schema)?;
        let directory = project.directory()?;
        let scope = project.scope(Some(&source));
        let live = match self.from {
            From::Live => Some(project.live(&self.connection, Some(&self.scratch)).await?),
            From::Migrations => None,
        };
        if let Some(live) = &live {
            project.refuse_pending(live, &directory).await?;
            project.name_unmanaged(&live.label, &unmanaged(&live.client).await?, &self.strict)?;
        }
        let (before, desired, replay) = match &live {
            Some(live) => {
                let (before, desired) = project.compared(&source, &self.scratch, live, &scope).await?;
                (before, desired, None)
            }
            None => {
                let scratch = project.scratch(&self.scratch, Some(&source), None).await?;
                let desired = project.loaded(&source, scratch, &scope).await?;
                let (replay, before) =
                    project.replayed(&directory, &self.scratch, Some(&source), None, &scope).await?;
                (before, desired, Some(replay))
            }
        };
        let Desired { catalog, mut scratch, unmanaged } = desired;
        project.name_unmanaged("the schema files", &unmanaged, &self.strict)?;
        let session = live.as_ref().map(|live| &live.client);
        let planning = project.planning(self.online, session, (&before, &catalog)).await?;
        let outcome = match Draft::new(&before, &catalog, &planning)? {
            None => {
                project.output.tell("Nothing to do: the schema files and the database agree.");
                Ok(Outcome::Done)
            }
            Some(draft) => {
                self.refuse_losses(&draft)?;
                if !self.no_proof {
                    if scratch.is_none() {
                        let opened = project.scratch(&self.scratch, Some(&source), live.as_ref()).await?;
                        load(opened.client(), &source).await?;
                        scratch = Some(opened);
                    }
                    let scratch = scratch.as_ref().expect("it has been opened");
                    draft.prove(scratch.client(), &scope, &before, &catalog).await?;
                }
                self.write(project, &directory, &draft, catalog.facts.version / 10000)
            }
        };
        for scratch in [replay, scratch].into_iter().flatten() {
            scratch.close().await?;
        }
        outcome
    }

    /// What destroys data needs consent.
    fn refuse_losses(&self, draft: &Draft) -> Result<()> {
        let losses = draft.losses();
        if losses.is_empty() || self.consent.allow_destructive {
            return Ok(());
        }
        let listed: Vec<_> = losses.iter().map(|loss| format!("  {loss}")).collect();
        let message = format!("this change would destroy data:\n{}", listed.join("\n"));
        Err(Error::new(ErrorKind::Refused, message)
            .hint("`--allow-destructive` consents to it; nothing was written"))
    }

    /// Writes the files, or prints the migration.
    fn write(&self, project: &Project, directory: &Directory, draft: &Draft, major: u32) -> Result<Outcome> {
        let proven = match self.no_proof {
            true => "not proven".to_owned(),
            false => format!("PostgreSQL {major}, up, up again, down"),
        };
        let description = draft.description();
        let name = self
            .positional
            .clone()
            .or_else(|| self.name.clone())
            .map_or_else(|| slug(&description), |name| slug(&name));
        let version = directory.next_version();
        let depends: Vec<_> = directory.files.last().map(|file| file.version).into_iter().collect();
        let migration = |plan: &Plan, description: &str| Migration {
            header: Header {
                version,
                name: name.clone(),
                created: today(),
                description: description.to_owned(),
                depends: depends.clone(),
                hazards: plan.hazards().into_iter().map(ToString::to_string).collect(),
                proven: proven.clone(),
            },
            sections: sections(&plan.steps),
        };
        let up = migration(&draft.up, &description);
        let down = migration(&draft.down, &format!("undo: {description}"));
        if self.dry_run {
            project.output.data(&up.render())?;
            return Ok(Outcome::Done);
        }
        for change in &draft.summary {
            project.output.tell(&format!("  {change}"));
        }
        for path in directory.write(&up, Some(&down))? {
            project.output.data(&format!("{}\n", path.display()))?;
        }
        Ok(Outcome::Done)
    }
}

/// `old=new`, neither of them empty.
fn rename(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((old, new)) if !old.is_empty() && !new.is_empty() => Ok((old.to_owned(), new.to_owned())),
        _ => Err("expected OLD=NEW, as in public.foods.kcal=energy_kcal".to_owned()),
    }
}
