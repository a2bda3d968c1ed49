//! A project folder in which the binary runs, with an environment of its own.
#![allow(dead_code, reason = "each binary of tests uses a part")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What stands behind the program's name: words, or a line of words that have no spaces in them.
pub trait Arguments {
    fn words(&self) -> Vec<&str>;
}

impl Arguments for &str {
    fn words(&self) -> Vec<&str> {
        self.split(' ').collect()
    }
}

impl Arguments for &String {
    fn words(&self) -> Vec<&str> {
        self.split(' ').collect()
    }
}

impl Arguments for &[&str] {
    fn words(&self) -> Vec<&str> {
        self.to_vec()
    }
}

impl<const COUNT: usize> Arguments for &[&str; COUNT] {
    fn words(&self) -> Vec<&str> {
        self.to_vec()
    }
}

/// What the binary printed, and how it ended.
pub struct Ended {
    pub code: i32,
    pub data: String,
    pub words: String,
}

impl Ended {
    /// Everything printed: standard output, then standard error.
    pub fn printed(&self) -> String {
        format!("{}{}", self.data, self.words)
    }
}

pub struct Project {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

impl Project {
    /// An empty folder; it talks to no database unless one is named.
    pub fn empty() -> Project {
        Project { folder: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    /// A folder with these files, and one for migrations.
    pub fn with(files: &[(&str, &str)]) -> Project {
        let project = Project::empty();
        std::fs::create_dir(project.path("migrations")).unwrap();
        for (name, text) in files {
            project.write(name, text);
        }
        project
    }

    /// The same, with a live database.
    pub fn on(self, url: &str) -> Project {
        self.with_variable("DATABASE_URL", url)
    }

    pub fn with_variable(mut self, name: &str, value: &str) -> Project {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn with_file(self, name: &str, text: impl AsRef<[u8]>) -> Project {
        self.write(name, text);
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// All migrations: names and texts.
    pub fn migrations(&self) -> BTreeMap<String, String> {
        let entries = std::fs::read_dir(self.path("migrations")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.map(|name| (name.clone(), self.read(&format!("migrations/{name}")))).collect()
    }

    pub fn command(&self, arguments: impl Arguments) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schemadiff"));
        command.args(arguments.words()).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env_clear().env("HOME", self.folder.path()).env("XDG_CACHE_HOME", cache());
        let kept = ["PATH", "SCHEMADIFF_PG_BIN"].map(|name| (name, std::env::var_os(name)));
        command.envs(kept.into_iter().filter_map(|(name, value)| Some((name, value?))));
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn run(&self, arguments: impl Arguments) -> Ended {
        let output = self.command(arguments).output().unwrap();
        let data = String::from_utf8(output.stdout).unwrap();
        let words = String::from_utf8(output.stderr).unwrap();
        assert!(!words.contains("panicked"), "{words}");
        Ended { code: output.status.code().unwrap(), data, words }
    }

    /// What a command printed that had to succeed.
    pub fn done(&self, arguments: impl Arguments) -> String {
        self.ends(0, arguments).data
    }

    /// What a command said that had to fail with this code.
    pub fn fails(&self, code: i32, arguments: impl Arguments) -> String {
        self.ends(code, arguments).printed()
    }

    /// What came of a command that had to end with this code.
    pub fn ends(&self, code: i32, arguments: impl Arguments) -> Ended {
        let line = arguments.words().join(" ");
        let ended = self.run(arguments);
        assert_eq!(ended.code, code, "{line}: {}", ended.printed());
        ended
    }
}

/// The real one: clusters that other tests made serve here too.
fn cache() -> PathBuf {
    let home = std::env::var_os("HOME").unwrap_or_default();
    std::env::var_os("XDG_CACHE_HOME").map_or_else(|| Path::new(&home).join(".cache"), PathBuf::from)
}
