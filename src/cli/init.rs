//! `schemadiff init`: the first files of a project, new or from a live database.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::options::{Connection, Scratch as ScratchOptions, Strict};
use super::output::without_passwords;
use super::printed::Begun;
use super::session::Live;
use super::watcher::Watcher;
use super::{Format, Outcome, Project};
use crate::adopt::keepers;
use crate::catalog::Catalog;
use crate::config::Layout;
use crate::draft::{Draft, sections, told};
use crate::init;
use crate::migration::{Header, Migration};
use crate::plan::{Plan, changes};
use crate::postgres::introspect::{Reader, Scope, Survey, introspect, survey};
use crate::report::dump::{Dump, from_nothing, tree};
use crate::runner::{self, Options};
use crate::source::Source;
use crate::{Error, ErrorKind, Result};

/// Begin a project in this folder, empty or from a live database
///
/// Writes schemadiff.yaml, schema/, migrations/ and a line of .gitignore. From a database, schema/ states what it holds,
/// and a first migration makes all of it elsewhere; the database records that one as applied, so that `generate` and
/// `apply` go on from there. Files that exist are never overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    schemadiff init\n      \
        an empty project with an example in schema/\n  \
    schemadiff init --from-database --database-url postgres://cook@db.example/plans\n      \
        schema files for the foods, recipes and plans that are there, and migrations/0001_baseline.sql\n  \
    schemadiff init --from-database --layout schema --no-record\n      \
        a file for each schema; the database is only read")]
pub struct Args {
    /// Write down the live database, and record in it that the first migration is applied
    #[arg(long)]
    from_database: bool,
    /// Write a file for each object, for each schema, or a single one [default: object]
    #[arg(long, value_name = "object|schema|single", requires = "from_database")]
    layout: Option<Layout>,
    /// Write nothing into the database; `schemadiff baseline` records the first migration later
    #[arg(long, requires = "from_database")]
    no_record: bool,
    /// Do not load what is written into a scratch database first, to see that it leads to the same schema
    #[arg(long, requires = "from_database")]
    no_proof: bool,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    scratch: ScratchOptions,
    #[command(flatten)]
    strict: Strict,
}

impl Args {
    pub(super) async fn run(self, project: &Project) -> Result<Outcome> {
        init::refuse_existing(&project.config, self.from_database)?;
        if self.from_database {
            return self.import(project).await;
        }
        let written = init::write(&project.config, &[])?;
        tell_written(project, &written)?;
        let others = self.others(project).await;
        match others.is_empty() {
            true => project.output.tell(
                "Next: edit the files in schema/, then `schemadiff generate` and `schemadiff apply`.\n\
                 With no database named, a private development server serves; DATABASE_URL names another.",
            ),
            false => tell_others(project, &others),
        }
        Ok(Outcome::Done)
    }

    /// The systems that keep migrations in the live database, where one is named and answers at once.
    async fn others(&self, project: &Project) -> Vec<&'static str> {
        let Ok(Some(database)) = project.database(&self.connection) else { return vec![] };
        let Ok(client) = database.connect().await else { return vec![] };
        keepers(&client).await.unwrap_or_default()
    }

    async fn import(&self, project: &Project) -> Result<Outcome> {
        if project.database(&self.connection)?.is_none() {
            return Err(Error::new(ErrorKind::Usage, "no database is named that could be imported")
                .hint("name it with `--database-url` or DATABASE_URL"));
        }
        let mut live = project.live(&self.connection, None).await?;
        self.refuse_history(project, &live).await?;
        let scope = project.scope_of(&live).await?;
        let Survey { catalog, unmanaged } = survey(&live.client, &scope).await?;
        project.name_unmanaged(&live.label, &unmanaged, &self.strict)?;
        project.tell_left_out([&catalog, &catalog]);
        let layout = self.layout.unwrap_or_default();
        let files = Dump::new(&catalog)?.files(layout);
        let creation = from_nothing(&catalog)?;
        if !self.no_proof {
            self.prove(project, &live, &files, &creation).await?;
        }
        let mut written = self.write(project, &catalog, &files, &creation)?;
        written.sort();
        tell_written(project, &written)?;
        if !self.no_record {
            let observer = live.another_session().await?;
            let options = Options { observer: Some(&observer), ..project.running(None, None, None) };
            let directory = project.growing_directory()?;
            let mut watcher = Watcher::in_words(&project.output);
            let mut see = |event| watcher.see(&event);
            runner::baseline(&mut live.client, &directory, &options, &mut see).await.map_err(|error| {
                error.hint("the files are written; `schemadiff baseline` records the migration as applied")
            })?;
            project.output.tell(&format!("0001_baseline is recorded as applied on {}.", live.label));
        }
        project
            .output
            .tell("Next: edit the files in schema/, then `schemadiff generate` and `schemadiff apply`.");
        let others = keepers(&live.client).await?;
        if !others.is_empty() {
            project.output.tell(&format!(
                "note: {} keeps migrations in this database; its history stays as it is, and says nothing here any more",
                others.join(", ")
            ));
        }
        Ok(Outcome::Done)
    }

    /// A database with history belongs to a project already.
    async fn refuse_history(&self, project: &Project, live: &Live) -> Result<()> {
        let history = project.history();
        let known = history.read(&live.client).await?.len();
        if known == 0 {
            return Ok(());
        }
        let message = format!("{} belongs to a project: `{history}` knows {known} migrations", live.label);
        Err(Error::new(ErrorKind::Migration, message).hint(
            "get the migrations of that project; `schemadiff dump --output schema/` writes schema files",
        ))
    }

    /// Loads the files, and runs the migration twice: both must lead to the live catalog.
    async fn prove(
        &self,
        project: &Project,
        live: &Live,
        files: &BTreeMap<PathBuf, String>,
        creation: &Plan,
    ) -> Result<()> {
        let named = files.iter().map(|(path, text)| (project.config.schema.join(path), text.clone()));
        let source = project.config.managing(Source::from_texts(named)?)?;
        let scope: Scope = project.config.scope(Some(&source));
        let (before, desired) = project.compared(&source, &self.scratch, live, &scope).await?;
        if let Some(scratch) = desired.scratch {
            scratch.close().await?;
        }
        let left = changes(&before.catalog, &desired.catalog);
        if !left.is_empty() {
            let message = format!("the schema files would not say what the database is:\n{}", told(&left));
            return Err(Error::new(ErrorKind::Plan, message).hint(
                "nothing was written; `--no-proof` writes the files as they are, to be finished by hand",
            ));
        }
        let scratch = project.another_scratch(&self.scratch, Some(&source), Some(live)).await?;
        let nothing = introspect(scratch.client(), &scope).await?;
        let (up, down) = (creation.clone(), Plan::default());
        let draft = Draft { up, down, ..Draft::default() };
        let objects = before.catalog.objects.len();
        let reader = Reader::new(scratch.client(), scratch.second_session(), objects).await?;
        draft.prove(&reader, &scope, &nothing, &before.catalog).await?;
        scratch.close().await
    }

    /// Writes the project. The paths written.
    fn write(
        &self,
        project: &Project,
        catalog: &Catalog,
        files: &BTreeMap<PathBuf, String>,
        creation: &Plan,
    ) -> Result<Vec<PathBuf>> {
        let major = catalog.facts.version / 10000;
        let name =
            project.database(&self.connection)?.map_or_else(String::new, |live| live.name().to_owned());
        let directory = project.growing_directory()?;
        let migration = Migration {
            header: Header {
                hazards: creation.hazards().into_iter().map(ToString::to_string).collect(),
                proven: match self.no_proof {
                    true => "not proven".to_owned(),
                    false => format!("PostgreSQL {major}, up, up again"),
                },
                ..directory.next_header("baseline", &format!("what {name} held before"))
            },
            sections: sections(&creation.steps),
        };
        let mut said = vec![];
        let layout = self.layout.map(|layout| layout.to_string());
        if let Some(layout) = &layout {
            said.push(("layout", layout.as_str()));
        }
        let url = self.connection.database_url.as_deref().filter(|url| !holds_password(url));
        let url = url.map(|url| serde_json::Value::from(url).to_string());
        if let Some(url) = &url {
            said.push(("database_url", url.as_str()));
        }
        let mut written = tree::refresh(&project.config.schema, files, false)?.written;
        written.extend(directory.write(&migration, None)?);
        written.extend(init::write(&project.config, &said)?);
        Ok(written)
    }
}

/// What to do where another system has kept the migrations until now.
fn tell_others(project: &Project, others: &[&str]) {
    project.output.tell(&format!(
        "Next: {} keeps migrations in this database. `schemadiff adopt` takes them over with their history\n\
         (`--dry-run` shows what it would do); then `schemadiff dump --output schema` writes the schema files.",
        others.join(", ")
    ));
}

/// Whether the text names a password, which belongs in no file that git keeps.
fn holds_password(url: &str) -> bool {
    without_passwords(url) != url || url.contains("password")
}

/// How many of the files that were written are told one by one.
const TOLD: usize = 20;

/// Prints the paths; of many, only how many there are in which folder.
fn tell_written(project: &Project, written: &[PathBuf]) -> Result<()> {
    if project.output.format == Format::Json {
        return project.output.json(&Begun { written });
    }
    let schema = |path: &&PathBuf| path.starts_with(&project.config.schema);
    let count = written.iter().filter(schema).count();
    if count > TOLD {
        project.output.data(&format!("{} ({count} files)\n", project.config.schema.display()))?;
    }
    for path in written.iter().filter(|path| count <= TOLD || !schema(path)) {
        project.output.data(&format!("{}\n", path.display()))?;
    }
    Ok(())
}
