//! Objects as they come in, before their edges are known.

use std::collections::HashMap;

use super::Location;
use super::facts::{Granted, given};
use crate::Result;
use crate::catalog::{Address, Kept, Object, SecurityLabel, Tie};
use crate::kind::Entry;
use crate::postgres::row::Row;

/// Comments and labels by location.
pub struct Satellites {
    comments: HashMap<Location, String>,
    labels: HashMap<Location, Vec<SecurityLabel>>,
}

impl Satellites {
    pub fn new(comments: &[tokio_postgres::Row], labels: &[tokio_postgres::Row]) -> Satellites {
        let mut by_location: HashMap<Location, Vec<SecurityLabel>> = HashMap::new();
        for row in labels {
            let label = SecurityLabel { provider: row.get(3), label: row.get(4) };
            by_location.entry((row.get(0), row.get(1), row.get(2))).or_default().push(label);
        }
        let comments =
            comments.iter().map(|row| ((row.get(0), row.get(1), row.get(2)), row.get(3))).collect();
        Satellites { comments, labels: by_location }
    }
}

/// Objects as they come in, before their edges are known.
#[derive(Default)]
pub struct Loaded {
    pub objects: Vec<(Address, Object)>,
    pub locations: Vec<Location>,
    pub at: HashMap<Location, usize>,
    /// For each link: itself, what hangs on what.
    pub links: Vec<(usize, Location, Location)>,
    /// What links need, or are a part of, besides their two ends.
    pub needed: Vec<(usize, Location, Tie)>,
    /// What a table has from its parent, and the parent's own.
    pub inherited: Vec<(Location, Location)>,
}

impl Loaded {
    pub fn add(&mut self, entry: &Entry, row: &Row, satellites: &Satellites) -> Result<()> {
        let location = (row.get("classid"), row.get("objid"), row.get("objsubid"));
        let address = Address { class: row.get("class"), names: row.get("names"), args: row.get("args") };
        let object = Object {
            identity: row.get("identity"),
            owner: row.get("owner_name"),
            comment: satellites.comments.get(&location).cloned(),
            privileges: row.get::<Option<tokio_postgres::types::Json<Vec<Granted>>>>("privileges").map(
                |granted| {
                    let mut all: Vec<_> = granted.0.into_iter().map(given).collect();
                    all.sort();
                    all
                },
            ),
            labels: satellites.labels.get(&location).cloned().unwrap_or_default(),
            kept: Kept::default(),
            occupies: row.0.try_get("occupies").unwrap_or_default(),
            body: (entry.read)(row)?,
        };
        let index = self.objects.len();
        if entry.link {
            let end = |side: &str| {
                let part = |name: &str| format!("{side}_{name}");
                (row.get(&part("class")), row.get(&part("id")), row.get(&part("sub")))
            };
            self.links.push((index, end("dependent"), end("required")));
        }
        for (column, tie) in [("needs", Tie::Needs), ("goes_with", Tie::Part)] {
            for place in row.0.try_get::<_, Vec<i64>>(column).unwrap_or_default().chunks_exact(3) {
                let number = |at: usize| u32::try_from(place[at]).unwrap_or(0);
                let sub = i32::try_from(place[2]).unwrap_or(0);
                self.needed.push((index, (number(0), number(1), sub), tie));
            }
        }
        if let Ok(origins) = row.0.try_get::<_, Vec<i64>>("inherited_from") {
            for origin in origins.chunks_exact(2) {
                let origin = (
                    location.0,
                    u32::try_from(origin[0]).unwrap_or(0),
                    i32::try_from(origin[1]).unwrap_or(0),
                );
                self.inherited.push((location, origin));
            }
        }
        self.locations.push(location);
        self.at.insert(location, index);
        self.objects.push((address, object));
        Ok(())
    }
}
