//! The migration between the two states of a case, with the renames that it states.

use schemadiff::catalog::Catalog;
use schemadiff::draft::Draft;
use schemadiff::plan::rename::Wishes;
use schemadiff::plan::{Online, Options};
use schemadiff::renaming::Renaming;
use schemadiff::{Error, ErrorKind, Result};
use tokio_postgres::Client;

use super::case::Case;

/// What is said where the two states look the same.
pub const NO_CHANGE: &str = "no change is seen between old.sql and new.sql";

/// The way from one state to the other with its renames, as the program plans it; the scratch database holds the new
/// state, before and after.
///
/// # Errors
///
/// Of kind `Plan`, where planning is refused or nothing changes.
pub async fn with_renames(
    case: &Case,
    (old, new): (&Catalog, &Catalog),
    scratch: &Client,
    online: Online,
) -> Result<Draft> {
    let mut wishes = Wishes::stated(&case.state("new")?.renames()?, &case.renames(), old, new)?;
    if !wishes.are_open(old, new) {
        wishes.leftover(old, new)?;
        return without_renames((old, new), online);
    }
    let (scope, options) = (&case.scope(), &options(online));
    let renaming = Renaming { scratch, scope, live: old, desired: new, options };
    changed(renaming.draft(&mut wishes, &mut |_| false).await?)
}

/// The same, whatever the case states of renames.
///
/// # Errors
///
/// As above.
pub fn without_renames((old, new): (&Catalog, &Catalog), online: Online) -> Result<Draft> {
    changed(Draft::new(old, new, &options(online))?)
}

fn options(online: Online) -> Options {
    Options { online, sizes: Default::default() }
}

fn changed(draft: Option<Draft>) -> Result<Draft> {
    draft.ok_or_else(|| Error::new(ErrorKind::Plan, NO_CHANGE))
}
