//! What becomes of NOT NULL where parents hand it down and tables are in use.

use super::super::constraint::Constraint;
use super::super::inheritance::{Inheritance, links_of_children};
use super::super::not_null::{NotNull, Surroundings};
use super::super::table::Table;
use super::{Column, reaches};
use crate::catalog::Address;
use crate::kind::Subject;
use crate::plan::{Hazard, Step};
use crate::postgres::guard;
use crate::postgres::quote::{identifier, literal, shortened};

impl Column {
    /// NOT NULL of the column at `address`, which is this one.
    pub fn nullability<'a>(&'a self, address: &'a Address) -> NotNull<'a> {
        NotNull {
            table: &self.table,
            column: &self.name,
            address,
            refused: self.not_null,
            constraint: self.not_null_constraint.as_ref(),
        }
    }

    pub(super) fn change_nullability(&self, old: &Column, it: &Subject) -> Vec<Step> {
        let (new, old) = (self.nullability(it.address), old.nullability(it.address));
        let in_live = |address| it.setting.live.body::<Column>(address);
        let origin = self.reaching_origin(it);
        let parent = origin.and_then(|(origin, body)| {
            let before = in_live(origin.address)?;
            Some((before.nullability(origin.address), body.nullability(origin.address)))
        });
        let comes_with_parent = origin.is_some_and(|(origin, body)| {
            in_live(origin.address).is_none() && body.nullability(origin.address).hands_down()
        });
        let has_heirs =
            it.whole::<Table>().is_some_and(|(table, _)| links_of_children(&table).next().is_some());
        let busy = it.whole::<Table>().is_some_and(|(table, _)| table.is_busy());
        let around = Surroundings { parent, comes_with_parent, has_heirs, busy };
        match busy && !NotNull::is_constraint(it) && self.not_null && !old.refused {
            true if parent.is_some_and(|(before, after)| after.refused && !before.refused) => vec![],
            true => self.set_not_null_by_check(it),
            false => {
                let mut steps = self.let_go_of_by_parents(&old, it);
                steps.extend(new.steps(&old, &around, it));
                steps.extend(self.kept_by_children(&old, it));
                steps.extend(self.validated_by_children(&old, it));
                steps
            }
        }
    }

    /// The columns of this name of the table's children.
    pub(super) fn columns_of_children<'a>(
        &'a self,
        it: &Subject<'a>,
    ) -> impl Iterator<Item = (Subject<'a>, &'a Column)> {
        let table = it.whole::<Table>().into_iter();
        let children =
            table.flat_map(|(table, _)| links_of_children(&table)).filter_map(|link| link.whole::<Table>());
        let columns = children.flat_map(|(child, _)| child.all_parts::<Column>());
        columns.filter(|(_, column)| column.name == self.name)
    }

    /// Whether a primary key refuses NULL in it besides.
    pub(super) fn is_in_primary_key(&self, it: &Subject) -> bool {
        let dependents = it.catalog.dependents(it.index).iter();
        let mut dependents = dependents.map(|&(index, _)| Subject::new(it.catalog, index, it.setting));
        let is_key = |key: &Constraint| key.type_ == 'p' && key.table == self.table;
        dependents.any(|dependent| dependent.body::<Constraint>().is_some_and(is_key))
    }

    /// Where NOT NULL is no constraint, children lose theirs with the parent's, even if they state it themselves.
    fn kept_by_children(&self, old: &NotNull, it: &Subject) -> Vec<Step> {
        if !old.refused || self.not_null || NotNull::is_constraint(it) {
            return vec![];
        }
        self.columns_of_children(it)
            .filter(|(heir, column)| {
                let before = it.setting.live.body::<Column>(heir.address);
                column.not_null && before.is_some_and(|before| before.not_null)
            })
            .map(|(_, column)| column.act("SET NOT NULL"))
            .collect()
    }

    /// Validates what children have validated though they have it from this column, which has not.
    fn validated_by_children(&self, old: &NotNull, it: &Subject) -> Vec<Step> {
        let new = self.nullability(it.address);
        if !new.refused || new.is_validated() || old.refused && !old.is_validated() {
            return vec![];
        }
        let children = it.parts::<Column>().into_iter();
        let children = children.filter(|(heir, body)| {
            let before = it.setting.live.body::<Column>(heir.address);
            let own = before.is_some_and(|before| before.nullability(heir.address).is_local());
            body.name == self.name && reaches(&self.table, heir) && !own
        });
        let children = children.map(|(heir, body)| (heir, body.nullability(heir.address)));
        children
            .filter(|(_, child)| child.is_validated())
            .map(|(heir, child)| child.validate(&heir))
            .collect()
    }

    /// A child cannot drop what it has from a parent, and a column of its own has no order with the parent's.
    fn let_go_of_by_parents(&self, old: &NotNull, it: &Subject) -> Vec<Step> {
        let inherited = self.local.0 && old.constraint.is_some_and(|old| old.inherited);
        let table = it.whole::<Table>().filter(|_| inherited && !self.not_null);
        let links = table.into_iter().flat_map(|(table, _)| table.all_parts::<Inheritance>());
        let before = links.filter(|(link, _)| it.setting.live.objects.contains_key(link.address));
        let parents = before.filter_map(|(link, body)| link.required_as::<Table>(&body.parent));
        let columns = parents.flat_map(|parent| parent.all_parts::<Column>());
        let columns = columns.filter(|(_, column)| column.name == self.name && !column.not_null);
        columns.map(|(_, column)| column.act("DROP NOT NULL")).collect()
    }

    /// A check that is validated without blocking writers spares SET NOT NULL its own scan.
    fn set_not_null_by_check(&self, it: &Subject) -> Vec<Step> {
        let hazard = Hazard::MayFail(it.object.to_string(), self.nulls(it));
        let Some(name) = it.address.names.last() else { return vec![] };
        let own_name = format!("{}__not_null", shortened(name, 53));
        let check = identifier(&own_name);
        let exists = format!(
            "EXISTS (SELECT FROM pg_attribute WHERE attrelid = {}::regclass AND attname = {} AND attnotnull)",
            literal(&self.table),
            literal(name)
        );
        let known = format!(
            "EXISTS (SELECT FROM pg_constraint WHERE conrelid = {}::regclass AND conname = {})",
            literal(&self.table),
            literal(&own_name)
        );
        vec![
            guard::when(
                &format!("NOT {exists} AND NOT {known}"),
                &format!(
                    "ALTER TABLE {} ADD CONSTRAINT {check} CHECK ({} IS NOT NULL) NOT VALID",
                    self.table, self.name
                ),
            ),
            guard::when(&known, &format!("ALTER TABLE {} VALIDATE CONSTRAINT {check}", self.table))
                .hazard(hazard)
                .outside(),
            self.act("SET NOT NULL"),
            // Not by the same statement, which drops first and then has to look at every row.
            Step::new(format!("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {check}", self.table)),
        ]
    }
}
