//! What the server objects to in one statement, told at its place in the user's file.

use tokio_postgres::Client;
use tokio_postgres::error::{DbError, ErrorPosition, SqlState};

use super::suggest;
use crate::error::{Error, Position};
use crate::source::words::Words;
use crate::source::{Source, Statement};

/// A statement that the server would not execute.
pub(super) struct Failure<'a> {
    pub(super) statement: &'a Statement,
    pub(super) error: Error,
}

impl Failure<'_> {
    /// Whether it is a `CREATE TYPE name` whose type is there: a function that mentions a type makes its shell, and
    /// may have been run before.
    pub(super) fn is_shell_that_exists(&self) -> bool {
        let exists = self.said().is_some_and(|said| *said.code() == SqlState::DUPLICATE_OBJECT);
        exists
            && self.statement.kind == "CREATE TYPE"
            && !self.statement.text().contains(['(', '\n'])
            && !self.statement.text().to_ascii_uppercase().contains(" AS ")
    }

    /// Whether the statement may go through once others have been executed. Beside unknown names: a key that a
    /// foreign key needs, a primary key that GROUP BY relies on, a cast, a label of an enum, a parent's shape,
    /// an attached partition, a type whose body comes later.
    pub(super) fn lacks_something(&self) -> bool {
        let wants = [
            SqlState::UNDEFINED_TABLE,
            SqlState::UNDEFINED_COLUMN,
            SqlState::UNDEFINED_FUNCTION,
            SqlState::UNDEFINED_OBJECT,
            SqlState::INVALID_SCHEMA_NAME,
            SqlState::INVALID_FOREIGN_KEY,
            SqlState::GROUPING_ERROR,
            SqlState::CANNOT_COERCE,
            SqlState::DATATYPE_MISMATCH,
            SqlState::INVALID_TEXT_REPRESENTATION,
            SqlState::INVALID_COLUMN_REFERENCE,
            SqlState::INVALID_TABLE_DEFINITION,
            SqlState::WRONG_OBJECT_TYPE,
            SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE,
            SqlState::INVALID_FUNCTION_DEFINITION,
        ];
        self.error.sqlstate().is_some_and(|code| wants.contains(code))
    }

    fn said(&self) -> Option<&DbError> {
        self.error.source.as_ref()?.downcast_ref::<tokio_postgres::Error>()?.as_db_error()
    }

    /// The server counts characters from the start of the statement; where it names no place, the name that it
    /// quotes is looked for.
    fn place(&self) -> Position {
        let text = self.statement.text();
        let offset = match self.said().and_then(DbError::position) {
            Some(ErrorPosition::Original(position)) => {
                let before = (*position as usize).saturating_sub(1);
                text.char_indices().nth(before).map_or(text.len(), |(offset, _)| offset)
            }
            _ => self.missing().and_then(|name| self.find(&name)).unwrap_or(0),
        };
        self.statement.position(offset)
    }

    fn find(&self, name: &str) -> Option<usize> {
        let last = name.rsplit('.').next()?;
        let words = Words::new(self.statement.text());
        let at = (0..words.count()).find(|at| words.name(*at).is_some_and(|found| found == last))?;
        words.token(at).map(|token| token.start)
    }

    /// Whether what the server points to looks like the first word of the next statement.
    fn begins_a_statement(&self) -> bool {
        let place = self.place();
        let (before, from) = place.text.split_at(
            place.text.char_indices().nth(place.column - 1).map_or(place.text.len(), |(offset, _)| offset),
        );
        let begins = ["create", "alter", "comment", "grant", "insert", "drop", "revoke", "set"];
        before.trim().is_empty() && Words::new(from).is_any(0, &begins)
    }

    fn missing(&self) -> Option<String> {
        suggest::missing(self.said()?.message())
    }
}

/// The error for statements that failed: of several, the first one that does not merely wait for another.
pub(super) async fn report(client: &Client, source: &Source, failures: Vec<Failure<'_>>) -> Error {
    let waits = |failure: &Failure<'_>| {
        let missing = failure.missing();
        let last = missing.as_deref().and_then(|name| name.rsplit('.').next());
        failures.iter().any(|other| {
            !std::ptr::eq(other.statement, failure.statement)
                && other.statement.defines().and_then(|name| name.last()).map(String::as_str) == last
                && last.is_some()
        })
    };
    let chosen = failures.iter().position(|failure| !waits(failure)).unwrap_or(0);
    let mut failures = failures;
    let failure = failures.swap_remove(chosen);
    let place = failure.place();
    let hint = hint(client, source, &failure).await;
    let mut error = failure.error.at(place);
    error.hint = hint.or(error.hint);
    error
}

async fn hint(client: &Client, source: &Source, failure: &Failure<'_>) -> Option<String> {
    let said = failure.said()?;
    let exists = [SqlState::DUPLICATE_TABLE, SqlState::DUPLICATE_OBJECT, SqlState::DUPLICATE_FUNCTION];
    if *said.code() == SqlState::SYNTAX_ERROR && said.message().ends_with("near \":\"") {
        return Some("variables of psql are not substituted; write the value itself".into());
    }
    if *said.code() == SqlState::SYNTAX_ERROR && failure.begins_a_statement() {
        return Some("is the `;` missing that ends the statement before it?".into());
    }
    if failure.statement.kind.starts_with("DROP ") {
        return Some(
            "schema files say what shall be: leave out what is not to be, in place of dropping it".into(),
        );
    }
    if exists.contains(said.code()) {
        let statement = failure.statement;
        let twin = source.statements.iter().find(|other| {
            !std::ptr::eq(*other, statement)
                && other.defines() == statement.defines()
                && other.kind == statement.kind
        })?;
        return Some(format!("it is also created at {}:{}", twin.file.path.display(), twin.line()));
    }
    if !failure.lacks_something() {
        return None;
    }
    suggest::similar(client, said).await.map(|name| format!("did you mean {name}?"))
}
