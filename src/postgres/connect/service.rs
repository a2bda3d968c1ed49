//! Connections that have a name, in pg_service.conf (documentation of libpq, "The Connection Service File").

use std::path::Path;

use super::parameters::Parameters;
use crate::config::Environment;
use crate::{Error, ErrorKind, Result};

/// The parameters of a service: from the user's own file, else from the system's.
///
/// # Errors
/// No file has it.
pub fn read(service: &str, environment: &Environment) -> Result<Parameters> {
    let own = environment.get("PGSERVICEFILE").map(str::to_owned);
    let own = own.or_else(|| environment.get("HOME").map(|home| format!("{home}/.pg_service.conf")));
    let system = environment.get("PGSYSCONFDIR").map(|folder| format!("{folder}/pg_service.conf"));
    let files: Vec<String> = own.into_iter().chain(system).collect();
    for file in &files {
        if let Some(found) =
            std::fs::read_to_string(Path::new(file)).ok().and_then(|text| section(&text, service))
        {
            return Ok(found);
        }
    }
    Err(Error::new(ErrorKind::Usage, format!("there is no service `{service}`")).hint(format!(
        "looked for [{service}] in {}",
        if files.is_empty() { "no file".to_owned() } else { files.join(" and ") }
    )))
}

fn section(text: &str, service: &str) -> Option<Parameters> {
    let mut lines = text.lines().map(str::trim).skip_while(|line| *line != format!("[{service}]"));
    lines.next()?;
    let pairs = lines
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    Some(pairs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services() {
        let text = "[other]\nhost=no\n\n[plans]\n# ours\nhost=db\nport = 6432\n[last]\nhost=no\n";
        assert_eq!(
            section(text, "plans").unwrap(),
            Parameters::from([("host".into(), "db".into()), ("port".into(), "6432".into())])
        );
        assert!(section(text, "none").is_none());
    }
}
