//! What stands between the parentheses of CREATE TABLE, line by line.

use std::fmt;

/// One line, without its comma.
#[derive(Debug)]
pub enum Line {
    /// A column, in the pieces that stand below one another.
    Column {
        /// Its name.
        name: String,
        /// Its type, with its collation.
        type_: String,
        /// What else is said of it.
        rest: String,
    },
    /// Anything else, such as a constraint.
    Other(String),
}

/// Names and types that are longer than this do not push those of other columns aside, in characters.
const WIDEST: usize = 40;

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Line::Column { name, type_, rest } if rest.is_empty() => write!(f, "{name} {type_}"),
            Line::Column { name, type_, rest } => write!(f, "{name} {type_} {rest}"),
            Line::Other(line) => f.write_str(line),
        }
    }
}

/// The lines as a migration states them.
pub fn plain(lines: &[Line]) -> String {
    joined(lines.iter().map(Line::to_string))
}

/// The lines as a schema file states them: types, and what else is said of columns, stand below one another.
pub fn aligned(lines: &[Line]) -> String {
    let width = |piece: fn(&Line) -> &str| {
        let lengths = lines.iter().map(|line| piece(line).chars().count());
        lengths.filter(|length| *length <= WIDEST).max().unwrap_or_default()
    };
    let names = width(|line| match line {
        Line::Column { name, .. } => name,
        Line::Other(_) => "",
    });
    let types = width(|line| match line {
        Line::Column { type_, rest, .. } if !rest.is_empty() => type_,
        _ => "",
    });
    joined(lines.iter().map(|line| match line {
        Line::Column { name, type_, rest } => {
            format!("{name:names$} {type_:types$} {rest}").trim_end().to_owned()
        }
        Line::Other(line) => line.clone(),
    }))
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { String::new() } else { format!("\n    {}\n", lines.join(",\n    ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_stand_below_one_another() {
        let column = |name: &str, type_: &str, rest: &str| Line::Column {
            name: name.into(),
            type_: type_.into(),
            rest: rest.into(),
        };
        let lines = [
            column("id", "bigint", "NOT NULL"),
            column("remark", "text", ""),
            column("price", "numeric(8,2)", "DEFAULT 0 NOT NULL"),
            Line::Other("CONSTRAINT food_pkey PRIMARY KEY (id)".into()),
        ];
        let expected = "
    id     bigint       NOT NULL,
    remark text,
    price  numeric(8,2) DEFAULT 0 NOT NULL,
    CONSTRAINT food_pkey PRIMARY KEY (id)
";
        assert_eq!(aligned(&lines), expected);
        assert_eq!(aligned(&[]), "");
        assert!(plain(&lines).starts_with("\n    id bigint NOT NULL,\n    remark text,\n"));
    }
}
