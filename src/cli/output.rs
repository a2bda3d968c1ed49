//! Where words go: data to standard output, everything else to standard error.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use crate::report::annotation::{self, Annotation};
use crate::{Error, ErrorKind, Result};

/// For whom data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// For pull requests
    Markdown,
    /// For browsers: a page by itself
    Html,
    /// A picture
    Svg,
    /// A picture, as text for GitHub, GitLab and wikis
    Mermaid,
    /// A picture, as text for Graphviz
    Dot,
    /// Workflow commands that GitHub shows beside the lines
    Github,
    /// SARIF 2.1.0, which systems for reviews read
    Sarif,
}

/// The formats of commands that find something in files.
pub const FINDINGS: &[Format] = &[Format::Text, Format::Json, Format::Github, Format::Sarif];

/// How the names of files end.
const ENDINGS: [(Format, &[&str]); 6] = [
    (Format::Svg, &["svg"]),
    (Format::Mermaid, &["mmd", "mermaid"]),
    (Format::Dot, &["dot", "gv"]),
    (Format::Markdown, &["md", "markdown"]),
    (Format::Html, &["html", "htm"]),
    (Format::Json, &["json"]),
];

/// Reads the formats that a command has, and no others.
pub fn one_of(formats: &'static [Format]) -> impl TypedValueParser<Value = Format> {
    let possible: Vec<_> = formats.iter().filter_map(Format::to_possible_value).collect();
    PossibleValuesParser::new(possible)
        .map(|said| Format::from_str(&said, false).expect("only what is possible gets here"))
}

/// When messages are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

/// Both streams, and how to write to them.
#[derive(Debug, Clone)]
pub struct Output {
    /// For whom data is printed.
    pub format: Format,
    quiet: bool,
    colored: bool,
    terminal: bool,
}

impl Output {
    /// Looks at the terminal and at NO_COLOR (no-color.org) once, for `Color::Auto`.
    pub fn new(quiet: bool, format: Format, color: Color) -> Output {
        let colored = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                io::stderr().is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        Output { format, quiet, colored, terminal: io::stderr().is_terminal() }
    }

    /// Writes data to standard output, as it is.
    ///
    /// # Errors
    /// The stream is closed or its disk is full.
    pub fn data(&self, text: &str) -> Result<()> {
        let mut stream = io::stdout().lock();
        stream.write_all(text.as_bytes()).and_then(|()| stream.flush()).map_err(|error| {
            Error::new(ErrorKind::Usage, format!("cannot write to standard output: {error}")).caused_by(error)
        })
    }

    /// Writes data for programs to standard output.
    ///
    /// # Errors
    /// As [`Output::data`].
    pub fn json(&self, value: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string_pretty(value).expect("what is printed is plain data");
        self.data(&format!("{text}\n"))
    }

    /// The format that was asked for; else the one of these that the name of the file ends in; without a file, or where its name
    /// has no ending, the first.
    ///
    /// # Errors
    /// The name ends as that of no such file.
    pub fn chosen(&self, file: Option<&Path>, formats: &[Format]) -> Result<Format> {
        let ending = file.and_then(Path::extension).and_then(|ending| ending.to_str());
        let Some(ending) = ending.filter(|_| self.format == Format::Text) else {
            return Ok(if formats.contains(&self.format) { self.format } else { formats[0] });
        };
        let known = ENDINGS.iter().find(|(_, endings)| endings.contains(&ending));
        match known.filter(|(format, _)| formats.contains(format)) {
            Some((format, _)) => Ok(*format),
            None => {
                let ours = ENDINGS.iter().filter(|(format, _)| formats.contains(format));
                let ours: Vec<String> = ours.map(|(_, endings)| format!("`.{}`", endings[0])).collect();
                Err(Error::new(
                    ErrorKind::Usage,
                    format!("`.{ending}` is not among the formats that are written"),
                )
                .hint(format!(
                    "they are {}; `--format` chooses one whatever the file is called",
                    ours.join(", ")
                )))
            }
        }
    }

    /// Writes data to a file, whose name is told, or to standard output where none is named.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn deliver(&self, file: Option<&Path>, text: &str) -> Result<()> {
        let Some(file) = file else { return self.data(text) };
        std::fs::write(file, text).map_err(|error| {
            Error::new(ErrorKind::Usage, format!("cannot write `{}`: {error}", file.display()))
                .caused_by(error)
        })?;
        self.tell(&file.display().to_string());
        Ok(())
    }

    /// Writes findings in a form for reviews; whether that was asked for.
    ///
    /// # Errors
    /// As [`Output::data`].
    pub fn annotated(&self, all: &[Annotation<'_>]) -> Result<bool> {
        match self.format {
            Format::Github => self.data(&annotation::github(all))?,
            Format::Sarif => self.data(&format!("{:#}\n", annotation::sarif(all)))?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Writes a line for the user to standard error, unless told to be quiet.
    pub fn tell(&self, line: &str) {
        if !self.quiet {
            // With standard error gone there is nobody left to tell.
            let _ = writeln!(io::stderr(), "{line}");
        }
    }

    /// Whether lines on standard error can be written over.
    pub fn has_terminal(&self) -> bool {
        self.terminal && !self.quiet
    }

    /// Shows a line in the place of the one shown before; an empty one takes it away. Only on a terminal.
    pub fn status(&self, line: &str) {
        if self.has_terminal() {
            let width =
                rustix::termios::tcgetwinsize(io::stderr()).map_or(80, |size| usize::from(size.ws_col));
            let line: String = line.chars().take(width.saturating_sub(1)).collect();
            let mut stream = io::stderr();
            let _ = write!(stream, "\r\x1b[2K{line}").and_then(|()| stream.flush());
        }
    }

    /// Asks a question whose answer is no unless it begins with y; only to be asked on a terminal.
    pub fn agrees(&self, question: &str) -> bool {
        let mut stream = io::stderr().lock();
        let asked = write!(stream, "{question} [y/N] ").and_then(|()| stream.flush());
        let mut answer = String::new();
        asked.is_ok()
            && io::stdin().read_line(&mut answer).is_ok()
            && answer.trim_start().starts_with(['y', 'Y'])
    }

    /// Writes a failure to standard error; where a review is to show what was found, to that too.
    pub fn error(&self, error: &Error) {
        // With standard output gone, standard error still says it.
        let _ = self.annotated(&[Annotation::of(error)]);
        let text = error.to_string();
        let text = match self.colored {
            false => format!("error: {text}"),
            true => {
                let hints = error.hint.iter().flat_map(|hint| hint.lines()).count();
                let lines = text.lines().count();
                let shown = text.lines().enumerate().map(|(at, line)| match line.strip_prefix("hint:") {
                    Some(rest) if at + hints >= lines => format!("{CYAN}hint:{PLAIN}{rest}"),
                    _ => line.to_owned(),
                });
                format!("{RED}error:{PLAIN} {}", shown.collect::<Vec<_>>().join("\n"))
            }
        };
        let _ = writeln!(io::stderr(), "{text}");
    }
}

const RED: &str = "\x1b[1;31m";
const CYAN: &str = "\x1b[36m";
const PLAIN: &str = "\x1b[0m";

/// Whether the reader of our output went away.
pub fn is_broken_pipe(error: &Error) -> bool {
    let cause = error.source.as_ref().and_then(|cause| cause.downcast_ref::<io::Error>());
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// A text with the password of every URL in it made unreadable: `postgres://cook:***@db/plans`.
pub fn without_passwords(text: &str) -> String {
    let mut safe = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        let end = after.find(|c: char| c.is_whitespace() || c == '\'').unwrap_or(after.len());
        let (url, following) = after.split_at(end);
        safe += before;
        safe += "://";
        safe += &match url.rsplit_once('@').map(|(who, place)| (who.split_once(':'), place)) {
            Some((Some((user, _)), place)) => format!("{user}:***@{place}"),
            _ => url.to_owned(),
        };
        rest = following;
    }
    safe + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_hidden() {
        let hidden = without_passwords("'postgres://cook:se@cret@db/plans' and postgres://db/plans, a:b@c");
        assert_eq!(hidden, "'postgres://cook:***@db/plans' and postgres://db/plans, a:b@c");
    }
}
