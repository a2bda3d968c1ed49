//! psql's commands in a migration: what only changes what psql prints is passed over, and nothing else, because the
//! server would not understand it.

use crate::source::meta::Meta;

/// Why a command cannot be part of a migration, and what to do instead; `None` if it may stand there.
pub(super) fn refusal(command: &str) -> Option<(String, &'static str)> {
    let meta = Meta::new(command);
    let hint = match meta.name {
        "set" => return setting(meta),
        _ if meta.is_harmless() || meta.is_utf8() => return None,
        "encoding" => "migrations are read as UTF-8; convert the file",
        "i" | "ir" | "include" | "include_relative" => "write the statements of that file here",
        "c" | "connect" => "remove it: schemadiff itself connects to the database",
        "copy" => "write the rows below `COPY … FROM stdin;`, ended by the line `\\.`",
        "unset" | "if" | "elif" | "else" | "endif" => {
            "variables of psql are not known here; use a `DO` block"
        }
        _ => "write the SQL that it stands for",
    };
    Some((format!("`\\{}` is a command of psql, not SQL", meta.name), hint))
}

/// The settings of psql that are written in capitals change how it prints, but for those that change what happens.
fn setting(meta: Meta<'_>) -> Option<(String, &'static str)> {
    let name = meta.argument(0).unwrap_or("VERBOSITY");
    let on = meta.argument(1).is_none_or(|value| matches!(value, "on" | "true" | "yes" | "1"));
    let hint = match name {
        "ON_ERROR_STOP" if on => return None,
        "ON_ERROR_STOP" => "a migration always stops at the first error",
        "AUTOCOMMIT" | "ON_ERROR_ROLLBACK" => {
            "`-- schemadiff: transaction` and `-- schemadiff: no-transaction` say what runs in a transaction"
        }
        _ if name.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'0'..=b'9')) => {
            return None;
        }
        _ => "variables of psql are not known here; write the value where it is used",
    };
    Some((format!("`\\set {name}` is a command of psql, not SQL"), hint))
}

#[cfg(test)]
mod tests {
    use super::refusal;

    #[test]
    fn only_what_changes_nothing_is_passed_over() {
        for harmless in [
            "\\echo applying 7",
            "\\set ON_ERROR_STOP on",
            "\\set ON_ERROR_STOP",
            "\\set VERBOSITY terse",
            "\\timing",
            "\\restrict abc",
            "\\encoding utf8",
            "\\dt",
        ] {
            assert_eq!(refusal(harmless), None, "{harmless}");
        }
        for refused in [
            "\\set ON_ERROR_STOP off",
            "\\set AUTOCOMMIT off",
            "\\set factor 3",
            "\\i other.sql",
            "\\copy t from 'rows.csv'",
            "\\gexec",
            "\\if :x",
            "\\! rm -r .",
            "\\lo_import picture",
            "\\encoding latin1",
        ] {
            assert!(refusal(refused).is_some(), "{refused}");
        }
    }
}
