//! `schemadiff generate`: writes the next migration.

use std::collections::BTreeSet;

use super::drafting::Wanted;
use super::options::{Connection, Consent, Scratch as ScratchOptions, Strict};
use super::printed::Generated;
use super::session::Live;
use super::{Format, Outcome, Project};
use crate::catalog::Catalog;
use crate::config::{Destructive, Online};
use crate::draft::{Draft, sections};
use crate::drift;
use crate::losses::{self, Loss, losses};
use crate::migration::{Directory, Header, Migration, named, slug};
use crate::plan::Plan;
use crate::postgres::introspect::Reader;
use crate::postgres::scratch::missing_roles;
use crate::precheck::{Precheck, precheck, told};
use crate::source::Source;
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

/// What is known of a migration besides its draft.
struct Facts {
    /// See [`drift::made_for`].
    made_for: String,
    /// The version of the server.
    major: u32,
    /// What it deletes.
    losses: Vec<Loss>,
    /// What may fail on rows that exist.
    prechecks: Vec<Precheck>,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        self.wished_name()?;
        let source = project.source(&project.config.schema)?;
        let directory = project.growing_directory()?;
        let scope = project.config.scope(Some(&source));
        let live = match self.from {
            From::Live => Some(project.live(&self.connection, Some(&self.scratch)).await?),
            From::Migrations => None,
        };
        let (before, desired, replay) = match &live {
            Some(live) => {
                project.refuse_pending(live, &directory).await?;
                let (found, desired) = project.compared(&source, &self.scratch, live, &scope).await?;
                project.name_unmanaged(&live.label, &found.unmanaged, &self.strict)?;
                (found.catalog, desired, None)
            }
            None => {
                let scratch = project.scratch(&self.scratch, Some(&source), None).await?;
                let desired = project.loaded(&source, scratch, &scope).await?;
                let (replay, found) = project.replayed(&directory, &self.scratch, None, &scope).await?;
                (found.catalog, desired, Some(replay))
            }
        };
        let mut desired = desired;
        project.name_unmanaged("the schema files", &desired.unmanaged, &self.strict)?;
        project.tell_left_out([&before, &desired.catalog]);
        let session = live.as_ref().map(|live| &live.client);
        let planning = project.planning(self.online, session, (&before, &desired.catalog)).await?;
        let wanted = Wanted {
            source: &source,
            renames: &self.renames,
            asks: true,
            options: &self.scratch,
            live: live.as_ref(),
            scope: &scope,
        };
        let outcome = match project.drafted(wanted, (&before, &mut desired), &planning).await? {
            None => {
                if project.output.format == Format::Json {
                    project.output.json(&Generated::default())?;
                }
                project.output.tell("Nothing to do: the schema files and the database agree.");
                Ok(Outcome::Done)
            }
            Some(draft) => {
                let mut losses = losses(&draft, &before, session).await?;
                self.refuse_losses(project, &directory, &source, (&draft, &before), &mut losses)?;
                if let Some(live) = &live {
                    tell_missing_roles(project, live, &source).await?;
                }
                if !self.no_proof {
                    project.load(&self.scratch, &source, live.as_ref(), &mut desired).await?;
                    let scratch = desired.scratch.as_ref().expect("it has been opened");
                    let objects = desired.catalog.objects.len();
                    let reader = Reader::new(scratch.client(), scratch.second_session(), objects).await?;
                    draft.prove(&reader, &scope, &before, &desired.catalog).await?;
                }
                let made_for =
                    drift::made_for(&before, &desired.catalog, &draft.up, directory.files.is_empty());
                let prechecks = precheck(&draft, session).await?;
                let about =
                    Facts { made_for, major: desired.catalog.facts.version / 10000, losses, prechecks };
                self.write(project, &directory, &draft, &about)
            }
        };
        for scratch in [replay, desired.scratch].into_iter().flatten() {
            scratch.close().await?;
        }
        outcome
    }

    /// How the file shall be called, where that was said.
    fn wished_name(&self) -> Result<Option<String>> {
        self.positional.as_ref().or(self.name.as_ref()).map(|said| named(said)).transpose()
    }

    /// What destroys data needs consent, which is written down beside each loss.
    fn refuse_losses(
        &self,
        project: &Project,
        directory: &Directory,
        source: &Source,
        (draft, before): (&Draft, &Catalog),
        losses: &mut [Loss],
    ) -> Result<()> {
        let policy = project.config.destructive;
        let used = losses::used(directory)?;
        let consents = if policy == Destructive::Never { vec![] } else { source.drops()? };
        let (stale, consents): (Vec<_>, Vec<_>) =
            consents.into_iter().partition(|consent| consent.used_by(&used).is_some());
        let allowed = policy == Destructive::Consent && self.consent.allow_destructive;
        losses::agree(losses, (draft, before), &consents, allowed.then_some("`--allow-destructive`"));
        let refused: Vec<&Loss> = losses.iter().filter(|loss| loss.consent.is_none()).collect();
        let Some(first) = refused.first().map(|loss| loss.object.as_str()) else { return Ok(()) };
        let listed: Vec<_> = refused.iter().map(|loss| format!("  {loss}")).collect();
        let message = format!("this change would destroy data:\n{}", listed.join("\n"));
        let renames = draft.alike.iter().filter(|it| it.holds_data).map(|it| {
            let (from, to) = (it.from(), it.to());
            format!("if `{from}` has become `{to}` ({} % alike), say so: {}\n", it.percent(), it.ways())
        });
        let found = before.objects.values().find(|object| object.to_string() == first);
        let named =
            found.map_or_else(|| first.rsplit(' ').next().unwrap_or(first), |object| &object.identity);
        let renames: String = renames.collect();
        let annotation = format!(
            "`-- schemadiff: drop {named}` in the schema files, object by object; nothing was written"
        );
        let ways_out = match policy {
            Destructive::Consent => format!("`--allow-destructive` consents to it, or {annotation}"),
            Destructive::Annotation => format!("consent to it with {annotation}"),
            Destructive::Never => {
                "`destructive: never` in schemadiff.yaml forbids it; nothing was written".to_owned()
            }
        };
        let stale = draft.consented(before, &stale).into_values().filter_map(|consent| {
            let version = consent.used_by(&used)?;
            let name = consent.words.split(" after ").next().unwrap_or_default();
            Some(format!(
                "`{consent}` was consent to what {version} deletes; to consent to this too, write `-- schemadiff: {name} after \
                 {version}`\n"
            ))
        });
        let stale: BTreeSet<String> = stale.collect();
        let stale: String = stale.into_iter().collect();
        Err(Error::new(ErrorKind::Refused, message).hint(format!("{renames}{stale}{ways_out}")))
    }

    /// Writes the files, or prints the migration.
    fn write(
        &self,
        project: &Project,
        directory: &Directory,
        draft: &Draft,
        facts: &Facts,
    ) -> Result<Outcome> {
        let Facts { made_for, major, losses, prechecks } = facts;
        let proven = match self.no_proof {
            true => "not proven".to_owned(),
            false => format!("PostgreSQL {major}, up, up again, down"),
        };
        let description = draft.description();
        let name = self.wished_name()?.unwrap_or_else(|| slug(&description));
        let next = directory.next_header(&name, &description);
        let migration = |plan: &Plan, description: String, made_for: &str, losses: &[Loss]| Migration {
            header: Header {
                description,
                hazards: plan.hazards().into_iter().map(|hazard| losses::told(hazard, losses)).collect(),
                consents: losses::remembered(losses),
                proven: proven.clone(),
                made_for: made_for.to_owned(),
                ..next.clone()
            },
            sections: sections(&plan.steps),
        };
        let up = migration(&draft.up, description.clone(), made_for, losses);
        let down = migration(&draft.down, format!("undo: {description}"), "", &[]);
        if !self.dry_run {
            draft.summary.iter().for_each(|change| project.output.tell(&format!("  {change}")));
        }
        for loss in losses {
            let does = if loss.cut.is_some() { "rounds or cuts values of" } else { "deletes" };
            project.output.tell(&format!("warning: this {does} {loss}"));
        }
        told(prechecks).iter().for_each(|line| project.output.tell(line));
        let files = if self.dry_run { vec![] } else { directory.write(&up, Some(&down))? };
        if project.output.format == Format::Json {
            project.output.json(&Generated {
                files,
                changes: &draft.changes,
                hazards: up.header.hazards.clone(),
                losses,
                prechecks,
                up: Some(up.render()),
                down: Some(down.render()),
            })?;
        } else if self.dry_run {
            project.output.data(&up.render())?;
        } else {
            for path in files {
                project.output.data(&format!("{}\n", path.display()))?;
            }
        }
        Ok(Outcome::Done)
    }
}

/// Nobody makes roles on a live server but its owner; a scratch server has them all.
async fn tell_missing_roles(project: &Project, live: &Live, source: &Source) -> Result<()> {
    let missing = missing_roles(&live.client, &project.roles_by_hand(source)).await?;
    if !missing.is_empty() {
        let (named, label) = (missing.join("`, `"), &live.label);
        let message = format!("note: the schema files name roles that are not there, on {label}: `{named}`");
        project.output.tell(&format!("{message}; make them before `schemadiff apply`"));
    }
    Ok(())
}

/// `old=new`, neither of them empty.
fn rename(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((old, new)) if !old.is_empty() && !new.is_empty() => Ok((old.to_owned(), new.to_owned())),
        _ => Err("expected OLD=NEW, as in public.foods.kcal=energy_kcal".to_owned()),
    }
}
