//! Names and strings as SQL spells them: the only place that doubles a quote.

/// A string literal.
pub fn literal(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    if text.contains('\\') { format!("E'{}'", doubled.replace('\\', "\\\\")) } else { format!("'{doubled}'") }
}

/// A name, quoted where it has to be.
pub fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text in dollar quotes that it cannot end by itself.
pub fn dollar(text: &str) -> String {
    let mut tag = String::new();
    while text.contains(&format!("${tag}$")) {
        tag = if tag.is_empty() { "do".to_owned() } else { format!("{tag}_") };
    }
    format!("${tag}${text}${tag}$")
}
