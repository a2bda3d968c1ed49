//! The SQL files of other systems, as far as they differ from ours in name or form.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::migration::{decoded, names, numbered};

/// One migration of another system that is written in SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Script {
    /// What the history table calls it; numbers are without leading zeros.
    pub key: String,
    /// Its number, where it has one that we can keep.
    pub number: Option<i64>,
    /// Its name in the name of our file.
    pub name: String,
    /// The file itself.
    pub path: PathBuf,
    /// What it runs.
    pub up: String,
    /// What undoes it.
    pub down: Option<String>,
    /// Whether it runs in a transaction.
    pub transaction: bool,
    /// Whether name and text are such that we can leave the file where it is.
    pub ours: bool,
}

/// What a line that separates the parts of a file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// What follows is run.
    Up,
    /// The same, outside a transaction.
    UpOutside,
    /// What follows undoes it.
    Down,
    /// What follows does so outside a transaction.
    DownOutside,
    /// The whole file is run outside a transaction.
    Outside,
    /// Nothing that we need.
    Nothing,
}

/// The visible SQL files of a folder, in the order of their names, as name without `.sql` and text.
pub(super) fn files(folder: &Path) -> Result<Vec<(String, String)>> {
    let read = |name: String| {
        let path = folder.join(&name);
        Ok((name.trim_end_matches(".sql").to_owned(), text(&path)?))
    };
    names(folder)?.into_iter().map(read).collect()
}

/// The text of a file.
pub(super) fn text(path: &Path) -> Result<String> {
    let unreadable = |error: std::io::Error| {
        Error::new(ErrorKind::Migration, format!("cannot read `{}`: {error}", path.display()))
            .caused_by(error)
    };
    decoded(path, fs::read(path).map_err(unreadable)?)
}

/// Files named by number and name, as ours are: `0007_add_profiles.sql`, or `.up.sql` and `.down.sql`.
pub(super) fn numbered_files(folder: &Path) -> Result<Vec<Script>> {
    let mut scripts = by_name(folder)?;
    scripts.retain(|script| script.number.is_some());
    scripts.iter_mut().for_each(|script| script.key = script.number.unwrap_or_default().to_string());
    scripts.sort_by(|a, b| (a.number, &a.name).cmp(&(b.number, &b.name)));
    Ok(scripts)
}

/// All files in the order of their names; the key of each is its name without `.sql`.
pub(super) fn by_name(folder: &Path) -> Result<Vec<Script>> {
    let (downs, ups): (Vec<_>, Vec<_>) =
        files(folder)?.into_iter().partition(|(stem, _)| stem.ends_with(".down"));
    let mut downs: HashMap<String, String> =
        downs.into_iter().map(|(stem, text)| (stem.trim_end_matches(".down").to_owned(), text)).collect();
    let script = |(stem, up): (String, String)| {
        let bare = stem.strip_suffix(".up").unwrap_or(&stem);
        let (number, name) = match (numbered(bare), bare.parse().ok()) {
            (Some((version, name)), _) => (Some(version.number), name.to_owned()),
            (None, Some(number)) => (Some(number), plain("")),
            (None, None) => (None, plain(bare)),
        };
        Script {
            key: bare.to_owned(),
            number,
            name,
            down: downs.remove(bare),
            path: folder.join(format!("{stem}.sql")),
            up,
            transaction: true,
            ours: numbered(bare).is_some(),
        }
    };
    Ok(ups.into_iter().map(script).collect())
}

/// The same scripts, each cut at the lines that `mark` knows. One that has nothing to cut off can stay where it is.
pub(super) fn cut(scripts: Vec<Script>, mark: impl Fn(&str) -> Option<Mark>) -> Vec<Script> {
    let part = |script: Script| {
        let (mut up, mut down) = (String::new(), None::<String>);
        let mut outside = [false, false];
        for line in script.up.split_inclusive('\n') {
            match mark(line.trim()) {
                Some(Mark::Down | Mark::DownOutside) if down.is_none() => down = Some(String::new()),
                _ => {}
            }
            match (mark(line.trim()), &mut down) {
                (Some(Mark::UpOutside), _) => outside[0] = true,
                (Some(Mark::DownOutside), _) => outside[1] = true,
                (Some(Mark::Outside), _) => outside = [true, true],
                (Some(_), _) => {}
                (None, None) => up.push_str(line),
                (None, Some(down)) => down.push_str(line),
            }
        }
        let ours = script.ours && down.is_none();
        let down = down.filter(|text| !text.trim().is_empty()).map(|text| apart(&text, !outside[1]));
        Script { up, down: down.or(script.down), transaction: !outside[0], ours, ..script }
    };
    scripts.into_iter().map(part).collect()
}

/// The text of a file of ours, marked where it is to run outside a transaction.
pub(super) fn apart(text: &str, transaction: bool) -> String {
    let text = text.trim();
    if transaction { format!("{text}\n") } else { format!("-- schemadiff: no-transaction\n{text}\n") }
}

/// What the header of a file says that stands for something of another system.
pub(super) fn from(system: &str) -> String {
    format!("adopted from {system}")
}

/// A text that can be the name of a file.
pub(super) fn plain(text: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let name: String = text.trim().chars().map(kept).collect();
    let name = name.trim_matches('_');
    if name.is_empty() { "migration".to_owned() } else { name.to_owned() }
}

/// A system without SQL files.
pub(super) fn none(_: &Path) -> Result<Vec<Script>> {
    Ok(Vec::new())
}

/// A folder for each migration, in the order of their names, with a file `up` in it and perhaps `down.sql`; the key is
/// the folder's name.
pub(super) fn folders(folder: &Path, up: &str) -> Result<Vec<Script>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.join(up).is_file());
    paths.sort();
    let script = |path: PathBuf| {
        let key = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let down = path.join("down.sql");
        Ok(Script {
            number: numbered(&key).map(|(version, _)| version.number),
            name: numbered(&key).map_or_else(|| plain(&key), |(_, name)| plain(name)),
            key,
            up: text(&path.join(up))?,
            down: if down.is_file() { Some(text(&down)?) } else { None },
            path: path.join(up),
            transaction: true,
            ours: false,
        })
    };
    paths.into_iter().map(script).collect()
}
