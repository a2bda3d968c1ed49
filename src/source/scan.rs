//! Finds where statements, meta-commands and COPY data begin and end, by psql's rules (`psqlscan.l`, `mainloop.c`
//! of PostgreSQL). Schema files and migration files are both cut here. It takes any bytes and never fails.

use std::ops::Range;

use super::token::{Token, TokenKind, Tokens};

/// What a piece of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// A statement, without its semicolon and without the comments around it.
    Sql,
    /// A meta-command of psql, to the end of its line.
    Meta,
    /// The rows below `COPY … FROM stdin;`, with the line `\.`.
    CopyData,
}

/// A part of a file. Between two pieces there is only white space, comments, semicolons and the rest of a COPY line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its bytes.
    pub range: Range<usize>,
}

/// Something that was opened and not closed before the end of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unterminated {
    /// What it is, for a message: `quoted string`, `comment`, `parenthesis` …
    pub what: &'static str,
    /// The byte at which it begins.
    pub offset: usize,
}

/// A whole file, cut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// In the order of the file; they never overlap.
    pub pieces: Vec<Piece>,
    /// All comments, between statements and inside them, in the order of the file.
    pub comments: Vec<Range<usize>>,
    /// What the end of the file interrupted; the last statement then reaches to the end.
    pub unterminated: Option<Unterminated>,
}

/// The statement that is being read.
#[derive(Default)]
struct Open {
    range: Option<Range<usize>>,
    parentheses: Vec<usize>,
    blocks: Vec<usize>,
    words: usize,
    leading: [u8; 4],
    copies: bool,
    after_from: bool,
    from_stdin: bool,
}

/// Cuts `bytes` into pieces.
pub fn scan(bytes: &[u8]) -> Scan {
    let mut scan = Scan::default();
    let mut open = Open::default();
    let mut tokens = Tokens::new(bytes, 0);
    while let Some(token) = tokens.next() {
        if !token.closed {
            scan.unterminated = Some(Unterminated { what: name_of(token.kind), offset: token.start });
        }
        if token.is_comment() {
            scan.comments.push(token.start..token.end);
        } else if token.kind == TokenKind::Meta
            && (open.range.is_none() || sends(&bytes[token.start..token.end]))
        {
            scan.finish(&mut open);
            scan.pieces.push(Piece { kind: PieceKind::Meta, range: token.start..token.end });
        } else if separates(&bytes[token.start..token.end], &open) {
            let reads_rows = open.copies && open.from_stdin;
            scan.finish(&mut open);
            if reads_rows {
                let range = copy_data(bytes, token.end);
                tokens.jump(range.end);
                scan.pieces.push(Piece { kind: PieceKind::CopyData, range });
            }
        } else {
            open.add(&token, bytes);
        }
    }
    let blocks = open.blocks.first().map(|at| Unterminated { what: "`BEGIN` block", offset: *at });
    let parentheses = open.parentheses.first().map(|at| Unterminated { what: "parenthesis", offset: *at });
    scan.unterminated = scan.unterminated.or(parentheses).or(blocks);
    scan.finish(&mut open);
    scan
}

impl Scan {
    fn finish(&mut self, open: &mut Open) {
        if let Some(range) = std::mem::take(open).range {
            self.pieces.push(Piece { kind: PieceKind::Sql, range });
        }
    }
}

impl Open {
    fn add(&mut self, token: &Token, bytes: &[u8]) {
        let starts = self.range.is_none();
        self.range.get_or_insert(token.start..token.end).end = token.end;
        let text = &bytes[token.start..token.end];
        match (token.kind, text) {
            (TokenKind::Symbol, b"(") => self.parentheses.push(token.start),
            (TokenKind::Symbol, b")") => {
                self.parentheses.pop();
            }
            (TokenKind::Word, _) => {
                self.copies |= starts && text.eq_ignore_ascii_case(b"copy");
                self.from_stdin |= self.after_from && text.eq_ignore_ascii_case(b"stdin");
                self.after_from = text.eq_ignore_ascii_case(b"from");
                self.nest(text, token.start);
            }
            _ => self.after_from = false,
        }
    }

    /// Semicolons inside the unquoted body of a routine do not end the statement: psql counts `BEGIN` and `CASE`
    /// against `END`, and only if the statement begins with `CREATE [OR REPLACE] FUNCTION | PROCEDURE`.
    fn nest(&mut self, word: &[u8], at: usize) {
        if let Some(place) = self.leading.get_mut(self.words) {
            let marks = ["create", "function", "procedure", "or", "replace"];
            *place = match marks.iter().any(|mark| word.eq_ignore_ascii_case(mark.as_bytes())) {
                true => word[0].to_ascii_lowercase(),
                false => 0,
            };
        }
        self.words += 1;
        let routine = matches!(self.leading, [b'c', b'f' | b'p', ..] | [b'c', b'o', b'r', b'f' | b'p']);
        if routine && self.parentheses.is_empty() {
            let inside = !self.blocks.is_empty();
            if word.eq_ignore_ascii_case(b"begin") || (inside && word.eq_ignore_ascii_case(b"case")) {
                self.blocks.push(at);
            } else if word.eq_ignore_ascii_case(b"end") {
                self.blocks.pop();
            }
        }
    }
}

fn separates(token: &[u8], open: &Open) -> bool {
    matches!(token, b";" | b"\\;") && open.parentheses.is_empty() && open.blocks.is_empty()
}

/// `\g` and its relatives send what has been typed so far.
fn sends(command: &[u8]) -> bool {
    command.starts_with(b"\\g") || command.starts_with(b"\\crosstabview")
}

/// From the line after `at` to the end of the line `\.`, or to the end of the file.
fn copy_data(bytes: &[u8], at: usize) -> Range<usize> {
    let line_end = |from: usize| {
        bytes[from..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |ahead| from + ahead + 1)
    };
    let start = line_end(at);
    let mut end = start;
    while end < bytes.len() {
        let next = line_end(end);
        let line = bytes[end..next].trim_ascii_end();
        end = next;
        if line == b"\\." {
            break;
        }
    }
    start..end
}

fn name_of(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Quoted => "quoted name",
        TokenKind::Dollar => "dollar-quoted string",
        TokenKind::BlockComment => "comment",
        _ => "quoted string",
    }
}
