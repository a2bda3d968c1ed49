//! The words of a statement, without what is quoted, commented or in parentheses: enough to know what it does.

use crate::migration::token::{TokenKind, token};

/// Upper-case words and punctuation outside of parentheses; what is quoted becomes `"`.
pub(super) fn words(sql: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut at, mut depth) = (0, 0_usize);
    while at < sql.len() {
        let token = token(sql, at);
        let text = &sql[at..token.end];
        at = token.end;
        match (token.kind, text) {
            (TokenKind::Other, "(") => depth += 1,
            (TokenKind::Other, ")") => depth = depth.saturating_sub(1),
            (TokenKind::Blank, _) => {}
            _ if depth > 0 => {}
            (TokenKind::Quoted, _) => words.push("\"".to_owned()),
            _ => words.push(text.to_uppercase()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn only_words_that_say_what_it_does_remain() {
        let sql = "-- why\nalter table public.\"A b\" /* , */ add check (a > 'x, y'), drop c";
        assert_eq!(words(sql).join(" "), "ALTER TABLE PUBLIC . \" ADD CHECK , DROP C");
    }
}
