//! A picture as GitHub, GitLab and many wikis draw it from text: an entity relationship diagram of Mermaid.

use std::collections::BTreeMap;

use super::{Column, Diagram, Mark};

/// The text of the diagram, without a fence.
pub fn mermaid(diagram: &Diagram) -> String {
    let ids: BTreeMap<&str, usize> =
        diagram.tables.iter().enumerate().map(|(at, table)| (table.name.as_str(), at)).collect();
    let mut out = "erDiagram\n".to_owned();
    for (at, table) in diagram.tables.iter().enumerate() {
        let sign = if table.mark == Mark::Same { String::new() } else { format!("{} ", table.mark.sign()) };
        out += &format!("    t{at}[\"{sign}{}\"] {{\n", quoted(&table.name));
        for column in &table.columns {
            out += &format!("        {}\n", attribute(column));
        }
        out += "    }\n";
    }
    for reference in &diagram.references {
        let (Some(from), Some(to)) = (ids.get(reference.from.0.as_str()), ids.get(reference.to.0.as_str()))
        else {
            continue;
        };
        let many = if reference.single { "|o" } else { "}o" };
        let one = if reference.mandatory { "||" } else { "o|" };
        let sign =
            if reference.mark == Mark::Same { String::new() } else { format!("{} ", reference.mark.sign()) };
        out += &format!("    t{from} {many}--{one} t{to} : \"{sign}{}\"\n", quoted(&reference.name));
    }
    out
}

fn attribute(column: &Column) -> String {
    let (type_, name) = (word(&column.type_), word(&column.name));
    let keys = [(column.primary, "PK"), (column.foreign, "FK"), (column.unique, "UK")];
    let keys: Vec<&str> = keys.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
    let mut notes = Vec::new();
    if column.mark != Mark::Same {
        notes.push(column.mark.word().to_owned());
    }
    if name != column.name {
        notes.push(quoted(&column.name));
    }
    if !column.not_null {
        notes.push("null".to_owned());
    }
    let mut out = format!("{type_} {name}");
    if !keys.is_empty() {
        out += &format!(" {}", keys.join(", "));
    }
    if !notes.is_empty() {
        out += &format!(" \"{}\"", notes.join(", "));
    }
    out
}

/// A word as Mermaid takes them for types and names: it begins with a letter and has no blanks.
fn word(text: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '(' | ')' | '[' | ']' | '-');
    let word: String = text.trim_matches('"').chars().map(|c| if fits(c) { c } else { '_' }).collect();
    if word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') { word } else { format!("_{word}") }
}

/// A text between double quotes, where Mermaid knows no escapes but `#code;`.
fn quoted(text: &str) -> String {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ' ' | '(' | ')' | ',');
    let spelled = |c: char| if safe(c) { c.to_string() } else { format!("#{};", c as u32) };
    text.chars().map(spelled).collect()
}
