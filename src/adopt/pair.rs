//! Which file of another system stands for which row of its history, and which number each of them gets.

use std::collections::{HashMap, HashSet};

use super::key::{key, parts};
use super::script::{Script, plain};
use super::system::Row;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::numbered;

/// One migration: its file, where there is one, and what history says of it, where it has been applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub script: Option<Script>,
    pub row: Option<Row>,
    pub number: i64,
    pub name: String,
}

/// How many of the rows have a file.
pub(super) fn matches(rows: &[Row], scripts: &[Script]) -> usize {
    let applied = applied(rows, scripts);
    let matched: HashSet<usize> = applied.into_iter().flatten().collect();
    matched.len()
}

/// All that is in the folder or in history: what keeps its number, or else is numbered as it ran.
///
/// # Errors
///
/// Two files of one number of which only one has been applied.
pub(super) fn pairs(
    rows: &[Row],
    scripts: Vec<Script>,
    titles: &HashMap<String, String>,
) -> Result<Vec<Pair>> {
    let applied = applied(rows, &scripts);
    let matched: HashSet<usize> = applied.iter().copied().flatten().collect();
    let lost = rows.iter().enumerate().filter(|(index, _)| !matched.contains(index));
    let lost = lost.map(|(_, row)| {
        let (number, name) = of_row(row, titles);
        (number, Pair { script: None, row: Some(row.clone()), number: 0, name })
    });
    let kept = scripts.into_iter().zip(applied).map(|(script, row)| {
        let row = row.map(|row| rows[row].clone());
        (script.number, Pair { row, number: 0, name: script.name.clone(), script: Some(script) })
    });
    let (numbers, mut pairs): (Vec<_>, Vec<_>) = lost.chain(kept).unzip();
    let lost = pairs.iter().filter(|pair| pair.script.is_none()).count();
    let numbers = keep(&numbers, &pairs, lost).unwrap_or_else(|| (1..).take(pairs.len()).collect());
    pairs.iter_mut().zip(numbers).for_each(|(pair, number)| pair.number = number);
    pairs.sort_by(|a, b| (a.number, &a.name).cmp(&(b.number, &b.name)));
    all_or_none(&pairs)?;
    none_moved(&pairs)?;
    Ok(pairs)
}

/// For each script, the row that says that it was applied.
fn applied(rows: &[Row], scripts: &[Script]) -> Vec<Option<usize>> {
    let of = |script: &Script| {
        let key = key(&script.key);
        let same_key = || rows.iter().enumerate().filter(|(_, row)| self::key(&row.key) == key);
        let named = same_key().find(|(_, row)| bare(&row.name) == script.name);
        // A number that is there once needs no name to be known by.
        let alone = || scripts.iter().filter(|other| self::key(&other.key) == key).count() == 1;
        let only = || same_key().next().filter(|_| same_key().count() == 1 && alone());
        let covers =
            |row: &Row| row.up_to && parts(&self::key(&row.key)) >= parts(&key) && parts(&key).is_some();
        let reached = || rows.iter().enumerate().rfind(|(_, row)| covers(row));
        named.or_else(only).or_else(reached).map(|(index, _)| index)
    };
    scripts.iter().map(of).collect()
}

/// A name without the number before it and `.sql` behind it, as different systems record it.
pub(super) fn bare(name: &str) -> String {
    let name = name.strip_suffix(".sql").unwrap_or(name);
    numbered(name).map_or(name, |(_, name)| name).to_owned()
}

/// The number and the name of what has no file.
fn of_row(row: &Row, titles: &HashMap<String, String>) -> (Option<i64>, String) {
    let key = key(&row.key);
    let told = numbered(&row.key);
    let number = key.parse().ok().or(told.map(|(version, _)| version.number));
    let name = match (row.name.trim(), titles.get(&key), told) {
        ("", Some(title), _) => title,
        ("", None, Some((_, name))) => name,
        ("", None, None) if parts(&key).is_some() => "",
        ("", None, None) => &key,
        (name, ..) => &bare(name),
    };
    (number, plain(name))
}

/// The numbers as they are, if they tell the order of the files apart: one that is missing is the next.
fn keep(numbers: &[Option<i64>], pairs: &[Pair], lost: usize) -> Option<Vec<i64>> {
    let mut kept = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        let last = if index == lost { None } else { kept.last().copied() };
        let number = match (number, last) {
            (Some(number), Some(last)) if index > lost && *number < last => return None,
            (Some(number), Some(last)) if *number == last && numbers[index - 1].is_none() => return None,
            (Some(number), _) => *number,
            (None, last) if index >= lost => last.unwrap_or(0) + 1,
            (None, _) => return None,
        };
        kept.push(number);
    }
    let mut seen = HashSet::new();
    kept.iter().zip(pairs).all(|(number, pair)| seen.insert((*number, &pair.name))).then_some(kept)
}

/// What is pending under the name of an applied migration whose file is gone has been renumbered, and would run again.
fn none_moved(pairs: &[Pair]) -> Result<()> {
    let gone = |pair: &&Pair| pair.script.is_none() && !pair.name.is_empty();
    for lost in pairs.iter().filter(gone) {
        let moved = pairs.iter().find(|pair| pair.row.is_none() && pair.name == lost.name);
        if let Some(script) = moved.and_then(|pair| pair.script.as_ref()) {
            let (number, name) = (lost.number, &lost.name);
            let message = format!(
                "`{}` is pending, though {name} has been applied with the number {number}, and no file has that number and name",
                script.path.display()
            );
            return Err(Error::new(ErrorKind::Migration, message).hint(format!(
                "if it is the same migration, give it its number {number} again; else give it another name; nothing was recorded"
            )));
        }
    }
    Ok(())
}

/// Files that share a number must both have been applied, or both not.
fn all_or_none(pairs: &[Pair]) -> Result<()> {
    for pair in pairs.windows(2).filter(|pair| pair[0].number == pair[1].number) {
        let [(Some(one), ran), (Some(two), other)] =
            [&pair[0], &pair[1]].map(|pair| (&pair.script, pair.row.is_some()))
        else {
            continue;
        };
        if ran != other {
            let (done, pending) = if ran { (one, two) } else { (two, one) };
            let message = format!(
                "`{}` and `{}` have the same number, and only the first has been applied",
                done.path.display(),
                pending.path.display()
            );
            return Err(Error::new(ErrorKind::Migration, message)
                .hint("give the second a number behind all others, then adopt"));
        }
    }
    Ok(())
}
