//! A picture that a browser shows by itself, in light and in dark.

use super::layout::{GUTTER, HEAD, Layout, PADDING, Place, ROW, type_of};
use super::{Column, Diagram, Reference, Table};
use crate::report::markup::html;

/// How the parts of a picture look; for the head of a page that shows several.
pub const STYLE: &str = include_str!("style.css");

/// How far a line leaves a table before it turns.
const TURN: f64 = 36.0;

/// The picture as a file by itself; `label` is read to those who do not see it.
pub fn svg(diagram: &Diagram, label: &str) -> String {
    drawn(diagram, diagram, label, true)
}

/// The picture as part of a page that has the [`STYLE`], every table where `frame` has it.
pub fn inline_svg(diagram: &Diagram, frame: &Diagram, label: &str) -> String {
    drawn(diagram, frame, label, false)
}

fn drawn(diagram: &Diagram, frame: &Diagram, label: &str, styled: bool) -> String {
    let laid = Layout::within(diagram, frame);
    let (width, height) = (laid.width, laid.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-label=\"{}\">\n",
        html(label)
    );
    if styled {
        out += &format!("<style>\n{STYLE}</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
    }
    for reference in &diagram.references {
        out += &line(diagram, &laid, reference).unwrap_or_default();
    }
    for (table, place) in diagram.tables.iter().zip(&laid.places) {
        out += &boxed(table, place);
    }
    out + "</svg>\n"
}

fn boxed(table: &Table, place: &Place) -> String {
    let Place { x, y, width, height } = *place;
    let mut out = format!(
        "<g class=\"table {}\" transform=\"translate({x:.1} {y:.1})\">\n\
         <rect class=\"box\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"6\"/>\n\
         <path class=\"head\" d=\"M0 {HEAD}V6a6 6 0 0 1 6 -6H{:.1}a6 6 0 0 1 6 6V{HEAD}z\"/>\n",
        table.mark.word(),
        width - 6.0,
    );
    out += &format!("<text class=\"sign\" x=\"{PADDING}\" y=\"18.5\">{}</text>", table.mark.sign());
    out +=
        &format!("<text class=\"name\" x=\"{}\" y=\"18.5\">{}</text>\n", PADDING + GUTTER, html(&table.name));
    for (index, column) in table.columns.iter().enumerate() {
        out += &row(column, HEAD + index as f64 * ROW, width);
    }
    if table.more > 0 {
        let y = HEAD + table.columns.len() as f64 * ROW + 15.0;
        let more =
            if table.more == 1 { "1 more column".to_owned() } else { format!("{} more columns", table.more) };
        out += &format!("<text class=\"type\" x=\"{}\" y=\"{y:.1}\">{more}</text>\n", PADDING + GUTTER);
    }
    out + "</g>\n"
}

fn row(column: &Column, top: f64, width: f64) -> String {
    let mut out = format!("<g class=\"column {}\">", column.mark.word());
    out += &format!(
        "<rect class=\"row\" x=\"1\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{ROW}\"/>",
        width - 2.0
    );
    let base = top + 15.0;
    out += &format!("<text class=\"sign\" x=\"{PADDING}\" y=\"{base:.1}\">{}</text>", column.mark.sign());
    let key = if column.primary { " primary" } else { "" };
    let name = html(&column.name);
    out += &format!("<text class=\"field{key}\" x=\"{}\" y=\"{base:.1}\">{name}", PADDING + GUTTER);
    let keys = [(column.primary, "PK"), (column.foreign, "FK"), (column.unique, "UK")];
    let keys: Vec<&str> = keys.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
    if !keys.is_empty() {
        out += &format!("<tspan class=\"key\" dx=\"5\">{}</tspan>", keys.join(" "));
    }
    let (type_, right) = (html(&type_of(column)), width - PADDING);
    out += &format!(
        "</text><text class=\"type\" x=\"{right:.1}\" y=\"{base:.1}\" text-anchor=\"end\">{type_}</text>"
    );
    out + "</g>\n"
}

/// A line from the column that refers to the one that is referred to: a crow's foot where many rows refer to one, a ring
/// where a row need not refer to any.
fn line(diagram: &Diagram, laid: &Layout, reference: &Reference) -> Option<String> {
    let end = |(name, columns): &(String, Vec<String>)| {
        let index = diagram.tables.iter().position(|table| table.name == *name)?;
        let row = diagram.tables[index].columns.iter().position(|one| columns.contains(&one.name));
        let place = laid.places[index];
        Some((place, place.y + row.map_or(HEAD / 2.0, |row| HEAD + (row as f64 + 0.5) * ROW)))
    };
    let ((from, y1), (to, y2)) = (end(&reference.from)?, end(&reference.to)?);
    // Which sides: towards each other; where one stands above the other, both on the right.
    let (x1, side1, x2, side2) = if to.x + to.width + TURN <= from.x {
        (from.x, -1.0, to.x + to.width, 1.0)
    } else if from.x + from.width + TURN <= to.x {
        (from.x + from.width, 1.0, to.x, -1.0)
    } else {
        (from.x + from.width, 1.0, to.x + to.width, 1.0)
    };
    let bend = if side1 == side2 { TURN } else { ((x2 - x1).abs() / 2.0).max(TURN) };
    let (c1, c2) = (x1 + side1 * bend, x2 + side2 * bend);
    let mut path = format!("M{x1:.1} {y1:.1}C{c1:.1} {y1:.1} {c2:.1} {y2:.1} {x2:.1} {y2:.1}");
    if !reference.single {
        let tip = x1 + side1 * 10.0;
        path += &format!("M{x1:.1} {:.1}L{tip:.1} {y1:.1}L{x1:.1} {:.1}", y1 - 5.0, y1 + 5.0);
    }
    let bar = x2 + side2 * 7.0;
    path += &format!("M{bar:.1} {:.1}V{:.1}", y2 - 5.0, y2 + 5.0);
    let ring = match reference.mandatory {
        true => String::new(),
        false => format!("<circle cx=\"{:.1}\" cy=\"{y2:.1}\" r=\"3.5\"/>", x2 + side2 * 13.0),
    };
    let word = reference.mark.word();
    let title = html(&format!("{}: {} refers to {}", reference.name, reference.from.0, reference.to.0));
    Some(format!("<g class=\"reference {word}\"><title>{title}</title><path d=\"{path}\"/>{ring}</g>\n"))
}
