//! Which objects are compared: patterns on their names, from `include` and `exclude` of the configuration.

use std::collections::BTreeMap;

use crate::config::nearest;
use crate::{Error, ErrorKind, Result};

/// What is compared; everything, where no pattern says otherwise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// Only what one of these takes; everything, if there are none.
    pub include: Vec<String>,
    /// Nothing that one of these takes.
    pub exclude: Vec<String>,
}

impl Selection {
    /// Whether it takes everything.
    pub fn is_all(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Whether it takes an object that goes by these names: its own, with and without its kind, and that of its schema.
    pub fn takes(&self, names: &[&str]) -> bool {
        let any = |patterns: &[String]| {
            patterns
                .iter()
                .any(|pattern| names.iter().any(|name| matches(pattern.as_bytes(), name.as_bytes())))
        };
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }

    /// The patterns that match none of these names, with the name that is most like each.
    pub fn unmatched(&self, names: &[&str]) -> BTreeMap<String, Option<String>> {
        let matches_none =
            |pattern: &&String| !names.iter().any(|name| matches(pattern.as_bytes(), name.as_bytes()));
        let unmatched = self.patterns().filter(matches_none);
        unmatched.map(|pattern| (pattern.clone(), nearest(pattern, names).map(str::to_owned))).collect()
    }

    /// The patterns that can match nothing, with what is wrong with each; `kinds` are the names that kinds have.
    pub fn mistakes<'a>(&'a self, kinds: &'a [&str]) -> impl Iterator<Item = (&'a str, Error)> {
        self.patterns().filter_map(|pattern| Some((pattern.as_str(), mistake(pattern, kinds)?)))
    }

    /// Makes sure that no pattern is empty.
    ///
    /// # Errors
    /// Of kind `Usage`.
    pub fn check(&self) -> Result<()> {
        let empty = self.patterns().find(|pattern| pattern.trim().is_empty());
        empty.and_then(|pattern| mistake(pattern, &[])).map_or(Ok(()), Err)
    }

    fn patterns(&self) -> impl Iterator<Item = &String> {
        self.include.iter().chain(&self.exclude)
    }
}

/// What is wrong with a pattern as it is written.
fn mistake(pattern: &str, kinds: &[&str]) -> Option<Error> {
    const HINT: &str = "a pattern is written `audit`, `public.old_*` or `function public.*`";
    if pattern.trim().is_empty() {
        return Some(Error::new(ErrorKind::Usage, "an empty pattern").hint(HINT));
    }
    // A kind has no more than letters; behind it stands a name, with anything in it.
    let words: Vec<&str> = pattern.split(' ').collect();
    let literal = words.iter().take_while(|word| word.chars().all(|c| c.is_ascii_alphabetic())).count();
    let said = words[..literal.min(words.len() - 1)].join(" ");
    let is_known = |kind: &&str| {
        format!("{kind} ").starts_with(&format!("{said} ")) || pattern.starts_with(&format!("{kind} "))
    };
    // More words may be a name that PostgreSQL spells so, such as that of a default privilege.
    if said.is_empty() || kinds.iter().any(is_known) || words.len() > literal + 1 {
        return None;
    }
    let error = Error::new(ErrorKind::Usage, format!("no kind of object is called `{said}`"));
    Some(match nearest(&said, kinds) {
        Some(near) => error.hint(format!("did you mean `{}`?", pattern.replacen(&said, near, 1))),
        None => error.hint(HINT),
    })
}

/// Whether the whole name fits: `*` stands for any characters, `?` for one.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    match (pattern.first(), name.first()) {
        (None, None) => true,
        (Some(b'*'), _) => matches(&pattern[1..], name) || !name.is_empty() && matches(pattern, &name[1..]),
        (Some(b'?'), Some(_)) => matches(&pattern[1..], &name[1..]),
        (Some(wanted), Some(found)) => wanted == found && matches(&pattern[1..], &name[1..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection(include: &[&str], exclude: &[&str]) -> Selection {
        let owned = |patterns: &[&str]| patterns.iter().map(ToString::to_string).collect();
        Selection { include: owned(include), exclude: owned(exclude) }
    }

    #[test]
    fn patterns_take_names_kinds_and_schemas() {
        let food = ["public.food", "table public.food", "public"];
        assert!(selection(&[], &[]).takes(&food));
        for pattern in ["public", "public.*", "public.f??d", "table *", "*"] {
            assert!(selection(&[pattern], &[]).takes(&food), "{pattern}");
            assert!(!selection(&[], &[pattern]).takes(&food), "{pattern}");
        }
        for pattern in ["food", "public.foo", "view *", "publi", "audit"] {
            assert!(!selection(&[pattern], &[]).takes(&food), "{pattern}");
        }
        assert!(!selection(&["public"], &["public.food"]).takes(&food));
        assert!(selection(&["public", " "], &[]).check().is_err());
    }

    #[test]
    fn a_pattern_that_can_match_nothing_is_told() {
        let kinds = ["table", "view", "materialized view", "text search parser", "column"];
        let told = |pattern: &str| {
            let selection = selection(&[], &[pattern]);
            selection.mistakes(&kinds).map(|(_, error)| (error.message, error.hint.unwrap())).next()
        };
        for right in [
            "audit",
            "public.*",
            "table *",
            "table public.my table",
            "materialized view a.b",
            "materialized *",
            "my.own table",
        ] {
            assert_eq!(told(right), None, "{right}");
        }
        let meant = |pattern: &str| told(pattern).unwrap().1;
        assert_eq!(meant("tabel public.food"), "did you mean `table public.food`?");
        assert_eq!(meant("Table public.food"), "did you mean `table public.food`?");
        assert_eq!(meant("materialised view a.*"), "did you mean `materialized view a.*`?");
        assert!(meant("spaceship x").starts_with("a pattern is written"));
        assert!(told("").unwrap().0.contains("empty"));
    }

    #[test]
    fn what_matches_nothing_is_known() {
        let names = ["public", "public.food", "table public.food"];
        let unmatched = selection(&["public", "table *"], &["pubic", "x.*"]).unmatched(&names);
        let expected = [("pubic".to_owned(), Some("public".to_owned())), ("x.*".to_owned(), None)];
        assert_eq!(unmatched, BTreeMap::from(expected));
    }
}
