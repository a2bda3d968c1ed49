//! Comments that speak to schemadiff: `-- schemadiff: renamed from old_name`. They say what SQL has no words for,
//! beside the statement or the line that they are about.

use std::borrow::Cow;
use std::ops::Range;

use super::scan::Piece;
use super::token::{Token, TokenKind};
use super::words::Words;
use crate::error::{Error, ErrorKind, Position, Result};
use crate::migration::Version;

/// The words that annotations of schema files begin with. What is dropped is no longer there, so `drop` belongs to
/// no statement.
pub const KNOWN: [&str; 3] = [RENAMED, DROP, ALLOW];

/// What `lint` is not to find; migrations may say it, too.
pub const ALLOW: &str = "allow";

const RENAMED: &str = "renamed from";
const DROP: &str = "drop";

/// What one comment tells schemadiff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// What follows the colon: `renamed from old_name`, `drop public.old_table`.
    pub words: String,
    /// Where the words stand.
    pub position: Position,
    /// What it is about.
    pub target: Target,
}

/// What an annotation is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Nothing in the file: it names its object itself.
    Itself,
    /// The object that the statement creates.
    Statement,
    /// A column, constraint or label inside the statement.
    Element {
        /// The byte of the file at which the element begins.
        offset: usize,
        /// Its name as the server would store it: the first name on the line, or the label's text.
        name: Vec<String>,
    },
}

impl Annotation {
    /// The old name, if this is a rename.
    pub fn renamed_from(&self) -> Option<&str> {
        self.words.strip_prefix(RENAMED).map(str::trim)
    }

    /// The name of what may be dropped, if this is a consent.
    pub fn drop(&self) -> Option<&str> {
        dropped(&self.words).map(|(name, _)| name).filter(|_| self.drops_role().is_none())
    }

    /// The role that shall be dropped, if this names one: `drop role reader`.
    pub fn drops_role(&self) -> Option<String> {
        role(dropped(&self.words)?.0)
    }
}

/// What may be dropped, and the migration behind which that is said, of `drop name` or `drop name after 0007`.
pub fn dropped(words: &str) -> Option<(&str, Option<Version>)> {
    let text = words.strip_prefix(DROP)?.trim();
    let bounded = text.rsplit_once(" after ").and_then(|(name, number)| {
        let number = number.trim();
        Some((name.trim(), Version::parse(number).filter(|_| !number.is_empty())?))
    });
    Some(bounded.map_or((text, None), |(name, version)| (name, Some(version))))
}

/// The role that is named by `role reader`.
pub fn role(name: &str) -> Option<String> {
    let words = Words::new(name);
    (words.is(0, "role") && words.count() == 2).then(|| words.name(1).map(Cow::into_owned)).flatten()
}

/// The words of a comment that is meant for schemadiff, and the byte of the comment at which they begin.
pub fn words(comment: &str) -> Option<(&str, usize)> {
    let said = comment.strip_prefix("--")?.trim_start().strip_prefix("schemadiff")?;
    let said = said.trim_start().strip_prefix(':')?.trim();
    Some((said, said.as_ptr() as usize - comment.as_ptr() as usize))
}

/// The error about a comment that is meant for schemadiff by the looks of it, and would be passed over: it lacks the colon,
/// or spells the name otherwise.
pub(crate) fn misspelled(
    kind: ErrorKind,
    comment: &str,
    known: &[&str],
    place: impl FnOnce() -> Position,
) -> Option<Error> {
    let (message, meant) = if lacks_colon(comment, known) {
        (
            "this annotation lacks the colon behind `schemadiff`",
            comment.trim_end().replacen("schemadiff", "schemadiff:", 1),
        )
    } else {
        ("this annotation is passed over as it is spelled", otherwise_spelled(comment, known)?)
    };
    Some(Error::new(kind, message).at(place()).hint(format!("write `{meant}`")))
}

/// Whether a comment begins like one that is meant for schemadiff, with one of the words `known`, and lacks the colon.
fn lacks_colon(comment: &str, known: &[&str]) -> bool {
    let said = comment.strip_prefix("--").and_then(|rest| rest.trim_start().strip_prefix("schemadiff"));
    let said = said.filter(|rest| rest.starts_with(char::is_whitespace)).map(str::trim);
    let is = |said: &str, word: &str| {
        let rest = said.strip_prefix(word).filter(|rest| rest.is_empty() || rest.starts_with(' '));
        // Prose about schemadiff goes on.
        rest.is_some_and(|rest| rest.split_whitespace().count() <= 1)
    };
    said.is_some_and(|said| known.iter().any(|word| is(said, word)))
}

/// How a comment such as `-- Schemadiff: No-Transaction` or `-- schemadif: batch` would be heard.
fn otherwise_spelled(comment: &str, known: &[&str]) -> Option<String> {
    let (name, said) = comment.strip_prefix("--")?.split_once(':')?;
    // What stands in quotes is told about, not said.
    let name = name.trim().to_lowercase().replace(['-', '_', ' '], "");
    let is_name = name.chars().all(char::is_alphanumeric);
    if !is_name
        || words(comment).is_some()
        || strsim::normalized_damerau_levenshtein(&name, "schemadiff") < 0.8
    {
        return None;
    }
    let said: Vec<&str> = said.split_whitespace().collect();
    let meant = |word: &&&str| {
        let begin = said.iter().take(word.split(' ').count()).copied().collect::<Vec<_>>().join(" ");
        strsim::normalized_damerau_levenshtein(&begin.to_lowercase(), word) >= 0.8
    };
    let word = known.iter().find(meant)?;
    let rest = said.iter().skip(word.split(' ').count()).map(|rest| format!(" {rest}")).collect::<String>();
    Some(format!("-- schemadiff: {word}{rest}"))
}

/// The names of rules that an annotation allows to go against, if it does; a reason may stand behind a colon.
pub fn allowed(said: &str) -> Option<impl Iterator<Item = &str>> {
    let names =
        said.strip_prefix(ALLOW).filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))?;
    let names = names.split(':').next().unwrap_or_default();
    Some(names.split(',').map(str::trim))
}

/// Reads the comment at `range`; `pieces` are those of the file. The index is that of the piece it belongs to.
///
/// Errors: unknown words, a missing name, and an annotation that nothing follows.
pub fn read(
    file: &std::path::Path,
    text: &str,
    range: &Range<usize>,
    pieces: &[Piece],
) -> Result<Option<(Annotation, Option<usize>)>> {
    let comment = &text[range.clone()];
    let place = || Position::locate(file, text, range.start);
    if let Some(error) = misspelled(ErrorKind::Source, comment, &KNOWN, place) {
        return Err(error);
    }
    let Some((said, ahead)) = words(comment) else { return Ok(None) };
    let position = Position::locate(file, text, range.start + ahead);
    let at = position.clone();
    let fail = |message: String| Error::new(ErrorKind::Source, message).at(at.clone());
    let Some(known) = KNOWN.iter().find(|known| said == **known || said.starts_with(&format!("{known} ")))
    else {
        return Err(fail(format!("unknown annotation `{said}`")).hint(advice(said, &KNOWN)));
    };
    let mut annotation = Annotation { words: said.to_owned(), position, target: Target::Itself };
    if said[known.len()..].trim().is_empty() {
        return Err(
            fail(format!("`{known}` lacks a name")).hint(format!("write `-- schemadiff: {known} name`"))
        );
    }
    if *known == DROP {
        return Ok(Some((annotation, None)));
    }
    match attach(text, range, pieces) {
        Some((piece, target)) => {
            annotation.target = target;
            Ok(Some((annotation, Some(piece))))
        }
        None => Err(fail(format!("`{said}` is about nothing"))
            .hint("write it on the line before the statement, column, constraint or label, or behind it")),
    }
}

/// Which of the known words may have been meant.
pub fn advice(said: &str, known: &[&str]) -> String {
    let close = known.iter().map(|known| {
        let length = known.split(' ').count();
        let start = said.split_whitespace().take(length).collect::<Vec<_>>().join(" ");
        (strsim::normalized_damerau_levenshtein(&start.replace('-', " "), known), *known)
    });
    match close.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((likeness, word)) if likeness > 0.5 => format!("did you mean `{word}`?"),
        _ => format!(
            "known are {}",
            known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Behind something on its line, the comment is about that; on a line of its own, about what follows.
pub(crate) fn attach(text: &str, comment: &Range<usize>, pieces: &[Piece]) -> Option<(usize, Target)> {
    let line = text[..comment.start].rfind('\n').map_or(0, |newline| newline + 1);
    let trails = text[line..comment.start].contains(|c: char| c.is_alphanumeric() || c == '"');
    let from = if trails { line } else { comment.end };
    let piece = pieces.partition_point(|piece| piece.range.end <= from);
    let range = pieces.get(piece)?.range.clone();
    let words = Words::new(&text[range.clone()]);
    let tokens = (0..words.count()).filter_map(|index| words.token(index).map(|token| (index, token)));
    let (index, token) =
        tokens.map(|(index, token)| (index, Token { start: token.start + range.start, ..token })).find(
            |(index, token)| token.start >= from && !words.is_any(*index, &["(", ")", ",", "add", "column"]),
        )?;
    if trails && token.start >= comment.start {
        return None;
    }
    if index == 0 {
        return Some((piece, Target::Statement));
    }
    Some((piece, Target::Element { offset: token.start, name: element(&words, index) }))
}

fn element(words: &Words<'_>, mut at: usize) -> Vec<String> {
    for phrase in ["constraint", "if not exists"] {
        if words.are(at, phrase) {
            at += phrase.split(' ').count();
        }
    }
    if words.token(at).is_some_and(|token| token.kind == TokenKind::Text) {
        return words.string(at).into_iter().map(|label| label.into_owned()).collect();
    }
    let mut parts = Vec::new();
    words.qualified(at, &mut parts);
    parts.into_iter().map(|part| part.into_owned()).collect()
}
