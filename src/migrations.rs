//! Migrations that a program brings along and applies itself, when it starts.

use std::path::PathBuf;

use tokio_postgres::Client;

use crate::error::Result;
use crate::migration::Directory;
use crate::runner::{self, Entry, Event, History, Options, Report};

/// The migrations of a program.
///
/// ```no_run
/// use schemadiff::Migrations;
///
/// # async fn start(client: &mut tokio_postgres::Client) -> schemadiff::Result<()> {
/// let migrations = Migrations::embedded([
///     ("0001_foods.sql", include_str!("../migrations/0001_foods.sql")),
///     ("0002_recipes.sql", include_str!("../migrations/0002_recipes.sql")),
/// ])?;
/// for ran in migrations.apply(client).await?.migrations {
///     println!("applied {}_{}", ran.version, ran.name);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Migrations {
    directory: Directory,
    history: History,
}

impl Migrations {
    /// The migrations of a folder, as they are now.
    ///
    /// # Errors
    ///
    /// As [`Directory::read_existing`].
    pub fn from_dir(path: impl Into<PathBuf>) -> Result<Migrations> {
        Ok(Migrations::new(Directory::read_existing(path)?))
    }

    /// The migrations with these file names and texts, such as the binary has compiled in. Names that do not end in
    /// `.sql` are passed over. [`embed`](crate::embed) makes the list from a folder.
    ///
    /// # Errors
    ///
    /// As [`Directory::from_files`].
    pub fn embedded<Name: Into<String>, Text: Into<Vec<u8>>>(
        files: impl IntoIterator<Item = (Name, Text)>,
    ) -> Result<Migrations> {
        let files = files.into_iter().map(|(name, text)| (name.into(), text.into()));
        let files = files.filter(|(name, _): &(String, Vec<u8>)| name.ends_with(".sql"));
        Ok(Migrations::new(Directory::from_files("migrations", files)?))
    }

    fn new(directory: Directory) -> Migrations {
        Migrations { directory, history: History::default() }
    }

    /// The same, recorded in this table: `table` or `schema.table`, as SQL writes it.
    ///
    /// # Errors
    ///
    /// As [`History::parse`].
    pub fn recorded_in(self, table: &str) -> Result<Migrations> {
        Ok(Migrations { history: History::parse(table)?, ..self })
    }

    /// Runs what is pending, in order, once each. Any number of instances may do so at once: one works, the others wait
    /// for up to ten minutes, and then have nothing to do.
    ///
    /// The connection must be outside any transaction, and a session that nobody else is lent meanwhile (not one of
    /// PgBouncer's in transaction mode); its settings are reset to those it was connected with. A future that is dropped,
    /// as by a timeout, undoes its transaction and gives the lock back when the statement that runs has ended; the same
    /// connection can be used again.
    ///
    /// # Errors
    ///
    /// As [`runner::apply`]. What was committed before stays, and the next call goes on from there.
    pub async fn apply(&self, client: &mut Client) -> Result<Report> {
        self.apply_with(client, &Options::default(), &mut |_| ()).await
    }

    /// As [`Migrations::apply`], with options and with somebody who is told what happens. Where history is kept, these
    /// migrations say themselves.
    ///
    /// # Errors
    ///
    /// As [`runner::apply`].
    pub async fn apply_with(
        &self,
        client: &mut Client,
        options: &Options<'_>,
        progress: &mut (dyn FnMut(Event) + Send),
    ) -> Result<Report> {
        let options = Options { history: self.history.clone(), ..options.clone() };
        runner::apply(client, &self.directory, &options, progress).await
    }

    /// How every migration stands; writes nothing. A server that must not migrate by itself can refuse to start.
    ///
    /// # Errors
    ///
    /// As [`runner::status`].
    pub async fn status(&self, client: &Client) -> Result<Vec<Entry>> {
        runner::status(client, &self.directory, &self.history).await
    }
}
