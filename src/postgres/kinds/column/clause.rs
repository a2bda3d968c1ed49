//! How a column is said inside CREATE TABLE, and what of it is said there.

use super::super::default::Default;
use super::super::inheritance::Inheritance;
use super::super::lines::Line;
use super::super::not_null::NotNull;
use super::super::sequence::Sequence;
use super::super::table::Table;
use super::{Column, NONE, reaches};
use crate::catalog::Address;
use crate::kind::Subject;
use crate::plan::Step;

impl Column {
    /// As it stands inside CREATE TABLE or after ADD COLUMN.
    pub fn clause(&self, it: &Subject) -> String {
        self.line(it).to_string()
    }

    /// The same, in the pieces that stand below one another in a file.
    pub fn line(&self, it: &Subject) -> Line {
        let rest = self.suffix(it).trim_start().to_owned();
        Line::Column { name: self.name.clone(), type_: self.typed(), rest }
    }

    fn suffix(&self, it: &Subject) -> String {
        let mut words = String::new();
        if let Some(generated) = self.generated.as_ref().filter(|_| !self.generated_by_parent(it)) {
            let how = if self.virtual_ { "VIRTUAL" } else { "STORED" };
            words.push_str(&format!(" GENERATED ALWAYS AS ({generated}) {how}"));
        }
        if let Some(identity) = self.identity_clause(it) {
            words.push_str(&format!(" {identity}"));
        }
        if let Some((_, default)) = self.own_default(it) {
            words.push_str(&format!(" DEFAULT {}", default.expression));
        }
        words.push_str(&self.nullability(it.address).clause(it));
        words
    }

    /// Its type, and its collation where it has one of its own.
    pub fn typed(&self) -> String {
        format!("{}{}", self.type_, self.collate())
    }

    /// What makes it an identity column, if it is one from the beginning.
    pub fn identity_clause(&self, it: &Subject) -> Option<String> {
        let (sequence, body) = self.sequence(it)?;
        let options = body.identity_options(&sequence, it.address);
        Some(format!("GENERATED {} AS IDENTITY{options}", self.identity_word()))
    }

    /// Whether CREATE TABLE … INHERITS hands the generation expression down; before 16 a child that states it as well
    /// is an error.
    fn generated_by_parent(&self, it: &Subject) -> bool {
        let Some((table, _)) = it.whole::<Table>().filter(|(table, _)| table.is_new()) else { return false };
        let parents = table.parts::<Inheritance>().into_iter().flat_map(|(link, _)| link.required::<Table>());
        parents.filter(|(parent, _)| parent.index != table.index).any(|(parent, _)| {
            parent.all_parts::<Column>().any(|(_, other)| {
                other.table == parent.object.identity
                    && other.name == self.name
                    && other.generated == self.generated
            })
        })
    }

    /// The default that is stated with it.
    pub fn own_default<'a>(&self, it: &Subject<'a>) -> Option<(Subject<'a>, &'a Default)> {
        it.parts::<Default>().into_iter().find(|(_, default)| default.table == self.table)
    }

    /// The sequence that is made with it. A table that has children gets a column first that they can have too.
    pub(super) fn sequence<'a>(&self, it: &Subject<'a>) -> Option<(Subject<'a>, &'a Sequence)> {
        if self.identity_kind == NONE {
            return None;
        }
        let is_plain = |(heir, column): (Subject, &Column)| {
            column.identity_kind == NONE && column.name == self.name && reaches(&self.table, &heir)
        };
        if it.parts::<Column>().into_iter().any(is_plain) {
            return None;
        }
        it.parts::<Sequence>().into_iter().find(|(_, sequence)| sequence.identity().is_some())
    }

    /// Whether it is there with another type.
    pub fn is_retyped(&self, it: &Subject) -> bool {
        let before = it.setting.live.body::<Column>(it.address);
        before
            .filter(|_| !it.is_new())
            .is_some_and(|old| (&self.type_, &self.collation) != (&old.type_, &old.collation))
    }

    /// What [`Column::clause`] states besides the column itself.
    pub fn stated(&self, it: &Subject) -> Vec<Address> {
        let default = self.own_default(it).map(|(default, _)| default.address.clone());
        let sequence = self.sequence(it).map(|(sequence, _)| sequence.address.clone());
        default.into_iter().chain(sequence).collect()
    }

    /// What a column that comes from a type has of its own: its words, and what they state.
    pub fn overrides_type(&self, it: &Subject) -> (Option<String>, Vec<Address>) {
        let suffix = self.suffix(it);
        let words = suffix.trim_start();
        ((!words.is_empty()).then(|| format!("{} WITH OPTIONS {words}", self.name)), self.stated(it))
    }

    /// What a column that comes from a type has of its own, where an attribute of the type is added.
    pub fn own_beside_type(&self, it: &Subject) -> Vec<Step> {
        let nullability = self.nullability(it.address);
        let validated = nullability.make(it).filter(|_| nullability.is_validated());
        validated.into_iter().chain(self.finish(it)).collect()
    }

    /// What a column that comes from a parent has of its own: its words inside CREATE TABLE, or a step after it.
    pub fn overrides_parent(&self, it: &Subject) -> (Option<String>, Option<Step>) {
        let parent = self.origins(it).next();
        let (own, given) =
            (self.nullability(it.address), parent.map(|(it, body)| body.nullability(it.address)));
        if NotNull::is_constraint(it) {
            return (own.own_clause(it, given), None);
        }
        let stricter = self.not_null && given.is_some_and(|given| !given.refused);
        (None, stricter.then(|| self.act("SET NOT NULL")))
    }
}
