//! Scratch databases that a command works with, and the catalogs that schema files and migrations make in them.

use std::path::Path;
use std::sync::Arc;

use futures_util::future::try_join;
use tokio_postgres::Client;

use super::Project;
use super::options::{Scratch as ScratchOptions, Strict};
use super::session::Live;
use crate::catalog::Catalog;
use crate::config::ScratchChoice;
use crate::migration::Directory;
use crate::postgres::cache::{Cache, Key};
use crate::postgres::introspect::{Scope, Survey, survey};
use crate::postgres::load::load;
use crate::postgres::scratch::{self, Scratch};
use crate::runner;
use crate::source::{Source, roles_needed};
use crate::{Error, ErrorKind, Result};

/// The catalog that schema files make, and the scratch database that holds it, unless the cache knew.
pub struct Desired {
    /// What shall be.
    pub catalog: Catalog,
    /// Where the schema files are loaded.
    pub scratch: Option<Scratch>,
    /// What the schema files make there and no kind stands for.
    pub unmanaged: Vec<String>,
}

impl Project {
    /// Opens a scratch database that fits `live`, and tells which one.
    pub(super) async fn scratch(
        &self,
        options: &ScratchOptions,
        source: Option<&Source>,
        live: Option<&Live>,
    ) -> Result<Scratch> {
        let scratch = self.another_scratch(options, source, live).await?;
        self.output.tell(&format!("scratch database: {}", scratch.description()));
        Ok(scratch)
    }

    /// Opens a scratch database that fits `live`.
    pub(super) async fn another_scratch(
        &self,
        options: &ScratchOptions,
        source: Option<&Source>,
        live: Option<&Live>,
    ) -> Result<Scratch> {
        let (url, server) = match options.choice(&self.config) {
            ScratchChoice::Auto => (None, false),
            ScratchChoice::Server => (None, true),
            ScratchChoice::Url(url) => (Some(self.environment.expand(&url)?), false),
        };
        let options = scratch::Options {
            url,
            server,
            pg_bin: options.binaries(&self.config),
            extensions: vec![],
            connect: connector(live),
        };
        let live = live.map(|live| scratch::Live {
            client: &live.client,
            config: &live.config,
            is_local: live.is_local,
        });
        let scratch = scratch::open(&options, live.as_ref()).await?;
        if let Some(source) = source {
            scratch.ensure_roles(&source.roles()).await?;
        }
        Ok(scratch)
    }

    /// Opens a further session in a scratch database that was opened for `live`.
    pub(super) async fn session_beside(&self, scratch: &Scratch, live: Option<&Live>) -> Result<Client> {
        connector(live)(scratch.config().clone()).await
    }

    /// Reads the schema files and tells what was passed over.
    pub(super) fn source(&self, path: &Path) -> Result<Source> {
        let source = Source::read(path)?;
        for warning in &source.warnings {
            let at = &warning.position;
            self.output.tell(&format!("warning: {}:{}: {}", at.file.display(), at.line, warning.message));
        }
        Ok(source)
    }

    /// Loads schema files into a scratch database and reads the catalog that they make.
    pub(super) async fn loaded(&self, source: &Source, scratch: Scratch, scope: &Scope) -> Result<Desired> {
        load(scratch.client(), source).await.map_err(|error| match &error.hint {
            None if !scope.selection.is_all() => error.hint(
                "what is left out of the comparison is not made in the scratch database either, unless the schema files \
                 state it; they may: it is still not compared",
            ),
            _ => error,
        })?;
        let Survey { mut catalog, unmanaged } = survey(scratch.client(), scope).await?;
        catalog.keep_as(&Catalog::default());
        Ok(Desired { catalog, scratch: Some(scratch), unmanaged })
    }

    /// Names what is in `place` and no kind stands for; where that is an error, fails with it.
    pub(super) fn name_unmanaged(&self, place: &str, found: &[String], options: &Strict) -> Result<()> {
        if found.is_empty() {
            return Ok(());
        }
        let message = format!("not managed, and not compared, in {place}:\n  {}", found.join("\n  "));
        if options.strict {
            return Err(Error::new(ErrorKind::Catalog, message).hint("without `--strict` this is a note"));
        }
        self.output.tell(&format!("note: {message}"));
        Ok(())
    }

    /// Reads the live catalog, and the one that schema files make: from the cache, else from a scratch database.
    pub(super) async fn compared(
        &self,
        source: &Source,
        options: &ScratchOptions,
        live: &Live,
        scope: &Scope,
    ) -> Result<(Survey, Desired)> {
        let choice = options.choice(&self.config);
        // A database that the user names may bring along what we do not know of.
        let cache = Cache::of_user().filter(|_| !matches!(choice, ScratchChoice::Url(_)));
        let said = format!("{choice:?} {:?}", options.binaries(&self.config));
        let kept = match cache {
            Some(cache) => Some((Key::new(&live.client, source, scope, &said).await?, cache)),
            None => None,
        };
        if let Some(catalog) = kept.as_ref().and_then(|(key, cache)| cache.read(key)) {
            let before = survey(&live.client, scope).await?;
            return Ok((before, Desired { catalog, scratch: None, unmanaged: vec![] }));
        }
        let scratch = self.scratch(options, Some(source), Some(live)).await?;
        let before = survey(&live.client, scope);
        let (before, desired) = try_join(before, self.loaded(source, scratch, scope)).await?;
        // A cached catalog cannot name what it lacks.
        if let Some((key, cache)) = kept
            && desired.unmanaged.is_empty()
        {
            cache.write(&key, &desired.catalog);
        }
        Ok((before, desired))
    }

    /// Replays the migrations in a scratch database and reads the catalog that they make.
    pub(super) async fn replayed(
        &self,
        directory: &Directory,
        options: &ScratchOptions,
        source: Option<&Source>,
        live: Option<&Live>,
        scope: &Scope,
    ) -> Result<(Scratch, Survey)> {
        let mut scratch = self.scratch(options, source, live).await?;
        let texts = directory.files.iter().map(|file| file.text.as_str());
        scratch.ensure_roles(&roles_needed(texts)).await?;
        let replay = runner::Options { history: self.history(), ..runner::Options::default() };
        runner::apply(scratch.client_mut(), directory, &replay, &mut |_| {}).await?;
        let found = survey(scratch.client(), scope).await?;
        Ok((scratch, found))
    }

    /// Loads the schema files into a scratch database, where the cache has spared it so far.
    pub(super) async fn load(
        &self,
        options: &ScratchOptions,
        source: &Source,
        live: Option<&Live>,
        desired: &mut Desired,
    ) -> Result<()> {
        if desired.scratch.is_none() {
            let opened = self.scratch(options, Some(source), live).await?;
            load(opened.client(), source).await?;
            desired.scratch = Some(opened);
        }
        Ok(())
    }
}

/// How to connect to servers that are not ours: as to the live one.
fn connector(live: Option<&Live>) -> scratch::Connect {
    let database = live.and_then(|live| live.database.clone());
    Arc::new(move |config| {
        let database = database.clone();
        Box::pin(async move {
            match database {
                Some(database) => database.connect_with(config).await,
                None => scratch::plain(config).await,
            }
        })
    })
}
