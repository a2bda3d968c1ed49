//! A first order for statements that stand in several files: who defines what is mentioned goes first. It is a hint
//! that saves failed attempts, so it may be wrong, and it changes nothing where the files are in order already.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use super::Statement;
use super::reading;
use super::words::Words;

/// What only COMMENT and ALTER mention, and together with its table.
const OF_TABLE: [&str; 3] = ["CREATE TRIGGER", "CREATE POLICY", "CREATE RULE"];

/// Where a name is defined and dropped, and given partitions, by its last part.
#[derive(Default)]
struct Names {
    defined: HashMap<String, Vec<usize>>,
    dropped: HashMap<String, Vec<usize>>,
    /// What attaches partitions to a table, or to an index.
    attached_to: HashMap<String, Vec<usize>>,
    /// The indexes of a partitioned table alone, each with that.
    alone: BTreeMap<usize, String>,
}

/// The indexes of the statements, in the order in which to execute them.
pub fn order(statements: &[Statement]) -> Vec<usize> {
    let mut names = Names::default();
    for (index, statement) in statements.iter().enumerate() {
        let Some(last) = statement.name.as_ref().and_then(|name| name.last()) else { continue };
        if OF_TABLE.contains(&statement.kind.as_str()) {
            continue;
        }
        if let Some(table) = indexed_alone(statement) {
            names.alone.insert(index, table);
        }
        if statement.defines().is_some() {
            names.defined.entry(last.clone()).or_default().push(index);
        } else if statement.kind.starts_with("DROP ") {
            names.dropped.entry(last.clone()).or_default().push(index);
        } else if attaches(statement) {
            names.attached_to.entry(last.clone()).or_default().push(index);
        }
    }
    let wants = wants(statements, &names);
    let mut walk = Walk { wants: &wants, seen: vec![false; statements.len()], order: Vec::new() };
    for (index, statement) in statements.iter().enumerate() {
        if comes_first(statement, &statements[..index]) {
            walk.visit(index);
        }
    }
    for index in 0..statements.len() {
        walk.visit(index);
    }
    walk.order
}

/// Nothing mentions an extension whose objects it uses; and a type without a body announces itself to the functions
/// that its definition then names. What stands behind default privileges is born with them.
fn comes_first(statement: &Statement, before: &[Statement]) -> bool {
    match statement.kind.as_str() {
        "CREATE EXTENSION" => before.iter().all(|before| before.kind != "ALTER DEFAULT PRIVILEGES"),
        "CREATE TYPE" => !statement.text().contains('('),
        _ => false,
    }
}

fn attaches(statement: &Statement) -> bool {
    if !["ALTER TABLE", "ALTER INDEX"].contains(&statement.kind.as_str()) {
        return false;
    }
    let words = Words::new(statement.text());
    words.find("attach").is_some_and(|at| words.is(at + 1, "partition"))
}

/// The table, by the last part of its name, on which an index is made, and not on its partitions.
fn indexed_alone(statement: &Statement) -> Option<String> {
    if statement.kind != "CREATE INDEX" {
        return None;
    }
    let words = Words::new(statement.text());
    let mut table = vec![];
    words.qualified(words.find("only")? + 1, &mut table);
    table.pop().map(Into::into)
}

impl Names {
    /// What is attached to a partitioned table while that has an index gets an index too. Where those of the partitions are
    /// attached by statements of their own, that is not wanted, and the partitions come first; else it is, and they come last.
    /// The order within a file is the user's.
    fn order_partitions(&self, statements: &[Statement], wants: &mut [Vec<usize>]) {
        for (&index, table) in &self.alone {
            let name = statements[index].name.as_ref().and_then(|name| name.last());
            let is_stated = name.is_some_and(|name| self.attached_to.contains_key(name));
            let elsewhere = |other: &&usize| !Arc::ptr_eq(&statements[**other].file, &statements[index].file);
            for &attach in self.attached_to.get(table).into_iter().flatten().filter(elsewhere) {
                match is_stated {
                    true => wants[index].push(attach),
                    false => wants[attach].push(index),
                }
            }
        }
    }
}

/// For each statement, those that define what it mentions, and before a definition the earlier drops of
/// its name.
fn wants(statements: &[Statement], names: &Names) -> Vec<Vec<usize>> {
    let mut wants = vec![Vec::new(); statements.len()];
    for (index, statement) in statements.iter().enumerate() {
        if let Some(last) = statement.defines().and_then(|name| name.last())
            && let Some(drops) = names.dropped.get(last)
        {
            wants[index].extend(drops.iter().filter(|drop| **drop < index));
        }
        if statement.kind.starts_with("DROP ") {
            continue;
        }
        let wanted = &mut wants[index];
        if statement.kind == "CREATE EXTENSION" {
            let schema = statement.settings.schema().and_then(|schema| names.defined.get(&schema));
            let made = |definition: &&usize| statements[**definition].kind == "CREATE SCHEMA";
            wanted.extend(schema.into_iter().flatten().find(made));
        }
        let nowhere = statement.settings.search_nowhere();
        reading::mentions(&Words::new(statement.text()), |parts| {
            for (place, part) in parts.iter().enumerate() {
                let Some(definitions) = names.defined.get(part.as_ref()) else { continue };
                let schema = place.checked_sub(1).map(|before| parts[before].as_ref());
                let mut meant = definitions.iter().filter(|definition| {
                    let name = statements[**definition].name.as_deref().unwrap_or_default();
                    name.len() < 2 || schema.map_or(!nowhere, |schema| name[name.len() - 2] == schema)
                });
                // What announces a name does not wait for what defines it.
                let announces = |definition: usize| {
                    statement.defines().is_some() && statement.name == statements[definition].name
                };
                if let Some(definition) = meant.next()
                    && *definition != index
                    && !announces(*definition)
                    && wanted.last() != Some(definition)
                {
                    wanted.push(*definition);
                }
            }
        });
    }
    names.order_partitions(statements, &mut wants);
    keep_stated_order_in_circles(statements, &mut wants);
    wants
}

/// Of what mentions each other in a circle, not everything is meant as it looks: a column may be called as a function is that
/// takes rows with that column. What stands in one file stays in the order that it has there.
fn keep_stated_order_in_circles(statements: &[Statement], wants: &mut [Vec<usize>]) {
    let edges = wants.iter().enumerate();
    let edges = edges.flat_map(|(index, wanted)| wanted.iter().map(move |&wanted| (index, wanted)));
    let graph: DiGraph<(), (), usize> = DiGraph::from_edges(edges);
    let mut circle = vec![0; statements.len()];
    for (number, members) in tarjan_scc(&graph).into_iter().enumerate() {
        for member in members {
            circle[member.index()] = number + 1;
        }
    }
    for (index, wanted) in wants.iter_mut().enumerate() {
        let is_stated_behind =
            |other: usize| other > index && Arc::ptr_eq(&statements[other].file, &statements[index].file);
        wanted.retain(|&other| circle[other] != circle[index] || !is_stated_behind(other));
    }
}

struct Walk<'a> {
    wants: &'a [Vec<usize>],
    seen: Vec<bool>,
    order: Vec<usize>,
}

impl Walk<'_> {
    /// Depth first and without recursion: chains of views can be long. A circle is broken where it is met.
    fn visit(&mut self, root: usize) {
        let mut path = vec![(root, 0)];
        if std::mem::replace(&mut self.seen[root], true) {
            return;
        }
        while let Some((index, next)) = path.last_mut() {
            match self.wants[*index].get(*next) {
                Some(wanted) => {
                    *next += 1;
                    if !std::mem::replace(&mut self.seen[*wanted], true) {
                        path.push((*wanted, 0));
                    }
                }
                None => {
                    self.order.push(*index);
                    path.pop();
                }
            }
        }
    }
}
