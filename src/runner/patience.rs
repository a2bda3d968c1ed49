//! How long each statement may wait for a lock.
//!
//! A session that waits for a strong lock makes all that come after it wait too, so the wait is short and the unit is
//! tried again. What takes only weak locks can wait without harm, unless its transaction already holds a strong one:
//! whoever waits for that would wait as long.

use super::lock_mode::LockMode;
use super::unit::Statement;

/// How long a statement may wait for a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// As the options say, because others wait behind it.
    Short,
    /// Without end, because nobody does.
    Endless,
    /// As the file itself says with `SET lock_timeout`.
    Own,
}

/// What a file says about it, statement by statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Said {
    #[default]
    Nothing,
    /// Until its transaction ends.
    Here,
    /// Until the file ends.
    FromNow,
}

impl Said {
    /// What holds once a statement of these words has run; `alone` where it runs outside any transaction.
    pub fn after(self, words: &[String], alone: bool) -> Said {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            _ if forgets(&words) => Said::Nothing,
            // The server warns of it, and does nothing.
            ["SET", "LOCAL", "LOCK_TIMEOUT", ..] if alone => self,
            ["SET", "LOCAL", "LOCK_TIMEOUT", ..] => Said::Here,
            ["SET", "LOCK_TIMEOUT", ..] | ["SET", "SESSION", "LOCK_TIMEOUT", ..] => Said::FromNow,
            _ => self,
        }
    }

    /// What of it holds behind the end of a transaction.
    pub fn beyond(self) -> Said {
        if self == Said::Here { Said::Nothing } else { self }
    }

    /// For the statement of these words, which has not run.
    pub fn patience(self, words: &[String], weak: bool) -> Patience {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match (self, weak) {
            // What was set before is lost with it, and is set anew behind what is not ours to set.
            _ if forgets(&words) => Patience::Own,
            (Said::Here | Said::FromNow, _) => Patience::Own,
            (Said::Nothing, true) => Patience::Endless,
            (Said::Nothing, false) => Patience::Short,
        }
    }
}

/// Whether the limit is as it was connected with, or as a savepoint found it.
fn forgets(words: &[&str]) -> bool {
    matches!(
        *words,
        ["RESET", "LOCK_TIMEOUT" | "ALL"]
            | ["DISCARD", "ALL"]
            | ["ROLLBACK", ..]
            | ["SET", "LOCK_TIMEOUT", .., "DEFAULT"]
            | ["SET", _, "LOCK_TIMEOUT", .., "DEFAULT"]
    )
}

/// Whether nobody who reads or writes a table has to wait behind the statement. A materialized view is only read. What
/// calls functions may do anything.
pub(super) fn is_weak(words: &[String]) -> bool {
    match LockMode::of(words) {
        Some(LockMode::Exclusive) => true,
        Some(_) if words.first().is_some_and(|word| word == "WITH") => false,
        Some(mode) => mode <= LockMode::ShareUpdateExclusive,
        None => words.first().is_some_and(|word| matches!(word.as_str(), "VALUES" | "SET" | "RESET")),
    }
}

/// What a transaction has done about waiting so far.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    /// Whether it may hold a lock that others wait behind.
    holds: bool,
    /// The limit that is set.
    set: Option<Patience>,
}

impl Waiting {
    /// The session has been reset, in the same transaction.
    pub fn reset(&mut self) {
        self.set = None;
    }

    /// What to set before the statement, if anything.
    pub fn before(&mut self, statement: &Statement) -> Option<Patience> {
        let patience = match statement.patience {
            Patience::Endless if self.holds => Patience::Short,
            patience => patience,
        };
        self.holds |= !statement.weak;
        if patience == Patience::Own {
            self.set = None;
            return None;
        }
        (self.set.replace(patience) != Some(patience)).then_some(patience)
    }
}
