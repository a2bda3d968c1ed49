//! What can be said of a folder without any database.

use std::path::Path;

use super::{Finding, Rule};
use crate::error::{Error, ErrorKind};
use crate::migration::{Directory, File, Header, Script};
use crate::runner::check_transactions;

/// What a header that was generated always says.
const GENERATED: [&str; 5] = ["Migration", "Created", "Description", "Depends", "Hazards"];

/// Everything that is wrong with a folder, as [`Directory::survey`] read it, and with the texts of its files.
pub fn check_files(directory: &Directory, problems: &[Error]) -> Vec<Finding> {
    let mut found: Vec<Finding> =
        problems.iter().map(|error| Finding::new(Rule::Folder, None, error)).collect();
    let unread =
        |path: &Path| problems.iter().any(|error| error.at.as_ref().is_some_and(|at| at.file == path));
    for file in &directory.files {
        let down = file.down.iter().map(|down| (down.path.as_path(), down.text.as_str()));
        let generated = down.clone().any(|(_, text)| Header::states(text, "Proven"));
        for (path, text) in std::iter::once((file.path.as_path(), file.text.as_str())).chain(down) {
            if !unread(path) {
                found.extend(script(path, text));
                found.extend(header(file, path, text, generated || Header::states(&file.text, "Proven")));
            }
        }
    }
    found.extend(depends(directory));
    found
}

fn script(path: &Path, text: &str) -> Option<Finding> {
    let error = Script::read(path, text).and_then(|script| check_transactions(path, text, &script)).err()?;
    Some(Finding::new(Rule::Script, Some(path), &error))
}

/// A header is a matter of choice where a file is written by hand, but what it says must be so.
fn header(file: &File, path: &Path, text: &str, generated: bool) -> Vec<Finding> {
    let finding = |error: Error| Finding::new(Rule::Header, Some(path), &error);
    if let Err(error) = Header::parse(path, text) {
        return vec![finding(error)];
    }
    let mut found = Vec::new();
    let name = format!("{}_{}", file.version, file.name);
    let stated = Header::stated_name(text).filter(|stated| *stated != name);
    if let Some(stated) = stated {
        let message = format!("the header of `{}` is that of `{stated}`", path.display());
        found.push(finding(
            Error::new(ErrorKind::Migration, message)
                .hint(format!("give the file its name back, or write `-- Migration: {name}`")),
        ));
    }
    let lacking: Vec<_> = GENERATED
        .into_iter()
        .filter(|key| !Header::states(text, key))
        .map(|key| format!("`-- {key}:`"))
        .collect();
    if generated && !lacking.is_empty() {
        let message = format!("the header of `{}` lacks {}", path.display(), lacking.join(", "));
        found.push(finding(
            Error::new(ErrorKind::Migration, message)
                .hint("restore it: a generated migration tells its reviewers what it does and may cost"),
        ));
    }
    found
}

/// Files that need what is not there, or comes later.
fn depends(directory: &Directory) -> Vec<Finding> {
    let all: Vec<&File> = directory.files.iter().filter(|file| file.header().is_ok()).collect();
    let each = all.iter().map(|file| (Some(file.path.as_path()), directory.check_depends(&[*file], &[])));
    let circle = std::iter::once((None, directory.check_depends(&all, &[])));
    let mut found: Vec<Finding> = Vec::new();
    for (path, outcome) in each.chain(circle) {
        let Err(error) = outcome else { continue };
        if found.iter().all(|finding| finding.message != error.message) {
            found.push(Finding::new(Rule::Depends, path, &error));
        }
    }
    found
}
