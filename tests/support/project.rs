//! A project folder in which the binary runs, with an environment of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What the binary printed, and how it ended.
pub struct Ended {
    pub code: i32,
    pub data: String,
    pub words: String,
}

pub struct Project {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

impl Project {
    /// A folder with these files; it talks to no database unless one is named.
    pub fn with(files: &[(&str, &str)]) -> Project {
        let project = Project { folder: tempfile::tempdir().unwrap(), variables: Vec::new() };
        std::fs::create_dir(project.path("migrations")).unwrap();
        for (name, text) in files {
            project.write(name, text);
        }
        project
    }

    /// The same, with a live database.
    pub fn on(mut self, url: &str) -> Project {
        self.variables.push(("DATABASE_URL".to_owned(), url.to_owned()));
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

    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schemadiff"));
        command.args(line.split(' ')).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env_clear().env("HOME", self.folder.path()).env("XDG_CACHE_HOME", cache());
        let kept = ["PATH", "SCHEMADIFF_PG_BIN"].map(|name| (name, std::env::var_os(name)));
        command.envs(kept.into_iter().filter_map(|(name, value)| Some((name, value?))));
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn run(&self, line: &str) -> Ended {
        let output = self.command(line).output().unwrap();
        let data = String::from_utf8(output.stdout).unwrap();
        let words = String::from_utf8(output.stderr).unwrap();
        assert!(!words.contains("panicked"), "{words}");
        Ended { code: output.status.code().unwrap(), data, words }
    }

    /// What a command printed that had to succeed.
    pub fn done(&self, line: &str) -> String {
        let ended = self.run(line);
        assert_eq!(ended.code, 0, "{line}: {}{}", ended.data, ended.words);
        ended.data
    }

    /// What a command said that had to fail with this code.
    pub fn fails(&self, code: i32, line: &str) -> String {
        let ended = self.run(line);
        assert_eq!(ended.code, code, "{line}: {}{}", ended.data, ended.words);
        ended.data + &ended.words
    }
}

/// The real one: clusters that other tests made serve here too.
fn cache() -> PathBuf {
    let home = std::env::var_os("HOME").unwrap_or_default();
    std::env::var_os("XDG_CACHE_HOME").map_or_else(|| Path::new(&home).join(".cache"), PathBuf::from)
}
