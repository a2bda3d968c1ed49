//! The order in which names are given away, so that each is free when it is taken: chains from their free end, circles
//! by way of a name that nobody has.

use crate::postgres::quote::shortened;

/// Splits renames, each from the first to the second of a pair, into groups in the order in which they are to be made.
/// A group of several is a circle: each takes the name of the next, the last that of the first.
pub fn arrange<T: Clone + PartialEq>(pairs: &[(T, T)]) -> Vec<Vec<(T, T)>> {
    let mut left = pairs.to_vec();
    let mut groups = vec![];
    while !left.is_empty() {
        let free = left.iter().position(|(_, to)| left.iter().all(|(from, _)| from != to));
        if let Some(free) = free {
            groups.push(vec![left.remove(free)]);
            continue;
        }
        let mut circle = vec![left.remove(0)];
        while let Some(next) = left.iter().position(|(from, _)| Some(from) == circle.last().map(|(_, to)| to))
        {
            circle.push(left.remove(next));
        }
        groups.push(circle);
    }
    groups
}

/// The statements of a circle, as `rename` writes each: the first waits under a name that nobody has.
pub fn around<T>(circle: &[(String, String)], rename: impl Fn(&str, &str) -> T) -> Vec<T> {
    let Some((first, others)) = circle.split_first() else { return vec![] };
    let waiting = waiting(&first.0);
    let mut statements = vec![rename(&first.0, &waiting)];
    statements.extend(others.iter().rev().map(|(from, to)| rename(from, to)));
    statements.push(rename(&waiting, &first.1));
    statements
}

/// The name under which something waits; at most 63 bytes, as names are.
pub fn waiting(name: &str) -> String {
    const SUFFIX: &str = "__renamed";
    format!("{}{SUFFIX}", shortened(name, 63 - SUFFIX.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_free_when_it_is_taken() {
        let arranged = arrange(&[("a", "b"), ("b", "c"), ("x", "y")]);
        assert_eq!(arranged, [[("b", "c")], [("a", "b")], [("x", "y")]]);
    }

    #[test]
    fn circles_go_by_way_of_another_name() {
        let pairs = [("a", "b"), ("c", "a"), ("b", "c")].map(|(from, to)| (from.to_owned(), to.to_owned()));
        let [circle] = arrange(&pairs).try_into().expect("one circle");
        let told = around(&circle, |from, to| format!("{from} → {to}"));
        assert_eq!(told, ["a → a__renamed", "c → a", "b → c", "a__renamed → b"]);
    }
}
