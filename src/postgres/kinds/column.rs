//! Columns of tables: `pg_attribute`.

use serde::{Deserialize, Serialize};

use super::carry::{holds_cast, is_castable};
use super::composite_attribute::CompositeAttribute;
use super::default::Default;
use super::foreign_column::ForeignColumn;
use super::inheritance::Inheritance;
use super::lines::Line;
use super::partition::Partition;
use super::sequence::Sequence;
use super::storage::Storage;
use super::table::Table;
use crate::catalog::{Address, Object};
use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::deparse::Printed;
use crate::postgres::guard;
use crate::postgres::quote::literal;

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

/// Whether what a table inherits comes into being through its parent: the two must have been tied before.
pub fn reaches(heir: &Subject) -> bool {
    let Some((table, _)) = heir.whole::<Table>() else { return false };
    let tied = |link: &Address| !heir.setting.made.contains(link);
    !table.is_new()
        && table.all_parts::<Partition>().all(|(link, _)| tied(link.address))
        && table.all_parts::<Inheritance>().all(|(link, _)| tied(link.address))
}

impl Column {
    /// As it stands inside CREATE TABLE or after ADD COLUMN.
    pub fn clause(&self, it: &Subject) -> String {
        self.line(it).to_string()
    }

    /// The same, in the pieces that stand below one another in a file.
    pub fn line(&self, it: &Subject) -> Line {
        let type_ = format!("{}{}", self.type_, self.collate());
        Line::Column { name: self.name.clone(), type_, rest: self.suffix(it).trim_start().to_owned() }
    }

    fn suffix(&self, it: &Subject) -> String {
        let mut words = String::new();
        if let Some(generated) = &self.generated {
            let how = if self.virtual_ { "VIRTUAL" } else { "STORED" };
            words.push_str(&format!(" GENERATED ALWAYS AS ({generated}) {how}"));
        }
        if let Some((sequence, body)) = self.sequence(it) {
            let options = body.identity_options(&sequence, it.address);
            words.push_str(&format!(" GENERATED {} AS IDENTITY{options}", self.identity_word()));
        }
        if let Some((_, default)) = self.own_default(it) {
            words.push_str(&format!(" DEFAULT {}", default.expression));
        }
        if self.not_null {
            words.push_str(" NOT NULL");
        }
        words
    }

    /// Whether it is neither generated nor an identity column.
    pub fn takes_default(&self) -> bool {
        self.generated.is_none() && self.identity_kind == NONE
    }

    /// The word after GENERATED.
    pub fn identity_word(&self) -> &'static str {
        if self.identity_kind == 'a' { "ALWAYS" } else { "BY DEFAULT" }
    }

    fn own_default<'a>(&self, it: &Subject<'a>) -> Option<(Subject<'a>, &'a Default)> {
        it.parts::<Default>().into_iter().find(|(_, default)| default.table == self.table)
    }

    fn sequence<'a>(&self, it: &Subject<'a>) -> Option<(Subject<'a>, &'a Sequence)> {
        if self.identity_kind == NONE {
            return None;
        }
        it.parts::<Sequence>().into_iter().find(|(_, sequence)| sequence.identity().is_some())
    }

    /// What [`Column::clause`] states besides the column itself.
    pub fn stated(&self, it: &Subject) -> Vec<Address> {
        let default = self.own_default(it).map(|(default, _)| default.address.clone());
        let sequence = self.sequence(it).map(|(sequence, _)| sequence.address.clone());
        default.into_iter().chain(sequence).collect()
    }

    /// What a column that comes from a parent or a type has of its own: its words, and what they state.
    pub fn overrides(&self, it: &Subject, typed: bool) -> (Option<String>, Vec<Address>) {
        if typed {
            let suffix = self.suffix(it);
            let words = suffix.trim_start();
            return ((!words.is_empty()).then(|| words.to_owned()), self.stated(it));
        }
        let inherited = it.required::<Column>().next().map(|(_, parent)| parent);
        let stricter = self.not_null && inherited.is_some_and(|parent| !parent.not_null);
        (
            stricter.then(|| format!("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", self.table, self.name)),
            vec![],
        )
    }

    /// The parent's column that hands down to this one.
    fn origin<'a>(&self, it: &Subject<'a>) -> Option<(Subject<'a>, &'a Column)> {
        it.required::<Column>().find(|(_, other)| other.name == self.name && other.table != self.table)
    }

    /// What CREATE TABLE and ADD COLUMN have no words for.
    pub fn finish(&self) -> Vec<Step> {
        self.stored().steps(&Storage::default(), &self.table, &self.name)
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
        let same = self.type_ == old.type_;
        if same && !it.requires_new() {
            self.name.clone()
        } else if holds_cast(it) || !same && is_castable(it.setting, &old.type_, &self.type_) {
            format!("{}::{}", self.name, self.type_)
        } else {
            format!("{}::text::{}", self.name, self.type_)
        }
    }

    /// The type changes; values are carried over by a cast, or through their text where there is none.
    fn change_type(&self, old: &Column, it: &Subject) -> Step {
        let value = if self.type_ == old.type_ { self.name.clone() } else { self.value(old, it) };
        // A foreign table that inherits it takes no USING.
        let foreign = it.all_parts::<ForeignColumn>().next().is_some();
        let using = if foreign { String::new() } else { format!(" USING {value}") };
        self.act(format!("TYPE {}{}{using}", self.type_, self.collate()))
            .hazard(Hazard::RewritesTable(self.table.clone()))
    }

    fn set_not_null(&self, it: &Subject) -> Vec<Step> {
        let busy = it.whole::<Table>().is_some_and(|(table, _)| table.is_busy());
        let hazard = Hazard::MayFail(it.object.to_string());
        if !busy {
            return vec![self.act("SET NOT NULL").hazard(hazard)];
        }
        // A check that is validated without blocking writers spares SET NOT NULL its own scan.
        let Some(name) = it.address.names.last() else { return vec![] };
        let check = crate::postgres::quote::identifier(&format!("{}__not_null", &name[..floor(name, 53)]));
        let exists = format!(
            "EXISTS (SELECT FROM pg_attribute WHERE attrelid = {}::regclass AND attname = {} AND attnotnull)",
            literal(&self.table),
            literal(name)
        );
        let known = format!(
            "EXISTS (SELECT FROM pg_constraint WHERE conrelid = {}::regclass AND quote_ident(conname) = {})",
            literal(&self.table),
            literal(check.trim_matches('"'))
        );
        vec![
            guard::when(
                &format!("NOT {exists} AND NOT {known}"),
                &format!(
                    "ALTER TABLE {} ADD CONSTRAINT {check} CHECK ({} IS NOT NULL) NOT VALID",
                    self.table, self.name
                ),
            )
            .commit_after(),
            guard::when(&known, &format!("ALTER TABLE {} VALIDATE CONSTRAINT {check}", self.table))
                .hazard(hazard),
            self.act("SET NOT NULL"),
            Step::alter_table(&self.table, format!("DROP CONSTRAINT IF EXISTS {check}")),
        ]
    }
}

/// The longest start of `name` of at most `limit` bytes.
fn floor(name: &str, limit: usize) -> usize {
    let mut end = name.len().min(limit);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    end
}

impl Kind for Column {
    const NAME: &'static str = "column";
    const KEYWORD: &'static str = "COLUMN";
    const QUERY: &'static str = include_str!("column.sql");
    const NAMED: bool = true;
    const HOLDS_DATA: bool = true;
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
        "publication table",
    ];

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut makes = self.stated(it);
        // A parent's new column is its children's too, with the default that stands beside it.
        let default = self.own_default(it).map(|(_, default)| &default.expression);
        for (heir, column) in it.parts::<Column>() {
            if column.name == self.name && reaches(&heir) {
                makes.push(heir.address.clone());
                let theirs = column.own_default(&heir);
                makes.extend(
                    theirs
                        .filter(|(_, theirs)| Some(&theirs.expression) == default)
                        .map(|(it, _)| it.address.clone()),
                );
            }
        }
        let mut add = Step::alter_table(&self.table, format!("ADD COLUMN IF NOT EXISTS {}", self.clause(it)))
            .makes(makes);
        let empty = default.is_none() && self.generated.is_none() && self.identity_kind == NONE;
        if self.not_null && empty {
            add = add.hazard(Hazard::MayFail(it.object.to_string()));
        }
        let mut steps = vec![add];
        steps.extend(self.finish());
        steps
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        let mut steps = vec![];
        match (&old.generated, &self.generated) {
            (None, None) => {}
            (Some(_), None) if !old.virtual_ => steps.push(self.act("DROP EXPRESSION IF EXISTS")),
            (Some(before), Some(after)) if before == after && old.virtual_ == self.virtual_ => {}
            _ => return Alter::Replace,
        }
        let origin = self.origin(it).filter(|_| reaches(it));
        let before = origin.and_then(|(origin, _)| it.setting.live.body::<Column>(origin.address));
        let inherited = self.inherited.0 && old.inherited.0 && reaches(it) || self.is_typed(it);
        let retyped = (&self.type_, &self.collation) != (&old.type_, &old.collation);
        if retyped && !inherited {
            if self.generated.is_some() || old.partition_key.0 {
                return Alter::Replace;
            }
            steps.push(self.change_type(old, it));
        }
        // What is told to a parent reaches its heirs.
        let told = |change: fn(&Column) -> (bool, char)| {
            origin.zip(before).is_some_and(|((_, parent), before)| {
                change(parent) != change(before) && change(parent) == change(self)
            })
        };
        let nullable = !told(|it| (it.not_null, NONE));
        // Becoming and ceasing to be an identity column is told with its sequence.
        if self.identity_kind != old.identity_kind
            && self.identity_kind != NONE
            && old.identity_kind != NONE
            && !told(|it| (false, it.identity_kind))
        {
            steps.push(self.act(format!("SET GENERATED {}", self.identity_word())));
        }
        if self.not_null && !old.not_null && nullable {
            steps.extend(self.set_not_null(it));
        } else if old.not_null && !self.not_null && nullable {
            steps.push(self.act("DROP NOT NULL"));
        }
        steps.extend(self.stored().steps(&old.stored(), &self.table, &self.name));
        if retyped {
            return Alter::Disturbing(steps, Self::DISTURBED);
        }
        Alter::InPlace(steps)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        vec![Step::alter_table(
            format!("IF EXISTS {}{}", it.alone(), self.table),
            format!("DROP COLUMN IF EXISTS {}", self.name),
        )]
    }

    fn follow(&self, it: &Subject, replaced: &Object) -> Option<Vec<Step>> {
        if !matches!(replaced.kind(), "enum type" | "domain" | "composite type" | "range type" | "collation")
            || self.generated.is_some()
            || self.partition_key.0
            || self.is_typed(it)
        {
            return None;
        }
        if !self.local.0 && it.required::<Column>().any(|(origin, _)| !origin.is_new()) {
            return Some(vec![]);
        }
        let follow =
            self.act(format!("TYPE {}{} USING {}", self.type_, self.collate(), self.value(self, it)));
        Some(vec![
            follow
                .hazard(Hazard::RewritesTable(self.table.clone()))
                .hazard(Hazard::MayFail(it.object.to_string())),
        ])
    }

    fn replaced_with_whole(&self) -> bool {
        self.partition_key.0
    }

    fn granted_on(&self, _: &Subject) -> (String, String) {
        (format!(" ({})", self.name), format!("TABLE {}", self.table))
    }
}
