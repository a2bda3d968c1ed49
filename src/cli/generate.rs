//! `schemadiff generate`: writes the next migration.

use clap::ValueEnum;

use super::options::{Connection, Consent, Scratch};
use super::{Outcome, Project};
use crate::config::Online;
use crate::{Error, ErrorKind, Result};

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
    scratch: Scratch,
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
        if self.from == From::Live
            && let Some(database) = project.database(&self.connection)?
        {
            database.connect().await?;
        }
        Err(Error::new(ErrorKind::Plan, "`generate` is not there yet"))
    }
}

/// `old=new`, neither of them empty.
fn rename(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((old, new)) if !old.is_empty() && !new.is_empty() => Ok((old.to_owned(), new.to_owned())),
        _ => Err("expected OLD=NEW, as in public.foods.kcal=energy_kcal".to_owned()),
    }
}
