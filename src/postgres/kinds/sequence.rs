//! Sequences, with those of identity columns: `pg_sequence`.

use serde::{Deserialize, Serialize};

use super::aside::table_by_then;
use super::column::Column;
use super::partition::Partition;
use super::sequence_ownership::SequenceOwnership;
use super::table::Table;
use crate::catalog::{Address, Catalog, Tie};
use crate::kind::{Alter, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// A sequence; its present value is data, and never compared.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Sequence {
    /// `smallint`, `integer` or `bigint`.
    #[serde(rename = "type")]
    pub type_: String,
    /// First value.
    pub start: i64,
    /// Step.
    pub increment: i64,
    /// Lowest value.
    pub minimum: i64,
    /// Highest value.
    pub maximum: i64,
    /// Values a session takes at once.
    pub cache: i64,
    /// Whether it begins again at its end.
    pub cycle: bool,
    /// Whether its changes are kept out of the write-ahead log.
    pub unlogged: bool,
    /// The table of the identity column that it belongs to, as the server spells it.
    pub identity_table: Option<String>,
    /// That column.
    pub identity_column: Option<String>,
}

impl Sequence {
    /// What follows AS IDENTITY for the column at `column`, with a space before it.
    pub fn identity_options(&self, it: &Subject, column: &Address) -> String {
        let mut options = self.options();
        // The name that the server chooses where it need not shorten or number it.
        if let ([_, table, column], [_, name]) = (column.names.as_slice(), it.address.names.as_slice())
            && format!("{table}_{column}_seq") != *name
        {
            options.insert(0, format!("SEQUENCE NAME {it}"));
        }
        if options.is_empty() { String::new() } else { format!(" ({})", options.join(" ")) }
    }

    /// The table and the identity column that it belongs to.
    pub fn identity(&self) -> Option<(&str, &str)> {
        self.identity_table.as_deref().zip(self.identity_column.as_deref())
    }

    fn numbers(&self) -> (&str, [i64; 5], bool) {
        (&self.type_, [self.start, self.increment, self.minimum, self.maximum, self.cache], self.cycle)
    }

    /// A column that exists becomes an identity column, and goes on where its rows are.
    fn add_identity(&self, table: &str, column: &str, it: &Subject) -> Vec<Step> {
        let Some((subject, body)) = it.whole::<Column>() else { return vec![] };
        let absent = format!(
            "EXISTS (SELECT FROM pg_attribute WHERE attrelid = {}::regclass AND quote_ident(attname) = {} AND attidentity = '')",
            literal(table),
            literal(column)
        );
        let add = format!(
            "ALTER TABLE {table} ALTER COLUMN {column} ADD GENERATED {} AS IDENTITY{}",
            body.identity_word(),
            self.identity_options(it, subject.address)
        );
        let mut steps = vec![guard::when(&absent, &add)];
        steps.extend(self.finish(it));
        steps.push(Step::new(format!("SELECT {}", go_on(it, self.increment > 0, table, column))));
        steps
    }

    /// Gives it other numbers; before its column has another type, as what it may count to has to fit both.
    pub fn renumber(&self, old: &Sequence, it: &Subject) -> Vec<Step> {
        if self.numbers() == old.numbers() {
            return vec![];
        }
        let cycle = if self.cycle { "CYCLE" } else { "NO CYCLE" };
        let (minimum, maximum, start) = (self.minimum, self.maximum, self.start);
        let alter = format!(
            "ALTER SEQUENCE {it} AS {} INCREMENT BY {} MINVALUE {minimum} MAXVALUE {maximum} START WITH {start} \
             CACHE {} {cycle}",
            self.type_, self.increment, self.cache
        );
        let mut steps = vec![];
        if (minimum, maximum) != (old.minimum, old.maximum) {
            let outside = format!("(SELECT last_value NOT BETWEEN {minimum} AND {maximum} FROM {it})");
            steps.push(guard::when(&outside, &format!("{alter} RESTART")));
        }
        steps.push(Step::new(alter));
        steps
    }

    /// An identity column's sequence is born as durable as its table, since 15.
    pub fn finish(&self, it: &Subject) -> Option<Step> {
        let (_, table) = it.whole::<Table>()?;
        let born_unlogged = table.unlogged && it.catalog.facts.version >= 150_000;
        (self.unlogged != born_unlogged).then(|| self.set_logged(it))
    }

    fn set_logged(&self, it: &Subject) -> Step {
        let word = if self.unlogged { "UNLOGGED" } else { "LOGGED" };
        Step::new(format!("ALTER SEQUENCE {it} SET {word}"))
    }

    /// Only what is not as the server would choose it.
    fn options(&self) -> Vec<String> {
        let highest = match self.type_.as_str() {
            "smallint" => i64::from(i16::MAX),
            "integer" => i64::from(i32::MAX),
            _ => i64::MAX,
        };
        let lowest = -highest - 1;
        let rising = self.increment > 0;
        let (minimum, maximum) = if rising { (1, highest) } else { (lowest, -1) };
        let mut options = vec![];
        if self.increment != 1 {
            options.push(format!("INCREMENT BY {}", self.increment));
        }
        if self.minimum != minimum {
            options.push(format!("MINVALUE {}", self.minimum));
        }
        if self.maximum != maximum {
            options.push(format!("MAXVALUE {}", self.maximum));
        }
        if self.start != if rising { self.minimum } else { self.maximum } {
            options.push(format!("START WITH {}", self.start));
        }
        if self.cache != 1 {
            options.push(format!("CACHE {}", self.cache));
        }
        if self.cycle {
            options.push("CYCLE".to_owned());
        }
        options
    }
}

/// The sequences of a table's identity columns go on where its rows are.
pub fn identities_go_on(table: &Subject) -> Vec<String> {
    let sequences = table.all_parts::<Sequence>();
    let own = sequences.filter_map(|(sequence, body)| {
        let (of, column) = body.identity()?;
        (of == table.object.identity).then(|| go_on(&sequence, body.increment > 0, of, column))
    });
    own.collect()
}

/// What sets a sequence to where the rows of a column are; never back, where numbers may be on their way into rows. Without
/// the word that runs it, which is another in a block.
pub fn go_on(sequence: &Subject, rising: bool, table: &str, column: &str) -> String {
    let (last, beyond) = if rising { ("max", ">=") } else { ("min", "<=") };
    format!(
        "setval({}, {last}({column})) FROM {table} HAVING {last}({column}) {beyond} (SELECT last_value FROM {sequence})",
        literal(&sequence.to_string())
    )
}

impl Kind for Sequence {
    const NAME: &'static str = "sequence";
    const KEYWORD: &'static str = "SEQUENCE";
    const QUERY: &'static str = include_str!("sequence.sql");
    const NAMED: bool = true;
    const PRIVILEGES: Option<char> = Some('s');

    /// The server refuses to give a sequence that belongs to a column to anybody but the table's owner.
    fn owned_with<'a>(&self, it: &Subject<'a>) -> Option<Subject<'a>> {
        let link = Address { class: "sequence ownership".to_owned(), ..it.address.clone() };
        let is_there = |catalog: &Catalog| catalog.objects.contains_key(&link);
        // Where the tie is made anew, the sequence is nobody's on the way, and gets its owner by a statement.
        let is_kept =
            is_there(it.setting.live) && is_there(it.setting.desired) && !it.setting.made.contains(&link);
        if self.identity().is_none() && !is_kept {
            return None;
        }
        let column = it.catalog.requirements(it.index).iter();
        let column = column.filter(|(_, tie)| matches!(tie, Tie::Part | Tie::Follows));
        let mut column = column.map(|&(column, _)| Subject::new(it.catalog, column, it.setting));
        column.find_map(|column| column.object.body.owned_with(&column))
    }

    fn told_from(&self, _: &Self, it: &Subject) -> Option<String> {
        let owned =
            it.all_parts::<SequenceOwnership>().next().map(|(_, it)| (it.table.as_str(), it.column.as_str()));
        let (table, column) = self.identity().or(owned)?;
        // One column has one sequence; whoever takes the name belongs to another.
        Some(format!(
            "EXISTS (SELECT FROM pg_depend AS d JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid \
             WHERE d.classid = 'pg_class'::regclass AND d.objid = to_regclass({}) AND d.refclassid = 'pg_class'::regclass \
             AND d.refobjid = to_regclass({}) AND quote_ident(a.attname) = {} AND d.deptype IN ('a', 'i'))",
            literal(&it.object.identity),
            literal(table),
            literal(column)
        ))
    }

    fn create(&self, it: &Subject) -> Vec<Step> {
        if let Some((table, column)) = self.identity() {
            return self.add_identity(table, column, it);
        }
        let unlogged = if self.unlogged { "UNLOGGED " } else { "" };
        let mut sql = format!("CREATE {unlogged}SEQUENCE IF NOT EXISTS {it}");
        if self.type_ != "bigint" {
            sql.push_str(&format!(" AS {}", self.type_));
        }
        for option in self.options() {
            sql.push(' ');
            sql.push_str(&option);
        }
        vec![Step::new(sql)]
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if self.identity() != old.identity() {
            return Alter::Replace;
        }
        let column = it.whole::<Column>().filter(|(column, body)| body.is_retyped(column));
        let mut steps = if column.is_some() { vec![] } else { self.renumber(old, it) };
        if self.unlogged != old.unlogged {
            steps.push(self.set_logged(it));
        }
        Alter::InPlace(steps)
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        match self.identity() {
            Some((table, column)) => {
                // A partition has its identity from its parent, and does not let it be dropped when the file is run again.
                let joins = it.whole::<Table>().is_some_and(|(table, _)| Partition::is_desired(&table));
                let drop = Step::alter_table(
                    format!("IF EXISTS {}", table_by_then(it, table)),
                    format!("ALTER COLUMN {column} DROP IDENTITY IF EXISTS"),
                );
                let is_own = joins.then(|| self.told_from(self, it)).flatten();
                vec![guard::only_if(is_own, drop)]
            }
            None => {
                let drop = format!("DROP SEQUENCE IF EXISTS {it}");
                let successor = it.setting.desired.body::<Sequence>(it.address);
                if successor.is_none_or(|successor| successor.identity().is_none()) {
                    let drop = Step::new(drop);
                    // Where a column owns it, its rows tell how far it was.
                    let owned = it.all_parts::<SequenceOwnership>().next().is_some();
                    return vec![if owned {
                        drop
                    } else {
                        drop.hazard(Hazard::DeletesData(it.object.to_string()))
                    }];
                }
                // When the file is run again, an identity column has a sequence of this name.
                let owned = format!(
                    "EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = to_regclass({}) \
                     AND deptype = 'i')",
                    literal(&it.object.identity)
                );
                vec![guard::when(&format!("NOT {owned}"), &drop)]
            }
        }
    }
}
