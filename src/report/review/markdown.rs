//! A review as a comment on a pull request: Markdown as GitHub and GitLab have it.

use super::wording::{self, Sentence, Span};
use crate::report::diagram::mermaid;
use crate::report::markup::{block, cell, code, words};
use crate::review::{Review, Reviewed, Touched};

/// The review.
pub fn markdown(review: &Review) -> String {
    let mut out = String::new();
    for one in &review.migrations {
        out += &migration(one);
    }
    out + &format!("---\n\n<sub>{}</sub>\n", words(&wording::origin(review)))
}

fn migration(one: &Reviewed) -> String {
    let mut out = format!("## Migration {}\n\n", code(&one.name));
    if !one.description.is_empty() {
        out += &format!("{}\n\n", words(&one.description));
    }
    let verdict = sentence(&wording::verdict(one));
    if !verdict.trim().is_empty() {
        out += &format!("**{}**\n\n", verdict.trim());
    }
    for hazard in &one.hazards {
        out += &format!("- ⚠️ {}\n", words(hazard));
    }
    let way = wording::way_back(one.down.as_ref());
    out += &format!("- Way back: {}\n", way.iter().map(sentence).collect::<Vec<_>>().join(" "));
    let proven = if one.proven.is_empty() { "not stated; written by hand" } else { &one.proven };
    out += &format!("- Proven: {}\n\n", words(proven));
    if let Some(problem) =
        one.down.as_ref().filter(|way| way.leads_back == Some(false)).and_then(|way| way.problem.as_ref())
    {
        out += &block("", problem);
        out.push('\n');
    }
    out += &tables(&one.tables);
    out += &changes(one);
    out += &statements(one);
    out + &pictures(one)
}

fn sentence(sentence: &Sentence) -> String {
    let spell = |span: &Span| match span {
        Span::Words(text) => words(text),
        Span::Name(text) => code(text),
    };
    sentence.iter().map(spell).collect()
}

fn tables(tables: &[Touched]) -> String {
    if tables.is_empty() {
        return String::new();
    }
    let mut out = "### Tables that others use\n\n| table | size | strongest lock | meanwhile | its rows |\n\
                   |---|---|---|---|---|\n"
        .to_owned();
    for table in tables {
        let (name, size, lock) = (cell(&table.table), wording::size(table.size), table.lock);
        let rows = wording::rows_of(table);
        out += &format!("| {name} | {size} | {} | {} | {rows} |\n", lock.name(), lock.others());
    }
    out.push('\n');
    out
}

fn changes(one: &Reviewed) -> String {
    let mut out = "### What changes\n\n".to_owned();
    if one.changes.is_empty() {
        return out + "Nothing in the schema.\n\n";
    }
    for group in &one.changes {
        out += &format!("- {}\n", code(&group.object));
        for change in &group.changes {
            let (sign, object, differs) = wording::change(change);
            let differs: Vec<String> = differs.iter().map(sentence).collect();
            let colon = if differs.is_empty() { "" } else { ": " };
            out += &format!("  - `{sign}` {}{colon}{}\n", code(object), differs.join("; "));
        }
    }
    out.push('\n');
    out
}

fn statements(one: &Reviewed) -> String {
    let mut out = "### Statements\n\n".to_owned();
    for section in &one.sections {
        out += &format!("{}\n\n", wording::section(section));
        for statement in &section.statements {
            out += &format!("Line {}\n", statement.statement.line);
            for effect in wording::effects(statement) {
                out += &format!("- {}\n", sentence(&effect));
            }
            out += &format!("\n{}\n", block("sql", &format!("{};", statement.statement.sql)));
        }
    }
    out
}

fn pictures(one: &Reviewed) -> String {
    let mut out = String::new();
    for (title, diagram) in [("before", &one.before), ("after", &one.after)] {
        if !diagram.is_empty() {
            let picture = block("mermaid", &mermaid(diagram));
            out += &format!("<details><summary>The tables {title}</summary>\n\n{picture}\n</details>\n\n");
        }
    }
    out
}
/// The text, cut to so many characters between two lines: what is open there is closed, and what is left out is told.
pub fn shortened(text: &str, limit: usize) -> String {
    let all = text.chars().count();
    if all <= limit {
        return text.to_owned();
    }
    let note = format!("\n*The rest is left out: the whole review has {all} characters.*\n");
    let (mut kept, mut length) = (String::new(), note.chars().count());
    let mut open: Vec<&str> = vec![];
    for line in text.split_inclusive('\n') {
        let mut after = open.clone();
        match line.trim() {
            fence if fence.starts_with("```") && after.last() == Some(&"```") => _ = after.pop(),
            fence if fence.starts_with("```") => after.push("```"),
            "</details>" => _ = after.pop(),
            details if details.starts_with("<details>") && !details.contains("</details>") => {
                after.push("</details>")
            }
            _ => {}
        }
        let closing: usize = after.iter().map(|end| end.len() + 1).sum();
        if length + line.chars().count() + closing > limit {
            break;
        }
        length += line.chars().count();
        kept += line;
        open = after;
    }
    let ends: String = open.iter().rev().map(|end| format!("{end}\n")).collect();
    kept + &ends + &note
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_cut_between_lines() {
        let text = format!(
            "# Review\n\n<details><summary>é</summary>\n\n```sql\n{}```\n</details>\n",
            "SELECT 'é';\n".repeat(99)
        );
        assert_eq!(shortened(&text, text.chars().count()), text);
        for limit in 120..200 {
            let cut = shortened(&text, limit);
            assert!(cut.chars().count() <= limit, "{limit}: {cut}");
            assert!(cut.contains("The rest is left out"), "{cut}");
            assert_eq!(cut.matches("```").count() % 2, 0, "{cut}");
            assert_eq!(cut.matches("<details>").count(), cut.matches("</details>").count(), "{cut}");
        }
    }
}
