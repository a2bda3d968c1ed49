//! Where statements, psql's meta-commands and COPY data begin and end in a text.

use std::ops::Range;

/// What a piece of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// A statement, without its semicolon.
    Sql,
    /// A line that only psql understands.
    Meta,
    /// The rows that follow `COPY … FROM stdin`.
    CopyData,
}

/// One piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub kind: PieceKind,
    /// Bytes, without the comments around it.
    pub range: Range<usize>,
    /// Whether a quote, a parenthesis or a body was still open at the end of the text.
    pub unterminated: bool,
}

use super::token::{TokenKind, token};

/// Cuts a text into its pieces, by psql's rules.
///
/// Stands in for the scanner of schema files; that one's cut replaces this body.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut cut = Cut::default();
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with('\\') {
            let end = line_end(text, at);
            cut.pieces.push(Piece { kind: PieceKind::Meta, range: at..end, unterminated: false });
            at = end;
            continue;
        }
        let token = token(text, at);
        if token.kind == TokenKind::Blank {
            cut.open |= token.open;
            at = token.end;
            continue;
        }
        if &text[at..token.end] == ";" && cut.depth == 0 && cut.bodies == 0 {
            at = token.end;
            if cut.finish(false) {
                let end = copy_end(text, line_end(text, at));
                cut.pieces.push(Piece { kind: PieceKind::CopyData, range: at..end, unterminated: false });
                at = end;
            }
            continue;
        }
        cut.open |= token.open;
        cut.start.get_or_insert(at);
        cut.end = token.end;
        cut.follow(&text[at..token.end]);
        at = token.end;
    }
    let unterminated = cut.open || cut.depth > 0 || cut.bodies > 0;
    cut.finish(unterminated);
    cut.pieces
}

/// What is known of the statement that is being cut.
#[derive(Default)]
struct Cut {
    pieces: Vec<Piece>,
    start: Option<usize>,
    end: usize,
    depth: usize,
    /// BEGIN ATOMIC and CASE that are not ended.
    bodies: usize,
    words: Vec<String>,
    open: bool,
}

impl Cut {
    /// Follows parentheses, and in CREATE FUNCTION and PROCEDURE the bodies that no quote encloses.
    fn follow(&mut self, token: &str) {
        match token {
            "(" => self.depth += 1,
            ")" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let word = token.to_ascii_lowercase();
        let first: Vec<&str> = self.words.iter().take(4).map(String::as_str).collect();
        let routine = matches!(
            first[..],
            ["create", "function" | "procedure", ..] | ["create", "or", "replace", "function" | "procedure"]
        );
        match word.as_str() {
            "begin" if routine && self.depth == 0 => self.bodies += 1,
            "case" if self.bodies > 0 => self.bodies += 1,
            "end" => self.bodies = self.bodies.saturating_sub(1),
            _ => {}
        }
        // Enough to see the kind of a routine, and FROM stdin behind the columns of COPY.
        let copy = self.words.first().is_some_and(|first| first == "copy");
        if self.words.len() < 4 || copy {
            self.words.push(word);
        }
    }

    /// Ends the statement; whether rows follow it.
    fn finish(&mut self, unterminated: bool) -> bool {
        let rows = self.words.first().is_some_and(|first| first == "copy")
            && self.words.windows(2).any(|pair| pair[0] == "from" && pair[1] == "stdin");
        if let Some(start) = self.start.take() {
            self.pieces.push(Piece { kind: PieceKind::Sql, range: start..self.end, unterminated });
        }
        (self.depth, self.bodies, self.open) = (0, 0, false);
        self.words.clear();
        rows
    }
}

/// The byte behind the line that `at` is in, without its line end.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

/// The byte behind the `\.` that ends the rows, or the end of the text.
fn copy_end(text: &str, at: usize) -> usize {
    let mut end = at;
    for line in text[at..].split_inclusive('\n') {
        end += line.len();
        if line.trim_end() == "\\." {
            break;
        }
    }
    end
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{PieceKind, pieces};

    fn cut(text: &str) -> Vec<(PieceKind, &str)> {
        pieces(text).into_iter().map(|piece| (piece.kind, &text[piece.range])).collect()
    }

    #[test]
    fn statements_end_at_their_semicolon() {
        let body = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END";
        let text =
            format!("-- one; two\nSELECT ';', \"a;\", e'\\';', $x$;$x$ /* ; */;\n{body};\\restrict abc\n;");
        assert_eq!(
            cut(&text),
            [
                (PieceKind::Sql, "SELECT ';', \"a;\", e'\\';', $x$;$x$"),
                (PieceKind::Sql, body),
                (PieceKind::Meta, "\\restrict abc"),
            ]
        );
    }

    #[test]
    fn rows_follow_copy() {
        let text = "COPY t (a, b) FROM stdin;\n1\t;\n\\.\nSELECT 1";
        assert_eq!(
            cut(text),
            [
                (PieceKind::Sql, "COPY t (a, b) FROM stdin"),
                (PieceKind::CopyData, "\n1\t;\n\\.\n"),
                (PieceKind::Sql, "SELECT 1"),
            ]
        );
    }

    #[test]
    fn what_is_not_ended_is_said() {
        assert!(pieces("SELECT 'a").last().unwrap().unterminated);
        assert!(pieces("SELECT (1").last().unwrap().unterminated);
        assert!(!pieces("SELECT 1").last().unwrap().unterminated);
    }
}
