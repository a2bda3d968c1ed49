//! Looking for rows that a step would fail on: by the migration itself, before it changes anything, and in the live
//! database when the migration is written.

use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error};

use super::quote::{dollar, literal};
use crate::plan::{Hazard, Precondition, Step};

/// How many keys are named.
const NAMED: usize = 5;

/// How long the rows of one table are counted, in seconds.
const PATIENCE: u32 = 10;

/// What was found of a precondition in a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// So many rows, and the keys of the first of them.
    Rows(u64, Vec<String>),
    /// Why they could not be counted.
    Unknown(String),
}

/// What a migration of these steps begins with: it fails, in words, where a row does not fit. One statement a table, and a
/// remedy.
pub fn looked_at_first(steps: &[Step]) -> Vec<Step> {
    let mut looks: Vec<(&Step, Vec<&Precondition>)> = vec![];
    for step in steps {
        for condition in step.hazards.iter().flat_map(conditions) {
            let alike = |all: &[&Precondition]| {
                (&all[0].table, all[0].remedy) == (&condition.table, condition.remedy)
            };
            match looks.iter_mut().find(|(_, all)| alike(all)) {
                Some((_, all)) if all.contains(&condition) => {}
                Some((_, all)) => all.push(condition),
                None => looks.push((step, vec![condition])),
            }
        }
    }
    // What takes long is not done in the transaction of anything else.
    looks.sort_by_key(|(_, all)| !all[0].alone);
    let looked = looks.iter().map(|(step, all)| {
        let look = Step { object: step.object.clone(), ..Step::new(look(all)) };
        if all[0].alone { look.alone() } else { look }
    });
    looked.collect()
}

fn conditions(hazard: &Hazard) -> &[Precondition] {
    match hazard {
        Hazard::MayFail(_, Some(conditions)) => conditions,
        _ => &[],
    }
}

/// Looks for rows of one table.
fn look(conditions: &[&Precondition]) -> String {
    let all: String = conditions.iter().map(|it| format!("{}{}{}", it.key, it.rows, it.unfit)).collect();
    // What PL/pgSQL has a variable of that name for, and the loop below.
    let ambiguous = ["found", "unfit"].iter().any(|name| all.contains(name));
    let conflict = if ambiguous { "\n#variable_conflict use_column" } else { "" };
    let rows = conditions.iter().enumerate().map(|(at, condition)| unfit(condition, at == 0));
    let rows = rows.collect::<Vec<_>>().join("\n            UNION ALL\n");
    let Precondition { table, key, remedy, .. } = conditions[0];
    let told = format!("rows of `{table}` {COMPLAINT}: {COMPLAINT}, the first with `{key}` {COMPLAINT}");
    let told = literal(&told.replace('%', "%%").replace(COMPLAINT, "%"));
    let hint = literal(remedy);
    let body = format!(
        "{conflict}
DECLARE
    unfit record;
BEGIN
    FOR unfit IN
        SELECT complaint, count(*) AS rows, string_agg(key, ', ' ORDER BY place) FILTER (WHERE place <= {NAMED}) AS keys
        FROM (
{rows}
        ) AS found
        GROUP BY complaint
    LOOP
        RAISE EXCEPTION {told}, unfit.complaint, unfit.rows, unfit.keys
            USING HINT = {hint}, ERRCODE = 'integrity_constraint_violation';
    END LOOP;
END
"
    );
    format!("DO {}", dollar(&body))
}

/// Stands for what RAISE fills in.
const COMPLAINT: char = '\u{1}';

/// The rows that do not fit: what is wrong with each, its key, and its place among them.
fn unfit(condition: &Precondition, named: bool) -> String {
    let Precondition { key, rows, unfit, complaint, .. } = condition;
    let [complaint_is, key_is, place_is] =
        if named { [" AS complaint", " AS key", " AS place"] } else { [""; 3] };
    format!(
        "            SELECT {}{complaint_is}, {key}::text{key_is}, row_number() OVER (ORDER BY {}){place_is}\n            \
         FROM {rows} WHERE {unfit}",
        literal(complaint),
        key.columns.join(", ")
    )
}

/// A name that does not occur in `text`: this one, or the same with a number.
pub fn unused(name: &str, text: &str) -> String {
    let mut names = std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{name}{number}")));
    names.find(|name| !text.contains(name.as_str())).expect("a finite text cannot contain every name")
}

/// Counts the rows that do not fit, and writes nothing. Policies hide none of them: where they would, nothing is counted.
///
/// # Errors
/// What the server says where it is not about the condition.
pub async fn count(client: &Client, condition: &Precondition) -> Result<Found, Error> {
    let begin =
        format!("BEGIN READ ONLY; SET LOCAL statement_timeout = '{PATIENCE}s'; SET LOCAL row_security = off");
    client.batch_execute(&begin).await?;
    let rows = unfit(condition, true);
    let query = format!(
        "SELECT count(*), array_agg(key ORDER BY place) FILTER (WHERE place <= {NAMED}) FROM (\n{rows}\n) AS found"
    );
    let found = match client.query_one(&query, &[]).await {
        Ok(row) => {
            let (rows, keys): (i64, Option<Vec<String>>) = (row.get(0), row.get(1));
            Found::Rows(rows.unsigned_abs(), keys.unwrap_or_default())
        }
        Err(error) => {
            let Some(said) = error.as_db_error() else { return Err(error) };
            Found::Unknown(match *said.code() == SqlState::QUERY_CANCELED {
                true => format!("to count them takes longer than {PATIENCE} s"),
                false => said.message().to_owned(),
            })
        }
    };
    client.batch_execute("ROLLBACK").await?;
    Ok(found)
}
