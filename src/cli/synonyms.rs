//! What other tools call our commands: a newcomer who types their word is told ours.

use clap::error::{ContextKind, ContextValue, Error};

/// Words of other tools, and the command that does this here.
const SYNONYMS: [(&str, &[&str]); 10] = [
    ("apply", &["migrate", "up", "deploy", "push", "update", "upgrade", "run", "sync"]),
    ("rollback", &["down", "undo", "revert", "downgrade", "rewind"]),
    ("generate", &["make", "makemigrations", "revision", "plan", "gen"]),
    ("new", &["create", "add"]),
    ("status", &["info", "list", "show", "history", "log", "version"]),
    ("check", &["validate", "verify", "test"]),
    ("dump", &["inspect", "pull", "introspect", "export"]),
    ("baseline", &["resolve", "stamp", "fake", "mark"]),
    ("adopt", &["convert"]),
    ("init --from-database", &["import"]),
];

/// Adds our word to the error about a command that is not known, unless a similar one was found.
pub fn suggest(error: &mut Error) {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return };
    let known = SYNONYMS.iter().find(|(_, words)| words.contains(&word.as_str()));
    if let Some((command, _)) = known {
        let ours = ContextValue::Strings(vec![(*command).to_owned()]);
        error.insert(ContextKind::SuggestedSubcommand, ours);
    }
}
