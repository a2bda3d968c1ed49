//! Passwords from `.pgpass`, by libpq's rules (documentation of libpq, "The Password File").

use std::path::Path;

/// What a line of the file is looked up by.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// The host's name; for a socket in the default folder, `localhost`.
    pub host: &'a str,
    /// The port as text.
    pub port: &'a str,
    /// The database.
    pub database: &'a str,
    /// The role.
    pub user: &'a str,
}

/// The password of the first line that fits. A file that is missing, or that others may read, has none;
/// the second case comes as a text for the user.
pub fn password(file: &Path, sought: Sought<'_>) -> Result<Option<String>, String> {
    if others_may_read(file) {
        return Err(format!("`{}` is passed over because others may read it: chmod 600 it", file.display()));
    }
    let text = std::fs::read_to_string(file).unwrap_or_default();
    Ok(find(&text, sought))
}

fn find(text: &str, sought: Sought<'_>) -> Option<String> {
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let fields = cut(line);
        let [host, port, database, user, password] = fields.as_slice() else { return None };
        let wanted =
            [(host, sought.host), (port, sought.port), (database, sought.database), (user, sought.user)];
        let fits = wanted.iter().all(|((plain, field), value)| (*plain && field == "*") || field == value);
        fits.then(|| password.1.clone())
    })
}

/// The five fields of a line, without their backslashes, each with whether it had none: only an unescaped `*` fits all.
fn cut(line: &str) -> Vec<(bool, String)> {
    let mut fields = vec![(true, String::new())];
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        let last = fields.len() - 1;
        match c {
            '\\' => {
                fields[last].0 = false;
                fields[last].1.extend(characters.next());
            }
            ':' if last < 4 => fields.push((true, String::new())),
            c => fields[last].1.push(c),
        }
    }
    fields
}

#[cfg(unix)]
fn others_may_read(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file)
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_may_read(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_fits() {
        let text = "# ours\ndb:5432:plans:chef:no\n*:*:plans:cook:one\\:two:three\n*:*:*:*:last\n";
        let sought = Sought { host: "db", port: "5432", database: "plans", user: "cook" };
        assert_eq!(find(text, sought).as_deref(), Some("one:two:three"));
        assert_eq!(find(text, Sought { database: "other", ..sought }).as_deref(), Some("last"));
        assert_eq!(find("\\*:*:*:*:no", sought), None);
        assert_eq!(find("db:5432:plans:cook", sought), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_passed_over() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pgpass");
        std::fs::write(&file, "*:*:*:*:secret\n").unwrap();
        let sought = Sought { host: "db", port: "5432", database: "plans", user: "cook" };
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        assert!(password(&file, sought).is_err());
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
        assert_eq!(password(&file, sought), Ok(Some("secret".to_owned())));
        assert_eq!(password(Path::new("no such file"), sought), Ok(None));
    }
}
