//! How new migrations of a folder look: their numbers, and the lines that a team wants in each of them.

use jiff::Timestamp;

use super::version::{DIGITS, Version};
use crate::error::{Error, ErrorKind, Result};

/// How new migrations look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Style {
    /// Whether the number is the time rather than the one behind the highest.
    pub timestamps: bool,
    /// How many digits a number has, at least; `None` leaves that to the files that are there.
    pub digits: Option<usize>,
    /// Comment lines below the header.
    pub notes: String,
}

impl Style {
    /// The number behind `last`, of files whose numbers are `width` digits wide.
    pub(super) fn next(&self, last: Option<Version>, width: Option<usize>) -> Version {
        let behind = last.map_or(1, |last| last.number + 1);
        let number =
            if self.timestamps { behind.max(now("%Y%m%d%H%M%S").parse().unwrap_or(behind)) } else { behind };
        let digits = self.digits.into_iter().chain(width).max().unwrap_or(DIGITS);
        Version { number, digits }
    }

    /// Reads the lines below the header: comments, none of which says what the header itself says.
    ///
    /// # Errors
    ///
    /// `Usage`, with the line that is none.
    pub fn notes(text: &str) -> Result<String> {
        let own =
            ["Migration", "Created", "Description", "Depends", "Duplicates", "Hazards", "Proven", "Made for"];
        for line in text.lines() {
            let said = line.strip_prefix("--").map(str::trim_start);
            let key = said.and_then(|said| said.split_once(':')).map(|(key, _)| key);
            let wrong = match (said, key) {
                (None, _) => "is not a comment",
                (_, Some(key)) if own.contains(&key) => "is for the header itself to say",
                (_, Some("schemadiff")) => "is an annotation",
                _ => continue,
            };
            return Err(Error::new(ErrorKind::Usage, format!("`header`: the line `{line}` {wrong}"))
                .hint("write lines such as `-- Ticket: ` or `-- Copyright ${COMPANY}`"));
        }
        Ok(text.to_owned())
    }
}

/// The day, in UTC, as `2026-11-20`.
pub(super) fn today() -> String {
    now("%Y-%m-%d")
}

fn now(form: &str) -> String {
    Timestamp::now().strftime(form).to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow() {
        let style = Style::default();
        assert_eq!(style.next(None, None).to_string(), "0001");
        assert_eq!(style.next(Some(Version::from(11)), Some(3)).to_string(), "012");
        let wide = Style { digits: Some(6), ..Style::default() };
        assert_eq!(wide.next(Some(Version::from(11)), Some(3)).to_string(), "000012");
        let timestamps = Style { timestamps: true, ..Style::default() };
        assert_eq!(timestamps.next(None, None).to_string().len(), 14);
        let future = Version::parse("99990101000000").unwrap();
        assert_eq!(timestamps.next(Some(future), Some(14)).to_string(), "99990101000001");
    }

    #[test]
    fn notes_are_comments_of_their_own() {
        assert!(Style::notes("-- Ticket:\n--   none\n--\n").is_ok());
        for text in
            ["Ticket: 7", "-- Depends: 0003", "-- schemadiff: no-transaction", "-- Ticket: 7\n\n-- more"]
        {
            assert!(Style::notes(text).is_err(), "{text}");
        }
    }
}
