//! The values that options and schemadiff.yaml share: each is written the same way in both.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// Whether something is managed: `auto` leaves it to what the schema files state.
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

/// A size in bytes, written as a number or with one of PostgreSQL's units: `8MB`, `512 kB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes(pub u64);

/// A span of time, written as a number of milliseconds or with one of PostgreSQL's units: `500ms`, `2s`, `1min`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub Duration);

impl FromStr for Managed {
    type Err = String;

    fn from_str(text: &str) -> Result<Managed, String> {
        match text {
            "auto" => Ok(Managed::Auto),
            "true" => Ok(Managed::Always),
            "false" => Ok(Managed::Never),
            _ => Err(format!("`{text}` is none of `auto`, `true`, `false`")),
        }
    }
}

impl FromStr for OnDrift {
    type Err = String;

    fn from_str(text: &str) -> Result<OnDrift, String> {
        match text {
            "ignore" => Ok(OnDrift::Ignore),
            "warn" => Ok(OnDrift::Warn),
            "stop" => Ok(OnDrift::Stop),
            _ => Err(format!("`{text}` is none of `ignore`, `warn`, `stop`")),
        }
    }
}

impl From<OnDrift> for crate::runner::OnDrift {
    fn from(said: OnDrift) -> crate::runner::OnDrift {
        match said {
            OnDrift::Ignore => crate::runner::OnDrift::Ignore,
            OnDrift::Warn => crate::runner::OnDrift::Warn,
            OnDrift::Stop => crate::runner::OnDrift::Stop,
        }
    }
}

impl FromStr for Online {
    type Err = String;

    fn from_str(text: &str) -> Result<Online, String> {
        match text {
            "auto" => Ok(Online::Auto),
            "always" => Ok(Online::Always),
            "never" => Ok(Online::Never),
            _ => Err(format!("`{text}` is none of `auto`, `always`, `never`")),
        }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Layout::Object => "object",
            Layout::Schema => "schema",
            Layout::Single => "single",
        })
    }
}

impl FromStr for Layout {
    type Err = String;

    fn from_str(text: &str) -> Result<Layout, String> {
        match text {
            "object" => Ok(Layout::Object),
            "schema" => Ok(Layout::Schema),
            "single" => Ok(Layout::Single),
            _ => Err(format!("`{text}` is none of `object`, `schema`, `single`")),
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

impl<'de> Deserialize<'de> for Managed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Managed, D::Error> {
        deserializer.deserialize_any(Written("`auto`, `true` or `false`", Managed::from_str))
    }
}

impl<'de> Deserialize<'de> for OnDrift {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OnDrift, D::Error> {
        deserializer.deserialize_any(Written("`ignore`, `warn` or `stop`", OnDrift::from_str))
    }
}

impl<'de> Deserialize<'de> for Online {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Online, D::Error> {
        deserializer.deserialize_any(Written("`auto`, `always` or `never`", Online::from_str))
    }
}

impl<'de> Deserialize<'de> for Layout {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Layout, D::Error> {
        deserializer.deserialize_any(Written("`object`, `schema` or `single`", Layout::from_str))
    }
}

impl<'de> Deserialize<'de> for ScratchChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ScratchChoice, D::Error> {
        deserializer.deserialize_any(Written("`auto`, `server` or a URL", ScratchChoice::from_str))
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
