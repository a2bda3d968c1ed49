//! Indexes, with those that stand behind a key: `pg_index`.

use serde::{Deserialize, Serialize};

use super::aside::{OtherName, other_name, table_aside};
use super::parameters::Parameters;
use super::table::Table;
use crate::kind::{Alter, Aside, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::deparse::Printed;
use crate::postgres::guard;
use crate::postgres::quote::{identifier, literal};

/// An index of a table or materialized view.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// The table, as the server spells it.
    pub table: String,
    /// `CREATE INDEX …`, as the server prints it; None where a constraint makes it.
    pub definition: Option<Printed>,
    /// Whether it only gathers the indexes of partitions.
    pub partitioned: bool,
    /// False where building it was interrupted.
    pub valid: bool,
    /// Storage parameters, where they are not part of the definition.
    pub options: Parameters,
    /// Where it is stored, if not where the database is.
    pub tablespace: Option<String>,
    /// `<column> <target>` of expressions with a sampling target of their own.
    pub statistics: Vec<String>,
}

impl Index {
    /// What CREATE INDEX has no words for.
    pub fn finish(&self, it: &Subject) -> Vec<Step> {
        let mut steps = self.options.steps(&format!("INDEX {it}"), &Parameters::default());
        if let Some(tablespace) = &self.tablespace {
            steps.push(Step::new(format!("ALTER INDEX {it} SET TABLESPACE {}", identifier(tablespace))));
        }
        steps.extend(self.set_statistics(&[], it));
        steps
    }

    fn set_statistics(&self, old: &[String], it: &Subject) -> Vec<Step> {
        let column = |entry: &String| entry.split(' ').next().unwrap_or_default().to_owned();
        let set = self.statistics.iter().filter(|entry| !old.contains(entry)).cloned();
        let reset = old
            .iter()
            .filter(|entry| !self.statistics.iter().any(|kept| column(kept) == column(entry)))
            .map(|entry| format!("{} -1", column(entry)));
        set.chain(reset)
            .map(|entry| {
                let (column, target) = entry.split_once(' ').unwrap_or((&entry, "-1"));
                Step::new(format!("ALTER INDEX {it} ALTER COLUMN {column} SET STATISTICS {target}"))
            })
            .collect()
    }

    /// Removes what an interrupted CREATE INDEX CONCURRENTLY left behind under this name.
    pub fn drop_invalid(identity: &str) -> Step {
        guard::when(
            &format!(
                "EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass({}) AND NOT indisvalid)",
                literal(identity)
            ),
            &format!("DROP INDEX {identity}"),
        )
    }
}

impl Kind for Index {
    const NAME: &'static str = "index";
    const KEYWORD: &'static str = "INDEX";
    const QUERY: &'static str = include_str!("index.sql");
    const NAMED: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let Some(definition) = &self.definition else { return vec![] };
        let busy = !self.partitioned && it.whole::<Table>().is_some_and(|(table, _)| table.is_busy());
        let definition = definition.to_string();
        let (unique, rest) = match definition.strip_prefix("CREATE UNIQUE INDEX ") {
            Some(rest) => ("UNIQUE ", rest),
            None => ("", definition.strip_prefix("CREATE INDEX ").unwrap_or(&definition)),
        };
        let how = if busy { "CONCURRENTLY IF NOT EXISTS" } else { "IF NOT EXISTS" };
        let mut create = Step::new(format!("CREATE {unique}INDEX {how} {rest}"));
        if !unique.is_empty() && !it.whole::<Table>().is_some_and(|(table, _)| table.is_new()) {
            create = create.hazard(Hazard::MayFail(it.object.to_string()));
        }
        let mut steps = if busy {
            vec![Index::drop_invalid(&it.object.identity).outside(), create.outside()]
        } else {
            vec![create]
        };
        steps.extend(self.finish(it));
        steps
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        // A table that is made anew while this one goes by itself has stepped aside.
        let table = it.whole::<Table>().map(|(table, _)| table).filter(Subject::is_replaced);
        vec![match table.and_then(|table| table_aside(&table)) {
            None => Step::new(format!("DROP INDEX IF EXISTS {it}")),
            Some(aside) => guard::when(
                &format!(
                    "EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass({}) AND indrelid = to_regclass({}))",
                    literal(&it.object.identity),
                    literal(&aside.full)
                ),
                &format!("DROP INDEX {it}"),
            ),
        }]
    }

    /// On a table in use, queries keep the old index until the new one is built.
    fn set_aside(&self, it: &Subject) -> Option<Aside> {
        let (live, desired) = (it.catalog, it.setting.desired);
        let stands_on_what_stays = live.requirements(it.index).iter().all(|&(required, _)| {
            let (address, before) = live.at(required);
            desired.objects.get(address).is_some_and(|after| before.body.equals(after.body.as_ref()))
        });
        let stands_alone = |index: &Index| index.definition.is_some() && !index.partitioned;
        let replaceable = self.valid
            && stands_alone(self)
            && desired.body::<Index>(it.address).is_some_and(stands_alone)
            && stands_on_what_stays;
        let [schema, name] = it.address.names.as_slice() else { return None };
        let (table, _) = it.whole::<Table>()?;
        if !replaceable || !table.is_busy() {
            return None;
        }
        let OtherName { spelled, full, .. } = other_name(it, schema, name);
        let away = guard::when(
            &format!("to_regclass({}) IS NULL", literal(&full)),
            &format!("ALTER INDEX IF EXISTS {it} RENAME TO {spelled}"),
        );
        let remove = Step::new(format!("DROP INDEX CONCURRENTLY IF EXISTS {full}")).outside();
        Some(Aside { always: true, away: vec![away], carry: vec![], remove: vec![remove] })
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if (&self.table, &self.definition, self.partitioned, self.valid)
            != (&old.table, &old.definition, old.partitioned, old.valid)
        {
            return Alter::Replace;
        }
        let mut steps = self.options.steps(&format!("INDEX {it}"), &old.options);
        if self.tablespace != old.tablespace {
            let place = self.tablespace.as_deref().unwrap_or("pg_default");
            steps.push(Step::new(format!("ALTER INDEX {it} SET TABLESPACE {}", identifier(place))));
        }
        steps.extend(self.set_statistics(&old.statistics, it));
        Alter::InPlace(steps)
    }
}
