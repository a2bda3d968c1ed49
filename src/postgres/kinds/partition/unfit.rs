//! Rows that attaching a partition would refuse: those of the table itself that its bounds leave out, and those of the
//! default partition that belong into it.

use super::super::table::Table;
use super::super::unfit::{CHANGE, Complaint, Rows, listed};
use super::{DEFAULT, Partition, siblings};
use crate::kind::Subject;
use crate::plan::{Hazard, Precondition};

impl Partition {
    /// That rows which exist may be in its way.
    pub(super) fn may_fail(&self, it: &Subject) -> Vec<Hazard> {
        let before = it.setting.live.body::<Partition>(it.address);
        let again = before.is_some_and(|before| before.condition.0 == self.condition.0);
        let own = it.whole::<Table>().map(|(table, _)| table).filter(|_| !again);
        let own = own.filter(has_rows).map(|table| {
            let unfit = self.condition.0.as_ref().map(|condition| format!("NOT ({condition})"));
            let words = format!("that have no place in `{}`", self.bounds);
            self.refused(it, &table, unfit, words)
        });
        let default = self.default_beside(it).filter(|_| !again).filter(has_rows).map(|table| {
            self.refused(it, &table, self.condition.0.clone(), format!("that belong in `{it}`"))
        });
        own.into_iter().chain(default).collect()
    }

    /// The partition that takes what has no place elsewhere, before and after.
    fn default_beside<'a>(&self, it: &Subject<'a>) -> Option<Subject<'a>> {
        let mut siblings = siblings(&self.parent(it)?);
        let (link, _) = siblings.find(|(link, body)| body.bounds == DEFAULT && link.index != it.index)?;
        let before = it.setting.live.body::<Partition>(link.address)?;
        (before.bounds == DEFAULT && before.parent == self.parent)
            .then(|| link.whole::<Table>())?
            .map(|(table, _)| table)
    }

    fn refused(&self, it: &Subject, table: &Subject, unfit: Option<String>, words: String) -> Hazard {
        let precondition = || -> Option<Precondition> {
            let rows = Rows::of(table)?;
            for above in self.ancestors(it) {
                let (key, _) = listed(above.body::<Table>()?.partition_key.as_deref()?)?;
                key.iter().all(|column| rows.settled_column(column).is_some()).then_some(())?;
            }
            Some(rows.none(table.to_string(), unfit?, Complaint { words, remedy: CHANGE }))
        };
        Hazard::MayFail(table.object.to_string(), precondition().map(|unfit| vec![unfit]))
    }
}

/// Whether it is there already, and stays.
fn has_rows(table: &Subject) -> bool {
    !table.is_new() && table.setting.live.objects.contains_key(table.address)
}
