//! What NOT NULL of a column says: from PostgreSQL 18 on it is a constraint with a name. Columns of tables and of
//! foreign tables share it.

use serde::{Deserialize, Serialize};

use super::column::Column;
use crate::catalog::{Address, Tie};
use crate::kind::Subject;
use crate::plan::{Hazard, Step};
use crate::postgres::guard;
use crate::postgres::quote::{identifier, literal};

/// The first version on which NOT NULL is a constraint.
const NAMED_SINCE: u32 = 180_000;

/// The constraint behind NOT NULL, where it is not as the server makes it by itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NotNullConstraint {
    /// As the server spells it, if it is not `<table>_<column>_not_null`.
    pub name: Option<String>,
    /// Whether the table has it from a parent. Then nothing can change its name.
    pub inherited: bool,
    /// Whether the table has it by itself too, so that it stays when the parent's goes.
    pub local: bool,
    /// Whether children do not have it.
    pub no_inherit: bool,
    /// Whether the rows that exist are known to fit.
    pub validated: bool,
    /// What COMMENT ON says of it.
    pub comment: Option<String>,
}

impl PartialEq for NotNullConstraint {
    fn eq(&self, other: &Self) -> bool {
        (self.inherited && other.inherited || self.name == other.name)
            && (self.no_inherit, self.validated, &self.comment)
                == (other.no_inherit, other.validated, &other.comment)
    }
}

/// NOT NULL of one column.
#[derive(Clone, Copy)]
pub struct NotNull<'a> {
    /// The table, as the server spells it.
    pub table: &'a str,
    /// The column, as the server spells it.
    pub column: &'a str,
    /// The column's.
    pub address: &'a Address,
    /// Whether NULL is refused.
    pub refused: bool,
    /// What is remarkable about it.
    pub constraint: Option<&'a NotNullConstraint>,
}

/// What is known of a change besides the column's own states.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The parent's column, as it is and as it shall be, where a change of it reaches this one.
    pub parent: Option<(NotNull<'a>, NotNull<'a>)>,
    /// Whether it is had from a parent's column that is new.
    pub comes_with_parent: bool,
    /// Whether children have what the table has.
    pub has_heirs: bool,
    /// Whether the table's rows are too many to be read under a lock.
    pub busy: bool,
}

impl NotNull<'_> {
    /// As it stands behind a column; what is not valid is told by [`NotNull::finish`].
    pub fn clause(&self, it: &Subject) -> String {
        if !self.refused || !self.is_validated() {
            return String::new();
        }
        let no_inherit = if self.is_inheritable() { "" } else { " NO INHERIT" };
        format!("{} NOT NULL{no_inherit}", self.named(it))
    }

    /// As it stands by itself in CREATE TABLE, for a column that comes from a parent: where the parent's would not do.
    pub fn own_clause(&self, it: &Subject, parent: Option<NotNull>) -> Option<String> {
        let given = parent.is_some_and(|parent| parent.hands_down());
        let own = self.constraint.is_some_and(|own| own.local && own.inherited);
        let as_given = given && !(own && parent.is_some_and(|parent| parent.name() != self.name()));
        if !self.refused || !self.is_validated() || as_given {
            return None;
        }
        let no_inherit = if self.is_inheritable() { "" } else { " NO INHERIT" };
        Some(format!("{} NOT NULL {}{no_inherit}", self.named(it), self.column).trim_start().to_owned())
    }

    /// Whether it is a constraint.
    pub fn is_constraint(it: &Subject) -> bool {
        it.setting.desired.facts.version >= NAMED_SINCE
    }

    /// What CREATE TABLE and ADD COLUMN have no words for.
    pub fn finish(&self) -> Vec<Step> {
        let mut steps = vec![];
        if self.refused && !self.is_validated() {
            steps.push(self.add());
        }
        if self.comment().is_some() {
            steps.push(self.set_comment());
        }
        steps
    }

    /// Goes before its column does, of which children keep theirs: that would count as inherited from nobody, and could
    /// neither go nor be renamed.
    pub fn let_go(&self, it: &Subject) -> Option<Step> {
        let (only, table, name) = (it.alone(), self.table, self.name());
        let drop = || format!("ALTER TABLE IF EXISTS {only}{table} DROP CONSTRAINT IF EXISTS {name}");
        (self.hands_down() && Self::is_constraint(it)).then(|| Step::new(drop()))
    }

    /// Turns `old` into this, besides what happens by itself through the parent.
    pub fn steps(&self, old: &NotNull, around: &Surroundings, it: &Subject) -> Vec<Step> {
        let given = around.parent.is_some_and(|(before, after)| after.hands_down() && !before.hands_down());
        let taken = around.parent.is_some_and(|(before, after)| before.hands_down() && !after.refused);
        let mut steps = vec![];
        match (old.refused, self.refused) {
            (false, false) => return steps,
            (true, false) if taken && old.constraint.is_none_or(|old| !old.local) => return steps,
            (true, false) => return vec![self.act("DROP NOT NULL")],
            (false, true) if given => {}
            (false, true) => steps.extend(self.set(around.busy, it)),
            (true, true) if old.is_validated() && !self.is_validated() => {
                steps.extend([self.act("DROP NOT NULL"), self.add()]);
            }
            (true, true) => {
                steps.extend(self.change(old, around, given || around.comes_with_parent, it));
                // The server takes the parent's from children that do not state it themselves.
                steps.extend(self.make(it).filter(|_| taken && Self::is_constraint(it)));
            }
        }
        if self.comment() != old.comment() {
            steps.push(self.set_comment());
        }
        steps
    }

    /// Makes it, as far as it is to be.
    pub fn make(&self, it: &Subject) -> Option<Step> {
        let plain = self.constraint.is_none() && !self.is_taken(it);
        self.refused.then(|| if plain { self.act("SET NOT NULL") } else { self.add() })
    }

    fn set(&self, busy: bool, it: &Subject) -> Vec<Step> {
        if busy && Self::is_constraint(it) && self.is_validated() {
            // What is validated later does not block writers.
            return vec![self.added(" NOT VALID"), self.validate(it)];
        }
        let hazard = self.is_validated().then(|| may_fail(it));
        let hazarded = |step: Step| Step { hazards: hazard.iter().cloned().collect(), ..step };
        self.make(it).into_iter().map(hazarded).collect()
    }

    /// `given` says that the parent hands it down from now on; then it keeps its name.
    fn change(&self, old: &NotNull, around: &Surroundings, given: bool, it: &Subject) -> Vec<Step> {
        let mut steps = vec![];
        let both_inherited = [self, old].iter().all(|it| it.constraint.is_some_and(|it| it.inherited));
        if self.name() != old.name() && !both_inherited && !given {
            let (table, before, after) = (self.table, old.name(), self.name());
            let rename = format!("ALTER TABLE {table} RENAME CONSTRAINT {before} TO {after}");
            // Where a child's has another name, it is only renamed while it is not the child's.
            let apart = format!(
                "BEGIN\n    {rename};\nEXCEPTION WHEN undefined_object THEN\n    {};\n    {rename};\n    {};\nEND",
                old.act_on_constraint("NO INHERIT"),
                self.act_on_constraint("INHERIT")
            );
            let rename = if around.has_heirs { apart } else { rename };
            steps.push(guard::if_made(&old.located(), &rename));
        }
        if self.is_inheritable() != old.is_inheritable() {
            let words = if self.is_inheritable() { "INHERIT" } else { "NO INHERIT" };
            steps.push(Step::new(self.act_on_constraint(words)));
        }
        let told =
            around.parent.is_some_and(|(before, after)| after.is_validated() && !before.is_validated());
        if self.is_validated() && !old.is_validated() && !told {
            steps.push(self.validate(it));
        }
        steps
    }

    /// Whether children have it from here.
    pub fn hands_down(&self) -> bool {
        self.refused && self.is_inheritable()
    }

    fn is_inheritable(&self) -> bool {
        self.constraint.is_none_or(|own| !own.no_inherit)
    }

    /// Whether the rows that exist are known to fit.
    pub fn is_validated(&self) -> bool {
        self.constraint.is_none_or(|own| own.validated)
    }

    /// Whether the table has it by itself, whatever becomes of a parent's.
    pub fn is_local(&self) -> bool {
        self.refused && self.constraint.is_none_or(|own| own.local)
    }

    fn comment(&self) -> Option<&str> {
        self.constraint.and_then(|own| own.comment.as_deref())
    }

    /// The constraint's name, as the server spells it.
    fn name(&self) -> String {
        let own = self.constraint.and_then(|own| own.name.clone());
        own.unwrap_or_else(|| match self.address.names.as_slice() {
            [_, table, column] => identifier(&format!("{table}_{column}_not_null")),
            _ => String::new(),
        })
    }

    /// `CONSTRAINT <name>` with a space before it, where the server would choose another name.
    fn named(&self, it: &Subject) -> String {
        // The table that makes way keeps its constraints until the end, and the server avoids their names.
        let replaced = Self::is_constraint(it)
            && self.address.names.split_last().is_some_and(|(_, table)| {
                let table = Address { class: "table".to_owned(), names: table.to_vec(), args: vec![] };
                it.setting.made.contains(&table) && it.setting.live.objects.contains_key(&table)
            });
        let chosen = self.constraint.is_some_and(|own| own.name.is_some());
        match chosen || replaced || self.is_shared(it) || self.is_taken(it) {
            true => format!(" CONSTRAINT {}", self.name()),
            false => String::new(),
        }
    }

    /// Whether something else bears the name that the server would choose, such as a table that once bore this one's, or
    /// that comes with a name of its own for it.
    fn is_taken(&self, it: &Subject) -> bool {
        let [schema, table, column] = self.address.names.as_slice() else { return false };
        let name = (schema.clone(), format!("{table}_{column}_not_null"));
        [it.setting.live, it.setting.desired]
            .iter()
            .any(|catalog| catalog.facts.constraint_names.contains(&name))
    }

    /// Whether heirs bear the same name: where they are made first, the server would choose another one.
    fn is_shared(&self, it: &Subject) -> bool {
        let index = it.catalog.objects.get_index_of(self.address).filter(|_| Self::is_constraint(it));
        let dependents = index.map_or(&[][..], |index| it.catalog.dependents(index));
        dependents.iter().any(|&(_, tie)| tie == Tie::Inherited)
    }

    fn add(&self) -> Step {
        self.added(if self.is_validated() { "" } else { " NOT VALID" })
    }

    fn added(&self, not_valid: &str) -> Step {
        let no_inherit = if self.is_inheritable() { "" } else { " NO INHERIT" };
        let definition =
            format!("CONSTRAINT {} NOT NULL {}{no_inherit}{not_valid}", self.name(), self.column);
        guard::unless_made(&self.located(), &format!("ALTER TABLE {} ADD {definition}", self.table))
    }

    /// Looks whether the rows that exist fit.
    pub fn validate(&self, it: &Subject) -> Step {
        Step::new(format!("ALTER TABLE {} VALIDATE CONSTRAINT {}", self.table, self.name()))
            .hazard(may_fail(it))
            // A key is only made once it is validated.
            .outside()
    }

    fn act(&self, action: &str) -> Step {
        Step::alter_table(self.table, format!("ALTER COLUMN {} {action}", self.column))
    }

    fn act_on_constraint(&self, action: &str) -> String {
        format!("ALTER TABLE {} ALTER CONSTRAINT {} {action}", self.table, self.name())
    }

    fn set_comment(&self) -> Step {
        let text = self.comment().map_or("NULL".to_owned(), literal);
        Step::new(format!("COMMENT ON CONSTRAINT {} ON {} IS {text}", self.name(), self.table))
    }

    /// The constraint's own address.
    fn located(&self) -> Address {
        let name = self.name();
        let plain = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
        let plain = plain.map_or(name.clone(), |name| name.replace("\"\"", "\""));
        let table = self.address.names.split_last().map_or(&[][..], |(_, table)| table);
        let names = table.iter().cloned().chain([plain]).collect();
        Address { class: "table constraint".to_owned(), names, args: vec![] }
    }
}

/// That rows without a value are in the way of NOT NULL.
fn may_fail(it: &Subject) -> Hazard {
    let rows = it.body::<Column>().and_then(|column| column.nulls(it));
    Hazard::MayFail(it.object.to_string(), rows)
}
