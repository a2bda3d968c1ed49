//! CASCADE, which says to drop what nobody has named.

use super::super::facts::Facts;
use super::super::rule::{Check, Concern, Mark, Rule, Wording};

pub(super) const RULE: Rule = Rule {
    name: "cascade",
    concern: Concern::Migration,
    why: "whatever needs it goes along, unnamed: on another database that may be more than on this one",
    remedy: "drop what needs it by name before it, without `CASCADE`; where something is left, the server refuses and names it",
    example: "DROP TABLE food CASCADE;\n\
        ALTER TABLE meal DROP COLUMN food_id CASCADE;",
    counterexample: "DROP TABLE meal;\n\
        ALTER TABLE meal DROP CONSTRAINT meal_food_fkey,\n\
        ADD CONSTRAINT meal_food_fkey FOREIGN KEY (food_id) REFERENCES food ON DELETE CASCADE NOT VALID;",
    check: Check::Worded(check),
};

fn check(it: &Wording<'_>, _: &Facts) -> Option<Mark> {
    let removes = |at: usize| it.words.is_any(at, &["drop", "truncate", "revoke"]);
    let mut removing = removes(0);
    for at in it.words.outside_parentheses() {
        if it.words.is(at, "cascade") && removing && !it.words.is_any(at - 1, &["delete", "update"]) {
            return Some(it.mark("`CASCADE` takes along whatever needs what goes", at));
        }
        // Each action of an ALTER TABLE stands for itself.
        if it.words.is(0, "alter") {
            removing = !it.words.is(at, ",") && (removing || removes(at));
        }
    }
    None
}
