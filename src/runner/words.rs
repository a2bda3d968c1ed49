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

/// The words of a statement; of a `DO` block, those of each statement in its body, as far as they can be told apart.
pub(super) fn statements(sql: &str) -> Vec<Vec<String>> {
    let said = words(sql);
    if said.first().is_none_or(|word| word != "DO") {
        return vec![said];
    }
    body(sql).split(';').map(innermost).filter(|words| !words.is_empty()).collect()
}

/// What stands between the first dollar quotes.
fn body(sql: &str) -> &str {
    let words = Words::new(sql);
    let is_body = |at: &usize| words.token(*at).is_some_and(|token| token.kind == TokenKind::Dollar);
    let quoted = (0..words.count()).find(is_body).map_or("", |at| words.raw(at));
    let tag = quoted.split('$').nth(1).map_or(0, |tag| tag.len() + 2);
    quoted.get(tag..quoted.len().saturating_sub(tag)).unwrap_or_default()
}

/// The words behind what begins a statement in PL/pgSQL; of `EXECUTE`, those of its text.
fn innermost(piece: &str) -> Vec<String> {
    let begins = |word: &String| matches!(word.as_str(), "BEGIN" | "THEN" | "ELSE" | "LOOP" | "EXECUTE");
    let said = words(piece);
    let said = match said.iter().any(|word| word == "EXECUTE") {
        true => words(&piece.replace(['\'', '(', ')'], " ")),
        false => said,
    };
    let last = said.rsplit(begins).next().unwrap_or_default();
    last.iter().filter(|word| *word != "FORMAT").cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{statements, words};

    #[test]
    fn the_body_of_a_block_is_looked_into() {
        let sql = "DO $x$ BEGIN IF a(1) THEN DROP TABLE b; END IF; EXECUTE format('TRUNCATE %I', c); END $x$";
        let found: Vec<_> = statements(sql).iter().map(|words| words.join(" ")).collect();
        assert_eq!(found, ["DROP TABLE B", "END IF", "TRUNCATE % I , C", "END"]);
    }

    #[test]
    fn only_words_that_say_what_it_does_remain() {
        let sql = "-- why\nalter table public.\"A b\" /* , */ add check (a > 'x, y'), drop c";
        assert_eq!(words(sql).join(" "), "ALTER TABLE PUBLIC . \" ADD CHECK , DROP C");
    }
}
