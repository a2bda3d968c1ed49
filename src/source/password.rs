//! Passwords of roles in schema files: nobody reads them. They are blotted out before anything else looks at the file, so
//! that no message shows one, and left out of what is run.

use std::ops::Range;

use super::file::File;
use super::reading;
use super::role;
use super::scan::Piece;
use super::token::TokenKind;
use super::words::Words;

/// The same file with every password of a role blotted out, byte for byte; None where there is none.
pub fn blotted(file: &File, pieces: &[Piece]) -> Option<File> {
    let secrets: Vec<Range<usize>> = pieces.iter().filter_map(|piece| secret(file, piece)).collect();
    if secrets.is_empty() {
        return None;
    }
    let mut text = file.text.clone();
    for secret in secrets {
        let blot = "*".repeat(secret.len().saturating_sub(2));
        text.replace_range(secret, &format!("'{blot}'"));
    }
    Some(File::new(file.path.clone(), text))
}

/// Whether a statement says a password of a role.
pub fn is_stated(statement: &str) -> bool {
    literal(statement).is_some()
}

/// Where the file says a password in this piece.
fn secret(file: &File, piece: &Piece) -> Option<Range<usize>> {
    let within = literal(&file.text[piece.range.clone()])?;
    Some(piece.range.start + within.start..piece.range.start + within.end)
}

/// Where a statement says a password.
fn literal(statement: &str) -> Option<Range<usize>> {
    let token = Words::new(statement).token(place(statement)? + 1)?;
    matches!(token.kind, TokenKind::Text | TokenKind::Dollar).then_some(token.start..token.end)
}

/// The statement with blanks for what it says of a password, if it says anything: all else stays where it is.
pub fn without(statement: &str) -> Option<String> {
    let at = place(statement)?;
    let words = Words::new(statement);
    let encrypted = words.is_any(at - 1, &["encrypted", "unencrypted"]);
    let (first, last) = (words.token(at - usize::from(encrypted))?, words.token(at + 1)?);
    let blank = " ".repeat(last.end - first.start);
    Some(format!("{}{blank}{}", &statement[..first.start], &statement[last.end..]))
}

/// Where PASSWORD stands in a statement that makes or changes a role.
fn place(statement: &str) -> Option<usize> {
    const WORD: &[u8] = b"password";
    if !statement.as_bytes().windows(WORD.len()).any(|some| some.eq_ignore_ascii_case(WORD)) {
        return None;
    }
    let words = Words::new(statement);
    if !role::states_attributes(&reading::read(&words).kind) {
        return None;
    }
    // A role may be called so.
    (3..words.count()).find(|at| words.is(*at, "password"))
}
