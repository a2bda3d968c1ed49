//! The tokens of one statement that matter to a reader: no comments, names folded as the server folds them.

use std::borrow::Cow;

use super::token::{Token, TokenKind, Tokens};

/// One statement's tokens, without its comments.
#[derive(Debug)]
pub struct Words<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

impl<'a> Words<'a> {
    /// The words of `text`.
    pub fn new(text: &'a str) -> Words<'a> {
        let tokens = Tokens::new(text.as_bytes(), 0).filter(|token| !token.is_comment()).collect();
        Words { text, tokens }
    }

    /// How many tokens there are.
    pub fn count(&self) -> usize {
        self.tokens.len()
    }

    /// The token at `index`.
    pub fn token(&self, index: usize) -> Option<Token> {
        self.tokens.get(index).copied()
    }

    /// The text of the token at `index`; empty behind the end.
    pub fn raw(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| &self.text[token.start..token.end])
    }

    /// Whether the token at `index` is this keyword or symbol, in any case.
    pub fn is(&self, index: usize, keyword: &str) -> bool {
        self.tokens.get(index).is_some_and(|token| {
            matches!(token.kind, TokenKind::Word | TokenKind::Symbol)
                && self.text[token.start..token.end].eq_ignore_ascii_case(keyword)
        })
    }

    /// Whether the token at `index` is one of these keywords.
    pub fn is_any(&self, index: usize, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.is(index, keyword))
    }

    /// Whether the keywords of `phrase`, separated by blanks, stand at `index`.
    pub fn are(&self, index: usize, phrase: &str) -> bool {
        phrase.split(' ').enumerate().all(|(ahead, keyword)| self.is(index + ahead, keyword))
    }

    /// The first place of a keyword, wherever it stands.
    pub fn find(&self, keyword: &str) -> Option<usize> {
        (0..self.count()).find(|index| self.is(*index, keyword))
    }

    /// The places that no parenthesis encloses.
    pub fn outside_parentheses(&self) -> impl Iterator<Item = usize> + '_ {
        let mut depth = 0_usize;
        (0..self.count()).filter(move |index| {
            if self.is(*index, "(") {
                depth += 1;
            } else if self.is(*index, ")") {
                depth = depth.saturating_sub(1);
            } else {
                return depth == 0;
            }
            false
        })
    }

    /// The name at `index`, as the server would store it.
    pub fn name(&self, index: usize) -> Option<Cow<'a, str>> {
        let token = self.tokens.get(index)?;
        let raw = self.raw(index);
        match token.kind {
            TokenKind::Word if raw.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                Some(Cow::Owned(raw.to_ascii_lowercase()))
            }
            TokenKind::Word => Some(Cow::Borrowed(raw)),
            TokenKind::Quoted => Some(unquote(raw, '"')),
            _ => None,
        }
    }

    /// The content of the plain string at `index`.
    pub fn string(&self, index: usize) -> Option<Cow<'a, str>> {
        let token = self.tokens.get(index)?;
        (token.kind == TokenKind::Text).then(|| unquote(self.raw(index), '\''))
    }

    /// The content of the string at `index`, between quotes or between dollars.
    pub fn text(&self, index: usize) -> Option<Cow<'a, str>> {
        let token = self.tokens.get(index)?;
        if token.kind != TokenKind::Dollar {
            return self.string(index);
        }
        let raw = self.raw(index);
        let tag = raw.get(1..)?.find('$')? + 2;
        raw.get(tag..raw.len().checked_sub(tag)?).map(Cow::Borrowed)
    }

    /// The parts of the dotted name at `index`, put into `parts`; returns the place behind it.
    pub fn qualified(&self, index: usize, parts: &mut Vec<Cow<'a, str>>) -> usize {
        parts.clear();
        let mut at = index;
        while let Some(name) = self.name(at) {
            parts.push(name);
            at += 1;
            if !self.is(at, ".") {
                break;
            }
            at += 1;
        }
        at
    }
}

/// What stands between the marks, doubled ones taken once.
fn unquote(raw: &str, mark: char) -> Cow<'_, str> {
    let inner = raw.find(mark).map_or(raw, |start| &raw[start + 1..]);
    let inner = inner.strip_suffix(mark).unwrap_or(inner);
    let doubled = if mark == '"' { "\"\"" } else { "''" };
    match inner.contains(doubled) {
        true => Cow::Owned(inner.replace(doubled, &doubled[1..])),
        false => Cow::Borrowed(inner),
    }
}
