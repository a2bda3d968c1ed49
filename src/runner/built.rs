//! Whether an index is there that was to be built `CONCURRENTLY`: a build that fails leaves one behind that the server does
//! not use, and `IF NOT EXISTS` passes over it.

use std::borrow::Cow;

use super::course::Failure;
use super::run::Run;
use super::unit::Statement;
use crate::error::{Error, ErrorKind};
use crate::postgres::quote::identifier;
use crate::postgres::session;
use crate::source::words::Words;

impl Run<'_> {
    /// Fails where a statement of `text` has run, and the index that it names is not valid.
    pub(super) async fn is_built(&self, text: &str, statement: &Statement) -> Result<(), Failure> {
        let Some((table, name)) = built(&text[statement.range.clone()]) else { return Ok(()) };
        if session::is_valid_index(self.client, &table, &name).await? {
            return Ok(());
        }
        let message = format!("the index `{name}` is not valid: a build that failed has left it behind");
        let error = Error::new(ErrorKind::Apply, message)
            .hint(format!("`DROP INDEX CONCURRENTLY {}` removes it; then run this again", identifier(&name)));
        Err(Failure { error, place: Some((statement.range.clone(), 0)), blockers: Vec::new() })
    }
}

/// The table, as SQL names it, and the name of the index that a statement builds.
fn built(sql: &str) -> Option<(String, String)> {
    let words = Words::new(sql);
    let unique = usize::from(words.is(1, "unique"));
    if !words.is(0, "create") || !words.are(1 + unique, "index concurrently") {
        return None;
    }
    let name = 3 + unique + if words.are(3 + unique, "if not exists") { 3 } else { 0 };
    let table = name + 2 + usize::from(words.is(name + 2, "only"));
    let mut path: Vec<Cow<'_, str>> = Vec::new();
    words.qualified(table, &mut path);
    let path: Vec<_> = path.iter().map(|part| identifier(part)).collect();
    // Without a name, the server chooses one that nothing bears.
    let named = words.is(name + 1, "on").then(|| words.name(name)).flatten()?;
    Some((path.join("."), named.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::built;

    #[test]
    fn what_is_built_is_known_by_its_words() {
        let found = |sql| built(sql).map(|(table, name)| format!("{name} on {table}"));
        let spelled = "create unique index concurrently if not exists \"A\" on only shop.food (name)";
        assert_eq!(found(spelled).as_deref(), Some("A on shop.food"));
        assert_eq!(found("CREATE INDEX CONCURRENTLY a ON Food (name)").as_deref(), Some("a on food"));
        assert_eq!(found("CREATE INDEX CONCURRENTLY ON food (name)"), None);
        assert_eq!(found("CREATE INDEX a ON food (name)"), None);
    }
}
