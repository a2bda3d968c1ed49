//! Runs one statement; while it runs, a second connection looks how far it is and whom it waits for.

use std::ops::Range;
use std::pin::pin;
use std::time::{Duration, Instant};

use tokio_postgres::error::ErrorPosition;

use super::course::Failure;
use super::event::{Event, Progress};
use super::run::Run;
use super::unit::Statement;
use crate::error::{Error, ErrorKind};
use crate::postgres::{progress, session};

/// How often it is looked at least.
const LOOK: Duration = Duration::from_secs(1);

impl Run<'_> {
    /// Runs a statement of `text`, which is the file's `number`th.
    pub(super) async fn statement(
        &self,
        number: usize,
        text: &str,
        statement: &Statement,
        progress: Progress<'_>,
    ) -> Result<(), Failure> {
        let begin = Instant::now();
        let elapsed = || begin.elapsed().as_millis() as u64;
        let mut told = begin;
        let sql = &text[statement.range.clone()];
        let mut running = pin!(async {
            match &statement.rows {
                Some(rows) => session::copy_in(self.client, sql, &text[rows.clone()]).await,
                None => session::execute(self.client, sql).await,
            }
        });
        let (mut blockers, mut answers) = (Vec::new(), true);
        let look = match self.options.lock_timeout / 3 {
            Duration::ZERO => LOOK,
            soon => soon.min(LOOK),
        };
        let error = loop {
            tokio::select! {
                outcome = &mut running => match outcome {
                    Ok(rows) => {
                        progress(Event::Finished { statement: number, rows, execution_time_ms: elapsed() });
                        return Ok(());
                    }
                    Err(error) => break error,
                },
                () = tokio::time::sleep(look) => {
                    // What is seen is worth telling, not worth failing for.
                    if let Some(observer) = self.options.observer.filter(|_| answers) {
                        let by = tokio::time::timeout(LOOK, session::blockers(observer, self.pid)).await;
                        // One that hangs must not hold up what it watches.
                        answers = by.is_ok();
                        let by = by.ok().and_then(Result::ok).unwrap_or_default();
                        if !by.is_empty() && by != blockers {
                            progress(Event::Blocked { by: by.clone() });
                            blockers = by;
                        }
                    }
                    if told.elapsed() >= LOOK {
                        let at = if answers { self.how_far().await } else { None };
                        progress(Event::Running { statement: number, elapsed_ms: elapsed(), progress: at });
                        told = Instant::now();
                    }
                }
            }
        };
        let line = statement.rows.clone().and_then(|rows| row(&error, text, rows));
        let place = line.or(Some((statement.range.clone(), pointed(&error, sql))));
        Err(Failure { error: Error::server(ErrorKind::Apply, error), place, blockers })
    }

    async fn how_far(&self) -> Option<progress::Progress> {
        let asked = progress::of(self.options.observer?, self.pid);
        tokio::time::timeout(LOOK, asked).await.ok()?.ok().flatten()
    }
}

/// The byte of a statement that the server points to.
pub(super) fn pointed(error: &tokio_postgres::Error, sql: &str) -> usize {
    match error.as_db_error().and_then(|said| said.position()) {
        Some(ErrorPosition::Original(position)) => {
            let character = sql.char_indices().nth((*position as usize).saturating_sub(1));
            character.map_or(0, |(offset, _)| offset)
        }
        _ => 0,
    }
}

/// The row of a COPY that the server complains of, by the number in its context (`COPY one, line 2, column id: …`).
fn row(error: &tokio_postgres::Error, text: &str, rows: Range<usize>) -> Option<(Range<usize>, usize)> {
    let context = error.as_db_error()?.where_()?;
    let number: usize = context.split(", ").nth(1)?.rsplit(' ').next()?.trim_end_matches(':').parse().ok()?;
    let line = text[rows.clone()].split_inclusive('\n').take(number.checked_sub(1)?).map(str::len).sum();
    Some((rows, line))
}
