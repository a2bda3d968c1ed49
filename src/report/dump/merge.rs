//! A file that is written again: what people wrote between its statements stays.

use std::ops::Range;

use crate::source::reading::read;
use crate::source::scan::{Piece, scan};
use crate::source::words::Words;

/// A statement of a file, with what stands before it: comments and empty lines.
struct Chunk<'a> {
    before: &'a str,
    statement: &'a str,
    /// What is equal where nothing but comments and white space differ.
    said: Vec<&'a str>,
    /// What it is about: `CREATE TABLE`, and the name.
    about: (String, Option<Vec<String>>),
}

/// What the file shall contain: `found`, where it says the same as `wanted` in other words or another order; else the
/// statements of `wanted`, each as it is found where it has not changed, and with the comments that stand before it.
pub fn merged(found: &str, wanted: &str) -> String {
    let (old, tail) = chunks(found);
    let (new, _) = chunks(wanted);
    let mut left: Vec<Option<&Chunk>> = old.iter().map(Some).collect();
    let mut take = |fits: &dyn Fn(&Chunk) -> bool| {
        left.iter_mut().find(|chunk| chunk.is_some_and(fits)).and_then(Option::take)
    };
    let same: Vec<_> = new.iter().map(|chunk| take(&|other| other.said == chunk.said)).collect();
    if same.iter().all(Option::is_some) && old.len() == new.len() {
        return found.to_owned();
    }
    let mut text = String::new();
    for (chunk, same) in new.iter().zip(same) {
        let (before, statement) = match same {
            Some(same) => (same.before, same.statement),
            None => {
                let other = take(&|other| other.about == chunk.about && other.before.contains("--"));
                (other.map_or(chunk.before, |other| other.before), chunk.statement)
            }
        };
        text.push_str(if text.is_empty() { before.trim_start_matches('\n') } else { before });
        text.push_str(statement);
    }
    text.push_str(tail);
    text
}

/// The statements of a text, and what stands behind the last.
fn chunks(text: &str) -> (Vec<Chunk<'_>>, &str) {
    let mut end = 0;
    let mut found = vec![];
    for Piece { range, .. } in scan(text.as_bytes()).pieces {
        let behind = line_end(text, &range);
        let words = Words::new(&text[range.clone()]);
        let reading = read(&words);
        found.push(Chunk {
            before: &text[end..range.start],
            statement: &text[range.start..behind],
            said: (0..words.count()).map(|index| words.raw(index)).collect(),
            about: (reading.kind, reading.name),
        });
        end = behind;
    }
    (found, &text[end..])
}

/// Behind the semicolon, and behind a comment on its line.
fn line_end(text: &str, range: &Range<usize>) -> usize {
    let rest = &text[range.end..];
    let Some(semicolon) = rest.find(';') else { return text.len() };
    let line = rest[semicolon..].find('\n').map_or(rest.len(), |newline| semicolon + newline + 1);
    let trailing = rest[semicolon + 1..line].trim();
    let alone = trailing.is_empty() || trailing.starts_with("--");
    range.end + if alone { line } else { semicolon + 1 }
}

#[cfg(test)]
mod tests {
    use super::merged;

    const FOUND: &str = "-- What we eat.
create table food (id  int); -- never empty

-- Looked up by name.
CREATE INDEX food_name_idx ON food (name);
-- the end
";

    #[test]
    fn a_file_that_says_the_same_stays() {
        let same = "CREATE INDEX food_name_idx ON food (name);\ncreate table food (id int);\n";
        assert_eq!(merged(FOUND, same), FOUND);
    }

    #[test]
    fn comments_stay_with_their_statements() {
        let wanted = "create table food (id int);\n\nCREATE INDEX food_name_idx ON food (lower(name));\n\n\
                      COMMENT ON TABLE food IS 'new';\n";
        let expected = "-- What we eat.
create table food (id  int); -- never empty

-- Looked up by name.
CREATE INDEX food_name_idx ON food (lower(name));

COMMENT ON TABLE food IS 'new';
-- the end
";
        assert_eq!(merged(FOUND, wanted), expected);
    }

    #[test]
    fn what_is_gone_takes_its_comments_along() {
        assert_eq!(merged("-- a\nSELECT 1;\n\n-- b\nSELECT 2;\n", "SELECT 2;\n"), "-- b\nSELECT 2;\n");
    }
}
