//! Functions, window functions among them: `pg_proc` of kind f and w.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::routine::depend_on_extensions;
use super::table::Table;
use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::Step;

/// A function or, inside [`Procedure`](super::procedure::Procedure), a procedure.
///
/// What CREATE OR REPLACE refuses to change stands in fields of its own beside the definition.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Function {
    /// Its name with the types of its arguments, as a person would write them.
    pub signature: Incidental<String>,
    /// `CREATE OR REPLACE …`, as the server prints it.
    pub definition: String,
    /// Plain `f`unction, `w`indow function or `p`rocedure.
    pub nature: char,
    /// The type of what it returns; `record` stands for its outputs.
    pub returns: String,
    /// Names of its input arguments; empty where they have none.
    pub inputs: Vec<String>,
    /// Names and types of its output arguments, where there are several.
    pub outputs: Vec<String>,
    /// How many arguments may be left out.
    pub defaults: i32,
    /// What stands for them, where the type of an argument is left open.
    pub polymorphic_defaults: Option<String>,
    /// Whether its body is a string that the server looks into when it is made.
    pub checked: bool,
    /// Extensions without which it goes.
    pub extensions: Vec<String>,
}

/// Keeps the server from looking, in bodies that are strings, for what later steps may make.
const UNCHECKED: &str = "SET check_function_bodies = off";

impl Function {
    /// Makes it, or replaces what has its signature.
    pub fn define(&self, spelling: &str) -> Vec<Step> {
        let step = Step::new(self.definition.trim_end());
        let mut steps = vec![if self.checked { step.preamble(UNCHECKED) } else { step }];
        // CREATE OR REPLACE forgets them.
        steps.extend(depend_on_extensions(spelling, &[], &self.extensions));
        steps
    }

    /// Turns `old` into this.
    pub fn redefine(&self, old: &Function, spelling: &str) -> Alter {
        if !self.replaces(old) {
            return Alter::Replace;
        }
        Alter::InPlace(if self.definition == old.definition {
            depend_on_extensions(spelling, &old.extensions, &self.extensions)
        } else {
            self.define(spelling)
        })
    }

    /// Whether its body is no string and returns rows of a table whose columns come or go: then neither body fits the
    /// table of the other, and it cannot let go of a column before that goes.
    fn must_return_other_rows(&self, it: &Subject) -> bool {
        let returned = |table: &Subject| self.returns.trim_start_matches("SETOF ") == table.object.identity;
        let columns = |it: Subject| {
            it.all_parts::<Column>().map(|(column, _)| column.address.clone()).collect::<BTreeSet<_>>()
        };
        !self.checked
            && it.required::<Table>().any(|(table, _)| {
                let live = it.setting.live;
                let before = live.objects.get_index_of(table.address);
                let before = before.map(|index| Subject::new(live, index, it.setting));
                returned(&table) && before.is_some_and(|before| columns(before) != columns(table))
            })
    }

    /// Whether CREATE OR REPLACE accepts it in the place of `old`: `ProcedureCreate` in the server's source.
    fn replaces(&self, old: &Function) -> bool {
        let keeps_names = old
            .inputs
            .iter()
            .enumerate()
            .all(|(place, name)| name.is_empty() || self.inputs.get(place) == Some(name));
        let keeps_polymorphic =
            old.polymorphic_defaults.is_none() || old.polymorphic_defaults == self.polymorphic_defaults;
        keeps_names
            && keeps_polymorphic
            && self.defaults >= old.defaults
            && (self.nature, &self.returns, &self.outputs) == (old.nature, &old.returns, &old.outputs)
    }
}

impl Kind for Function {
    const NAME: &'static str = "function";
    const KEYWORD: &'static str = "FUNCTION";
    const QUERY: &'static str = concat!(include_str!("routine.sql"), "    AND p.prokind IN ('f', 'w')\n");
    const PRIVILEGES: Option<char> = Some('f');

    fn create(&self, it: &Subject) -> Vec<Step> {
        self.define(&self.spelling(it))
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if self.definition != old.definition && self.must_return_other_rows(it) {
            return Alter::Replace;
        }
        self.redefine(old, &self.spelling(it))
    }

    fn may_use(&self, name: &str) -> bool {
        let in_word = |character: char| character.is_alphanumeric() || character == '_';
        let mut words = self.definition.split(|character| !in_word(character));
        if name.chars().all(in_word) {
            words.any(|word| word.eq_ignore_ascii_case(name))
        } else {
            self.definition.contains(name)
        }
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![Step::new(format!("DROP {} IF EXISTS {}", Self::KEYWORD, self.signature.0))]
    }

    fn granted_on(&self, it: &Subject) -> (String, String) {
        (String::new(), self.spelling(it))
    }

    fn spelling(&self, _: &Subject) -> String {
        format!("FUNCTION {}", self.signature.0)
    }
}
