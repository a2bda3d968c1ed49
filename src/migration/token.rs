//! The tokens of SQL, as far as knowing what is quoted and what is a comment needs them; the rules are psql's
//! (`psqlscan.l` in PostgreSQL's source).

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// White space or a comment.
    Blank,
    /// A keyword or an unquoted name.
    Word,
    /// A string, a quoted name or a dollar-quoted body.
    Quoted,
    /// A number, a parameter or one character of punctuation.
    Other,
}

/// One token, from where it was looked for to `end`.
pub(crate) struct Token {
    pub kind: TokenKind,
    /// The byte behind it.
    pub end: usize,
}

/// The token that begins at the byte `at`, which must lie inside `text`.
pub(crate) fn token(text: &str, at: usize) -> Token {
    let bytes = text.as_bytes();
    let next = bytes.get(at + 1).copied();
    let (kind, end) = match bytes[at] {
        byte if byte.is_ascii_whitespace() || byte == 0x0b => (TokenKind::Blank, Some(at + 1)),
        b'-' if next == Some(b'-') => {
            (TokenKind::Blank, Some(text[at..].find('\n').map_or(text.len(), |line| at + line)))
        }
        b'/' if next == Some(b'*') => (TokenKind::Blank, block_comment(bytes, at)),
        quote @ (b'\'' | b'"') => (TokenKind::Quoted, quoted(bytes, at, quote, false)),
        b'e' | b'E' if next == Some(b'\'') => (TokenKind::Quoted, quoted(bytes, at + 1, b'\'', true)),
        b'$' => dollar(text, at),
        byte if begins_name(byte) => (TokenKind::Word, Some(run(bytes, at, continues_name))),
        byte if byte.is_ascii_digit() => {
            (TokenKind::Other, Some(run(bytes, at, |byte| continues_name(byte) || byte == b'.')))
        }
        _ => (TokenKind::Other, Some(at + 1)),
    };
    Token { kind, end: end.unwrap_or(text.len()) }
}

fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn continues_name(byte: u8) -> bool {
    begins_name(byte) || byte.is_ascii_digit() || byte == b'$'
}

fn run(bytes: &[u8], at: usize, continues: impl Fn(u8) -> bool) -> usize {
    at + bytes[at..].iter().take_while(|byte| continues(**byte)).count()
}

/// The end of the quoted text whose opening quote is at `at`.
fn quoted(bytes: &[u8], at: usize, quote: u8, escapes: bool) -> Option<usize> {
    let mut at = at + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if escapes => at += 2,
            byte if byte == quote && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

/// The end of a comment; they nest.
fn block_comment(bytes: &[u8], at: usize) -> Option<usize> {
    let (mut at, mut depth) = (at + 2, 1);
    while depth > 0 {
        match bytes.get(at..at + 2)? {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    Some(at)
}

/// A dollar-quoted body, or a parameter such as `$1`.
fn dollar(text: &str, at: usize) -> (TokenKind, Option<usize>) {
    let bytes = text.as_bytes();
    let named = bytes.get(at + 1).is_some_and(|byte| begins_name(*byte));
    let close = if named { run(bytes, at + 1, |b| begins_name(b) || b.is_ascii_digit()) } else { at + 1 };
    if bytes.get(close) != Some(&b'$') {
        return (TokenKind::Other, Some(run(bytes, at + 1, |byte| byte.is_ascii_digit())));
    }
    let tag = &text[at..=close];
    let body = close + 1;
    (TokenKind::Quoted, text[body..].find(tag).map(|length| body + length + tag.len()))
}
