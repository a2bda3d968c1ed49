//! What a file allows: `-- schemadiff: allow drop-column`, before a statement or at one of its columns.

use crate::error::{Error, ErrorKind, Position, Result};
use crate::source::File;
use crate::source::annotation::{self, Target};
use crate::source::scan::scan;

use super::rules::REGISTRY;

/// Which rules do not hold on which lines of one file.
pub(super) struct Allowed(Vec<(&'static str, std::ops::RangeInclusive<usize>)>);

impl Allowed {
    /// Errors: what is allowed is no rule, or the annotation is about nothing.
    pub fn read(file: &File) -> Result<Allowed> {
        let cut = scan(file.text.as_bytes());
        let mut allowed = Vec::new();
        for comment in &cut.comments {
            let Some((said, ahead)) = annotation::words(&file.text[comment.clone()]) else { continue };
            let Some(names) = annotation::allowed(said) else { continue };
            let lines = match annotation::attach(&file.text, comment, &cut.pieces) {
                Some((piece, Target::Element { offset, .. }))
                    if cut.pieces[piece].range.contains(&offset) =>
                {
                    file.line(offset)..=file.line(offset)
                }
                Some((piece, _)) => {
                    let range = &cut.pieces[piece].range;
                    file.line(range.start)..=file.line(range.end)
                }
                None => {
                    return Err(Error::new(ErrorKind::Source, format!("`{said}` is about nothing"))
                        .at(Position::locate(&file.path, &file.text, comment.start + ahead))
                        .hint("write it on the line before a statement or a column, or behind it"));
                }
            };
            for name in names {
                allowed.push((known(file, name)?, lines.clone()));
            }
        }
        Ok(Allowed(allowed))
    }

    /// Whether the rule does not hold on this line.
    pub fn covers(&self, rule: &str, line: usize) -> bool {
        self.0.iter().any(|(name, lines)| *name == rule && lines.contains(&line))
    }
}

/// `name` is a part of the file's text.
fn known(file: &File, name: &str) -> Result<&'static str> {
    if let Some(rule) = REGISTRY.iter().find(|rule| rule.name == name) {
        return Ok(rule.name);
    }
    let names: Vec<_> = REGISTRY.iter().map(|rule| rule.name).collect();
    let offset = name.as_ptr() as usize - file.text.as_ptr() as usize;
    Err(Error::new(ErrorKind::Source, format!("no rule is called `{name}`"))
        .at(Position::locate(&file.path, &file.text, offset))
        .hint(annotation::advice(name, &names)))
}
