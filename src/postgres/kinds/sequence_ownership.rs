//! What makes a sequence go with a column, as `serial` does: OWNED BY.

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::sequence::{Sequence, go_on};
use super::table::Table;
use crate::catalog::Address;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;

/// The tie between a sequence and the column that owns it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct SequenceOwnership {
    /// The table, as the server spells it.
    pub table: String,
    /// The column, as the server spells it.
    pub column: String,
}

/// What has an owner of what the link ties: the sequence, and the table.
fn owned(link: Subject<'_>) -> impl Iterator<Item = &Address> {
    let tables = link.required::<Column>().filter_map(|(column, _)| column.whole::<Table>());
    let tables: Vec<_> = tables.map(|(table, _)| table.address).collect();
    link.whole::<Sequence>().map(|(sequence, _)| sequence.address).into_iter().chain(tables)
}

impl Kind for SequenceOwnership {
    const NAME: &'static str = "sequence ownership";
    const KEYWORD: &'static str = "SEQUENCE";
    const QUERY: &'static str = include_str!("sequence_ownership.sql");
    const NAMED: bool = true;
    const LINK: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut steps =
            vec![Step::new(format!("ALTER SEQUENCE {it} OWNED BY {}.{}", self.table, self.column))];
        let fresh = it.required::<Column>().any(|(column, _)| column.is_new());
        if let Some((_, sequence)) =
            it.whole::<Sequence>().filter(|(sequence, _)| !fresh && sequence.is_new())
        {
            let set = go_on(it, sequence.increment > 0, &self.table, &self.column);
            steps.push(Step::new(format!("SELECT {set}")));
        }
        steps
    }

    fn alter(&self, _: &Self, it: &Subject) -> Alter {
        let live = it.setting.live;
        // Between two tables it belongs to nobody, if somebody gets another owner on the way.
        let ends = [Some(*it), it.within(live)].into_iter().flatten().flat_map(owned);
        let mut ends =
            ends.filter_map(|end| Some((live.objects.get(end)?, it.setting.desired.objects.get(end)?)));
        match ends.any(|(before, after)| before.owner != after.owner) {
            true => Alter::Replace,
            false => Alter::InPlace(self.create(it)),
        }
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        vec![Step::new(format!("ALTER SEQUENCE IF EXISTS {it} OWNED BY NONE"))]
    }
}
