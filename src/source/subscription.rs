//! A subscription in a schema file must never reach its publisher: it is created in a scratch database with
//! `connect = false`, and without the options that PostgreSQL refuses beside that.

use super::token::TokenKind;
use super::words::Words;

/// Options that need a connection; see CREATE SUBSCRIPTION in PostgreSQL's documentation.
const NEED_CONNECTION: [&str; 4] = ["connect", "enabled", "create_slot", "copy_data"];

/// The same `CREATE SUBSCRIPTION`, made not to connect. The subscription is then disabled and has no slot.
pub fn without_connection(text: &str) -> String {
    let words = Words::new(text);
    let options = words.outside_parentheses().find(|at| words.is(*at, "with") && words.is(at + 1, "("));
    let Some(with) = options else {
        return format!("{text} WITH (connect = false)");
    };
    let mut kept = vec!["connect = false"];
    let mut at = with + 2;
    while at < words.count() && !words.is(at, ")") {
        let end = (at..words.count()).find(|end| words.is_any(*end, &[",", ")"])).unwrap_or(words.count());
        let name = words.name(at).unwrap_or_default();
        if let (Some(first), Some(last)) = (words.token(at), words.token(end.saturating_sub(1)))
            && !NEED_CONNECTION.contains(&name.as_ref())
            && first.kind != TokenKind::Symbol
        {
            kept.push(&text[first.start..last.end]);
        }
        at = if words.is(end, ",") { end + 1 } else { end };
    }
    let start = words.token(with).map_or(text.len(), |token| token.start);
    format!("{}WITH ({})", &text[..start], kept.join(", "))
}
