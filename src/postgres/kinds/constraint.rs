//! Constraints of tables: `pg_constraint`.

mod unfit;

use serde::{Deserialize, Serialize};

use super::aside::{beside, beside_name, table_by_then};
use super::carry::are_akin;
use super::column::Column;
use super::index::Index;
use super::index_partition::{IndexPartition, goes_when_run_again, untied};
use super::inheritance::links_of_children;
use super::partition::Partition;
use super::table::Table;
use crate::catalog::{Address, Tie};
use crate::kind::{Alter, Incidental, Kind, Preparation, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::deparse::Printed;
use crate::postgres::guard;
use crate::postgres::quote::{identifier, literal};
use crate::runner::LockMode;

/// The first version on which a foreign key of a partitioned table can be NOT VALID.
const NOT_VALID_OF_PARTITIONED_SINCE: u32 = 180_000;

/// A key, a foreign key, a check or an exclusion.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// The table, as the server spells it.
    pub table: String,
    /// The constraint's own name, as the server spells it.
    pub name: String,
    /// `p`rimary key, `u`nique, `f`oreign key, `c`heck or e`x`clusion.
    #[serde(rename = "type")]
    pub type_: char,
    /// Whether the table is partitioned.
    pub partitioned: bool,
    /// What follows the name, as the server prints it, without NOT VALID.
    pub definition: Printed,
    /// Whether the rows that exist are known to fit.
    pub validated: bool,
    /// Whether the table has it by itself, and not only from its parent.
    pub local: Incidental<bool>,
    /// Whether it is a foreign key with PERIOD. The server cannot make one anew by itself: it looks for a cast to the type of
    /// any range (`ATAddForeignKeyConstraint`).
    pub period: Incidental<bool>,
}

impl Constraint {
    /// As it stands inside CREATE TABLE or after ADD.
    pub fn clause(&self) -> String {
        format!("CONSTRAINT {} {}", self.name, self.definition)
    }

    /// A foreign key is told to a partitioned table with its partitions; a key is told to each, then attached.
    fn target(&self) -> String {
        let is_key = matches!(self.type_, 'p' | 'u');
        if self.partitioned && is_key { format!("ONLY {}", self.table) } else { self.table.clone() }
    }

    /// Whether it comes into being with the parent's, or with the tie to the parent: the server compares no exclusion
    /// constraints (`CompareIndexInfo`), and so ties none to the parent's that is there before.
    pub fn comes_with_parents(&self, it: &Subject) -> bool {
        self.type_ == 'x' && it.all_parts::<IndexPartition>().next().is_some()
    }

    /// Whether an index stands behind it.
    pub fn has_index(&self) -> bool {
        matches!(self.type_, 'p' | 'u' | 'x')
    }

    /// What the index behind it holds.
    pub fn key(&self) -> &str {
        let definition = self.definition.0.as_str();
        definition.find('(').map_or(definition, |at| &definition[at..])
    }

    /// What it demands; when that is looked at, as the server prints it; and whether it is.
    fn clauses(&self) -> (&str, &str, bool) {
        let definition = self.definition.0.as_str();
        let enforced = definition.strip_suffix(" NOT ENFORCED");
        let clauses = enforced.unwrap_or(definition);
        let rule = clauses.strip_suffix(" INITIALLY DEFERRED").unwrap_or(clauses);
        let rule = rule.strip_suffix(" DEFERRABLE").unwrap_or(rule);
        (rule, &clauses[rule.len()..], enforced.is_none())
    }

    /// Validates it while it is called `name`.
    fn validate(&self, it: &Subject, name: &str) -> Step {
        Step::new(format!("ALTER TABLE {} VALIDATE CONSTRAINT {name}", self.table))
            .hazard(self.may_fail(it))
            .alone()
    }

    fn is_busy(&self, it: &Subject) -> bool {
        it.whole::<Table>().is_some_and(|(table, _)| table.is_busy())
    }

    /// That it is not had from a parent, which shall hand down one of the same name: when the file is run again, that
    /// one stands there, and can neither go alone nor has to.
    fn own(&self, it: &Subject) -> Option<String> {
        let desired = it.setting.desired;
        let successor = desired.objects.get_index_of(it.address);
        let inherits =
            |index: usize| desired.requirements(index).iter().any(|(_, tie)| *tie == Tie::Inherited);
        let becomes_partition = it.whole::<Table>().is_some_and(|(table, _)| Partition::is_desired(&table));
        (successor.is_some_and(inherits) || self.type_ == 'f' && becomes_partition).then(|| {
            format!(
                "EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass({}) AND quote_ident(conname) = {} \
                 AND coninhcount = 0)",
                literal(&self.table),
                literal(&self.name)
            )
        })
    }

    /// A unique index built without blocking writers becomes the key.
    fn through_index(&self, it: &Subject) -> Option<Preparation> {
        let (word, columns) = match self.type_ {
            'p' => ("PRIMARY KEY", self.definition.0.strip_prefix("PRIMARY KEY ")?),
            'u' => ("UNIQUE", self.definition.0.strip_prefix("UNIQUE ")?),
            _ => return None,
        };
        if columns.contains("OVERLAPS") || self.partitioned {
            return None;
        }
        let (columns, deferrable) = match columns.find(" DEFERRABLE") {
            Some(at) => columns.split_at(at),
            None => (columns, ""),
        };
        let (columns, nulls) = match columns.strip_prefix("NULLS NOT DISTINCT ") {
            Some(columns) => (columns, " NULLS NOT DISTINCT"),
            None => (columns, ""),
        };
        let (index, table) = (it.all_parts::<Index>().next()?.0, &self.table);
        // The index takes the name of the constraint that it comes to stand behind.
        let other = beside_name(it).filter(|_| it.name_is_borne() || goes_when_run_again(it));
        let built = other.as_ref().map_or(&self.name, |other| &other.spelled);
        let identity = other.as_ref().map_or(&index.object.identity, |other| &other.full);
        let how = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS";
        let create = Step::new(format!("{how} {built} ON {table} {columns}{nulls}"));
        let key = format!("ADD CONSTRAINT {} {word} USING INDEX {built}{deferrable}", self.name);
        let add = guard::unless_exists(it, &format!("ALTER TABLE {table} {key}"));
        let mut make = vec![add.makes([index.address.clone()])];
        make.extend(it.parts::<Index>().iter().flat_map(|(index, body)| body.finish(index)));
        if other.is_some() && (!it.is_replaced() || goes_with_another(it) || untied(it).is_some()) {
            // When the file is run again, the constraint is there.
            make.push(Step::new(format!("DROP INDEX IF EXISTS {identity}")));
        }
        Some(Preparation {
            under_own_name: other.is_none(),
            steps: vec![Index::drop_invalid(identity).outside(), create.outside().hazard(self.may_fail(it))],
            make,
        })
    }

    /// Whether tables, of those that are meant, are tied or untied that have it, or will have it, from this: meanwhile, they
    /// would lack what takes its place, or keep it as it was.
    fn is_handed_down_anew(&self, it: &Subject, of: fn(&Subject) -> bool) -> bool {
        let is_handed_down = self.type_ == 'c' || self.type_ == 'f' && self.partitioned;
        let states = [Some(*it), it.within(it.setting.live)].into_iter().flatten();
        let mut tables = states.filter_map(|it| it.whole::<Table>());
        is_handed_down && tables.any(|(table, _)| heirs_change(&table, of))
    }

    /// What takes the place of another is validated before that goes.
    fn validated_beside(&self, it: &Subject) -> Option<Preparation> {
        let before = it.within(it.setting.live)?;
        // A foreign key would get hold of the key that goes.
        let goes = |key: &Subject| key.is_new() || !it.setting.desired.objects.contains_key(key.address);
        let key_goes = before.required::<Index>().any(|(key, _)| goes(&key));
        if key_goes || goes_with_another(it) || self.is_handed_down_anew(it, |_| true) {
            return None;
        }
        let other = beside_name(it)?;
        let (name, table) = (&other.spelled, &self.table);
        let add = format!("ALTER TABLE {table} ADD CONSTRAINT {name} {} NOT VALID", self.definition);
        let rename = format!("ALTER TABLE {table} RENAME CONSTRAINT {name} TO {}", self.name);
        Some(Preparation {
            under_own_name: false,
            steps: vec![guard::unless_made(&beside(it, &other.plain), &add), self.validate(it, name)],
            make: vec![Step::new(rename).makes(self.heirs(it))],
        })
    }

    /// What children have from it comes into being with it.
    fn heirs(&self, it: &Subject) -> Vec<Address> {
        // A new table has what is not validated from its parents only once it is tied to them: to take it over with
        // the parent would validate it.
        let through_tie = |heir: &Subject, body: &Constraint| {
            !body.validated && heir.whole::<Table>().is_some_and(|(table, _)| table.is_new())
        };
        let heirs = it.parts::<Constraint>().into_iter();
        let heirs =
            heirs.filter(|(heir, body)| super::column::reaches(&self.table, heir) || through_tie(heir, body));
        heirs.flat_map(|(heir, _)| with_own_parts(&heir)).collect()
    }

    /// It and all that comes into being with it.
    pub fn with_heirs(&self, it: &Subject) -> Vec<Address> {
        [with_own_parts(it), self.heirs(it)].concat()
    }

    /// Validates it for the children that have it validated though their parent has not.
    fn ahead(&self, it: &Subject) -> Vec<Step> {
        let behind = !self.validated && self.clauses().2;
        let heirs = it.parts::<Constraint>().into_iter().filter(|_| behind);
        let ahead = heirs.filter(|(heir, body)| body.validated && super::column::reaches(&self.table, heir));
        ahead.map(|(heir, body)| body.validate(&heir, &body.name)).collect()
    }

    /// Whether it is validated after it has been added, as that does not keep others from writing.
    fn is_validated_later(&self, it: &Subject) -> bool {
        let possible = match self.type_ {
            'c' => true,
            'f' => !self.partitioned || it.setting.desired.facts.version >= NOT_VALID_OF_PARTITIONED_SINCE,
            _ => false,
        };
        self.validated && possible && self.is_busy(it)
    }
}

/// It, the index behind it, and what ties it to a parent's.
fn with_own_parts(it: &Subject) -> Vec<Address> {
    let parts = it.catalog.dependents(it.index).iter().filter(|(_, tie)| *tie == Tie::Part);
    let parts = parts.map(|&(part, _)| it.catalog.at(part).0);
    std::iter::once(it.address).chain(parts).cloned().collect()
}

/// Whether what it takes the place of goes with a column, or with a parent's: without a statement of its own, which would
/// make room again when the file is run again.
fn goes_with_another(it: &Subject) -> bool {
    let (live, desired) = (it.setting.live, it.setting.desired);
    let goes = |it: &Subject| it.is_new() || !desired.objects.contains_key(it.address);
    it.within(live).is_some_and(|before| {
        let mut parents = before.all_parts::<IndexPartition>().filter_map(|(link, tie)| tie.parent(&link));
        live.requirements(before.index).iter().any(|(_, tie)| *tie == Tie::Inherited)
            || parents.any(|parent| goes(&parent))
            || before.required::<Column>().any(|(column, _)| goes(&column))
    })
}

/// Whether a table of those that are meant is tied to this table, or to one below it, or untied.
fn heirs_change(table: &Subject, of: fn(&Subject) -> bool) -> bool {
    let setting = table.setting;
    links_of_children(table).any(|link| {
        let is_there = |catalog| {
            let found = link.within(catalog).map(|found| &found.object.body);
            found.is_some_and(|body| body.equals(link.object.body.as_ref()))
        };
        let stays = is_there(setting.live) && is_there(setting.desired);
        let heir = table.catalog.tied(link.index);
        let heir = heir.map(|(heir, _)| Subject::new(table.catalog, heir, setting));
        heir.is_some_and(|heir| !stays && of(&heir) || heirs_change(&heir, of))
    })
}

/// Whether it is there before and after.
fn is_standing(it: &Subject) -> bool {
    [it.setting.live, it.setting.desired].iter().all(|catalog| catalog.objects.contains_key(it.address))
}

impl Kind for Constraint {
    const NAME: &'static str = "constraint";
    const KEYWORD: &'static str = "CONSTRAINT";
    const QUERY: &'static str = include_str!("constraint.sql");
    const NAMED: bool = true;
    const CHOOSES: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let index = it.parts::<Index>();
        let made = index.iter().map(|(index, _)| index.address.clone()).chain(self.heirs(it));
        let later = self.is_validated_later(it);
        let not_valid = if later || !self.validated { " NOT VALID" } else { "" };
        let add = format!("ALTER TABLE {} ADD {}{not_valid}", self.target(), self.clause());
        let mut add = guard::unless_exists(it, &add).makes(made);
        if self.validated && !later && !it.whole::<Table>().is_some_and(|(table, _)| table.is_new()) {
            add = add.hazard(self.may_fail(it));
            if self.is_busy(it) {
                let lock =
                    if self.type_ == 'f' { LockMode::ShareRowExclusive } else { LockMode::AccessExclusive };
                add = add.hazard(Hazard::ScansTable(format!("table {}", self.table), lock));
            }
        }
        let finish = index.iter().flat_map(|(index, body)| body.finish(index));
        let validate = later.then(|| self.validate(it, &self.name));
        std::iter::once(add).chain(finish).chain(validate).chain(self.ahead(it)).collect()
    }

    fn prepare(&self, it: &Subject) -> Option<Preparation> {
        if !self.is_busy(it) {
            return None;
        }
        match self.is_validated_later(it) && it.is_replaced() {
            true => self.validated_beside(it),
            false => self.through_index(it),
        }
    }

    fn bears_repetition(&self) -> bool {
        !self.period.0
    }

    fn may_be_chosen(&self) -> bool {
        matches!(self.type_, 'p' | 'u')
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        let ((rule, timing, enforced), (old_rule, old_timing, was_enforced)) =
            (self.clauses(), old.clauses());
        let validated = self.validated || !enforced;
        let changes = timing != old_timing || enforced != was_enforced;
        // To be enforced, it is validated at once.
        let slow = enforced && !was_enforced && self.is_busy(it);
        if rule != old_rule
            || self.partitioned != old.partitioned
            || !validated && (old.validated || !was_enforced)
            || changes && self.type_ != 'f'
            || slow
            || self.is_handed_down_anew(it, is_standing)
        {
            return Alter::Replace;
        }
        let act = |words: &str| {
            Step::new(format!("ALTER TABLE {} ALTER CONSTRAINT {} {words}", self.table, self.name))
        };
        let mut steps = vec![];
        if timing != old_timing {
            steps.push(act(match timing {
                "" => "NOT DEFERRABLE",
                " DEFERRABLE" => "DEFERRABLE INITIALLY IMMEDIATE",
                _ => "DEFERRABLE INITIALLY DEFERRED",
            }));
        }
        if enforced && !was_enforced {
            steps.push(act("ENFORCED").hazard(self.may_fail(it)));
        } else if !enforced && was_enforced {
            steps.push(act("NOT ENFORCED"));
        }
        if self.validated && !old.validated && was_enforced {
            steps.push(self.validate(it, &self.name));
        }
        Alter::InPlace(steps)
    }

    /// PostgreSQL carries it through a change of a column's type, with its comment and all that hangs on its index. It
    /// reads it again from its text, and where several columns change, with some of them not yet changed.
    fn survives(&self, it: &Subject) -> bool {
        let desired = it.setting.desired;
        let stays = desired.body::<Constraint>(it.address).is_some_and(|after| after == self);
        let hands_down = it.catalog.dependents(it.index).iter().any(|&(_, tie)| tie == Tie::Inherited);
        let handed_down = it.catalog.requirements(it.index).iter().any(|&(_, tie)| tie == Tie::Inherited);
        let columns = it.required::<Column>().filter_map(|(column, before)| {
            let after = desired.body::<Column>(column.address)?;
            (before.typed() != after.typed()).then_some((before.type_.as_str(), after.type_.as_str()))
        });
        let retyped: Vec<_> = columns.collect();
        let alone = retyped.len() == 1 || self.has_index() && !retyped.is_empty();
        stays
            && !self.partitioned
            && !self.period.0
            && !hands_down
            && !handed_down
            && (alone || are_akin(&retyped))
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let drop = format!("DROP CONSTRAINT IF EXISTS {}", self.name);
        let table = table_by_then(it, &self.table);
        let step = Step::new(format!("ALTER TABLE IF EXISTS {}{table} {drop}", it.alone()));
        let mut steps = vec![guard::only_if(untied(it).or_else(|| self.own(it)), step)];
        steps.extend(it.left_to_children());
        steps
    }

    fn rename(&self, _: &Subject, from: &str, to: &str) -> Option<String> {
        let (from, to) = (identifier(from), identifier(to));
        Some(format!("ALTER TABLE {} RENAME CONSTRAINT {from} TO {to}", self.table))
    }
}
