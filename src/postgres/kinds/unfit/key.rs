//! Lists between parentheses in what the server prints: the columns of a key, the expressions of an index.

use crate::source::words::Words;

/// What stands between the first parentheses, at the commas, and what stands behind them.
pub fn listed(definition: &str) -> Option<(Vec<String>, &str)> {
    let words = Words::new(definition);
    let open = (0..words.count()).find(|&at| words.is(at, "("))?;
    let close = closing(&words, open)?;
    let mut items = vec![];
    let mut start = words.token(open)?.end;
    let mut at = open + 1;
    while at < close {
        if words.is(at, "(") {
            at = closing(&words, at)?;
        } else if words.is(at, ",") {
            let comma = words.token(at)?;
            items.push(definition[start..comma.start].trim().to_owned());
            start = comma.end;
        }
        at += 1;
    }
    let end = words.token(close)?;
    items.push(definition[start..end.start].trim().to_owned());
    Some((items, &definition[end.end..]))
}

/// The values that `CREATE UNIQUE INDEX … USING btree (…)` tells apart, each without what it says of their order; None where
/// they are compared in a way of their own.
pub fn index_keys(definition: &str) -> Option<(Vec<String>, &str)> {
    let words = Words::new(definition);
    let using = words.outside_parentheses().find(|&at| words.is(at, "using"))?;
    if !words.is(using + 1, "btree") {
        return None;
    }
    let (items, rest) = listed(&definition[words.token(using)?.end..])?;
    let keys: Option<Vec<String>> = items.iter().map(|item| value(item)).collect();
    Some((keys?, rest))
}

/// The condition behind the last WHERE of an index.
pub fn condition(rest: &str) -> Option<&str> {
    let words = Words::new(rest);
    let at = words.outside_parentheses().find(|&at| words.is(at, "where"))?;
    words.token(at).map(|word| rest[word.end..].trim())
}

/// An element of an index without its order.
fn value(item: &str) -> Option<String> {
    let words = Words::new(item);
    let mut at = match words.is(0, "(") {
        true => closing(&words, 0)? + 1,
        false => {
            let behind = words.qualified(0, &mut vec![]);
            if words.is(behind, "(") { closing(&words, behind)? + 1 } else { behind }
        }
    };
    if words.is(at, "collate") {
        at = words.qualified(at + 1, &mut vec![]);
    }
    let end = words.token(at.checked_sub(1)?)?.end;
    let ordered = ["", "asc", "desc", "nulls first", "nulls last", "desc nulls first", "desc nulls last"];
    let order = item[end..].trim().to_ascii_lowercase();
    ordered.contains(&order.as_str()).then(|| item[..end].to_owned())
}

fn closing(words: &Words<'_>, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for at in open..words.count() {
        if words.is(at, "(") {
            depth += 1;
        } else if words.is(at, ")") {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_cut_at_their_own_commas() {
        let (items, rest) = listed("FOREIGN KEY (a, \"b, (c\") REFERENCES s.t(x, y) MATCH FULL").unwrap();
        assert_eq!(items, ["a", "\"b, (c\""]);
        assert_eq!(listed(rest).unwrap(), (vec!["x".to_owned(), "y".to_owned()], " MATCH FULL"));
        assert_eq!(listed("PRIMARY KEY"), None);
    }

    #[test]
    fn an_index_tells_values_apart_whatever_their_order() {
        let index = "CREATE UNIQUE INDEX i ON s.t USING btree (lower(a, 'x,y') COLLATE \"C\" DESC, (b + 1), \"D\" NULLS FIRST) WHERE (e > 0)";
        let (keys, rest) = index_keys(index).unwrap();
        assert_eq!(keys, ["lower(a, 'x,y') COLLATE \"C\"", "(b + 1)", "\"D\""]);
        assert_eq!(condition(rest), Some("(e > 0)"));
        assert_eq!(index_keys("CREATE UNIQUE INDEX i ON t USING btree (a s.own_ops)"), None);
        assert_eq!(index_keys("CREATE INDEX i ON t USING gist (a)"), None);
    }
}
