//! Cuts bytes into tokens by psql's lexical rules (`psqlscan.l` of PostgreSQL), so that everything that has to look
//! into a statement sees the same words. It never fails: what is not closed says so, what is not known is a symbol.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A keyword or an unquoted name.
    Word,
    /// `"name"` or `U&"name"`.
    Quoted,
    /// `'text'` with or without a prefix, together with its continuations on the next lines.
    Text,
    /// `$tag$text$tag$`.
    Dollar,
    /// A number, or a parameter such as `$1`.
    Number,
    /// One byte of an operator or of punctuation; also `\;` and `\:`, which are two.
    Symbol,
    /// `-- comment`, without the end of its line.
    LineComment,
    /// `/* comment */`, nested.
    BlockComment,
    /// A meta-command: from a backslash to the end of the line.
    Meta,
}

/// One token, as a range of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether its closing mark was found.
    pub closed: bool,
}

/// The tokens of some bytes, comments included, white space not.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Token {
    /// Whether it is a comment of either sort.
    pub fn is_comment(&self) -> bool {
        matches!(self.kind, TokenKind::LineComment | TokenKind::BlockComment)
    }
}

impl<'a> Tokens<'a> {
    /// The tokens of `bytes` from the byte `at` on.
    pub fn new(bytes: &'a [u8], at: usize) -> Tokens<'a> {
        Tokens { bytes, at }
    }

    /// Goes on reading at the byte `at`.
    pub fn jump(&mut self, at: usize) {
        self.at = at;
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&wanted) {
            self.at += 1;
        }
    }

    fn block_comment(&mut self) -> bool {
        let mut depth = 0_usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(b'/'), Some(b'*')) => {
                    depth += 1;
                    self.at += 2;
                }
                (Some(b'*'), Some(b'/')) => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return true;
                    }
                }
                (Some(_), _) => self.at += 1,
                (None, _) => return false,
            }
        }
    }

    /// From the opening mark to one past the closing one; a doubled mark stands for itself.
    fn quoted(&mut self, mark: u8, escapes: bool) -> bool {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            if byte == b'\\' && escapes {
                self.at = (self.at + 1).min(self.bytes.len());
            } else if byte == mark {
                if self.peek(0) != Some(mark) {
                    return true;
                }
                self.at += 1;
            }
        }
        false
    }

    fn text(&mut self, escapes: bool) -> bool {
        while self.quoted(b'\'', escapes) {
            match self.continuation() {
                Some(next) => self.at = next,
                None => return true,
            }
        }
        false
    }

    /// SQL joins two strings that only a line break (and comments behind it) separates; the second one keeps the
    /// rules of the first, which matters for `E''`.
    fn continuation(&self) -> Option<usize> {
        let mut at = self.at;
        let mut broken = false;
        loop {
            match self.bytes.get(at)? {
                b'\n' | b'\r' => {
                    broken = true;
                    at += 1;
                }
                b' ' | b'\t' | 0x0b | 0x0c => at += 1,
                b'-' if broken && self.bytes.get(at + 1) == Some(&b'-') => {
                    at += self.bytes[at..].iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
                }
                b'\'' if broken => return Some(at),
                _ => return None,
            }
        }
    }

    fn dollar(&mut self) -> (TokenKind, bool) {
        let start = self.at;
        self.at += 1;
        if self.peek(0).is_some_and(starts_word) {
            self.skip_while(|byte| starts_word(byte) || byte.is_ascii_digit());
        }
        if self.peek(0) == Some(b'$') {
            self.at += 1;
            let tag = &self.bytes[start..self.at];
            while let Some(ahead) = self.bytes[self.at..].iter().position(|byte| *byte == b'$') {
                self.at += ahead;
                if self.bytes[self.at..].starts_with(tag) {
                    self.at += tag.len();
                    return (TokenKind::Dollar, true);
                }
                self.at += 1;
            }
            self.at = self.bytes.len();
            return (TokenKind::Dollar, false);
        }
        self.at = start + 1;
        self.skip_while(|byte| byte.is_ascii_digit());
        let kind = if self.at > start + 1 { TokenKind::Number } else { TokenKind::Symbol };
        (kind, true)
    }

    fn word(&mut self) -> (TokenKind, bool) {
        match (self.peek(0), self.peek(1), self.peek(2)) {
            (Some(b'e' | b'E'), Some(b'\''), _) => {
                self.at += 1;
                (TokenKind::Text, self.text(true))
            }
            (Some(b'b' | b'B' | b'x' | b'X' | b'n' | b'N'), Some(b'\''), _) => {
                self.at += 1;
                (TokenKind::Text, self.text(false))
            }
            (Some(b'u' | b'U'), Some(b'&'), Some(b'\'')) => {
                self.at += 2;
                (TokenKind::Text, self.text(false))
            }
            (Some(b'u' | b'U'), Some(b'&'), Some(b'"')) => {
                self.at += 2;
                (TokenKind::Quoted, self.quoted(b'"', false))
            }
            _ => {
                self.skip_while(continues_word);
                (TokenKind::Word, true)
            }
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c));
        let start = self.at;
        let (kind, closed) = match (self.peek(0)?, self.peek(1)) {
            (b'-', Some(b'-')) => {
                self.skip_while(|byte| !matches!(byte, b'\n' | b'\r'));
                (TokenKind::LineComment, true)
            }
            (b'/', Some(b'*')) => (TokenKind::BlockComment, self.block_comment()),
            (b'\\', Some(b';' | b':')) => {
                self.at += 2;
                (TokenKind::Symbol, true)
            }
            (b'\\', _) => {
                self.skip_while(|byte| byte != b'\n');
                (TokenKind::Meta, true)
            }
            (b'\'', _) => (TokenKind::Text, self.text(false)),
            (b'"', _) => (TokenKind::Quoted, self.quoted(b'"', false)),
            (b'$', _) => self.dollar(),
            (byte, _) if starts_word(byte) => self.word(),
            (byte, _) if byte.is_ascii_digit() => {
                self.skip_while(|byte| continues_word(byte) || byte == b'.');
                (TokenKind::Number, true)
            }
            _ => {
                self.at += 1;
                (TokenKind::Symbol, true)
            }
        };
        Some(Token { kind, start, end: self.at, closed })
    }
}

fn starts_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn continues_word(byte: u8) -> bool {
    starts_word(byte) || byte.is_ascii_digit() || byte == b'$'
}
