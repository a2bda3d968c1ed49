//! Which objects are compared: patterns on their names, from `include` and `exclude` of the configuration.

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

    /// Makes sure that every pattern can match something.
    ///
    /// # Errors
    /// Of kind `Usage`: an empty pattern.
    pub fn check(&self) -> Result<()> {
        match self.include.iter().chain(&self.exclude).any(|pattern| pattern.trim().is_empty()) {
            false => Ok(()),
            true => Err(Error::new(ErrorKind::Usage, "an empty pattern in `include` or `exclude`")
                .hint("a pattern is written `audit`, `public.old_*` or `function public.*`")),
        }
    }
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
}
