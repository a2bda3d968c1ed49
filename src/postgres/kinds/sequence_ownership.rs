//! What makes a sequence go with a column, as `serial` does: OWNED BY.

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::sequence::{Sequence, go_on};
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
            steps.push(go_on(it, sequence.increment > 0, &self.table, &self.column));
        }
        steps
    }

    fn alter(&self, _: &Self, it: &Subject) -> Alter {
        // Between two tables of different owners it belongs to nobody, and gets its new owner then.
        let handed_over = it.whole::<Sequence>().is_some_and(|(sequence, _)| {
            let before = it.setting.live.objects.get(sequence.address);
            before.is_some_and(|before| before.owner != sequence.object.owner)
        });
        if handed_over { Alter::Replace } else { Alter::InPlace(self.create(it)) }
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        vec![Step::new(format!("ALTER SEQUENCE IF EXISTS {it} OWNED BY NONE"))]
    }
}
