//! Cuts a migration into pieces, by the scanner that cuts schema files too.

use std::ops::Range;

pub(super) use crate::source::scan::PieceKind;
use crate::source::scan::scan;

/// One piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub kind: PieceKind,
    /// Bytes, without the comments around it.
    pub range: Range<usize>,
    /// Whether a quote, a parenthesis or a body was still open at the end of the text.
    pub unterminated: bool,
}

/// Cuts a text into its pieces, by psql's rules.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let scan = scan(text.as_bytes());
    let cut = scan.pieces.into_iter().map(|piece| Piece {
        kind: piece.kind,
        range: piece.range,
        unterminated: false,
    });
    let mut cut: Vec<Piece> = cut.collect();
    if scan.unterminated.is_some()
        && let Some(last) = cut.last_mut()
    {
        last.unterminated = true;
    }
    cut
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
                (PieceKind::CopyData, "1\t;\n\\.\n"),
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
