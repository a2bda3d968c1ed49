//! When a migration came into being, where its header does not tell: git knows.

use std::path::Path;
use std::process::{Command, Stdio};

use super::directory::File;

/// When the file was committed first, in seconds since 1970; `None` if it is not, or there is no git.
pub fn committed_at(file: &File) -> Option<i64> {
    let folder = file.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["log", "--diff-filter=A", "--format=%ct", "--"])
        .arg(file.path.file_name()?)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    String::from_utf8(output.stdout).ok()?.lines().last()?.parse().ok()
}
