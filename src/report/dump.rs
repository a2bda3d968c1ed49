//! A catalog written down as SQL that a person would have written: the plan from an empty database to it, without what
//! only a migration needs, such as looking before it acts.

mod arrange;
mod layout;
mod merge;
pub mod tree;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use crate::Result;
use crate::catalog::{Address, Catalog, Tie};
use crate::config::Layout;
use crate::plan::{Online, Options, Plan, Step, plan};
use crate::postgres::empty::empty;
use arrange::{Unit, arrange};

/// The statements that make a schema.
#[derive(Debug)]
pub struct Dump<'a> {
    catalog: &'a Catalog,
    preamble: Vec<String>,
    statements: Vec<Statement>,
}

/// One statement, and the whole that it is about or about a part of.
#[derive(Debug)]
struct Statement {
    sql: String,
    /// In the catalog; None for what the catalog lacks, such as a schema `public` that is dropped.
    whole: Option<usize>,
    /// Such as `table public.orders`.
    heading: String,
    /// What a paragraph is about: the kind of the part, and what is said of it.
    topic: Topic,
}

type Topic = (&'static str, String);

/// A text that grows, with the heading and the topic of what it ends with.
#[derive(Default)]
struct Page<'a> {
    text: String,
    last: Option<(&'a str, &'a Topic)>,
}

/// What makes `catalog` in an empty database, as a plan. Owners are stated for all objects unless all belong to the
/// role that reads.
///
/// # Errors
/// Of kind `Plan`, where no order of steps exists.
pub fn from_nothing(catalog: &Catalog) -> Result<Plan> {
    let mut nothing = empty(catalog);
    let mut owners = catalog.objects.iter().filter(|(address, _)| !nothing.objects.contains_key(*address));
    let is_foreign = |owner: &String| *owner != catalog.facts.role;
    if owners.any(|(_, object)| object.owner.as_ref().is_some_and(is_foreign)) {
        nothing.facts.role.clear();
    }
    plan(&nothing, catalog, &Options { online: Online::Never, sizes: BTreeMap::new() })
}

impl Dump<'_> {
    /// What makes `catalog` in an empty database; see [`from_nothing`].
    ///
    /// # Errors
    /// Of kind `Plan`, where no order of steps exists.
    pub fn new(catalog: &Catalog) -> Result<Dump<'_>> {
        let mut preamble = vec![];
        let mut gathered = Gathered::of(catalog);
        for step in from_nothing(catalog)?.steps {
            match &step.object {
                None => preamble.push(step.sql),
                Some(address) => gathered.add(&step, address),
            }
        }
        Ok(Dump { catalog, preamble, statements: gathered.in_order() })
    }

    /// One script for all, in an order in which it can be run.
    pub fn script(&self) -> String {
        let text = self.preamble.iter().map(|sql| format!("{sql};\n")).collect();
        let mut page = Page { text, last: None };
        for statement in &self.statements {
            page.add(statement, true);
        }
        page.text
    }

    /// The files of a layout, by the path in the folder. What stands in one file is in an order in which it can be run,
    /// except for what it needs of other files, which the loader finds.
    pub fn files(&self, layout: Layout) -> BTreeMap<PathBuf, String> {
        if layout == Layout::Single {
            return BTreeMap::from([(layout::file(self.catalog, 0, layout), self.script())]);
        }
        let mut files: BTreeMap<PathBuf, Page> = BTreeMap::new();
        for statement in &self.statements {
            let path = layout::file(self.catalog, statement.whole.unwrap_or_default(), layout);
            files.entry(path).or_default().add(statement, layout == Layout::Schema);
        }
        files.into_iter().map(|(path, page)| (path, page.text)).collect()
    }
}

/// The steps of a plan, as they come in.
struct Gathered<'a> {
    catalog: &'a Catalog,
    units: Vec<Unit>,
    statements: Vec<Vec<Statement>>,
    /// The last unit that makes an object or does something about it.
    makers: HashMap<Address, usize>,
    last: Option<Address>,
}

impl<'a> Gathered<'a> {
    fn of(catalog: &'a Catalog) -> Gathered<'a> {
        Gathered { catalog, units: vec![], statements: vec![], makers: HashMap::new(), last: None }
    }

    fn add(&mut self, step: &Step, address: &Address) {
        let index = self.catalog.objects.get_index_of(address);
        let whole = index.map(|index| home(self.catalog, index));
        if self.last.as_ref() != Some(address) {
            self.last = Some(address.clone());
            self.units.push(Unit { whole: whole.unwrap_or(usize::MAX), main: whole == index, after: vec![] });
            self.statements.push(vec![]);
        }
        let place = self.units.len() - 1;
        let after = step.after.iter().filter_map(|before| self.makers.get(before)).copied();
        self.units[place].after.extend(after.filter(|before| *before != place));
        for made in step.makes.iter().chain([address]) {
            self.makers.insert(made.clone(), place);
        }
        let named = |index: usize| self.catalog.at(index).1.to_string().replace(['\n', '\r'], " ");
        let sql = unguarded(step);
        let verb = sql.split_whitespace().next().unwrap_or_default().to_owned();
        self.statements[place].push(Statement {
            whole,
            heading: whole.map_or_else(|| address.names.join("."), named),
            topic: (index.map_or("", |index| self.catalog.at(index).1.kind()), verb),
            sql,
        });
    }

    fn in_order(mut self) -> Vec<Statement> {
        let order = arrange(&self.units);
        order.into_iter().flat_map(|place| std::mem::take(&mut self.statements[place])).collect()
    }
}

/// The whole beside which an object stands: its own, or that of the part which it goes along with.
fn home(catalog: &Catalog, index: usize) -> usize {
    let mut home = catalog.root(index);
    // No chain is longer; a circle would be.
    for _ in 0..8 {
        let followed = catalog.requirements(home).iter().find(|(required, tie)| {
            *tie == Tie::Follows && catalog.root(*required) != *required && catalog.root(*required) != home
        });
        match followed {
            Some(&(part, _)) => home = catalog.root(part),
            None => break,
        }
    }
    home
}

impl<'a> Page<'a> {
    /// Adds a statement, with an empty line before it where it has several lines or says something of another sort.
    fn add(&mut self, statement: &'a Statement, headings: bool) {
        let other_whole = self.last.is_none_or(|(heading, _)| heading != statement.heading);
        let other_topic = self.last.is_none_or(|(_, topic)| *topic != statement.topic);
        let after_long = self.text.rsplit("\n\n").next().is_some_and(|block| {
            let statements = block.lines().filter(|line| !line.starts_with("-- "));
            statements.clone().count() > 1 && !statements.clone().all(|line| line.ends_with(';'))
        });
        let apart = other_whole || other_topic || after_long || statement.sql.contains('\n');
        if !self.text.is_empty() && apart {
            self.text.push('\n');
        }
        if headings && other_whole {
            self.text.push_str(&format!("-- {}\n", statement.heading));
        }
        self.text.push_str(&format!("{};\n", statement.sql));
        self.last = Some((&statement.heading, &statement.topic));
    }
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
}
