//! The values that options and schemadiff.yaml share: each is written the same way in both.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// Whether something is compared: `auto` leaves it to what the schema files state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Managed {
    /// Managed if the schema files state any.
    #[default]
    Auto,
    /// `true`.
    Always,
    /// `false`.
    Never,
}

/// Where scratch databases are made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ScratchChoice {
    /// A private server if local programs fit, else the live server if it is local.
    #[default]
    Auto,
    /// A temporary database on the live server.
    Server,
    /// This empty database.
    Url(String),
}

/// How schema files that are written from a catalog are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// A file for each object, with its parts: `tables/public.food.sql`.
    #[default]
    Object,
    /// A file for each schema, and one for what belongs to none: `public.sql`, `database.sql`.
    Schema,
    /// One file, in an order in which it can be run: `schema.sql`.
    Single,
}

/// How the numbers of new migrations are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbers {
    /// The number behind the highest.
    #[default]
    Sequence,
    /// The time, in UTC, as `20261121093000`: two branches hardly ever take the same one.
    Timestamp,
}

/// What it takes to destroy data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Destructive {
    /// `--allow-destructive`, or an annotation for each object in the schema files.
    #[default]
    Consent,
    /// An annotation for each object in the schema files; the option is not enough to write a migration.
    Annotation,
    /// Nothing: such a migration is neither written nor run.
    Never,
}

/// What `apply` does where the database is not what a migration was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnDrift {
    /// It does not look.
    Ignore,
    /// It says what differs, and goes on.
    #[default]
    Warn,
    /// It says what differs, and runs nothing.
    Stop,
}

/// When a plan takes the ways that keep a live table usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Online {
    /// On tables that are larger than `small_table`.
    #[default]
    Auto,
    /// On every table that exists already.
    Always,
    /// Nowhere: the plain, shorter form.
    Never,
}

/// How many digits a number has: as many as a `bigint` has at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits(pub usize);

/// A size in bytes, written as a number or with one of PostgreSQL's units: `8MB`, `512 kB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes(pub u64);

/// A span of time, written as a number of milliseconds or with one of PostgreSQL's units: `500ms`, `2s`, `1min`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub Duration);

/// Gives an enum its words: each is written the same way in a file, on the command line and in a message.
macro_rules! words {
    ($name:ident { $($word:literal => $variant:ident),+ $(,)? }) => {
        impl $name {
            const WORDS: &[(&str, $name)] = &[$(($word, $name::$variant)),+];
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<$name, String> {
                let found = $name::WORDS.iter().find(|(word, _)| *word == text);
                found.map(|(_, value)| *value).ok_or_else(|| {
                    let known: Vec<String> = $name::WORDS.iter().map(|(word, _)| format!("`{word}`")).collect();
                    format!("`{text}` is none of {}", known.join(", "))
                })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let known = $name::WORDS.iter().find(|(_, value)| value == self);
                f.write_str(known.map_or("", |(word, _)| word))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                deserializer.deserialize_any(Written(concat!("one of", $(" `", $word, "`"),+), $name::from_str))
            }
        }
    };
}

words!(Managed { "auto" => Auto, "true" => Always, "false" => Never });
words!(Layout { "object" => Object, "schema" => Schema, "single" => Single });
words!(Numbers { "sequence" => Sequence, "timestamp" => Timestamp });
words!(Destructive { "consent" => Consent, "annotation" => Annotation, "never" => Never });
words!(OnDrift { "ignore" => Ignore, "warn" => Warn, "stop" => Stop });
words!(Online { "auto" => Auto, "always" => Always, "never" => Never });

impl From<OnDrift> for crate::runner::OnDrift {
    fn from(said: OnDrift) -> crate::runner::OnDrift {
        match said {
            OnDrift::Ignore => crate::runner::OnDrift::Ignore,
            OnDrift::Warn => crate::runner::OnDrift::Warn,
            OnDrift::Stop => crate::runner::OnDrift::Stop,
        }
    }
}

impl FromStr for ScratchChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<ScratchChoice, String> {
        match text {
            "auto" => Ok(ScratchChoice::Auto),
            "server" => Ok(ScratchChoice::Server),
            // The text itself may hold a password and is not repeated.
            _ if text.contains("://") || text.contains('=') => Ok(ScratchChoice::Url(text.to_owned())),
            _ => Err("neither `auto`, `server` nor the URL of a database".to_owned()),
        }
    }
}

impl FromStr for Digits {
    type Err = String;

    fn from_str(text: &str) -> Result<Digits, String> {
        let digits = text.parse().ok().filter(|digits| (1..=18).contains(digits));
        digits.map(Digits).ok_or_else(|| format!("`{text}` is not a number from 1 to 18"))
    }
}

impl FromStr for Bytes {
    type Err = String;

    fn from_str(text: &str) -> Result<Bytes, String> {
        let units = [("", 1), ("B", 1), ("kB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30), ("TB", 1 << 40)];
        measure(text, &units).map(Bytes).ok_or_else(|| {
            format!("`{text}` is not a size: a number of bytes, or one with B, kB, MB, GB or TB")
        })
    }
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Span, String> {
        let units = [("", 1), ("ms", 1), ("s", 1000), ("min", 60_000), ("h", 3_600_000)];
        measure(text, &units).map(|milliseconds| Span(Duration::from_millis(milliseconds))).ok_or_else(|| {
            format!("`{text}` is not a span of time: milliseconds, or a number with ms, s, min or h")
        })
    }
}

impl<'de> Deserialize<'de> for ScratchChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ScratchChoice, D::Error> {
        deserializer.deserialize_any(Written("`auto`, `server` or a URL", ScratchChoice::from_str))
    }
}

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Digits, D::Error> {
        deserializer.deserialize_any(Written("a number from 1 to 18", Digits::from_str))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
        deserializer.deserialize_any(Written("a size such as `8MB`", Bytes::from_str))
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Span, D::Error> {
        deserializer.deserialize_any(Written("a span of time such as `2s`", Span::from_str))
    }
}

/// Reads a scalar of YAML, whatever type YAML gives it, by the same function that reads an option.
struct Written<T>(&'static str, fn(&str) -> Result<T, String>);

impl<T> Visitor<'_> for Written<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        self.1(text).map_err(E::custom)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }
}

/// A whole number times its unit, with or without a space between; `None` if it is neither, or too large.
fn measure(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..end].parse().ok()?;
    let (_, factor) = units.iter().find(|(unit, _)| *unit == text[end..].trim_start())?;
    number.checked_mul(*factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_spans() {
        assert_eq!("8MB".parse(), Ok(Bytes(8 << 20)));
        assert_eq!("512 kB".parse(), Ok(Bytes(512 << 10)));
        assert_eq!("0".parse(), Ok(Bytes(0)));
        assert!("8 megabytes".parse::<Bytes>().is_err());
        assert!("99999999999TB".parse::<Bytes>().is_err());
        assert_eq!("2s".parse(), Ok(Span(Duration::from_secs(2))));
        assert_eq!("250".parse(), Ok(Span(Duration::from_millis(250))));
        assert!("-1".parse::<Span>().is_err());
    }
}
