//! A review as a page by itself: no script, nothing to load, light and dark, for wide and narrow screens.

use super::wording::{self, Sentence, Span};
use crate::report::diagram::{self, inline_svg};
use crate::report::markup;
use crate::review::{Review, Reviewed, Touched};

/// The page.
pub fn html(review: &Review) -> String {
    let names: Vec<&str> = review.migrations.iter().map(|one| one.name.as_str()).collect();
    let title = escaped(&format!("Review of {}", names.join(", ")));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n<main>\n",
        include_str!("page.css"),
        diagram::STYLE,
    );
    for one in &review.migrations {
        out += &migration(one);
    }
    out + &format!("<footer>{}</footer>\n</main>\n</body>\n</html>\n", escaped(&wording::origin(review)))
}

fn escaped(text: &str) -> String {
    markup::html(text)
}

fn sentence(sentence: &Sentence) -> String {
    let spell = |span: &Span| match span {
        Span::Words(text) => escaped(text),
        Span::Name(text) => format!("<code>{}</code>", escaped(text)),
    };
    sentence.iter().map(spell).collect()
}

fn migration(one: &Reviewed) -> String {
    let mut out = format!("<article>\n<h1>{}</h1>\n", escaped(&one.name));
    if !one.description.is_empty() {
        out += &format!("<p class=\"lead\">{}</p>\n", escaped(&one.description));
    }
    let long = one.tables.iter().any(Touched::is_long);
    let verdict = sentence(&wording::verdict(one));
    if !verdict.trim().is_empty() {
        out +=
            &format!("<p class=\"verdict {}\">{}</p>\n", if long { "long" } else { "brief" }, verdict.trim());
    }
    out += "<dl>\n";
    let hazards: Vec<String> = one.hazards.iter().map(|hazard| escaped(hazard)).collect();
    let hazards = if hazards.is_empty() { "none".to_owned() } else { hazards.join("<br>") };
    out += &format!("<dt>Hazards</dt><dd>{hazards}</dd>\n");
    let way = wording::way_back(one.down.as_ref());
    out += &format!("<dt>Way back</dt><dd>{}", way.iter().map(sentence).collect::<Vec<_>>().join(" "));
    if let Some(way) = one.down.as_ref().filter(|way| way.leads_back == Some(false)) {
        out += &format!("<pre>{}</pre>", escaped(way.problem.as_deref().unwrap_or_default()));
    }
    let proven = if one.proven.is_empty() { "not stated; written by hand" } else { &one.proven };
    out += &format!("</dd>\n<dt>Proven</dt><dd>{}</dd>\n</dl>\n", escaped(proven));
    out += &tables(&one.tables);
    out += &pictures(one);
    out += &changes(one);
    out += &statements(one);
    out + "</article>\n"
}

fn tables(tables: &[Touched]) -> String {
    if tables.is_empty() {
        return String::new();
    }
    let mut out = "<h2>Tables that others use</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>Table</th><th>Size</th>\
                   <th>Strongest lock</th><th>Meanwhile</th><th>Its rows</th></tr></thead>\n<tbody>\n"
        .to_owned();
    for table in tables {
        let class = if table.is_long() { " class=\"long\"" } else { "" };
        out += &format!(
            "<tr{class}><td><code>{}</code></td><td data-label=\"Size\">{}</td><td data-label=\"Strongest lock\">{}</td>\
             <td data-label=\"Meanwhile\">{}</td><td data-label=\"Its rows\">{}</td></tr>\n",
            escaped(&table.table),
            wording::size(table.size),
            table.lock.name(),
            table.lock.others(),
            wording::rows_of(table)
        );
    }
    out + "</tbody>\n</table></div>\n"
}

fn pictures(one: &Reviewed) -> String {
    let mut out = String::new();
    let frame = one.before.with(&one.after);
    for (title, diagram) in [("Before", &one.before), ("After", &one.after)] {
        if !diagram.is_empty() {
            let label = format!("The tables {} {}", title.to_lowercase(), one.name);
            out += &format!(
                "<figure><figcaption>{title}</figcaption>\n{}</figure>\n",
                inline_svg(diagram, &frame, &label)
            );
        }
    }
    if out.is_empty() { out } else { format!("<h2>Picture</h2>\n<div class=\"pictures\">\n{out}</div>\n") }
}

fn changes(one: &Reviewed) -> String {
    let mut out = "<h2>What changes</h2>\n".to_owned();
    if one.changes.is_empty() {
        return out + "<p>Nothing in the schema.</p>\n";
    }
    for group in &one.changes {
        out += &format!(
            "<section class=\"object\">\n<h3>{}</h3>\n<ul class=\"changes\">\n",
            escaped(&group.object)
        );
        for change in &group.changes {
            let (sign, object, differs) = wording::change(change);
            let class = match sign {
                "+" => "added",
                "−" => "removed",
                _ => "changed",
            };
            let differs: Vec<String> = differs.iter().map(sentence).collect();
            let colon = if differs.is_empty() { "" } else { ": " };
            let differs = differs.join("; ");
            out += &format!("<li class=\"{class}\"><b>{sign}</b> {}{colon}{differs}</li>\n", escaped(object));
        }
        out += "</ul>\n</section>\n";
    }
    out
}

fn statements(one: &Reviewed) -> String {
    let mut out = "<h2>Statements</h2>\n".to_owned();
    for section in &one.sections {
        out += &format!("<section>\n<p class=\"how\">{}</p>\n", wording::section(section));
        for statement in &section.statements {
            let blocks = |locks: &Vec<crate::runner::TableLock>| locks.iter().any(|lock| lock.blocks_writes);
            let goes = !statement.rewrites.is_empty()
                || statement.scans.as_ref().is_some_and(|scans| !scans.is_empty());
            let long = goes && statement.locks.as_ref().is_some_and(blocks);
            let class = if long { "statement long" } else { "statement" };
            out += &format!(
                "<div class=\"{class}\">\n<p class=\"line\">line {}</p>\n<ul>\n",
                statement.statement.line
            );
            for effect in wording::effects(statement) {
                out += &format!("<li>{}</li>\n", sentence(&effect));
            }
            out +=
                &format!("</ul>\n<pre><code>{};</code></pre>\n</div>\n", escaped(&statement.statement.sql));
        }
        out += "</section>\n";
    }
    out
}
