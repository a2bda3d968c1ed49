//! What of a migration may fail on rows that exist, and which rows of the live database these are while it is written.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use tokio_postgres::Client;

use crate::draft::Draft;
use crate::plan::Precondition;
use crate::postgres::precondition::{Found, count};
use crate::{Error, ErrorKind, Result};

/// Something that may fail on rows that exist.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Precheck {
    /// What changes, such as `column public.foods.name`.
    pub object: String,
    /// The table whose rows are looked at; null where nothing can be looked for beforehand.
    pub table: Option<String>,
    /// What would be wrong with a row.
    pub complaint: Option<String>,
    /// How many rows do not fit; null where they were not counted.
    pub rows: Option<u64>,
    /// What tells one row from another.
    pub key: Option<String>,
    /// The keys of the first rows that do not fit.
    pub keys: Vec<String>,
    /// What to do about them.
    pub remedy: Option<String>,
    /// Why they were not counted.
    pub not_counted: Option<String>,
}

/// What of a draft may fail on rows that exist; they are counted in the live database, if there is one.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn precheck(draft: &Draft, live: Option<&Client>) -> Result<Vec<Precheck>> {
    let mut found = vec![];
    for (object, condition) in draft.up.preconditions() {
        let rows = match (condition, live) {
            (None, _) => unknown("it cannot be looked for before the migration runs"),
            (_, None) => unknown("no live database was asked"),
            (Some(condition), _) if is_renamed(draft, condition) => {
                unknown("what it is about has another name until then")
            }
            (Some(condition), Some(client)) => {
                let failed = |error| Error::server(ErrorKind::Catalog, error);
                count(client, condition).await.map_err(failed)?
            }
        };
        found.push(looked(object, condition, rows));
    }
    Ok(found)
}

fn unknown(why: &str) -> Found {
    Found::Unknown(why.to_owned())
}

fn is_renamed(draft: &Draft, condition: &Precondition) -> bool {
    draft.moved.iter().any(|(_, name)| {
        let column = name.strip_prefix(&condition.table).is_some_and(|rest| rest.starts_with('.'));
        column || *name == condition.table || condition.unfit.contains(name.as_str())
    })
}

fn looked(object: &str, condition: Option<&Precondition>, found: Found) -> Precheck {
    let (rows, keys, not_counted) = match found {
        Found::Rows(rows, keys) => (Some(rows), keys, None),
        Found::Unknown(why) => (None, vec![], Some(why)),
    };
    Precheck {
        object: object.to_owned(),
        table: condition.map(|it| it.table.clone()),
        complaint: condition.map(|it| it.complaint.clone()),
        rows,
        key: condition.map(|it| it.key.to_string()),
        keys,
        remedy: condition.map(|it| it.remedy.to_owned()),
        not_counted,
    }
}

impl Precheck {
    /// A line for a person; None where every row fits.
    fn line(&self) -> Option<String> {
        let shown = |text: &Option<String>| text.clone().unwrap_or_default();
        match self.rows {
            Some(0) => None,
            Some(rows) => {
                let (table, complaint, key) = (shown(&self.table), shown(&self.complaint), shown(&self.key));
                let keys = self.keys.join(", ");
                Some(format!("warning: rows of `{table}` {complaint}: {rows}, the first with `{key}` {keys}"))
            }
            None => {
                let (object, why) = (&self.object, shown(&self.not_counted));
                Some(format!("note: whether rows are in the way of {object} is not known: {why}"))
            }
        }
    }
}

/// What a person should know of them, line by line: what is in the way, and what to do about it.
pub fn told(prechecks: &[Precheck]) -> Vec<String> {
    let mut lines: Vec<String> = prechecks.iter().filter_map(Precheck::line).collect();
    let in_the_way = prechecks.iter().filter(|one| one.rows.is_some_and(|rows| rows > 0));
    let remedies: BTreeSet<&str> = in_the_way.filter_map(|one| one.remedy.as_deref()).collect();
    if !remedies.is_empty() {
        lines.push("the migration will fail on them before it changes anything".to_owned());
    }
    lines.extend(remedies.iter().map(|remedy| format!("hint: {remedy}")));
    lines
}
