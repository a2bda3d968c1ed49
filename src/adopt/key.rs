//! What history tables and files call a migration, made equal: `001` is `1`, `1.02.0` is `1.2`.

/// A version without leading zeros and without zeros at its end; any other text as it is.
pub(super) fn key(text: &str) -> String {
    let text = text.trim();
    match parts(text) {
        Some(parts) => parts.iter().map(u64::to_string).collect::<Vec<_>>().join("."),
        None => text.to_owned(),
    }
}

/// The numbers of a version, for comparison; `None` for any other text.
pub(super) fn parts(text: &str) -> Option<Vec<u64>> {
    let mut parts: Vec<u64> = Vec::new();
    for part in text.split('.') {
        if !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        parts.push(part.parse().ok()?);
    }
    while parts.len() > 1 && parts.last() == Some(&0) {
        parts.pop();
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn versions_are_made_equal() {
        assert_eq!(key("001"), "1");
        assert_eq!(key("1.02.0"), "1.2");
        assert_eq!(key("20240101120000"), "20240101120000");
        assert_eq!(key("1975ea83b712"), "1975ea83b712");
        assert_eq!(key("1."), "1.");
    }
}
