//! Columns of tables: `pg_attribute`.

mod clause;
mod handed_down;
mod nullability;
mod unfit;

use serde::{Deserialize, Serialize};

use self::handed_down::handed_down;
use super::carry::{
    carried, goes_by_text_to_replaced, holds_cast, is_lossy, is_of_new, is_rewritten, may_fail,
};
use super::composite_attribute::CompositeAttribute;
use super::fill::added_and_filled;
use super::foreign_column::ForeignColumn;
use super::inheritance::Inheritance;
use super::not_null::NotNullConstraint;
use super::partition::Partition;
use super::sequence::Sequence;
use super::storage::Storage;
use super::table::Table;
use super::unfit::misfit;
use crate::catalog::{Object, Tie};
use crate::kind::{Alter, Incidental, Kind, Parking, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::deparse::Printed;
use crate::postgres::guard;
use crate::postgres::quote::{identifier, literal};
use crate::postgres::volatile::is_volatile;

/// A column of a table; its default is an object of its own, what it is generated from is not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The table, as the server spells it.
    pub table: String,
    /// The column's own name, as the server spells it.
    pub name: String,
    /// With its modifiers.
    #[serde(rename = "type")]
    pub type_: String,
    /// Where it is not the type's own.
    pub collation: Option<String>,
    /// Whether NULL is refused.
    pub not_null: bool,
    /// What is remarkable about that.
    pub not_null_constraint: Option<NotNullConstraint>,
    /// `a`lways or by `d`efault, where it is an identity column.
    pub identity_kind: char,
    /// The expression that it is computed from.
    pub generated: Option<Printed>,
    /// Whether it is computed when read, not when written.
    #[serde(rename = "virtual")]
    pub virtual_: bool,
    /// Where it is not the type's own: `p`lain, `e`xternal, `m`ain or e`x`tended.
    pub storage: Option<char>,
    /// The type's own.
    pub type_storage: Incidental<char>,
    /// `p`glz or `l`z4; a zero byte where the server's default applies.
    pub compression: char,
    /// Sampling target; -1 is the server's default.
    pub statistics: i32,
    /// Attribute options such as `n_distinct`.
    pub options: Vec<String>,
    /// Whether rows are told apart by it into partitions.
    pub partition_key: Incidental<bool>,
    /// Whether the table has it by itself, and not only from its parent.
    pub local: Incidental<bool>,
    /// Whether the table has it from a parent, be it by itself too.
    pub inherited: Incidental<bool>,
}

/// What the catalog writes for "nothing" in a column of type "char".
const NONE: char = '\0';

/// Whether what a table inherits from this parent comes into being through it: the two must have been tied before.
pub fn reaches(parent: &str, heir: &Subject) -> bool {
    let Some((table, _)) = heir.whole::<Table>() else { return false };
    let partition = table.all_parts::<Partition>().find(|(_, link)| link.parent == parent);
    let inheritance = table.all_parts::<Inheritance>().find(|(_, link)| link.parent == parent);
    let mut links = partition.map(|(link, _)| link).into_iter().chain(inheritance.map(|(link, _)| link));
    !table.is_new() && links.any(|link| !heir.setting.made.contains(link.address))
}

impl Column {
    /// Whether it is neither generated nor an identity column.
    pub fn takes_default(&self) -> bool {
        self.generated.is_none() && self.identity_kind == NONE
    }

    /// The word after GENERATED.
    pub fn identity_word(&self) -> &'static str {
        if self.identity_kind == 'a' { "ALWAYS" } else { "BY DEFAULT" }
    }

    /// The parents' columns that hand down to this one.
    fn origins<'a>(&self, it: &Subject<'a>) -> impl Iterator<Item = (Subject<'a>, &'a Column)> {
        it.required::<Column>().filter(|(_, other)| other.name == self.name && other.table != self.table)
    }

    /// One through which this one comes into being.
    fn reaching_origin<'a>(&self, it: &Subject<'a>) -> Option<(Subject<'a>, &'a Column)> {
        self.origins(it).find(|(_, origin)| reaches(&origin.table, it))
    }

    fn is_reached(&self, it: &Subject) -> bool {
        self.reaching_origin(it).is_some()
    }

    /// What CREATE TABLE and ADD COLUMN have no words for.
    pub fn finish(&self, it: &Subject) -> Vec<Step> {
        let mut steps = self.stored().steps(&Storage::default(), &self.table, &self.name);
        steps.extend(self.nullability(it.address).finish());
        steps.extend(self.sequence(it).and_then(|(sequence, body)| body.finish(&sequence)));
        steps
    }

    fn stored(&self) -> Storage<'_> {
        Storage {
            storage: self.storage,
            type_storage: self.type_storage.0,
            compression: self.compression,
            statistics: self.statistics,
            options: &self.options,
        }
    }

    /// What a rewrite falls upon.
    fn rows(&self) -> String {
        format!("table {}", self.table)
    }

    /// Whether every row that exists gets a value that is computed for it.
    fn is_filled(&self, it: &Subject) -> bool {
        self.sequence(it).is_some()
            || self.generated.is_some() && !self.virtual_
            || self.own_default(it).is_some_and(|(_, default)| is_volatile(&default.expression.to_string()))
    }

    fn act(&self, action: impl std::fmt::Display) -> Step {
        Step::alter_table(&self.table, format!("ALTER COLUMN {} {action}", self.name))
    }

    /// Whether it comes from an attribute of the type that its table is of.
    fn is_typed(&self, it: &Subject) -> bool {
        it.required::<CompositeAttribute>().next().is_some()
    }

    fn collate(&self) -> String {
        self.collation.as_ref().map_or(String::new(), |collation| format!(" COLLATE {collation}"))
    }

    /// A value that the column held when it was `old`, as the desired column takes it. Where a type is replaced, its
    /// text is what both sides read, in arrays too, unless there is a cast.
    pub fn value(&self, old: &Column, it: &Subject) -> String {
        if holds_cast(it) {
            format!("{}::{}", self.name, self.type_)
        } else if self.type_ != old.type_ && !goes_by_text_to_replaced(it, &old.type_) {
            carried(it.setting, &self.name, &old.type_, &self.type_)
        } else if is_of_new(it) {
            format!("{}::text::{}", self.name, self.type_)
        } else {
            self.name.clone()
        }
    }

    /// A step that the server refuses once the table has the column from a parent: when the file is run again, the two
    /// are tied already.
    fn before_it_is_tied(&self, it: &Subject, step: Step) -> Step {
        let untied = self.inherited.0.then(|| {
            format!(
                "NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass({}) AND attname = {} AND attinhcount > 0)",
                literal(&self.table),
                it.address.names.last().map_or_else(String::new, |name| literal(name))
            )
        });
        guard::only_if(untied, step)
    }

    /// That it still is as it was. When the file is run again, a table that others read has joined, a partition is divided by
    /// it, or others require what is new on it: then the server refuses to change the type.
    fn before_others_come(&self, old: &Column, it: &Subject) -> Option<String> {
        let live = it.setting.live;
        let stays = |table: &Subject| live.objects.contains_key(table.address);
        let joins = |heir: &Subject| {
            heir.whole::<Table>().is_some_and(|(table, _)| stays(&table)) && !reaches(&self.table, heir)
        };
        let is_read = |heir: &Subject| {
            let mut dependents = it.catalog.dependents(heir.index).iter();
            dependents.any(|&(dependent, _)| !it.catalog.at(dependent).1.body.entry().link)
        };
        let divides_anew = |heir: &Subject, column: &Column| {
            let before = live.body::<Column>(heir.address);
            column.partition_key.0 && before.is_some_and(|before| !before.partition_key.0)
        };
        let mut heirs = it.all_parts::<Column>();
        let refused = is_required_elsewhere(it)
            || heirs.any(|(heir, column)| joins(&heir) && is_read(&heir) || divides_anew(&heir, column));
        refused.then(|| old.told_from(self, it)).flatten()
    }

    /// The type changes; values are carried over by a cast, or through their text where there is none.
    fn change_type(&self, old: &Column, it: &Subject) -> Step {
        let value = self.value(old, it);
        // A foreign table that inherits it takes no USING.
        let foreign = it.all_parts::<ForeignColumn>().next().is_some();
        let using = if foreign { String::new() } else { format!(" USING {value}") };
        let step = self.act(format!("TYPE {}{}{using}", self.type_, self.collate()));
        let (from, to) = (old.type_.as_str(), self.type_.as_str());
        let told = || it.object.to_string();
        let hazards = [
            (is_rewritten(from, to), Hazard::RewritesTable(self.rows())),
            (may_fail(it.setting, from, to), Hazard::MayFail(told(), misfit(it, old))),
            (is_lossy(it.setting, from, to), Hazard::CutsValues(told(), format!("{from} to {to}"))),
        ];
        let step = self.before_it_is_tied(it, step);
        let step = guard::only_if(self.before_others_come(old, it), step);
        hazards.into_iter().filter(|(is_so, _)| *is_so).fold(step, |step, (_, hazard)| step.hazard(hazard))
    }
}

impl Kind for Column {
    const NAME: &'static str = "column";
    const KEYWORD: &'static str = "COLUMN";
    const QUERY: &'static str = include_str!("column.sql");
    const NAMED: bool = true;
    const HOLDS_DATA: bool = true;
    const EMBEDS: bool = true;
    const PRIVILEGES: Option<char> = Some('c');
    const DISTURBED: &'static [&'static str] = &[
        "view",
        "materialized view",
        "rule",
        "policy",
        "trigger",
        "default",
        "column",
        "function",
        "procedure",
        "constraint",
        "index",
        "publication table",
        // Else the server makes them anew, as those of whoever changes the column, and without their target.
        "statistics",
    ];

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut makes = self.stated(it);
        // A parent's new column is its children's too, with the default that stands beside it.
        let default = self.own_default(it).map(|(_, default)| &default.expression);
        let mut finish = self.finish(it);
        for (heir, column) in it.parts::<Column>() {
            if column.name == self.name && reaches(&self.table, &heir) {
                finish.extend(column.stored().steps(&Storage::default(), &column.table, &column.name));
                makes.push(heir.address.clone());
                let theirs = column.own_default(&heir);
                makes.extend(
                    theirs
                        .filter(|(_, theirs)| Some(&theirs.expression) == default)
                        .map(|(it, _)| it.address.clone()),
                );
            }
        }
        let add = added_and_filled(self, it).or_else(|| handed_down(self, it));
        let add = add.unwrap_or_else(|| {
            Step::alter_table(&self.table, format!("ADD COLUMN IF NOT EXISTS {}", self.clause(it)))
        });
        let mut add = add.makes(makes);
        let fresh = it.whole::<Table>().is_some_and(|(table, _)| table.is_new());
        if add.hazards.is_empty() && !fresh && self.is_filled(it) {
            add = add.hazard(Hazard::RewritesTable(self.rows()));
        }
        let empty = default.is_none() && self.generated.is_none() && self.sequence(it).is_none();
        if self.not_null && empty && !fresh {
            add = add.hazard(Hazard::MayFail(it.object.to_string(), self.rows_without(it)));
        }
        if it.whole::<Table>().is_some_and(|(table, _)| table.all_parts::<Partition>().next().is_some()) {
            add = self.before_it_is_tied(it, add);
        }
        let mut steps = vec![add];
        steps.extend(finish);
        steps
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        let mut steps = vec![];
        match (&old.generated, &self.generated) {
            (None, None) => {}
            (Some(_), None) if !old.virtual_ => {
                // What is told to a parent reaches its heirs.
                if !self.is_reached(it) {
                    // In one statement with a change of its type the server still takes it for generated.
                    let drop = format!(
                        "ALTER TABLE {} ALTER COLUMN {} DROP EXPRESSION IF EXISTS",
                        self.table, self.name
                    );
                    steps.push(self.before_it_is_tied(it, Step::new(drop)));
                }
            }
            (Some(before), Some(after)) if before == after && old.virtual_ == self.virtual_ => {}
            _ => return Alter::Replace,
        }
        let origin = self.reaching_origin(it);
        let before = origin.and_then(|(origin, _)| it.setting.live.body::<Column>(origin.address));
        let inherited = old.inherited.0 && self.is_reached(it) || self.is_typed(it);
        let retyped = self.is_retyped(it);
        if retyped {
            let sequences = it
                .all_parts::<Sequence>()
                .filter(|(it, sequence)| sequence.identity().is_some() && !it.is_new());
            for (sequence, body) in sequences {
                let before = it.setting.live.body::<Sequence>(sequence.address);
                steps.extend(before.into_iter().flat_map(|before| body.renumber(before, &sequence)));
            }
        }
        if retyped && !inherited {
            if self.generated.is_some() || old.partition_key.0 {
                return Alter::Replace;
            }
            steps.push(self.change_type(old, it));
        }
        let told = origin.zip(before).is_some_and(|((_, parent), before)| {
            parent.identity_kind != before.identity_kind && parent.identity_kind == self.identity_kind
        });
        // Becoming and ceasing to be an identity column is told with its sequence.
        if self.identity_kind != old.identity_kind
            && self.identity_kind != NONE
            && old.identity_kind != NONE
            && !told
        {
            steps.push(self.act(format!("SET GENERATED {}", self.identity_word())));
        }
        steps.extend(self.change_nullability(old, it));
        steps.extend(self.stored().steps(&old.stored(), &self.table, &self.name));
        if retyped {
            return Alter::Disturbing(steps, Self::DISTURBED);
        }
        Alter::InPlace(steps)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let drop = Step::alter_table(
            format!("IF EXISTS {}{}", it.alone(), self.table),
            format!("DROP COLUMN IF EXISTS {}", self.name),
        );
        let is_kept = self
            .columns_of_children(it)
            .any(|(column, _)| it.setting.desired.objects.contains_key(column.address));
        let let_go =
            self.nullability(it.address).let_go(it).filter(|_| is_kept && !self.is_in_primary_key(it));
        let_go.into_iter().chain([drop]).chain(it.left_to_children()).collect()
    }

    fn follow(&self, it: &Subject, replaced: &Object) -> Option<Vec<Step>> {
        if !matches!(replaced.kind(), "enum type" | "domain" | "composite type" | "range type" | "collation")
            || self.generated.is_some()
            || self.partition_key.0
            || self.is_typed(it)
        {
            return None;
        }
        // A change of its type refers to the successor already.
        if self.is_reached(it) || self.is_retyped(it) {
            return Some(vec![]);
        }
        let follow =
            self.act(format!("TYPE {}{} USING {}", self.type_, self.collate(), self.value(self, it)));
        let rewrite = self.before_it_is_tied(it, follow).hazard(Hazard::RewritesTable(self.rows()));
        let misfits = it.setting.live.body::<Column>(it.address).and_then(|old| misfit(it, old));
        Some(vec![match misfits {
            Some(misfits) if misfits.is_empty() => rewrite,
            misfits => rewrite.hazard(Hazard::MayFail(it.object.to_string(), misfits)),
        }])
    }

    fn park(&self, it: &Subject) -> Option<Parking> {
        if self.generated.is_some() || self.partition_key.0 || self.is_typed(it) {
            return None;
        }
        if self.inherited.0 {
            return Some(Parking { away: vec![], back: vec![] });
        }
        let retyped = |type_: &str| {
            let step = self.act(format!("TYPE {type_} USING {}::{type_}", self.name));
            step.hazard(Hazard::RewritesTable(self.rows()))
        };
        let back = retyped(&self.type_).hazard(Hazard::MayFail(it.object.to_string(), None));
        Some(Parking { away: vec![retyped("text")], back: vec![back] })
    }

    fn replaced_with_whole(&self, _: &Subject) -> bool {
        self.partition_key.0
    }

    fn owned_with<'a>(&self, it: &Subject<'a>) -> Option<Subject<'a>> {
        it.whole::<Table>().map(|(whole, _)| whole)
    }

    fn granted_on(&self, _: &Subject) -> (String, String) {
        (format!(" ({})", self.name), format!("TABLE {}", self.table))
    }

    fn rename(&self, _: &Subject, from: &str, to: &str) -> Option<String> {
        let (from, to) = (identifier(from), identifier(to));
        Some(format!("ALTER TABLE {} RENAME COLUMN {from} TO {to}", self.table))
    }

    fn fills_rows(&self) -> bool {
        self.generated.is_some() && !self.virtual_
    }

    fn told_from(&self, other: &Self, it: &Subject) -> Option<String> {
        // The server spells types by the search path; only modifiers are compared as text.
        let type_alone = |it: &Column| match (it.type_.find('('), it.type_.rfind(')')) {
            (Some(open), Some(close)) => format!("{}{}", &it.type_[..open], &it.type_[close + 1..]),
            _ => it.type_.clone(),
        };
        let differs = if type_alone(self) != type_alone(other) {
            format!("atttypid = to_regtype({})", literal(&self.type_))
        } else if self.type_ != other.type_ {
            format!("format_type(atttypid, atttypmod) = {}", literal(&self.type_))
        } else if self.not_null != other.not_null {
            format!("attnotnull = {}", self.not_null)
        } else {
            return None;
        };
        let name = it.address.names.last()?;
        Some(format!(
            "EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass({}) AND attname = {} AND {differs})",
            literal(&self.table),
            literal(name)
        ))
    }
}

/// Whether a new index or constraint on the column is required by something that is not on the column. When the file is run
/// again, the type would be told while both are there, and the server, which makes again what is on the column
/// (`ATPostAlterTypeCleanup`), could not drop the one from under the other.
fn is_required_elsewhere(column: &Subject) -> bool {
    let catalog = column.catalog;
    let on_it = catalog.dependents(column.index);
    let is_new = |index: usize| {
        let (address, object) = catalog.at(index);
        object.body.bears_repetition() && !column.setting.live.objects.contains_key(address)
    };
    let needing = |index: usize| catalog.dependents(index).iter().filter(|(_, tie)| *tie == Tie::Needs);
    on_it.iter().filter(|&&(index, _)| is_new(index)).any(|&(index, _)| {
        let with_parts = std::iter::once(index).chain(catalog.parts(index));
        with_parts.flat_map(needing).any(|(one, _)| on_it.iter().all(|(other, _)| other != one))
    })
}
