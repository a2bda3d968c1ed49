//! A catalog written down as SQL that a person would have written: the plan from an empty database to it, without what
//! only a migration needs, such as looking before it acts.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::Result;
use crate::catalog::{Address, Catalog};
use crate::plan::{Online, Options, Step, plan};
use crate::postgres::empty::empty;

/// The statements that make a schema.
#[derive(Debug)]
pub struct Dump {
    preamble: Vec<String>,
    statements: Vec<Statement>,
}

/// One statement, and the whole that it is about or about a part of.
#[derive(Debug)]
struct Statement {
    sql: String,
    /// Such as `table public.orders`.
    whole: String,
    /// In a folder with a file for each whole.
    file: PathBuf,
}

impl Dump {
    /// What makes `catalog` in an empty database. Owners are stated for all objects unless all belong to the role
    /// that reads.
    ///
    /// # Errors
    /// Of kind `Plan`, where no order of steps exists.
    pub fn new(catalog: &Catalog) -> Result<Dump> {
        let mut nothing = empty(catalog);
        let mut owners =
            catalog.objects.iter().filter(|(address, _)| !nothing.objects.contains_key(*address));
        let is_foreign = |owner: &String| *owner != catalog.facts.role;
        if owners.any(|(_, object)| object.owner.as_ref().is_some_and(is_foreign)) {
            nothing.facts.role.clear();
        }
        let options = Options { online: Online::Never, sizes: BTreeMap::new() };
        let mut dump = Dump { preamble: vec![], statements: vec![] };
        for step in plan(&nothing, catalog, &options)?.steps {
            match &step.object {
                None => dump.preamble.push(step.sql),
                Some(address) => dump.statements.push(Statement::new(&step, address, [catalog, &nothing])),
            }
        }
        Ok(dump)
    }

    /// One script for all, in an order in which it can be run.
    pub fn script(&self) -> String {
        let mut text: String = self.preamble.iter().map(|sql| format!("{sql};\n")).collect();
        let mut last = None;
        for statement in &self.statements {
            if last != Some(&statement.whole) {
                let space = if text.is_empty() { "" } else { "\n" };
                text.push_str(&format!("{space}-- {}\n", statement.whole));
                last = Some(&statement.whole);
            }
            push(&mut text, &statement.sql);
        }
        text
    }

    /// A file for each object with all its parts, by the path in the folder. The files are loaded in whatever order
    /// works; a script that includes them one after the other need not run.
    pub fn files(&self) -> BTreeMap<PathBuf, String> {
        let mut files: BTreeMap<PathBuf, String> = BTreeMap::new();
        for statement in &self.statements {
            push(files.entry(statement.file.clone()).or_default(), &statement.sql);
        }
        files
    }
}

impl Statement {
    fn new(step: &Step, address: &Address, catalogs: [&Catalog; 2]) -> Statement {
        let found = catalogs.into_iter().find_map(|catalog| {
            let index = catalog.objects.get_index_of(address)?;
            Some(catalog.at(catalog.root(index)))
        });
        let (address, object) = found.expect("a step is about an object of one of both");
        Statement {
            sql: unguarded(step),
            whole: object.to_string().replace(['\n', '\r'], " "),
            file: PathBuf::from(plural(object.kind()))
                .join(format!("{}.sql", plain(&address.names.join(".")))),
        }
    }
}

/// Adds a statement, apart from the one before it if either has several lines.
fn push(text: &mut String, sql: &str) {
    let after_long = text.rsplit("\n\n").next().is_some_and(|block| {
        let statements = block.lines().filter(|line| !line.starts_with("-- "));
        statements.clone().count() > 1 && !statements.clone().all(|line| line.ends_with(';'))
    });
    let follows_statement = text.ends_with(";\n");
    if follows_statement && (after_long || sql.contains('\n')) {
        text.push('\n');
    }
    text.push_str(&format!("{sql};\n"));
}

/// The statement as it stands in a schema file.
fn unguarded(step: &Step) -> String {
    let sql = step.unguarded.as_ref().unwrap_or(&step.sql);
    // Only its leading words: further on it may be a name, a string or the body of a function.
    let end = sql.find(['(', '"', '\'', '$', '\n']).unwrap_or(sql.len());
    let (head, rest) = sql.split_at(end);
    let head = head.replacen(" IF NOT EXISTS", "", 1).replacen("CREATE OR REPLACE ", "CREATE ", 1);
    format!("{head}{rest}")
}

/// The folder of a kind: `tables`, `materialized_views`.
fn plural(kind: &str) -> String {
    let kind = kind.replace(' ', "_");
    match kind.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if kind.ends_with('s') => kind,
        None => format!("{kind}s"),
    }
}

/// A name that every file system takes. Two that become one share a file, which harms nothing.
fn plain(name: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || "._-$".contains(c) { c } else { '_' };
    let plain: String = name.to_lowercase().chars().map(kept).collect();
    // Hidden files are no schema files.
    if plain.starts_with('.') { format!("_{plain}") } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_are_left_out() {
        let plain = |sql: &str| unguarded(&Step::new(sql));
        assert_eq!(plain("CREATE TABLE IF NOT EXISTS a ()"), "CREATE TABLE a ()");
        assert_eq!(plain("CREATE OR REPLACE VIEW a AS\n SELECT 1"), "CREATE VIEW a AS\n SELECT 1");
        let kept = "COMMENT ON TABLE a IS 'CREATE OR REPLACE it IF NOT EXISTS'";
        assert_eq!(plain(kept), kept);
        let guarded = Step { unguarded: Some("ALTER TABLE a OF b".into()), ..Step::new("DO …") };
        assert_eq!(unguarded(&guarded), "ALTER TABLE a OF b");
    }

    #[test]
    fn files_have_plain_names() {
        assert_eq!(plural("materialized view"), "materialized_views");
        assert_eq!(plural("statistics"), "statistics");
        assert_eq!(plain("../My \"Foods\""), "_.._my__foods_");
    }
}
