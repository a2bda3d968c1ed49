//! What a migration deletes, and how much of it the live database holds while the migration is written.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use tokio_postgres::Client;

use crate::catalog::Catalog;
use crate::draft::Draft;
use crate::plan::Hazard;
use crate::postgres::extent::{Extent, extent};
use crate::{Error, ErrorKind, Result};

/// Something that is gone afterwards.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Loss {
    /// Such as `table public.orders`.
    pub object: String,
    /// How much it holds; null where no database was asked, and for what holds no rows.
    pub extent: Option<Extent>,
}

impl fmt::Display for Loss {
    /// `table public.orders (12 rows, 8 kB)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.object)?;
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
        found.push(Loss { object: object.to_owned(), extent });
    }
    Ok(found)
}

/// A hazard in words, as a header has it: of what is deleted, how much that is.
pub fn told(hazard: &Hazard, losses: &[Loss]) -> String {
    let loss = losses.iter().find(|loss| *hazard == Hazard::DeletesData(loss.object.clone()));
    loss.map_or_else(|| hazard.to_string(), |loss| Hazard::DeletesData(loss.to_string()).to_string())
}
