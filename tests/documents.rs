//! What the documents show: the reference is up to date, every command in them is understood.
#![allow(clippy::unwrap_used)]

#[path = "support/project.rs"]
mod project;

use std::path::{Path, PathBuf};

use project::Project;

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below docs/, and the README.
fn documents() -> Vec<(PathBuf, String)> {
    let mut found = vec![folder().join("README.md")];
    let mut next = vec![folder().join("docs")];
    while let Some(folder) = next.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { next.push(path) } else { found.push(path) }
        }
    }
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// The words of each command that a document shows at the beginning of a line.
fn commands(text: &str) -> Vec<Vec<String>> {
    let line = |line: &str| {
        let line = line.trim();
        let line = ["$ ", "- "].iter().find_map(|lead| line.strip_prefix(lead)).unwrap_or(line);
        let words = line.strip_prefix("schemadiff ")?.split_whitespace();
        let ends = |word: &&str| ["|", "||", "&&", ">", "#"].contains(word);
        Some(words.take_while(|word| !ends(word)).map(str::to_owned).collect())
    };
    text.lines().filter_map(line).collect()
}

#[test]
fn the_reference_is_up_to_date() {
    let made = Project::with(&[]).done("reference");
    let path = folder().join("docs/reference.md");
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "run `schemadiff reference > docs/reference.md`");
    assert!(kept.contains("## schemadiff apply") && kept.contains("| `money-type` |"));
}

#[test]
fn every_command_that_is_shown_is_understood() {
    let project = Project::with(&[]);
    let mut count = 0;
    for (path, text) in documents() {
        // In the reference and the README's overview, commands stand beside what they do.
        if path.ends_with("reference.md") {
            continue;
        }
        let shown =
            if path.ends_with("README.md") { text.replace("\n    schemadiff", "\n    ") } else { text };
        for words in commands(&shown) {
            let line = words.join(" ");
            let ended = project.run(&format!("{line} --help"));
            assert_eq!(ended.code, 0, "{}: schemadiff {line}: {}", path.display(), ended.words);
            count += 1;
        }
    }
    assert!(count > 30, "{count}");
}
