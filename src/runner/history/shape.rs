//! The columns of the history table: how it is made, recognised, and brought up from an older shape.

use crate::postgres::session::Column;

/// A column, and what a table of ours that was made before it says in its place.
struct Ours {
    name: &'static str,
    data_type: &'static str,
    /// None where the table always had it.
    before: Option<&'static str>,
    default: Option<&'static str>,
}

const COLUMNS: [Ours; 8] = [
    Ours { name: "version", data_type: "bigint", before: None, default: None },
    Ours { name: "name", data_type: "text", before: None, default: None },
    Ours { name: "description", data_type: "text", before: Some("''"), default: Some("''") },
    Ours { name: "depends", data_type: "text[]", before: Some("'{}'::text[]"), default: Some("'{}'") },
    Ours { name: "checksum", data_type: "text", before: None, default: None },
    Ours { name: "applied_at", data_type: "timestamp with time zone", before: None, default: Some("now()") },
    Ours { name: "applied_by", data_type: "text", before: Some("''"), default: Some("current_user") },
    Ours { name: "execution_time_ms", data_type: "bigint", before: Some("0::bigint"), default: None },
];

/// What a table that bears the name of ours is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Ours; it lacks these columns, which are newer than it is.
    Ours(Vec<&'static str>),
    /// Another tool's, or a later version's.
    Foreign,
}

impl Shape {
    pub fn of(columns: &[Column]) -> Shape {
        let known = |column: &Column| {
            COLUMNS.iter().any(|ours| ours.name == column.name && ours.data_type == column.data_type)
        };
        let lacks = |ours: &&Ours| !columns.iter().any(|column| column.name == ours.name);
        let lacking: Vec<&Ours> = COLUMNS.iter().filter(lacks).collect();
        match columns.iter().all(known) && lacking.iter().all(|ours| ours.before.is_some()) {
            true => Shape::Ours(lacking.into_iter().map(|ours| ours.name).collect()),
            false => Shape::Foreign,
        }
    }
}

/// `CREATE TABLE`, for the quoted name `table`.
pub(super) fn create(table: &str) -> String {
    let columns = COLUMNS.iter().map(|ours| {
        let default = ours.default.map(|default| format!(" DEFAULT {default}")).unwrap_or_default();
        format!("{} {} NOT NULL{default}", ours.name, ours.data_type)
    });
    let columns = columns.collect::<Vec<_>>().join(", ");
    format!("CREATE TABLE IF NOT EXISTS {table} ({columns}, PRIMARY KEY (version, name))")
}

/// Adds the columns that are `lacking`.
pub(super) fn upgrade(table: &str, lacking: &[&str]) -> String {
    let added = COLUMNS.iter().filter(|ours| lacking.contains(&ours.name));
    let statements = added.map(|ours| {
        let Ours { name, data_type, .. } = ours;
        let before = ours.before.unwrap_or("NULL");
        let default =
            ours.default.map_or("DROP DEFAULT".to_owned(), |default| format!("SET DEFAULT {default}"));
        format!(
            "ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {name} {data_type} NOT NULL DEFAULT {before};
             ALTER TABLE {table} ALTER COLUMN {name} {default};"
        )
    });
    statements.collect()
}

/// The expressions that read the columns, in their order.
pub(super) fn expressions(lacking: &[&str]) -> String {
    let expression = |ours: &Ours| match (lacking.contains(&ours.name), ours.before) {
        (true, Some(before)) => before.to_owned(),
        _ if ours.name == "applied_at" => {
            "to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')".to_owned()
        }
        _ => ours.name.to_owned(),
    };
    COLUMNS.iter().map(expression).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> Vec<Column> {
        let column = |text: &str| {
            let (name, data_type) = text.split_once(' ').unwrap_or((text, ""));
            Column { name: name.to_owned(), data_type: data_type.to_owned() }
        };
        text.split(", ").map(column).collect()
    }

    #[test]
    fn only_what_was_ours_is_ours() {
        let old = "version bigint, name text, checksum text, applied_at timestamp with time zone";
        assert_eq!(
            Shape::of(&columns(old)),
            Shape::Ours(vec!["description", "depends", "applied_by", "execution_time_ms"])
        );
        for foreign in [
            "version bigint, dirty boolean",
            "version integer, name text, checksum text, applied_at timestamp with time zone",
            "version bigint, name text",
            "version bigint, name text, checksum text, applied_at timestamp with time zone, batch integer",
        ] {
            assert_eq!(Shape::of(&columns(foreign)), Shape::Foreign, "{foreign}");
        }
    }
}
