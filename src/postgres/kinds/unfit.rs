//! Rows that a change would refuse: whether they can be looked for before anything has changed, and how.
//!
//! What is looked for has to mean the same before the migration, while it is half done, and after it: nothing that it
//! mentions comes or changes with it.

mod domain;
mod key;
mod value;

use std::collections::HashSet;

pub use self::domain::misfits;
pub use self::key::{condition, index_keys, listed};
pub use self::value::misfit;
use super::column::Column;
use super::constraint::Constraint;
use super::table::Table;
use crate::catalog::Tie;
use crate::kind::Subject;
use crate::plan::{Key, Precondition};
use crate::postgres::precondition::unused;

/// The rows of a table that is there before and after.
pub struct Rows<'a> {
    before: Subject<'a>,
    table: Subject<'a>,
    key: Key,
    /// Whether children have what the table has, and not as its partitions.
    has_heirs: bool,
}

/// What to do about rows that do not fit.
pub const CHANGE: &str = "change these rows, then run the migration";

/// What is said of rows that do not fit.
pub struct Complaint {
    /// Behind "rows of the table": ``without `name` ``.
    pub words: String,
    /// What to do about them.
    pub remedy: &'static str,
}

impl<'a> Rows<'a> {
    /// Those of a table of the desired catalog; None where they come, or other tables begin or cease to be its children.
    pub fn of(table: &Subject<'a>) -> Option<Rows<'a>> {
        let live = table.setting.live;
        let before = Subject::new(live, live.objects.get_index_of(table.address)?, table.setting);
        before.body::<Table>().filter(|_| !table.is_new())?;
        let (children, later) = (children(&before)?, children(table)?);
        if children != later || links_of_children(table).any(|link| link.is_new()) {
            return None;
        }
        let partitioned = table.body::<Table>()?.partition_key.is_some();
        let has_heirs = !partitioned && !children.is_empty();
        let key = match has_heirs {
            true => place(true),
            false => primary_key(&before).unwrap_or_else(|| place(!children.is_empty())),
        };
        Some(Rows { before, table: *table, key, has_heirs })
    }

    /// The table as it stands behind FROM: without its children where these are not asked.
    pub fn alone(&self) -> String {
        if self.has_heirs { format!("ONLY {}", self.table) } else { self.table.to_string() }
    }

    /// Whether other tables inherit from it.
    pub fn has_heirs(&self) -> bool {
        self.has_heirs
    }

    /// That none of its rows is like this; `rows` is what stands behind FROM.
    pub fn none(&self, rows: impl Into<String>, unfit: String, complaint: Complaint) -> Precondition {
        Precondition {
            table: self.table.to_string(),
            rows: rows.into(),
            unfit,
            key: self.key.clone(),
            complaint: complaint.words,
            remedy: complaint.remedy,
            alone: self.table.is_busy(),
        }
    }

    /// That none of them has a value that is there more than once; NULL is a value only where that is said. Nothing, where a
    /// key says so already.
    pub fn no_two(&self, values: &[String], only: Option<&str>, nulls: bool) -> Option<Precondition> {
        let keys = self.before.all_parts::<Constraint>().map(|(_, key)| key);
        let mut keys = keys.filter(|key| key.type_ == 'p' && key.table == self.table.object.identity);
        if keys.any(|key| {
            listed(&key.definition.0).is_some_and(|(key, _)| key.iter().all(|one| values.contains(one)))
        }) {
            return None;
        }
        let all = values.join(", ");
        let mut wanted: Vec<String> = only.map(str::to_owned).into_iter().collect();
        if !nulls {
            wanted.push(format!("num_nulls({all}) = 0"));
        }
        let wanted =
            if wanted.is_empty() { String::new() } else { format!(" WHERE {}", wanted.join(" AND ")) };
        let copies = unused("copies", &format!("{all}{}", self.key));
        let rows = format!(
            "(SELECT {}, count(*) OVER (PARTITION BY {all}) AS {copies} FROM {}{wanted}) AS it",
            self.key.columns.join(", "),
            self.alone()
        );
        let named = if values.len() == 1 { all } else { format!("({all})") };
        let complaint =
            Complaint { words: format!("that share their `{named}` with others"), remedy: CHANGE };
        Some(self.none(rows, format!("{copies} > 1"), complaint))
    }

    /// The column of the table with this name, as the server spells it, if its values are the same before and after.
    pub fn settled_column(&self, name: &str) -> Option<&'a Column> {
        let mut columns = self.table.all_parts::<Column>();
        let (column, body) =
            columns.find(|(_, body)| body.table == self.table.object.identity && body.name == name)?;
        is_settled(&column, &mut HashSet::new()).then_some(body)
    }
}

/// Whether all that something needs is the same before and after, so that it can be asked before it is there itself.
pub fn stands_on_what_stays(it: &Subject) -> bool {
    needs_are_settled(it, &mut HashSet::new())
}

/// The same of something that changes its whole by being there.
pub fn stands_on_what_stays_besides(it: &Subject, whole: &Subject) -> bool {
    needs_are_settled(it, &mut HashSet::from([whole.index]))
}

fn needs_are_settled(it: &Subject, seen: &mut HashSet<usize>) -> bool {
    let needs = it.catalog.requirements(it.index).iter();
    let needs = needs.filter(|(_, tie)| !matches!(tie, Tie::Mentions | Tie::Inherited));
    needs.into_iter().all(|&(need, _)| is_settled(&Subject::new(it.catalog, need, it.setting), seen))
}

fn is_settled(it: &Subject, seen: &mut HashSet<usize>) -> bool {
    if !seen.insert(it.index) {
        return true;
    }
    let Some(before) = it.setting.live.objects.get(it.address).filter(|_| !it.is_new()) else { return false };
    if it.body::<Table>().is_some() {
        return true;
    }
    let same = match (it.body::<Column>(), before.body.as_any().downcast_ref::<Column>()) {
        (Some(after), Some(before)) => {
            (after.typed(), &after.generated) == (before.typed(), &before.generated)
        }
        _ => before.body.equals(it.object.body.as_ref()),
    };
    same && needs_are_settled(it, seen)
}

/// The links through which other tables have what this one has.
fn links_of_children<'a>(table: &Subject<'a>) -> impl Iterator<Item = Subject<'a>> + use<'a> {
    let (catalog, setting) = (table.catalog, table.setting);
    let dependents = catalog.dependents(table.index).iter().filter(|(_, tie)| *tie == Tie::Needs);
    let dependents = dependents.map(move |&(link, _)| Subject::new(catalog, link, setting));
    dependents.filter(|link| link.object.body.entry().link)
}

/// The tables that inherit from this one or are its partitions, be it through others; None where the rows of one of them lie
/// elsewhere.
fn children(table: &Subject) -> Option<HashSet<String>> {
    let mut found = HashSet::new();
    let mut next = vec![*table];
    while let Some(parent) = next.pop() {
        for link in links_of_children(&parent) {
            let (child, _) = link.whole::<Table>()?;
            if found.insert(child.to_string()) {
                next.push(child);
            }
        }
    }
    Some(found)
}

/// The primary key, if it stays and is made of numbers and the like.
fn primary_key(before: &Subject) -> Option<Key> {
    let keys = before.all_parts::<Constraint>().map(|(_, body)| body);
    let mut primary = keys.filter(|body| body.type_ == 'p' && body.table == before.object.identity);
    let (columns, _) = listed(&primary.next()?.definition.0)?;
    let is_shown = |name: &String| {
        let mut found = before.all_parts::<Column>();
        let found = found.find(|(_, body)| body.table == before.object.identity && body.name == *name);
        found.is_some_and(|(column, body)| {
            let plain = body.type_.split('(').next().unwrap_or_default();
            SHOWN.contains(&plain) && before.setting.desired.objects.contains_key(column.address)
        })
    };
    columns.iter().all(is_shown).then_some(Key { columns })
}

/// Where a row lies.
fn place(among_children: bool) -> Key {
    let columns: &[&str] = if among_children { &["tableoid::regclass", "ctid"] } else { &["ctid"] };
    Key { columns: columns.iter().map(|column| (*column).to_owned()).collect() }
}

/// Types of keys that are shown. What people write, such as names and addresses, would surprise in the log of a build.
const SHOWN: [&str; 8] = [
    "smallint",
    "integer",
    "bigint",
    "numeric",
    "uuid",
    "date",
    "timestamp without time zone",
    "timestamp with time zone",
];
