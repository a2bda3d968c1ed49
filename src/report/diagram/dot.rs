//! A picture for Graphviz.

use std::collections::BTreeMap;

use super::layout::type_of;
use super::{Column, Diagram, Mark, Table};
use crate::report::markup::html;

/// The text of a directed graph, from what refers to what is referred to.
pub fn dot(diagram: &Diagram) -> String {
    let ids: BTreeMap<&str, usize> =
        diagram.tables.iter().enumerate().map(|(at, table)| (table.name.as_str(), at)).collect();
    let mut out = "digraph schema {\n    graph [rankdir=RL]\n    node [shape=plaintext fontname=monospace fontsize=10]\n    \
                   edge [arrowhead=normal fontname=monospace fontsize=8]\n"
        .to_owned();
    for (at, table) in diagram.tables.iter().enumerate() {
        out += &format!("    t{at} [label=<{}>]\n", label(table));
    }
    for reference in &diagram.references {
        let port = |(name, columns): &(String, Vec<String>)| {
            let index = *ids.get(name.as_str())?;
            let row = diagram.tables[index].columns.iter().position(|one| columns.contains(&one.name));
            Some(row.map_or(format!("t{index}"), |row| format!("t{index}:c{row}")))
        };
        let (Some(from), Some(to)) = (port(&reference.from), port(&reference.to)) else { continue };
        let tail = if reference.single { "none" } else { "crow" };
        let style = if reference.mandatory { "solid" } else { "dashed" };
        let name = html(&reference.name).replace('\\', "\\\\");
        out += &format!("    {from} -> {to} [dir=both arrowtail={tail} style={style} tooltip=\"{name}\"]\n");
    }
    out + "}\n"
}

fn label(table: &Table) -> String {
    let mut out = "<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"4\">".to_owned();
    out += &format!(
        "<tr><td bgcolor=\"{}\"><b>{}</b></td></tr>",
        if table.mark == Mark::Same { "#eef1f4" } else { color(table.mark) },
        html(&table.name)
    );
    for (at, column) in table.columns.iter().enumerate() {
        out += &row(at, column);
    }
    if table.more > 0 {
        out += &format!("<tr><td align=\"left\"><i>{} more</i></td></tr>", table.more);
    }
    out + "</table>"
}

fn row(at: usize, column: &Column) -> String {
    let name = html(&column.name);
    let name = if column.primary { format!("<u>{name}</u>") } else { name };
    let (type_, color) = (html(&type_of(column)), color(column.mark));
    format!("<tr><td port=\"c{at}\" align=\"left\" bgcolor=\"{color}\">{name} <i>{type_}</i></td></tr>")
}

fn color(mark: Mark) -> &'static str {
    match mark {
        Mark::Same => "white",
        Mark::Added => "#dafbe1",
        Mark::Removed => "#ffebe9",
        Mark::Changed => "#fff8c5",
    }
}
