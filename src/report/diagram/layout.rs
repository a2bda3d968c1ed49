//! Where the tables of a picture stand, in pixels: what is referred to on the left, what refers to it on the right.

use rust_sugiyama::configure::Config;
use rust_sugiyama::from_vertices_and_edges;

use super::{Column, Diagram, Table};

/// The width of a character of the picture's font: 12 pixels high, 0.6 of that wide.
const CHARACTER: f64 = 7.23;
/// The height of a table's name.
pub const HEAD: f64 = 28.0;
/// The height of a column.
pub const ROW: f64 = 21.0;
/// Between the edge of a table and its words.
pub const PADDING: f64 = 10.0;
/// For the sign of what changed.
pub const GUTTER: f64 = 14.0;
/// Between tables of one layer, and between groups of tables.
const GAP: f64 = 28.0;
/// Between layers, besides that.
const AISLE: f64 = 52.0;
/// Around the picture.
const MARGIN: f64 = 20.0;
/// How much wider than high a picture of separate groups should be.
const SHAPE: f64 = 1.5;

/// Where a table stands.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Place {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// The places of the tables, in their order, and the size of the picture.
pub struct Layout {
    pub places: Vec<Place>,
    pub width: f64,
    pub height: f64,
}

/// Tables that refer to each other, laid out.
struct Group {
    /// Indexes of tables, with the upper left corners of each.
    members: Vec<(usize, f64, f64)>,
    width: f64,
    height: f64,
}

impl Layout {
    /// The places of the tables of `diagram`, each as large as it is there and where `frame` has it.
    pub fn within(diagram: &Diagram, frame: &Diagram) -> Layout {
        let laid = layout(frame);
        let place = |table: &Table| {
            let at = frame.tables.iter().position(|one| one.key == table.key);
            let Place { x, y, .. } = at.map(|at| laid.places[at]).unwrap_or_default();
            Place { x, y, ..size(table) }
        };
        Layout { places: diagram.tables.iter().map(place).collect(), ..laid }
    }
}

/// Lays a picture out.
fn layout(diagram: &Diagram) -> Layout {
    let mut places: Vec<Place> = diagram.tables.iter().map(size).collect();
    let mut groups = groups(diagram, &places);
    // The largest first, then by name: the order of tables.
    let first = |group: &Group| group.members.iter().map(|member| member.0).min();
    groups.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then(first(a).cmp(&first(b))));
    let area: f64 = groups.iter().map(|group| (group.width + GAP) * (group.height + GAP)).sum();
    let widest = groups.iter().map(|group| group.width).fold(0.0, f64::max);
    let limit = widest.max((area * SHAPE).sqrt());
    let (mut x, mut y, mut shelf, mut width) = (0.0, 0.0, 0.0_f64, 0.0_f64);
    for group in &groups {
        if x > 0.0 && x + group.width > limit {
            (x, y, shelf) = (0.0, y + shelf + GAP, 0.0);
        }
        for &(table, left, top) in &group.members {
            (places[table].x, places[table].y) = (MARGIN + x + left, MARGIN + y + top);
        }
        x += group.width;
        width = width.max(x);
        shelf = shelf.max(group.height);
        x += GAP;
    }
    Layout { places, width: width + 2.0 * MARGIN, height: y + shelf + 2.0 * MARGIN }
}

/// Connected tables by layers. The library lays layers out from top to bottom; here they go from left to right.
fn groups(diagram: &Diagram, places: &[Place]) -> Vec<Group> {
    let index = |name: &str| diagram.tables.iter().position(|table| table.name == name);
    let mut edges: Vec<(u32, u32)> = diagram
        .references
        .iter()
        .filter_map(|one| Some((index(&one.to.0)? as u32, index(&one.from.0)? as u32)))
        .filter(|(to, from)| to != from)
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let vertices: Vec<_> = places
        .iter()
        .enumerate()
        .map(|(at, place)| (at as u32, (place.height, place.width + AISLE)))
        .collect();
    let config = Config { vertex_spacing: GAP, ..Config::default() };
    let laid = from_vertices_and_edges(&vertices, &edges, &config);
    laid.into_iter().map(|(members, _, _)| group(&members, places)).collect()
}

/// The library gives the middle of each vertex.
fn group(members: &[(usize, (f64, f64))], places: &[Place]) -> Group {
    let corner = |&(table, (down, right)): &(usize, (f64, f64))| {
        (table, right - places[table].width / 2.0, down - places[table].height / 2.0)
    };
    let mut members: Vec<_> = members.iter().map(corner).collect();
    members.sort_by_key(|member| member.0);
    let left = members.iter().map(|member| member.1).fold(f64::INFINITY, f64::min);
    let top = members.iter().map(|member| member.2).fold(f64::INFINITY, f64::min);
    let (mut width, mut height) = (0.0_f64, 0.0_f64);
    for (table, x, y) in &mut members {
        (*x, *y) = (*x - left, *y - top);
        width = width.max(*x + places[*table].width);
        height = height.max(*y + places[*table].height);
    }
    Group { members, width, height }
}

fn size(table: &Table) -> Place {
    let widest =
        table.columns.iter().map(|column| characters(&column.name) + characters(&type_of(column)) + 6);
    let widest = widest.max().unwrap_or_default().max(characters(&table.name) + 2);
    let rows = table.columns.len() + usize::from(table.more > 0);
    Place {
        width: GUTTER + widest as f64 * CHARACTER + 2.0 * PADDING,
        height: HEAD + rows as f64 * ROW + 4.0,
        ..Place::default()
    }
}

/// The type, and whether it may be missing.
pub fn type_of(column: &Column) -> String {
    format!("{}{}", column.type_, if column.not_null { "" } else { "?" })
}

/// How many characters wide a text is; those of Chinese, Japanese and Korean take two.
fn characters(text: &str) -> usize {
    text.chars().map(|character| if character >= '\u{1100}' { 2 } else { 1 }).sum()
}
