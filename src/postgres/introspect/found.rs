//! One object, from the row of its kind's query.

use tokio_postgres::types::Json;

use super::Location;
use super::roles::Granted;
use crate::Result;
use crate::catalog::{Address, Kept, Object, Tie};
use crate::kind::Entry;
use crate::postgres::row::{Row, Shape};

/// An object as its row tells of it: others by location, roles by oid.
pub struct Found {
    pub location: Location,
    pub address: Address,
    /// Still without owner, privileges, comment and labels.
    pub object: Object,
    pub owner: Option<u32>,
    /// Who gives privileges on it by itself: its owner, or that of the table it is a column of.
    pub giver: Option<u32>,
    pub granted: Option<Vec<Granted>>,
    /// Of a link: what hangs on what.
    pub ends: Option<(Location, Location)>,
    /// What it needs, is a part of or mentions, besides.
    pub needed: Vec<(Location, Tie)>,
    /// What it has from the parent of its table, as the parent's own.
    pub origins: Vec<Location>,
}

/// Where the rows of a kind's query have what every kind has.
pub struct Places {
    shape: Shape,
    location: [usize; 3],
    address: [usize; 3],
    identity: usize,
    privileges: usize,
    owner: usize,
    table_owner: Option<usize>,
    occupies: Option<usize>,
    ends: Option<[[usize; 3]; 2]>,
    needs: Option<usize>,
    goes_with: Option<usize>,
    mentions: Option<usize>,
    inherited_from: Option<usize>,
}

impl Places {
    /// The places in this row, and in all others of its query.
    pub fn new(entry: &Entry, row: &tokio_postgres::Row) -> Result<Places> {
        let shape = Shape::new(row);
        let [identity, privileges, owner] = shape.places(["identity", "privileges", "owner"])?;
        let ends = || {
            let dependent = shape.places(["dependent_class", "dependent_id", "dependent_sub"])?;
            let required = shape.places(["required_class", "required_id", "required_sub"])?;
            Ok([dependent, required])
        };
        Ok(Places {
            location: shape.places(["classid", "objid", "objsubid"])?,
            address: shape.places(["class", "names", "args"])?,
            identity,
            privileges,
            owner,
            table_owner: shape.place("table_owner"),
            occupies: shape.place("occupies"),
            ends: entry.link.then(ends).transpose()?,
            needs: shape.place("needs"),
            goes_with: shape.place("goes_with"),
            mentions: shape.place("mentions"),
            inherited_from: shape.place("inherited_from"),
            shape,
        })
    }

    /// The object of this row.
    pub fn read(&self, entry: &Entry, row: &tokio_postgres::Row) -> Result<Found> {
        let row = Row::new(row, &self.shape);
        let [class, names, args] = self.address;
        let location = location(&row, self.location);
        let owner: Option<u32> = row.get(self.owner);
        let granted: Option<Json<_>> = row.get(self.privileges);
        let needed = [(self.needs, Tie::Needs), (self.goes_with, Tie::Part), (self.mentions, Tie::Mentions)];
        let needed = needed.into_iter().flat_map(|(place, tie)| {
            numbers(&row, place).map(move |[class, id, sub]| ((oid(class), oid(id), part(sub)), tie))
        });
        let origins = numbers(&row, self.inherited_from).map(|[id, sub]| (location.0, oid(id), part(sub)));
        Ok(Found {
            location,
            address: Address { class: row.get(class), names: row.get(names), args: row.get(args) },
            object: Object {
                identity: row.get(self.identity),
                owner: None,
                comment: None,
                privileges: None,
                labels: vec![],
                occupies: self.occupies.and_then(|place| row.get(place)).unwrap_or_default(),
                body: (entry.read)(&row)?,
                kept: Kept::default(),
            },
            owner,
            giver: owner.or_else(|| row.get(self.table_owner?)),
            granted: granted.map(|Json(granted)| granted),
            ends: self.ends.map(|ends| ends.map(|end| self::location(&row, end)).into()),
            needed: needed.collect(),
            origins: origins.collect(),
        })
    }
}

fn location(row: &Row, [class, id, sub]: [usize; 3]) -> Location {
    (row.get(class), row.get(id), row.get(sub))
}

/// The numbers of an array, taken so many at a time.
fn numbers<const N: usize>(row: &Row, place: Option<usize>) -> impl Iterator<Item = [i64; N]> {
    let numbers: Vec<i64> = place.and_then(|place| row.get(place)).unwrap_or_default();
    let chunks: Vec<[i64; N]> = numbers.as_chunks().0.to_vec();
    chunks.into_iter()
}

fn oid(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

fn part(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(0)
}
