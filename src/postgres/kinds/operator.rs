//! Operators: `pg_operator`.
//!
//! A commutator or negator that does not exist yet is made as a shell, which only a definition of its own fills; what
//! one of two operators says of the other, the server writes down for both.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// An operator; functions and operators are spelled as the server spells them.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Operator {
    /// Its name with its schema, as DDL takes it.
    pub name: Incidental<String>,
    /// What computes it.
    pub function: String,
    /// The type on its left; None for a prefix operator.
    pub left: Option<String>,
    /// The type on its right.
    pub right: String,
    /// What gives the same with its arguments swapped: `OPERATOR(schema.name)`.
    pub commutator: Option<String>,
    /// What gives the opposite.
    pub negator: Option<String>,
    /// Estimates how many rows a condition with it leaves.
    pub restrict: Option<String>,
    /// Estimates how many rows a join on it gives.
    pub join: Option<String>,
    /// Whether a hash join can use it.
    pub hashes: bool,
    /// Whether a merge join can use it.
    pub merges: bool,
    /// The signatures of its commutator and negator, or an empty text for each that is missing.
    pub partners: Incidental<Vec<String>>,
    /// The signatures of shells that only this one refers to.
    pub shells: Incidental<Vec<String>>,
}

/// Since when ALTER OPERATOR sets what is not set yet.
const SETS_PARTNERS: u32 = 170_000;

impl Operator {
    /// What CREATE OPERATOR and ALTER OPERATOR say of how it is used.
    fn clauses(&self) -> [Option<String>; 6] {
        let clause = |word: &str, value: &Option<String>| value.as_ref().map(|it| format!("{word} = {it}"));
        [
            clause("COMMUTATOR", &self.commutator),
            clause("NEGATOR", &self.negator),
            clause("RESTRICT", &self.restrict),
            clause("JOIN", &self.join),
            self.hashes.then(|| "HASHES".to_owned()),
            self.merges.then(|| "MERGES".to_owned()),
        ]
    }

    /// Whether the partner at `place` is made by the plan, and says of itself that this is its partner.
    fn is_told_by_partner(&self, place: usize, it: &Subject) -> bool {
        let signature = &self.partners.0[place];
        it.catalog.objects.iter().any(|(address, object)| {
            object.identity == *signature
                && it.setting.made.contains(address)
                && it
                    .catalog
                    .body::<Operator>(address)
                    .is_some_and(|partner| partner.partners.0[place] == it.object.identity)
        })
    }
}

/// Whether there is an operator of this signature, other than a shell.
fn is_defined(signature: &str) -> String {
    format!(
        "EXISTS (SELECT FROM pg_operator WHERE oid = to_regoperator({}) AND oprcode <> 0)",
        literal(signature)
    )
}

impl Kind for Operator {
    const NAME: &'static str = "operator";
    const KEYWORD: &'static str = "OPERATOR";
    const QUERY: &'static str = include_str!("operator.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut lines = vec![format!("FUNCTION = {}", self.function)];
        lines.extend(self.left.as_ref().map(|left| format!("LEFTARG = {left}")));
        lines.push(format!("RIGHTARG = {}", self.right));
        lines.extend(self.clauses().into_iter().flatten());
        let create = format!("CREATE OPERATOR {} (\n    {}\n)", self.name.0, lines.join(",\n    "));
        vec![guard::when(&format!("NOT {}", is_defined(&it.object.identity)), &create)]
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if (&self.function, &self.left, &self.right) != (&old.function, &old.left, &old.right) {
            return Alter::Replace;
        }
        let mut set = vec![];
        for (before, after) in [(&old.restrict, &self.restrict), (&old.join, &self.join)]
            .into_iter()
            .zip(["RESTRICT", "JOIN"])
            .map(|((before, after), word)| (before, (after, word)))
        {
            let (after, word) = after;
            if before != after {
                set.push(format!("{word} = {}", after.as_deref().unwrap_or("NONE")));
            }
        }
        let sets = it.setting.live.facts.version >= SETS_PARTNERS;
        let partners =
            [("COMMUTATOR", &old.commutator, &self.commutator), ("NEGATOR", &old.negator, &self.negator)];
        for (place, (word, before, after)) in partners.into_iter().enumerate() {
            match (before, after) {
                _ if before == after => {}
                (None, Some(_)) if self.is_told_by_partner(place, it) => {}
                (None, Some(partner)) if sets => set.push(format!("{word} = {partner}")),
                _ => return Alter::Replace,
            }
        }
        for (word, before, after) in
            [("HASHES", old.hashes, self.hashes), ("MERGES", old.merges, self.merges)]
        {
            match (before, after) {
                _ if before == after => {}
                (false, true) if sets => set.push(word.to_owned()),
                _ => return Alter::Replace,
            }
        }
        if set.is_empty() {
            return Alter::InPlace(vec![]);
        }
        Alter::InPlace(vec![Step::new(format!("ALTER OPERATOR {it} SET ({})", set.join(", ")))])
    }

    /// What it refers to and nobody defined goes with it.
    fn remove(&self, it: &Subject) -> Vec<Step> {
        let mut steps = vec![Step::new(format!("DROP OPERATOR IF EXISTS {it}"))];
        steps.extend(self.shells.0.iter().map(|shell| {
            let is_shell = format!(
                "EXISTS (SELECT FROM pg_operator WHERE oid = to_regoperator({}) AND oprcode = 0)",
                literal(shell)
            );
            guard::when(&is_shell, &format!("DROP OPERATOR {shell}"))
        }));
        steps
    }

    fn rename(&self, _: &Subject, _: &str, _: &str) -> Option<String> {
        None
    }
}
