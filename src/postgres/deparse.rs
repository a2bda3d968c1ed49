//! What the server prints is meant to be read back, and one form is not: an array cast as a whole comes back as an
//! array of casts, which prints otherwise. Stating the type of the array first gives the same tree again.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// An expression or definition as the server printed it: compared as it is, and displayed as it can be read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Printed(pub String);

impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&reparsable(&self.0))
    }
}

/// The same expression, in words that the server reads as the tree it printed.
///
/// `IN` over `varchar` columns prints as `ANY ((ARRAY['a'::character varying])::text[])`, and `transformTypeCast` of
/// PostgreSQL's `parse_expr.c` hands a cast of a bare `ARRAY[…]` on to its elements. Printers that indent leave the
/// inner parentheses out.
fn reparsable(sql: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut search = 0;
    while let Some(found) = sql[search..].find("(ARRAY[") {
        let open = search + found + "(ARRAY[".len();
        search = open;
        let Some(close) = closing_bracket(sql, open) else { break };
        if (sql[close..].starts_with("])::") || sql[close..].starts_with("]::"))
            && let Some(element) = element_type(&sql[open..close])
        {
            out.push_str(&sql[copied..=close]);
            out.push_str("::");
            out.push_str(element);
            out.push_str("[]");
            copied = close + 1;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(sql);
    }
    out.push_str(&sql[copied..]);
    Cow::Owned(out)
}

/// Where the bracket closes that was opened just before `start`.
fn closing_bracket(sql: &str, start: usize) -> Option<usize> {
    let mut depth = 0;
    let mut quote = None;
    for (at, byte) in sql.bytes().enumerate().skip(start) {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'[' | b'(') => depth += 1,
            (None, b']') if depth == 0 => return Some(at),
            (None, b']' | b')') => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The type that the last element is cast to, without its modifier.
fn element_type(elements: &str) -> Option<&str> {
    let at = elements.rfind("::")? + 2;
    let name = elements[at..].split('(').next()?.trim_end();
    let plain = |c: char| c.is_alphanumeric() || " _.\"".contains(c);
    (!name.is_empty() && name.chars().all(plain)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::reparsable;

    #[test]
    fn an_array_that_is_cast_as_a_whole_states_its_type() {
        assert_eq!(
            reparsable(
                "(a)::text = ANY ((ARRAY['x'::character varying, 'it''s]'::character varying])::text[])"
            ),
            "(a)::text = ANY ((ARRAY['x'::character varying, 'it''s]'::character varying]::character varying[])::text[])"
        );
        assert_eq!(
            reparsable("a::text = ANY (ARRAY['x'::character varying]::text[])"),
            "a::text = ANY (ARRAY['x'::character varying]::character varying[]::text[])"
        );
        assert_eq!(reparsable("a = ANY (ARRAY[1, 2])"), "a = ANY (ARRAY[1, 2])");
        assert_eq!(
            reparsable("(ARRAY['x'::bpchar(3)])::text[]"),
            "(ARRAY['x'::bpchar(3)]::bpchar[])::text[]"
        );
    }
}
