//! Commands of psql, as dumps and files that people fed to psql contain them.

/// Those that only change what psql itself prints.
const HARMLESS: [&str; 13] = [
    "restrict",
    "unrestrict",
    "echo",
    "qecho",
    "warn",
    "pset",
    "timing",
    "prompt",
    "x",
    "a",
    "t",
    "errverbose",
    "conninfo",
];

/// A command, from its backslash to the end of its line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meta<'a> {
    /// Its name, without the backslash.
    pub name: &'a str,
    rest: &'a str,
}

impl<'a> Meta<'a> {
    /// Reads a command, backslash included.
    pub fn new(command: &'a str) -> Meta<'a> {
        let (name, rest) = command[1..].split_once(char::is_whitespace).unwrap_or((&command[1..], ""));
        Meta { name, rest }
    }

    /// The argument at `index`, from 0.
    pub fn argument(&self, index: usize) -> Option<&'a str> {
        self.rest.split_whitespace().nth(index)
    }

    /// Whether it changes nothing but what is printed; `\d` and `\l` and what begins with them only print.
    pub fn is_harmless(&self) -> bool {
        HARMLESS.contains(&self.name) || self.name.starts_with(['d', 'l']) && !self.name.starts_with("lo_")
    }

    /// Whether it says that the file is UTF-8, as all files are here.
    pub fn is_utf8(&self) -> bool {
        let said = self.argument(0).unwrap_or("UTF8").to_ascii_uppercase();
        self.name == "encoding" && matches!(said.as_str(), "UTF8" | "UTF-8" | "UNICODE")
    }
}
