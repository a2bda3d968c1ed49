//! A migration in the making, with what a person is asked about it.

use std::io::IsTerminal;

use tokio_postgres::Client;

use super::Project;
use super::options::Scratch as ScratchOptions;
use super::scratch::Desired;
use super::session::Live;
use crate::Result;
use crate::catalog::Catalog;
use crate::config;
use crate::draft::Draft;
use crate::plan::rename::{Candidate, Wishes};
use crate::plan::{self, change};
use crate::postgres::introspect::{Scope, table_sizes};
use crate::renaming::Renaming;
use crate::source::Source;

/// What a plan is made for.
pub struct Wanted<'a> {
    /// The schema files.
    pub source: &'a Source,
    /// What options say of renames: the name now, and the name to be.
    pub renames: &'a [(String, String)],
    /// Whether a person may be asked.
    pub asks: bool,
    /// Where scratch databases are made.
    pub options: &'a ScratchOptions,
    /// The live database, if there is one.
    pub live: Option<&'a Live>,
    /// What catalogs are compared in.
    pub scope: &'a Scope,
}

impl Project {
    /// How to plan from one catalog to the other; sizes of tables come from the live database, where there is one.
    pub(super) async fn planning(
        &self,
        online: Option<config::Online>,
        live: Option<&Client>,
        catalogs: (&Catalog, &Catalog),
    ) -> Result<plan::Options> {
        let tables = change::touched(catalogs.0, catalogs.1);
        let sizes = match live {
            Some(client) if !tables.is_empty() => table_sizes(client, catalogs.0, &tables).await?,
            _ => Default::default(),
        };
        Ok(plan::Options { online: self.config.locks(online), sizes })
    }

    /// Plans from one catalog to the other, with what has been renamed. Where there is that, the scratch database is
    /// opened and loaded if it has not been; it holds the desired schema before and after.
    pub(super) async fn drafted(
        &self,
        wanted: Wanted<'_>,
        (before, desired): (&Catalog, &mut Desired),
        planning: &plan::Options,
    ) -> Result<Option<Draft>> {
        let mut wishes = Wishes::stated(&wanted.source.renames()?, wanted.renames, before, &desired.catalog)?;
        let asks = wanted.asks && self.output.has_terminal() && std::io::stdin().is_terminal();
        let mut ask = |candidate: &Candidate| asks && self.output.agrees(&question(candidate));
        let open = wishes.are_open(before, &desired.catalog)
            || asks && wishes.ask(before, &desired.catalog, &mut ask).is_some();
        if !open {
            let notes = wishes.leftover(before, &desired.catalog)?;
            notes.iter().for_each(|note| self.output.tell(note));
            let mut draft = Draft::new(before, &desired.catalog, planning)?;
            if wanted.asks && !asks {
                let alike = draft.as_ref().map_or(&[][..], |draft| &draft.alike);
                unasked(alike).for_each(|note| self.output.tell(&note));
            }
            draft.iter_mut().for_each(|draft| draft.locate(wanted.source, &desired.catalog));
            return Ok(draft);
        }
        self.load(wanted.options, wanted.source, wanted.live, desired).await?;
        let Desired { catalog, scratch: Some(scratch), .. } = &*desired else { return Ok(None) };
        let renaming = Renaming {
            scratch: scratch.client(),
            scope: wanted.scope,
            live: before,
            desired: catalog,
            options: planning,
        };
        let mut draft = renaming.draft(&mut wishes, &mut ask).await?;
        draft.iter_mut().for_each(|draft| draft.locate(wanted.source, catalog));
        draft.iter().flat_map(|draft| &draft.notes).for_each(|note| self.output.tell(note));
        Ok(draft)
    }
}

fn question(candidate: &Candidate) -> String {
    format!("rename {} to {} ({} % alike)?", candidate.object, candidate.to(), candidate.percent())
}

/// How many of them are told by name.
const TOLD: usize = 5;

/// What nobody could be asked about, and is made again at no loss.
fn unasked(alike: &[Candidate]) -> impl Iterator<Item = String> {
    let all: Vec<&Candidate> = alike.iter().filter(|candidate| !candidate.holds_data).collect();
    let more = all.len().saturating_sub(TOLD);
    let told = all.into_iter().take(TOLD).map(|it| {
        format!(
            "note: {} is dropped, and `{}`, which is {} % alike, is made: {}, renames it",
            it.object,
            it.to(),
            it.percent(),
            it.ways()
        )
    });
    let rest = (more > 0).then(|| format!("note: the same is true of {more} more"));
    told.chain(rest).collect::<Vec<_>>().into_iter()
}
