//! The folder of our migrations as it will be: from the files of the other system, or from the state of the database.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use tokio_postgres::Client;

use super::baseline::baseline;
use super::edited::edited;
use super::files::{self, Files};
use super::found::Found;
use super::key::key;
use super::pair::{Pair, matches, pairs};
use super::script::Script;
use super::system::Row;
use super::work::Options;
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, Version};

/// The folder of our migrations as it will be, and what of it has been applied.
pub struct Laid {
    pub folder: Option<PathBuf>,
    pub baseline: Option<PathBuf>,
    pub pairs: Vec<Pair>,
    pub files: Files,
    pub directory: Directory,
    /// What is applied besides the pairs with a row.
    pub also: Vec<(Version, String)>,
    pub notes: Vec<String>,
}

/// The folder that has the files of most rows, and the files; no folder where the migrations are code.
pub fn sources(found: &Found, rows: &[Row], options: &Options<'_>) -> Result<(Option<PathBuf>, Vec<Script>)> {
    let system = found.system;
    let usual = || -> Vec<PathBuf> {
        let mut all = vec![options.target.to_owned()];
        let usual = system.folders.iter().map(|folder| options.project.join(folder));
        usual.filter(|folder| folder != options.target).for_each(|folder| all.push(folder));
        all
    };
    let folders: Vec<PathBuf> = options.folder.map_or_else(usual, |folder| vec![folder.to_owned()]);
    if let Some(folder) = options.folder.filter(|folder| !folder.is_dir()) {
        return Err(Error::new(ErrorKind::Usage, format!("there is no folder `{}`", folder.display())));
    }
    let mut best: Option<(usize, PathBuf, Vec<Script>)> = None;
    for folder in &folders {
        let scripts = (system.scripts)(folder)?;
        let count = matches(rows, &scripts);
        let is_better = best.as_ref().is_none_or(|(most, ..)| count > *most);
        if is_better && !scripts.is_empty() && (count > 0 || rows.is_empty()) {
            best = Some((count, folder.clone(), scripts));
        }
    }
    if let Some((_, folder, scripts)) = best {
        return Ok((Some(folder), scripts));
    }
    if system.code && !rows.is_empty() {
        return Ok((None, Vec::new()));
    }
    let listed: Vec<_> = folders.iter().map(|folder| format!("`{}`", folder.display())).collect();
    let table = found.identity();
    let message = match rows.len() {
        0 => {
            format!("`{table}` of {} is empty, and there are no files in {}", system.name, listed.join(", "))
        }
        count => format!(
            "`{table}` says that {} has applied {count}, and no file of these is in {}",
            system.name,
            listed.join(", ")
        ),
    };
    Err(Error::new(ErrorKind::Migration, message).hint("`--dir FOLDER` says where they are"))
}

/// Every migration keeps its file, or gets one in our form.
pub fn from_files(
    found: &Found,
    rows: &[Row],
    scripts: Vec<Script>,
    folder: PathBuf,
    options: &Options<'_>,
) -> Result<Laid> {
    let system = found.system.name;
    let pairs = pairs(rows, scripts, &HashMap::new())?;
    let mut files = files::of_scripts(&pairs, system, options.target)?;
    let mut also = Vec::new();
    if let Some((version, name, text)) = files::accepting(&pairs, options.target, system) {
        files.insert(options.target.join(format!("{version}_{name}.sql")), text);
        // Recorded before what is pending, it would make that out of order.
        if pairs.iter().all(|pair| pair.row.is_some()) {
            also.push((version, name));
        }
    }
    let mut notes = notes(&pairs, &files, &folder);
    notes.extend(edited(&pairs));
    let directory = files::with(options.target, &files)?;
    Ok(Laid { folder: Some(folder), baseline: None, pairs, files, directory, also, notes })
}

fn notes(pairs: &[Pair], files: &Files, folder: &Path) -> Vec<String> {
    let mut notes = Vec::new();
    let lost = pairs.iter().filter(|pair| pair.script.is_none()).count();
    if lost > 0 {
        notes.push(format!(
            "{lost} applied migrations have no SQL file in `{}`: they are recorded, and an empty database cannot be brought up without them",
            folder.display()
        ));
    }
    let stays = |script: &&Script| !files.values().any(|text| text.contains(script.up.trim()));
    for script in pairs
        .iter()
        .filter_map(|pair| pair.script.as_ref())
        .filter(|script| !script.transaction)
        .filter(stays)
    {
        notes.push(format!(
            "`{}` runs outside a transaction: put the line `-- schemadiff: no-transaction` before its statements",
            script.path.display()
        ));
    }
    notes
}

/// The database as it is becomes one migration.
pub async fn from_state(client: &Client, found: &Found, rows: &[Row], options: &Options<'_>) -> Result<Laid> {
    let system = found.system.name;
    let folders = options.folder.map(Path::to_owned).into_iter();
    let folders = folders.chain(found.system.folders.iter().map(|folder| options.project.join(folder)));
    let pairs = pairs(rows, Vec::new(), &titles(folders))?;
    let target = Directory::read(options.target)?;
    let (version, path, text) = baseline(client, &options.scope, &target, &pairs, system).await?;
    let files = Files::from([(path.clone(), text)]);
    let directory = files::with(options.target, &files)?;
    let name = directory.files.iter().find(|file| file.path == path).map(|file| file.name.clone());
    let also = name.map(|name| (version, name)).into_iter().collect();
    Ok(Laid { folder: None, baseline: Some(path), pairs, files, directory, also, notes: Vec::new() })
}

/// What files of code are called, by what history calls them: `db/migrate/20240101120000_create_users.rb`.
fn titles(folders: impl Iterator<Item = PathBuf>) -> HashMap<String, String> {
    let names = folders.flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let title = |entry: fs::DirEntry| {
        let path = entry.path();
        let (found, name) = path.file_stem()?.to_str()?.split_once('_')?;
        Some((key(found), name.to_owned()))
    };
    names.filter_map(title).collect()
}
