//! What a migration deletes, and how much of it the live database holds while the migration is written.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use tokio_postgres::Client;

use crate::catalog::Catalog;
use crate::draft::Draft;
use crate::migration::{Directory, Version};
use crate::plan::Hazard;
use crate::postgres::extent::{Extent, extent};
use crate::source::{Consent, Meant};
use crate::{Error, ErrorKind, Result};

/// Something that is gone afterwards.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Loss {
    /// Such as `table public.orders`.
    pub object: String,
    /// Where its values are only rounded or cut off: from which type to which, such as `numeric to numeric(6,1)`.
    pub cut: Option<String>,
    /// How much it holds; null where no database was asked, and for what holds no rows.
    pub extent: Option<Extent>,
    /// Who has consented to it: what the schema files say, with the place, or an option.
    pub consent: Option<String>,
}

impl fmt::Display for Loss {
    /// `table public.orders (12 rows, 8 kB)`, or `column public.orders.price, numeric to numeric(6,1) (12 values)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.object)?;
        self.cut.iter().try_for_each(|types| write!(f, ", {types}"))?;
        self.extent.map_or(Ok(()), |extent| write!(f, " ({extent})"))
    }
}

/// What a draft deletes; how much that is says the live database, whose catalog is `before`.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn losses(draft: &Draft, before: &Catalog, live: Option<&Client>) -> Result<Vec<Loss>> {
    let mut found = vec![];
    for object in draft.losses() {
        let extent = match live {
            Some(client) => extent(client, before, object).await,
            None => Ok(None),
        };
        let extent = extent.map_err(|error| Error::server(ErrorKind::Catalog, error))?;
        let cut = draft.up.hazards().into_iter().find_map(|hazard| match hazard {
            Hazard::CutsValues(cut, types) if cut == object => Some(types.clone()),
            _ => None,
        });
        found.push(Loss { object: object.to_owned(), cut, extent, consent: None });
    }
    Ok(found)
}

/// What the migrations of a folder were allowed to lose, by what the schema files said then.
///
/// # Errors
/// A header that cannot be read.
pub fn used(directory: &Directory) -> Result<Vec<(Version, Meant)>> {
    let mut used = vec![];
    for file in &directory.files {
        let consents = file.header()?.consents;
        let meant = consents.iter().filter_map(|told| Consent::remembered(told));
        used.extend(meant.map(|meant| (file.version, meant)));
    }
    Ok(used)
}

/// Writes down beside each loss who consents to it: the schema files by what they name, and `option` to all else.
pub fn agree(
    losses: &mut [Loss],
    (draft, before): (&Draft, &Catalog),
    consents: &[Consent],
    option: Option<&str>,
) {
    let consented = draft.consented(before, consents);
    for loss in losses {
        let said = consented.get(&loss.object).map(ToString::to_string);
        loss.consent = said.or_else(|| option.map(str::to_owned));
    }
}

/// The consents to losses, as a header has them: what an option allows is listed behind it.
pub fn remembered(losses: &[Loss]) -> Vec<String> {
    let mut by_consent: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for loss in losses {
        if let Some(consent) = &loss.consent {
            by_consent.entry(consent).or_default().push(&loss.object);
        }
    }
    let told = by_consent.into_iter().map(|(consent, objects)| match Consent::remembered(consent) {
        Some(_) => consent.to_owned(),
        None => format!("{consent}: {}", objects.join(", ")),
    });
    told.collect()
}

/// A hazard in words, as a header has it: of what is lost, how much that is.
pub fn told(hazard: &Hazard, losses: &[Loss]) -> String {
    let loss = losses.iter().find(|loss| hazard.is_loss() && hazard.object() == loss.object);
    let extent = loss.and_then(|loss| loss.extent).map(|extent| format!(" ({extent})"));
    format!("{hazard}{}", extent.unwrap_or_default())
}
