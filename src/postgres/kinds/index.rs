//! Indexes, with those that stand behind a key: `pg_index`.

use serde::{Deserialize, Serialize};

use super::aside::{OtherName, beside_name, other_name, table_aside};
use super::index_partition::{IndexPartition, goes_when_run_again, untied};
use super::parameters::Parameters;
use super::table::Table;
use super::unfit::{Rows, condition, index_keys, stands_on_what_stays};
use crate::kind::{Alter, Aside, Incidental, Kind, Preparation, Subject};
use crate::plan::{Hazard, Precondition, Step};
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
    /// Whether a foreign key can refer to its columns (`transformFkeyCheckAttrs`).
    pub referable: Incidental<bool>,
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

    /// CREATE INDEX, `how`, under the name `built`.
    fn build(&self, how: &str, built: &str, definition: &Printed, it: &Subject) -> Step {
        let definition = definition.to_string();
        let (unique, rest) = match definition.strip_prefix("CREATE UNIQUE INDEX ") {
            Some(rest) => ("UNIQUE ", rest),
            None => ("", definition.strip_prefix("CREATE INDEX ").unwrap_or(&definition)),
        };
        let name = it.address.names.last().map(|name| identifier(name));
        let rest = name.and_then(|name| rest.strip_prefix(&name)).unwrap_or(rest);
        let build = Step::new(format!("CREATE {unique}INDEX {how} {built}{rest}"));
        let may_fail = !unique.is_empty() && !it.whole::<Table>().is_some_and(|(table, _)| table.is_new());
        let copies = || copies(it, &definition);
        let hazard = may_fail.then(|| Hazard::MayFail(it.object.to_string(), copies()));
        hazard.into_iter().fold(build, Step::hazard)
    }

    /// Whether what bears its name until then gets out of the way by itself.
    fn predecessor_waits(&self, it: &Subject) -> bool {
        it.within(it.setting.live).is_some_and(|before| before.object.body.set_aside(&before).is_some())
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

/// That no two rows have what a unique index of this definition tells apart.
fn copies(it: &Subject, definition: &str) -> Option<Vec<Precondition>> {
    let rows = Rows::of(&it.whole::<Table>()?.0).filter(|_| stands_on_what_stays(it))?;
    let (keys, rest) = index_keys(definition)?;
    Some(rows.no_two(&keys, condition(rest), rest.contains("NULLS NOT DISTINCT")).into_iter().collect())
}

impl Kind for Index {
    const NAME: &'static str = "index";
    const KEYWORD: &'static str = "INDEX";
    const QUERY: &'static str = include_str!("index.sql");
    const NAMED: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let Some(definition) = &self.definition else { return vec![] };
        let Some(name) = it.address.names.last() else { return vec![] };
        let mut steps = vec![self.build("IF NOT EXISTS", &identifier(name), definition, it)];
        steps.extend(self.finish(it));
        steps
    }

    fn told_from(&self, other: &Self, it: &Subject) -> Option<String> {
        let (own, table) = (literal(&it.object.identity), literal(&self.table));
        (self.table != other.table).then(|| {
            format!(
                "EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass({own}) AND indrelid = to_regclass({table}))"
            )
        })
    }

    fn prepare(&self, it: &Subject) -> Option<Preparation> {
        let definition = self.definition.as_ref()?;
        if self.partitioned || !it.whole::<Table>().is_some_and(|(table, _)| table.is_busy()) {
            return None;
        }
        let name = identifier(it.address.names.last()?);
        let borne = it.name_is_borne() && !self.predecessor_waits(it) || goes_when_run_again(it);
        let other = beside_name(it).filter(|_| borne);
        let built = other.as_ref().map_or(&name, |other| &other.spelled);
        let identity = other.as_ref().map_or(&it.object.identity, |other| &other.full);
        let build = self.build("CONCURRENTLY IF NOT EXISTS", built, definition, it);
        let mut make = vec![];
        if other.is_some() {
            // When the file is run again, the successor of a constraint's index bears the name already.
            let free = format!("to_regclass({}) IS NULL", literal(&it.object.identity));
            make.push(guard::when(&free, &format!("ALTER INDEX {identity} RENAME TO {name}")));
            make.push(Step::new(format!("DROP INDEX IF EXISTS {identity}")));
        }
        make.extend(self.finish(it));
        Some(Preparation {
            under_own_name: other.is_none(),
            steps: vec![Index::drop_invalid(identity).outside(), build.outside()],
            make,
        })
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        // A table that is made anew while this one goes by itself has stepped aside.
        let table = it.whole::<Table>().map(|(table, _)| table);
        // One that makes way goes in the transaction in which its successor comes.
        let goes_alone = !self.partitioned && !it.name_is_wanted() && table.is_some_and(|it| it.is_busy());
        let table = table.filter(Subject::is_replaced);
        vec![match table.and_then(|table| table_aside(&table)) {
            None if goes_alone && untied(it).is_none() => {
                Step::new(format!("DROP INDEX CONCURRENTLY IF EXISTS {it}")).outside()
            }
            None => guard::only_if(untied(it), Step::new(format!("DROP INDEX IF EXISTS {it}"))),
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

    /// A constraint's index is what the constraint makes of the columns.
    fn follows_columns(&self) -> bool {
        self.definition.is_none()
    }

    /// The server forgets how closely its expressions are sampled.
    fn survives(&self, _: &Subject) -> bool {
        self.statistics.is_empty()
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
        // One that is tied to a parent's goes with that, whatever its name.
        let is_tied = it.all_parts::<IndexPartition>().next().is_some();
        if !replaceable || is_tied || !table.is_busy() {
            return None;
        }
        let OtherName { spelled, full, .. } = other_name(it, schema, name);
        let first = format!("to_regclass({}) IS NULL", literal(&full));
        let away = guard::when(
            &untied(it).map_or(first.clone(), |untied| format!("{first} AND {untied}")),
            &format!("ALTER INDEX IF EXISTS {it} RENAME TO {spelled}"),
        );
        let remove = Step::new(format!("DROP INDEX CONCURRENTLY IF EXISTS {full}")).outside();
        Some(Aside { always: true, away: vec![away], carry: vec![], remove: vec![remove] })
    }

    fn bears_repetition(&self) -> bool {
        true
    }

    fn may_be_chosen(&self) -> bool {
        self.referable.0
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
