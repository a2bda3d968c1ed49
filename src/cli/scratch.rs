//! Scratch databases that a command works with, and the catalogs that schema files and migrations make in them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use futures_util::future::try_join;
use tokio_postgres::Client;

use super::Project;
use super::options::{Scratch as ScratchOptions, Strict};
use super::session::Live;
use crate::catalog::Catalog;
use crate::config::{FILE_NAME, ScratchChoice};
use crate::migration::Directory;
use crate::postgres::cache::{Cache, Key};
use crate::postgres::introspect::{Scope, Survey, survey, survey_shared};
use crate::postgres::load::{load, unreadable};
use crate::postgres::roles;
use crate::postgres::scratch::{self, Scratch};
use crate::runner;
use crate::source::{self, Roles, Source, Warning};
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
        let scratch = self.opened(options, live, self.config.scope(source).roles).await?;
        if let Some(source) = source {
            scratch.refuse_new_roles(&source.made_roles()).await?;
            scratch.ensure_roles(&self.roles_by_hand(source)).await?;
        }
        Ok(scratch)
    }

    /// Opens a scratch database for a replay of the migrations, which make roles of their own.
    pub(super) async fn replay_scratch(
        &self,
        options: &ScratchOptions,
        directory: &Directory,
        live: Option<&Live>,
    ) -> Result<Scratch> {
        let Roles { needed, made } = source::roles(directory.files.iter().map(|file| file.text.as_str()));
        let mut managed = self.config.scope(None).roles;
        if self.config.manage.roles {
            managed.extend(made.iter().cloned());
        }
        let needed: Vec<String> = needed.difference(&managed).cloned().collect();
        let scratch = self.opened(options, live, managed).await?;
        scratch.refuse_new_roles(&made).await?;
        scratch.ensure_roles(&needed).await?;
        Ok(scratch)
    }

    /// The roles that schema files mention and that no migration makes.
    pub(super) fn roles_by_hand(&self, source: &Source) -> Vec<String> {
        let managed = self.config.scope(Some(source)).roles;
        source.roles().into_iter().filter(|role| !managed.contains(role)).collect()
    }

    /// Opens a scratch database in which these roles are managed.
    async fn opened(
        &self,
        options: &ScratchOptions,
        live: Option<&Live>,
        roles: BTreeSet<String>,
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
            roles,
            connect: connector(live),
        };
        let live = live.map(|live| scratch::Live {
            client: &live.client,
            config: &live.config,
            is_local: live.is_local,
        });
        scratch::open(&options, live.as_ref()).await
    }

    /// Opens a further session in a scratch database that was opened for `live`.
    pub(super) async fn session_beside(&self, scratch: &Scratch, live: Option<&Live>) -> Result<Client> {
        connector(live)(scratch.config().clone()).await
    }

    /// Reads the schema files and tells what was passed over.
    pub(super) fn source(&self, path: &Path) -> Result<Source> {
        let source = self.config.source(path)?;
        self.warn(&source.warnings);
        Ok(source)
    }

    fn warn(&self, warnings: &[Warning]) {
        for warning in warnings {
            let at = &warning.position;
            self.output.tell(&format!("warning: {}:{}: {}", at.file.display(), at.line, warning.message));
        }
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
        self.warn(&unreadable(scratch.client(), source).await?);
        let found = survey_shared(scratch.client(), scratch.second_session(), scope).await?;
        let Survey { mut catalog, unmanaged } = found;
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

    /// Tells what is left out of a comparison unasked, and which patterns of the configuration leave out or take in
    /// nothing of either catalog.
    pub(super) fn tell_left_out(&self, [one, other]: [&Catalog; 2]) {
        for name in &one.kept_by_others {
            self.output.tell(&format!(
                "note: {name} is not compared: another system of migrations keeps its history there; `exclude` in \
                 {FILE_NAME} says so without this note"
            ));
        }
        let nowhere = one.unmatched.iter().filter_map(|(pattern, near)| {
            let elsewhere = other.unmatched.get(pattern)?;
            Some((pattern, near.as_ref().or(elsewhere.as_ref())))
        });
        for (pattern, near) in nowhere {
            let meant = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            self.output
                .tell(&format!("warning: the pattern `{pattern}` of {FILE_NAME} matches no object{meant}"));
        }
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
            // From afar, a further connection would take longer than it saves.
            let before = match live.is_local {
                true => {
                    survey_shared(&live.client, async { live.another_session().await.ok() }, scope).await?
                }
                false => survey(&live.client, scope).await?,
            };
            self.tell_given_roles(scope, &before.catalog);
            return Ok((before, Desired { catalog, scratch: None, unmanaged: vec![] }));
        }
        let scratch = self.scratch(options, Some(source), Some(live)).await?;
        let before = survey(&live.client, scope);
        let (before, desired) = try_join(before, self.loaded(source, scratch, scope)).await?;
        self.tell_given_roles(scope, &before.catalog);
        // A cached catalog cannot name what it lacks.
        if let Some((key, cache)) = kept
            && desired.unmanaged.is_empty()
        {
            cache.write(&key, &desired.catalog);
        }
        Ok((before, desired))
    }

    /// Names the roles that are declared, and all the same not compared.
    fn tell_given_roles(&self, scope: &Scope, live: &Catalog) {
        for (role, why) in
            scope.roles.iter().filter_map(|role| Some((role, roles::given(role, &live.facts.role)?)))
        {
            self.output.tell(&format!("note: role `{role}` is not compared: {why}"));
        }
    }

    /// What is compared of a database that files are written from. Where roles are managed, these are the roles that it
    /// mentions, besides those that the project declares already.
    pub(super) async fn scope_of(&self, live: &Live) -> Result<Scope> {
        let mut scope = self.config.scope(None);
        if self.config.manage.roles {
            scope.roles.extend(roles::of_database(&live.client).await?);
        }
        Ok(scope)
    }

    /// Replays the migrations in a scratch database and reads the catalog that they make.
    pub(super) async fn replayed(
        &self,
        directory: &Directory,
        options: &ScratchOptions,
        live: Option<&Live>,
        scope: &Scope,
    ) -> Result<(Scratch, Survey)> {
        let mut scratch = self.replay_scratch(options, directory, live).await?;
        self.output.tell(&format!("scratch database: {}", scratch.description()));
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
