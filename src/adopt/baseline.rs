//! The state of a database as one migration: what stands for migrations that are code.

use std::path::PathBuf;

use tokio_postgres::Client;

use super::pair::Pair;
use super::script::from;
use crate::draft::sections;
use crate::error::Result;
use crate::migration::{Directory, Header, Migration, Version};
use crate::postgres::introspect::{Scope, introspect};
use crate::report::dump::from_nothing;

/// Its name.
const NAME: &str = "baseline";

/// A migration that leads from an empty database to this one, and the file that it belongs in; or the one that is there
/// already, if it was written after the same migrations of `system`.
///
/// # Errors
///
/// The database cannot be read, or no plan leads to it.
pub(super) async fn baseline(
    client: &Client,
    scope: &Scope,
    target: &Directory,
    pairs: &[Pair],
    system: &str,
) -> Result<(Version, PathBuf, String)> {
    let description = description(pairs, system);
    for file in target.files.iter().filter(|file| file.name == NAME) {
        if file.header()?.description == description {
            return Ok((file.version, file.path.clone(), file.text.clone()));
        }
    }
    let catalog = introspect(client, scope).await?;
    let last = pairs.iter().map(|pair| pair.number).max().unwrap_or_default();
    let version = Version::from(last + 1).max(target.next_version());
    let proven = "not proven".to_owned();
    let header = Header { version, depends: Vec::new(), proven, ..target.next_header(NAME, &description) };
    let path = target.file_path(&header, false);
    let text = Migration { header, sections: sections(&from_nothing(&catalog)?.steps) }.render();
    Ok((version, path, text))
}

/// What the header says, by which the file is known when a further database is adopted.
fn description(pairs: &[Pair], system: &str) -> String {
    let names: Vec<&str> =
        pairs.iter().filter(|pair| pair.row.is_some()).map(|pair| pair.name.as_str()).collect();
    let (count, last) = (names.len(), names.last().copied().unwrap_or_default());
    format!("{}: the state after {count} migrations, the last of which is {last}", from(system))
}
