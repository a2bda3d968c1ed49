//! The scanner takes any bytes: it never panics, and pieces and gaps give the file back byte for byte.

use std::path::PathBuf;

use proptest::prelude::*;
use schemadiff::source::Source;
use schemadiff::source::scan::{PieceKind, Scan, scan};

/// What means something to the scanner, alone or beside other things.
const FRAGMENTS: &[&str] = &[
    "a",
    "1",
    "e",
    "U&",
    " ",
    "\n",
    "\r",
    "\t",
    ";",
    "'",
    "\"",
    "$",
    "$$",
    "$x$",
    "\\",
    "\\;",
    "\\.\n",
    "\\gset",
    "\\restrict k\n",
    "--",
    "/*",
    "*/",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    "::",
    "begin ",
    "atomic ",
    "end",
    "case ",
    "create ",
    "function ",
    "procedure ",
    "rule ",
    "do ",
    "copy t ",
    "from ",
    "stdin",
    "with (",
    "select ",
    "-- schemadiff: ",
    "renamed from x\n",
    "drop x\n",
    "ß",
    "\u{feff}",
    "\0",
];

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let fragment = prop_oneof![
        20 => prop::sample::select(FRAGMENTS).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(fragment, 0..40).prop_map(|fragments| fragments.concat())
}

/// The bytes that belong to no piece, in order with those that do.
fn given_back(bytes: &[u8], scan: &Scan) -> Vec<u8> {
    let mut back = Vec::new();
    let mut end = 0;
    for piece in &scan.pieces {
        back.extend_from_slice(&bytes[end..piece.range.start]);
        back.extend_from_slice(&bytes[piece.range.clone()]);
        end = piece.range.end;
    }
    back.extend_from_slice(&bytes[end..]);
    back
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_given_back(bytes in bytes()) {
        let scan = scan(&bytes);
        for comment in &scan.comments {
            prop_assert!(bytes[comment.start..].starts_with(b"--") || bytes[comment.start..].starts_with(b"/*"));
        }
        prop_assert_eq!(given_back(&bytes, &scan), bytes);
    }

    /// What is in a gap means nothing: only white space, semicolons, comments and the end of a line that COPY is on.
    #[test]
    fn nothing_is_lost_between_pieces(bytes in bytes()) {
        let scan = scan(&bytes);
        let plain = scan.pieces.iter().all(|piece| piece.kind == PieceKind::Sql);
        if !plain || scan.unterminated.is_some() {
            return Ok(());
        }
        let mut gaps = bytes.clone();
        for range in scan.pieces.iter().map(|piece| &piece.range).chain(&scan.comments) {
            gaps[range.clone()].fill(b' ');
        }
        prop_assert!(gaps.iter().all(|byte| b" \t\r\n\x0b\x0c;\\".contains(byte)), "{gaps:?}");
    }

    /// A statement that was cut out is one statement.
    #[test]
    fn pieces_are_whole(bytes in bytes()) {
        let whole = scan(&bytes);
        if whole.unterminated.is_some() {
            return Ok(());
        }
        for piece in whole.pieces.iter().filter(|piece| piece.kind == PieceKind::Sql) {
            let text = &bytes[piece.range.clone()];
            let again = scan(text);
            prop_assert_eq!(again.pieces.len(), 1, "{:?}", String::from_utf8_lossy(text));
            prop_assert_eq!(&again.pieces[0].range, &(0..text.len()));
        }
    }

    #[test]
    fn files_are_read_or_refused(bytes in bytes()) {
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = Source::from_texts([(PathBuf::from("a.sql"), text)]);
        }
    }
}
