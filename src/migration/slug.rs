//! The name of a migration's file, made from what the migration does.

use crate::error::{Error, ErrorKind, Result};

/// The longest name that is made, in characters.
const LENGTH: usize = 40;

/// The name of a migration's file, as a person wishes it.
///
/// # Errors
///
/// Of kind `Usage`, where nothing of it can stand in the name of a file.
pub fn named(said: &str) -> Result<String> {
    if said.contains(|c: char| c.is_ascii_alphanumeric()) {
        return Ok(slug(said));
    }
    Err(Error::new(ErrorKind::Usage, format!("`{said}` makes no name for a file"))
        .hint("a name has letters from a to z or digits"))
}

/// A name of `[a-z0-9_]` from a description: `create table public.profiles; …` gives `create_profiles`, and free words
/// are kept as they are.
pub fn slug(description: &str) -> String {
    let first = description.split([';', '(']).next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    let said = match words.iter().position(|word| word.contains('.')) {
        // The kind of object and its schema say little; the verb and the name say it.
        Some(dotted) if dotted >= 2 => {
            let name = words[dotted..].join(" ");
            let bare = name.split_once('.').map_or(name.as_str(), |(_, bare)| bare);
            format!("{} {} {bare}", words[0], words[2..dotted].join(" "))
        }
        _ => words.join(" "),
    };
    let mut made = String::new();
    for word in
        said.to_lowercase().split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
    {
        if !made.is_empty() && made.len() + 1 + word.len() > LENGTH {
            break;
        }
        if !made.is_empty() {
            made.push('_');
        }
        made.extend(word.chars().take(LENGTH));
    }
    if made.is_empty() { "migration".to_owned() } else { made }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::slug;

    #[test]
    fn a_description_becomes_a_name() {
        assert_eq!(slug("create table public.profiles; add column public.users.bio"), "create_profiles");
        assert_eq!(slug("add column public.users.bio"), "add_users_bio");
        assert_eq!(slug("create function public.add(integer, integer)"), "create_add");
        assert_eq!(slug("create policy mine on public.users"), "create_mine_on_users");
        assert_eq!(slug("create table public.\"My Table\""), "create_my_table");
        assert_eq!(slug("create schema shop"), "create_schema_shop");
        assert_eq!(slug("Add user profiles!"), "add_user_profiles");
        assert_eq!(slug("Ä"), "migration");
        assert!(slug(&"word ".repeat(40)).len() <= 40);
        assert_eq!(slug(&"x".repeat(90)).len(), 40);
    }
}
