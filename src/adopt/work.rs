//! What adopting comes to, worked out before anything is changed, and then done: first the files, then the history in
//! one transaction, so that it can be run again wherever it was interrupted.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;
use tokio_postgres::Client;

use super::baseline::baseline;
use super::files::{self, Files};
use super::found::{Found, all, find};
use super::key::key;
use super::pair::{Pair, matches, pairs};
use super::script::{Script, from};
use super::system::{Row, System};
use crate::error::{Error, ErrorKind, Result};
use crate::migration::{Directory, File, Version};
use crate::postgres::introspect::Scope;
use crate::postgres::quote::identifier;
use crate::runner::{History, Lock, Record};

/// What to adopt, and into what.
#[derive(Debug)]
pub struct Options<'a> {
    /// The system; without it, the one whose history table is found.
    pub from: Option<&'static System>,
    /// The folder of its files; without it, the usual ones are looked at.
    pub folder: Option<&'a Path>,
    /// The folder of the project.
    pub project: &'a Path,
    /// The folder of our migrations.
    pub target: &'a Path,
    /// Where our history is kept.
    pub history: History,
    /// What a baseline says.
    pub scope: Scope,
    /// Change nothing.
    pub dry_run: bool,
}

/// What was done, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Adoption {
    /// The system that history was taken over from.
    pub system: &'static str,
    /// Its history table.
    pub table: String,
    /// The name that the table bears from now on, where ours took its name.
    pub kept_as: Option<String>,
    /// The folder of its files, where they are SQL.
    pub folder: Option<PathBuf>,
    /// The file with the state of the database, where migrations are code.
    pub baseline: Option<PathBuf>,
    /// The files that are new.
    pub written: Vec<PathBuf>,
    /// What our history says now, by number.
    pub recorded: Vec<Recorded>,
    /// How many files are still to be applied.
    pub pending: usize,
    /// What the user should know.
    pub notes: Vec<String>,
    /// Whether all this had been done before.
    pub already: bool,
    /// Whether nothing was changed.
    pub dry_run: bool,
}

/// One migration in our history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// Its number.
    pub version: Version,
    /// Its name, without the number.
    pub name: String,
    /// Whether it has a file.
    pub file: bool,
}

/// Takes over the history of another system. Its table stays as it is, but for its name where ours needs that; its files
/// stay as they are.
///
/// # Errors
///
/// No history is found, or several; a migration that failed half-way; files that are not there, or are in the way; a
/// history of ours that says something else.
pub async fn adopt(client: &Client, options: &Options<'_>) -> Result<Adoption> {
    let found = find(client, options.from).await?;
    let rows = found.rows(client).await?;
    unfailed(&found, &rows)?;
    let (folder, scripts) = sources(&found, &rows, options)?;
    let mut laid = match folder {
        Some(folder) => from_files(&found, &rows, scripts, folder, options)?,
        None => from_state(client, &found, &rows, options).await?,
    };
    let records = records(client, &found, &laid).await?;
    let aside = (found.table.schema == options.history.schema && found.table.name == options.history.table)
        .then(|| found.aside());
    let already = already(client, options, &records, aside.is_some()).await?;
    let files = if already { Files::new() } else { files::missing(std::mem::take(&mut laid.files))? };
    if !options.dry_run && !already {
        files::write(&files)?;
        record(client, &found, &records, aside.as_deref(), options).await?;
    }
    let recorded = records.into_iter().map(|record| Recorded {
        version: record.version,
        name: record.name,
        file: !record.checksum.is_empty(),
    });
    let recorded: Vec<_> = recorded.collect();
    let is_recorded =
        |version, name: &str| recorded.iter().any(|one| (one.version, one.name.as_str()) == (version, name));
    let pending = laid.directory.files.iter().filter(|file| !is_recorded(file.version, &file.name)).count();
    Ok(Adoption {
        system: found.system.name,
        table: found.identity(),
        kept_as: aside.map(|name| format!("{}.{}", identifier(&found.table.schema), identifier(&name))),
        folder: laid.folder,
        baseline: laid.baseline,
        written: files.into_keys().collect(),
        recorded,
        pending,
        notes: laid.notes,
        already,
        dry_run: options.dry_run,
    })
}

/// Sees to it that nothing runs a second time that another system has run: to be asked where we have no history yet.
///
/// # Errors
///
/// Files of `directory` have been applied by another system.
pub async fn refuse_unadopted(client: &Client, directory: &Directory) -> Result<()> {
    for found in all(client).await? {
        let rows = found.rows(client).await?;
        let system = found.system;
        let mark = from(system.name);
        let is_from = |file: &File| file.header().is_ok_and(|header| header.description.starts_with(&mark));
        let theirs = matches(&rows, &(system.scripts)(&directory.path).unwrap_or_default());
        if theirs > 0 || !rows.is_empty() && directory.files.iter().any(is_from) {
            let message = format!(
                "{} has applied these migrations here, as `{}` says, and our history is empty",
                system.name,
                found.identity()
            );
            return Err(Error::new(ErrorKind::Migration, message)
                .hint("`schemadiff adopt` takes that history over; nothing was run"));
        }
    }
    Ok(())
}

/// The folder of our migrations as it will be, and what of it has been applied.
struct Laid {
    folder: Option<PathBuf>,
    baseline: Option<PathBuf>,
    pairs: Vec<Pair>,
    files: Files,
    directory: Directory,
    /// What is applied besides the pairs with a row.
    also: Vec<(Version, String)>,
    notes: Vec<String>,
}

fn unfailed(found: &Found, rows: &[Row]) -> Result<()> {
    let Some(failed) = rows.iter().find(|row| row.failed) else { return Ok(()) };
    let (system, table) = (found.system.name, found.identity());
    let message = format!("migration {} of {system} failed half-way, as `{table}` says", failed.key);
    Err(Error::new(ErrorKind::Migration, message)
        .hint(format!("mend it with {system} first; nothing was changed")))
}

/// The folder that has the files of most rows, and the files; no folder where the migrations are code.
fn sources(found: &Found, rows: &[Row], options: &Options<'_>) -> Result<(Option<PathBuf>, Vec<Script>)> {
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
fn from_files(
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
    let notes = notes(&pairs, &files, &folder);
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
async fn from_state(client: &Client, found: &Found, rows: &[Row], options: &Options<'_>) -> Result<Laid> {
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

/// What our history will say.
async fn records(client: &Client, found: &Found, laid: &Laid) -> Result<Vec<Record>> {
    let here = client.query_one("SELECT to_jsonb(now()) #>> '{}', current_user::text", &[]).await;
    let here = here.map_err(server)?;
    let (now, role): (String, String) = (here.get(0), here.get(1));
    let applied = laid.pairs.iter().filter_map(|pair| {
        let row = pair.row.as_ref()?;
        Some((Version::from(pair.number), &pair.name, pair.script.is_some(), Some(row)))
    });
    let also = laid.also.iter().map(|(version, name)| (*version, name, true, None));
    let mut records = Vec::new();
    for (version, name, has_file, row) in applied.chain(also) {
        let files = laid.directory.files.iter().filter(|_| has_file);
        let file = files.into_iter().find(|file| file.version == version && file.name == *name);
        let header = file.map(|file| file.header()).transpose()?;
        let depends = header.iter().flat_map(|header| &header.depends).map(Version::to_string).collect();
        records.push(Record {
            version: file.map_or(version, |file| file.version),
            name: name.clone(),
            description: header
                .map_or_else(|| format!("adopted from {}", found.system.name), |it| it.description),
            depends,
            checksum: file.map(|file| file.checksum()).unwrap_or_default(),
            applied_at: row.and_then(|row| row.applied_at.clone()).unwrap_or_else(|| now.clone()),
            applied_by: match row {
                Some(row) => row.applied_by.clone().unwrap_or_else(|| found.system.name.to_owned()),
                None => role.clone(),
            },
            execution_time_ms: row.and_then(|row| row.execution_time_ms).unwrap_or_default().max(0),
        });
    }
    Ok(records)
}

/// Whether our history says all this already.
async fn already(client: &Client, options: &Options<'_>, records: &[Record], moves: bool) -> Result<bool> {
    let ours = if moves { Vec::new() } else { options.history.read(client).await? };
    let is_there =
        |record: &Record| ours.iter().any(|one| (one.version, &one.name) == (record.version, &record.name));
    let missing: Vec<&Record> = records.iter().filter(|record| !is_there(record)).collect();
    match (ours.len(), missing.as_slice()) {
        (0, _) => Ok(false),
        (_, []) => Ok(true),
        (count, [first, ..]) => {
            let message = format!(
                "`{}` records {count} migrations already, and not `{}_{}`",
                options.history, first.version, first.name
            );
            Err(Error::new(ErrorKind::Migration, message)
                .hint("a history is adopted once, before `schemadiff` applies anything; nothing was changed"))
        }
    }
}

/// Changes the database, whole or not at all.
async fn record(
    client: &Client,
    found: &Found,
    records: &[Record],
    aside: Option<&str>,
    options: &Options<'_>,
) -> Result<()> {
    let lock = Lock::acquire(client, options.history.key(), Duration::from_secs(600), |_| ()).await?;
    let done = async {
        client.batch_execute("BEGIN").await.map_err(server)?;
        if let Some(name) = aside {
            let sql = format!("ALTER TABLE {} RENAME TO {}", found.identity(), identifier(name));
            client.batch_execute(&sql).await.map_err(server)?;
        }
        options.history.create(client).await?;
        for record in records {
            options.history.insert(client, record).await?;
        }
        client.batch_execute("COMMIT").await.map_err(server)
    };
    let done = done.await;
    if done.is_err() {
        // Fails only with the connection, and the failure says so already.
        let _ = client.batch_execute("ROLLBACK").await;
    }
    let released = lock.release().await;
    done.and(released)
}

fn server(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Apply, error)
}
