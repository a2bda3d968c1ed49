//! The words of a statement, without what is quoted, commented or in parentheses: enough to know what it does.

use crate::source::token::TokenKind;
use crate::source::words::Words;

/// Upper-case words and punctuation outside of parentheses; what is quoted becomes `"`.
pub(super) fn words(sql: &str) -> Vec<String> {
    let words = Words::new(sql);
    let said = |at: usize| match words.token(at).map(|token| token.kind) {
        Some(TokenKind::Quoted | TokenKind::Text | TokenKind::Dollar) => "\"".to_owned(),
        _ => words.raw(at).to_uppercase(),
    };
    words.outside_parentheses().map(said).collect()
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
