//! The variables that a run sees: the process's own, then those of the project's `.env`.

use std::collections::HashMap;
use std::path::Path;

use crate::{Error, ErrorKind, Result};

/// Variables by name. The process's own environment is read, and never changed.
// No debug form: among them are passwords.
#[derive(Clone, Default)]
pub struct Environment {
    variables: HashMap<String, String>,
}

impl Environment {
    /// The variables of this process, and below them those of `.env` in `folder`, if there is one.
    ///
    /// # Errors
    /// `.env` exists and cannot be read or understood.
    pub fn read(folder: &Path) -> Result<Environment> {
        let file = folder.join(".env");
        let mut variables = HashMap::new();
        if file.is_file() {
            let entries = dotenvy::from_path_iter(&file).map_err(|error| unreadable(&file, &error))?;
            for entry in entries {
                let (name, value) = entry.map_err(|error| unreadable(&file, &error))?;
                variables.insert(name, value);
            }
        }
        let own = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        variables.extend(own);
        Ok(Environment { variables })
    }

    /// The value of a variable; an empty one counts as absent, as with libpq.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A text with every `${NAME}` replaced by the variable's value.
    ///
    /// # Errors
    /// A variable that is not set, or `${` without its end.
    pub fn expand(&self, text: &str) -> Result<String> {
        let mut expanded = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) = after.split_once('}').ok_or_else(|| {
                Error::new(ErrorKind::Usage, "`${` without `}` in the configuration")
                    .hint("a variable is written `${NAME}`")
            })?;
            let value = self.get(name).ok_or_else(|| {
                Error::new(
                    ErrorKind::Usage,
                    format!("the configuration mentions `${{{name}}}`, which is not set"),
                )
                .hint(format!("set `{name}` in the environment or in `.env`"))
            })?;
            expanded.push_str(before);
            expanded.push_str(value);
            rest = after;
        }
        expanded.push_str(rest);
        Ok(expanded)
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(variables: [(&str, &str); N]) -> Environment {
        let variables =
            variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Environment { variables }
    }
}

/// Names the line's number at most: the text of the line may hold a password.
fn unreadable(file: &Path, error: &dotenvy::Error) -> Error {
    let reason = match error {
        dotenvy::Error::LineParse(_, _) => "one of its lines is not of the form `NAME=value`".to_owned(),
        other => other.to_string(),
    };
    Error::new(ErrorKind::Usage, format!("cannot read `{}`: {reason}", file.display()))
        .hint("a value with spaces, `#` or `$` stands in single quotes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_expanded() {
        let environment = Environment::from([("ROLE", "cook"), ("EMPTY", "")]);
        assert_eq!(environment.expand("postgres://${ROLE}@db/${ROLE}s").unwrap(), "postgres://cook@db/cooks");
        assert_eq!(environment.expand("$ROLE {ROLE}").unwrap(), "$ROLE {ROLE}");
        assert!(environment.expand("${EMPTY}").unwrap_err().message.contains("`${EMPTY}`"));
        assert!(environment.expand("${ROLE").is_err());
    }

    #[test]
    fn a_broken_line_is_not_repeated() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".env"), "GOOD=1\nPASSWORD=two words secret\n").unwrap();
        let error = Environment::read(folder.path()).err().unwrap();
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}
