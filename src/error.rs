//! The one error type: what went wrong, where in the user's file, and what to do about it.

use std::fmt;
use std::path::PathBuf;

use tokio_postgres::error::{DbError, SqlState};

/// The result of everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What sort of failure it was; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The command line or the configuration does not make sense.
    Usage,
    /// A schema file cannot be read, cut or loaded.
    Source,
    /// No connection, or no scratch database.
    Connect,
    /// A catalog could not be read.
    Catalog,
    /// No plan leads from live to desired.
    Plan,
    /// A plan exists, and destroys what nobody consented to lose.
    Refused,
    /// The migrations folder or a file in it is not in order.
    Migration,
    /// A migration failed while it ran.
    Apply,
}

/// A place in a text that the user wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The file, as the user would name it.
    pub file: PathBuf,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// The text of the line, without its end.
    pub text: String,
    /// How many characters the mark below the line spans; at least 1.
    pub width: usize,
}

impl Position {
    /// The place of the byte `offset` in `text`, the content of `file`.
    pub fn locate(file: impl Into<PathBuf>, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let rest = &line[(offset - start).min(line.len())..];
        let word = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').count();
        Position {
            file: file.into(),
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
            text: line.to_owned(),
            width: word.max(1),
        }
    }
}

/// A failure, told to a person: lower case, names in backticks, no full stop.
#[derive(Debug)]
pub struct Error {
    /// What sort of failure.
    pub kind: ErrorKind,
    /// One sentence; further lines are details.
    pub message: String,
    /// Where in the user's files, if anywhere. Boxed: errors travel in every `Result`.
    pub at: Option<Box<Position>>,
    /// What to do about it; each line is a hint of its own.
    pub hint: Option<String>,
    /// What caused it.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// A failure of this kind.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), at: None, hint: None, source: None }
    }

    /// The same failure, with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = Some(hint.into());
        self
    }

    /// The same failure, at a place in the user's file.
    #[must_use]
    pub fn at(mut self, position: Position) -> Error {
        self.at = Some(Box::new(position));
        self
    }

    /// The same failure, with its cause kept.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        self.source = Some(source.into());
        self
    }

    /// What a server said, without its SQLSTATE, with its detail and hint.
    pub fn server(kind: ErrorKind, error: tokio_postgres::Error) -> Error {
        let mut told = match error.as_db_error() {
            Some(said) => {
                let mut message = said.message().to_owned();
                if let Some(detail) = said.detail() {
                    message.push('\n');
                    message.push_str(detail);
                }
                let mut told = Error::new(kind, message);
                told.hint = said.hint().map(str::to_owned).or_else(|| pooled(said));
                told
            }
            None => {
                let mut message = error.to_string();
                let mut cause = std::error::Error::source(&error);
                while let Some(inner) = cause {
                    let inner_text = inner.to_string();
                    if !message.contains(&inner_text) {
                        message = format!("{message}: {inner_text}");
                    }
                    cause = inner.source();
                }
                Error::new(kind, message)
            }
        };
        told.source = Some(Box::new(error));
        told
    }

    /// The SQLSTATE, where a server raised this.
    pub fn sqlstate(&self) -> Option<&SqlState> {
        self.source.as_ref()?.downcast_ref::<tokio_postgres::Error>()?.code()
    }

    /// 1 where consent is missing, 2 for everything else.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            ErrorKind::Refused => 1,
            _ => 2,
        }
    }
}

/// Statements that the client prepares are named `s0`, `s1`, …: only a pooler makes two clients meet in one session, or
/// takes a session away.
fn pooled(said: &DbError) -> Option<String> {
    let named = said.message().split('"').nth(1).and_then(|name| name.strip_prefix('s'));
    let ours = named.is_some_and(|number| number.parse::<u64>().is_ok());
    let complaints = [SqlState::DUPLICATE_PSTATEMENT, SqlState::INVALID_SQL_STATEMENT_NAME];
    let meets = ours && complaints.contains(said.code());
    let refused = *said.code() == SqlState::PROTOCOL_VIOLATION;
    (meets || refused).then(|| {
        "a pooler, such as PgBouncer in transaction mode, seems to stand before the server: connect to PostgreSQL itself, \
         or to a pool with `pool_mode = session`"
            .to_owned()
    })
}

impl fmt::Display for Error {
    /// The whole report: message, the marked line of the user's file, the hint.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        if let Some(at) = &self.at {
            let gutter = " ".repeat(at.line.to_string().len());
            let indent: String =
                at.text.chars().take(at.column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
            write!(f, "\n{gutter}--> {}:{}:{}", at.file.display(), at.line, at.column)?;
            write!(f, "\n{gutter} |\n{} | {}", at.line, at.text)?;
            write!(f, "\n{gutter} | {indent}{}", "^".repeat(at.width))?;
        }
        if let Some(hint) = &self.hint {
            for line in hint.lines() {
                write!(f, "\nhint: {line}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
