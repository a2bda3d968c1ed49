//! Tables, partitioned ones included: `pg_class` of kind r and p.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::aside::{OtherName, table_aside};
use super::carry::is_lossy;
use super::column::Column;
use super::constraint::Constraint;
use super::index::Index;
use super::inheritance::Inheritance;
use super::lines::{Line, aligned, plain};
use super::parameters::Parameters;
use super::partition::Partition;
use super::sequence::identities_go_on;
use crate::catalog::{Address, Tie};
use crate::kind::{Alter, Aside, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::guard;
use crate::postgres::quote::{identifier, literal};

/// A table without its columns and constraints, which are objects of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Whether its changes are kept out of the write-ahead log.
    pub unlogged: bool,
    /// `RANGE (day)`, where it is partitioned.
    pub partition_key: Option<String>,
    /// Storage parameters; those of its TOAST table begin with `toast.`.
    pub options: Parameters,
    /// Its access method; None for partitioned tables that leave it open.
    pub access_method: Option<String>,
    /// Where it is stored, if not where the database is.
    pub tablespace: Option<String>,
    /// What identifies a row in logical replication: `d`efault, `f`ull, `n`othing or an `i`ndex.
    pub replica_identity: char,
    /// Whether policies apply.
    pub row_security: bool,
    /// Whether they apply to the owner too.
    pub force_row_security: bool,
    /// The composite type that it is a table of.
    pub of_type: Option<String>,
}

/// The access method of a server that nobody has configured otherwise.
pub const HEAP: &str = "heap";

impl Table {
    fn finish(&self, it: &Subject) -> Vec<Step> {
        let fresh =
            Table { replica_identity: 'd', row_security: false, force_row_security: false, ..self.clone() };
        self.settings(&fresh, it)
    }

    /// CREATE TABLE with these lines between its parentheses.
    fn statement(
        &self,
        it: &Subject,
        guard: &str,
        lines: &str,
        parents: &[(Subject, &Inheritance)],
    ) -> String {
        let unlogged = if self.unlogged { "UNLOGGED " } else { "" };
        let mut sql = format!("CREATE {unlogged}TABLE {guard}{it}");
        match &self.of_type {
            Some(of) if lines.is_empty() => sql.push_str(&format!(" OF {of}")),
            Some(of) => sql.push_str(&format!(" OF {of} ({lines})")),
            None => sql.push_str(&format!(" ({lines})")),
        }
        if !parents.is_empty() {
            let names: Vec<_> = parents.iter().map(|(_, link)| link.parent.as_str()).collect();
            sql.push_str(&format!("\nINHERITS ({})", names.join(", ")));
        }
        if let Some(key) = &self.partition_key {
            sql.push_str(&format!("\nPARTITION BY {key}"));
        }
        if let Some(method) = self.access_method.as_deref().filter(|method| *method != HEAP) {
            sql.push_str(&format!("\nUSING {}", identifier(method)));
        }
        sql.push_str(&self.options.clause("\n"));
        if let Some(tablespace) = &self.tablespace {
            sql.push_str(&format!("\nTABLESPACE {}", identifier(tablespace)));
        }
        sql
    }

    /// What ALTER TABLE changes without touching a row.
    fn settings(&self, old: &Table, it: &Subject) -> Vec<Step> {
        let mut steps = self.options.steps(&format!("TABLE {it}"), &old.options);
        let mut act = |wanted: bool, action: &str| {
            if wanted {
                steps.push(Step::alter_table(it, action));
            }
        };
        act(self.row_security && !old.row_security, "ENABLE ROW LEVEL SECURITY");
        act(!self.row_security && old.row_security, "DISABLE ROW LEVEL SECURITY");
        act(self.force_row_security && !old.force_row_security, "FORCE ROW LEVEL SECURITY");
        act(!self.force_row_security && old.force_row_security, "NO FORCE ROW LEVEL SECURITY");
        if self.replica_identity != old.replica_identity {
            // That it is an index is said by the link to that index.
            let word = match self.replica_identity {
                'f' => Some("FULL"),
                'n' => Some("NOTHING"),
                'd' => Some("DEFAULT"),
                _ => None,
            };
            // In one statement with others the server does it last, when the columns of the index may be null already.
            steps.extend(word.map(|word| Step::new(format!("ALTER TABLE {it} REPLICA IDENTITY {word}"))));
        }
        steps
    }
}

/// Whether the desired table may have no place for rows that the live one has: no partition, or something that is
/// demanded of them only now.
fn may_refuse(table: &Subject) -> bool {
    let live = table.setting.live;
    let is_partitioned = table.body::<Table>().is_some_and(|body| body.partition_key.is_some());
    let own = |name: &String| *name == table.object.identity;
    let mut constraints = table.all_parts::<Constraint>().filter(|(_, body)| own(&body.table));
    let mut columns = table.all_parts::<Column>().filter(|(_, body)| own(&body.table));
    is_partitioned && !Partition::takes_all(table)
        || constraints.any(|(it, body)| live.body::<Constraint>(it.address) != Some(body))
        || columns.any(|(it, body)| {
            body.not_null && live.body::<Column>(it.address).is_some_and(|before| !before.not_null)
        })
}

/// Whether all that hands it down is there already, or comes with a table of its own from what is.
fn has_standing_origins(it: &Subject) -> bool {
    let origins = it.catalog.requirements(it.index).iter().filter(|(_, tie)| *tie == Tie::Inherited);
    origins.map(|&(origin, _)| Subject::new(it.catalog, origin, it.setting)).all(|origin| {
        let is_local = origin.body::<Constraint>().is_none_or(|body| body.local.0);
        !origin.is_new() || !is_local && has_standing_origins(&origin)
    })
}

/// Statements that write rows of a desired table. Where policies are forced on its owner too, they would pass over rows
/// in silence: the owner is let off meanwhile.
pub fn past_policies(table: &Subject, statements: Vec<String>) -> Vec<String> {
    let is_forced = |body: Option<&Table>| body.is_some_and(|table| table.force_row_security);
    let (before, after) = (table.setting.live.body::<Table>(table.address), table.body::<Table>());
    let off = (is_forced(before) || is_forced(after)).then(|| unforced(&table.to_string()));
    let on = is_forced(after).then(|| format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY"));
    off.into_iter().chain(statements).chain(on).collect()
}

/// The foreign keys of a table.
fn foreign_keys<'a>(table: &Subject<'a>) -> Vec<Subject<'a>> {
    let keys = table.all_parts::<Constraint>().filter(|(_, body)| body.type_ == 'f');
    keys.map(|(key, _)| key).collect()
}

/// The table that a foreign key refers to.
fn referred<'a>(key: &Subject<'a>) -> Option<Subject<'a>> {
    key.required::<Index>().find_map(|(index, _)| index.whole::<Table>()).map(|(table, _)| table)
}

/// The foreign keys that refer to a table.
fn referring<'a>(table: &Subject<'a>) -> Vec<Subject<'a>> {
    let (catalog, setting) = (table.catalog, table.setting);
    let dependents = table.all_parts::<Index>().flat_map(|(index, _)| catalog.dependents(index.index));
    let dependents = dependents.map(|&(dependent, _)| Subject::new(catalog, dependent, setting));
    dependents.filter(|it| it.body::<Constraint>().is_some_and(|body| body.type_ == 'f')).collect()
}

/// Lets the owner of a table read and write every row of it.
fn unforced(table: &str) -> String {
    format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
}

impl Kind for Table {
    const NAME: &'static str = "table";
    const KEYWORD: &'static str = "TABLE";
    const QUERY: &'static str = include_str!("table.sql");
    const NAMED: bool = true;
    const HOLDS_DATA: bool = true;
    const PRIVILEGES: Option<char> = Some('r');

    fn create(&self, it: &Subject) -> Vec<Step> {
        let parents: Vec<_> = it.parts::<Inheritance>();
        let mut makes: Vec<Address> = parents.iter().map(|(link, _)| link.address.clone()).collect();
        let mut lines = vec![];
        let mut after = vec![];
        for (column, body) in it.parts::<Column>() {
            if body.table != it.object.identity {
                continue;
            }
            let stated = body.local.0 || parents.is_empty();
            if stated && self.of_type.is_none() {
                lines.push(body.line(&column));
                makes.extend(body.stated(&column));
            } else {
                let line = if self.of_type.is_some() {
                    let (line, made) = body.overrides_type(&column);
                    makes.extend(made);
                    line
                } else {
                    let (line, step) = body.overrides_parent(&column);
                    after.extend(step);
                    line
                };
                lines.extend(line.map(Line::Other));
            }
            makes.push(column.address.clone());
            after.extend(body.finish(&column));
        }
        let mut keys = HashSet::new();
        for (constraint, body) in it.parts::<Constraint>() {
            let inherited = !body.local.0 && !parents.is_empty();
            // What is new and not validated is stated once there is a table to hand it down to.
            let known = body.validated || inherited && has_standing_origins(&constraint);
            let elsewhere = !known || body.comes_with_parents(&constraint);
            if body.table != it.object.identity || elsewhere {
                continue;
            }
            // CREATE TABLE makes one key of two that ask for the same.
            if body.has_index() && !keys.insert(body.key()) {
                continue;
            }
            if !inherited {
                lines.push(Line::Other(body.clause()));
            }
            makes.push(constraint.address.clone());
            for (index, options) in constraint.parts::<Index>() {
                makes.push(index.address.clone());
                after.extend(options.finish(&index));
            }
        }
        let statement = |guard: &str, lines: &str| self.statement(it, guard, lines, &parents);
        let create = Step::new(statement("IF NOT EXISTS ", &plain(&lines))).makes(makes);
        let mut steps = vec![Step { unguarded: Some(statement("", &aligned(&lines))), ..create }];
        steps.extend(after);
        steps.extend(self.finish(it));
        steps
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if self.partition_key != old.partition_key {
            return Alter::Replace;
        }
        let rewrites = || Hazard::RewritesTable(it.object.to_string());
        let mut steps = vec![];
        if self.of_type != old.of_type {
            let action = self.of_type.as_ref().map_or("NOT OF".to_owned(), |of| format!("OF {of}"));
            let other = format!(
                "(SELECT reloftype::regtype IS DISTINCT FROM {}::regtype FROM pg_class WHERE oid = {}::regclass)",
                literal(self.of_type.as_deref().unwrap_or("-")),
                literal(&it.to_string())
            );
            steps.push(guard::when(&other, &format!("ALTER TABLE {it} {action}")));
        }
        if self.unlogged != old.unlogged {
            let word = if self.unlogged { "UNLOGGED" } else { "LOGGED" };
            steps.push(Step::new(format!("ALTER TABLE {it} SET {word}")).hazard(rewrites()));
        }
        if self.access_method != old.access_method {
            let method = self.access_method.as_deref().map_or("DEFAULT".to_owned(), identifier);
            steps.push(Step::new(format!("ALTER TABLE {it} SET ACCESS METHOD {method}")).hazard(rewrites()));
        }
        if self.tablespace != old.tablespace {
            let place = self.tablespace.as_deref().unwrap_or("pg_default");
            let only = if self.partition_key.is_some() { "ONLY " } else { "" };
            steps.push(
                Step::new(format!("ALTER TABLE {only}{it} SET TABLESPACE {}", identifier(place)))
                    .hazard(rewrites()),
            );
        }
        let rewritten = (self.unlogged, &self.access_method) != (old.unlogged, &old.access_method)
            && self.partition_key.is_none();
        steps.extend(self.settings(old, it));
        // The server writes no rows anew that others hold.
        if rewritten { Alter::Disturbing(steps, &[]) } else { Alter::InPlace(steps) }
    }

    /// No table refers to one that is less durable.
    fn altered_after<'a>(&self, old: &Self, it: &Subject<'a>) -> Vec<(&'a Address, &'a Address)> {
        let before = it.within(it.setting.live).filter(|_| self.unlogged != old.unlogged);
        let keys = before.map_or(vec![], |before| match self.unlogged {
            true => {
                let owners = referring(&before).into_iter().map(|key| Some((key, key.whole::<Table>()?.0)));
                owners.collect()
            }
            false => foreign_keys(&before).into_iter().map(|key| Some((key, referred(&key)?))).collect(),
        });
        let others = keys.into_iter().flatten().filter(|(_, table)| table.address != it.address);
        others.map(|(key, table)| (key.address, table.address)).collect()
    }

    fn told_from(&self, other: &Self, it: &Subject) -> Option<String> {
        let key = (self.partition_key != other.partition_key).then(|| {
            format!(
                "pg_get_partkeydef(to_regclass({})) IS NOT DISTINCT FROM {}",
                literal(&it.object.identity),
                self.partition_key.as_deref().map_or("NULL".to_owned(), literal)
            )
        });
        let mut of_key = it
            .all_parts::<Column>()
            .filter(|(_, column)| column.table == it.object.identity && column.partition_key.0);
        let desired = it.setting.desired;
        key.or_else(|| {
            of_key.find_map(|(column, before)| before.told_from(desired.body(column.address)?, &column))
        })
    }

    /// A table of another nature is made beside the old one, whose rows move over.
    fn set_aside(&self, it: &Subject) -> Option<Aside> {
        let OtherName { spelled: old_name, full: old, .. } = table_aside(it)?;
        let desired = it.setting.desired;
        let (columns, values): (Vec<_>, Vec<_>) = it
            .all_parts::<Column>()
            .filter(|(_, body)| body.table == it.object.identity)
            .filter_map(|(column, body)| {
                let kept = Subject::new(desired, desired.objects.get_index_of(column.address)?, it.setting);
                let wanted = kept.body::<Column>()?;
                wanted.generated.is_none().then(|| (wanted.name.clone(), wanted.value(body, &kept)))
            })
            .unzip();
        let is_old = desired.body::<Table>(it.address).and_then(|after| self.told_from(after, it));
        let nothing_waits = format!("to_regclass({}) IS NULL", literal(&old));
        let conditions: Vec<_> = [nothing_waits].into_iter().chain(is_old).collect();
        let away = guard::when(
            &conditions.join(" AND "),
            // Its successor takes its place among the partitions and children.
            &it.all_parts::<Partition>()
                .filter_map(|(link, partition)| partition.detach(&link))
                .chain(it.all_parts::<Inheritance>().filter_map(|(link, tie)| tie.let_go(&link)))
                .chain([format!("ALTER TABLE {it} RENAME TO {old_name}")])
                // The owner sees all rows, unless policies are forced on the owner too.
                .chain(self.force_row_security.then(|| unforced(&old)))
                .collect::<Vec<_>>()
                .join(";\n"),
        );
        let (list, values) = (columns.join(", "), values.join(", "));
        let copy = format!("INSERT INTO {it} ({list}) OVERRIDING SYSTEM VALUE SELECT {values} FROM {old}");
        let successor = it.within(desired).filter(|_| !list.is_empty());
        let carry = successor.map(|successor| {
            let go_on = identities_go_on(&successor).into_iter().map(|set| format!("PERFORM {set}"));
            let statements = past_policies(&successor, [copy].into_iter().chain(go_on).collect());
            let waits = format!("to_regclass({}) IS NOT NULL", literal(&old));
            let may_fail = may_refuse(&successor).then(|| Hazard::MayFail(it.object.to_string(), None));
            may_fail.into_iter().fold(guard::when(&waits, &statements.join(";\n")), Step::hazard)
        });
        // What was written into a column, and has no place in the successor.
        let own = it.all_parts::<Column>().filter(|(_, body)| body.table == it.object.identity);
        let lost = own.filter(|(column, body)| {
            let after = desired.body::<Column>(column.address);
            let lossy =
                |after: &Column| after.generated.is_some() || is_lossy(it.setting, &body.type_, &after.type_);
            body.generated.is_none() && after.is_none_or(lossy)
        });
        let lost = lost.map(|(column, body)| {
            let (told, after) = (column.object.to_string(), desired.body::<Column>(column.address));
            match after.filter(|after| after.generated.is_none()) {
                Some(after) => Hazard::CutsValues(told, format!("{} to {}", body.type_, after.type_)),
                None => Hazard::DeletesData(told),
            }
        });
        Some(Aside {
            always: true,
            away: vec![away],
            carry: carry.into_iter().collect(),
            remove: vec![
                lost.fold(Step::new(format!("DROP TABLE IF EXISTS {old}")), Step::hazard)
                    .hazard(Hazard::RewritesTable(it.object.to_string())),
            ],
        })
    }
}
