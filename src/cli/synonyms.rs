//! What other tools call our commands: a newcomer who types their word is told ours.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// Words of other tools, and the command that does this here.
const SYNONYMS: [(&str, &[&str]); 12] = [
    ("apply", &["migrate", "up", "deploy", "push", "update", "upgrade", "run", "sync"]),
    ("rollback", &["down", "undo", "revert", "downgrade", "rewind"]),
    ("generate", &["make", "makemigrations", "revision", "plan", "gen"]),
    ("new", &["create", "add"]),
    ("status", &["info", "list", "show", "history", "log"]),
    ("check", &["validate", "verify", "test"]),
    ("dump", &["inspect", "pull", "introspect", "export"]),
    ("baseline", &["resolve", "stamp", "fake", "mark"]),
    ("adopt", &["convert"]),
    ("init --from-database", &["import"]),
    ("psql", &["shell", "console", "connect", "sql"]),
    ("--version", &["version"]),
];

/// Adds our word to the error about a command or an option that is not known, unless a similar one was found.
pub fn suggest(error: &mut Error, options: &[String]) {
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) {
        let known = SYNONYMS.iter().find(|(_, words)| words.contains(&word.as_str()));
        if let Some((command, _)) = known {
            let ours = ContextValue::Strings(vec![(*command).to_owned()]);
            error.insert(ContextKind::SuggestedSubcommand, ours);
        }
    }
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg)
        && error.kind() == ErrorKind::UnknownArgument
        && error.get(ContextKind::SuggestedArg).is_none()
    {
        // What is found for long words does not find two letters of a short one that stand in the other's place.
        let far = |option: &&String| strsim::damerau_levenshtein(word, option);
        let near = options.iter().filter(|option| far(option) <= 1).min_by_key(far).cloned();
        if let Some(near) = near {
            error.remove(ContextKind::Suggested);
            error.insert(ContextKind::SuggestedArg, ContextValue::String(near));
        }
    }
}
