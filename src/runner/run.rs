//! Runs tasks: unit by unit, each tried again when a lock is not granted, and noted in history with the last one.

use std::time::{Duration, Instant};

use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::apply::{Options, Report};
use super::bound::Bound;
use super::course::{Course, Failure, milliseconds};
use super::event::{Event, Progress};
use super::lock::Lock;
use super::patience::{Patience, Waiting};
use super::preview::Ran;
use super::task::Task;
use super::unit::{Ending, Unit};
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::session;
use crate::retry::Backoff;

/// Back to the role that connected, which history is written as; what is deferred is checked as the role that did it.
const AS_CONNECTED: &str = "SET CONSTRAINTS ALL IMMEDIATE; SET SESSION AUTHORIZATION DEFAULT; RESET ROLE";

/// What running needs.
pub(super) struct Run<'a> {
    pub client: &'a Client,
    /// The process id of its backend.
    pub pid: i32,
    pub options: &'a Options<'a>,
    pub lock: Lock<'a>,
}

/// A unit's place in a transaction: most have one to themselves.
struct Part<'a> {
    course: &'a Course<'a>,
    unit: &'a Unit,
    /// Whether history is told behind it.
    closing: bool,
    /// What is told before it.
    announcement: Option<Event>,
}

impl Run<'_> {
    /// Runs tasks as the options say, and notes them; `done` tells of each that is through.
    pub async fn all(
        &self,
        tasks: &[Task<'_>],
        done: impl Fn(&Task<'_>, i64) -> Event,
        progress: Progress<'_>,
    ) -> Result<Report> {
        if !tasks.is_empty() {
            self.options.history.create(self.client).await?;
            self.options.history.is_writable(self.client).await?;
        }
        let times = self.timed(tasks, done, progress).await?;
        let ran = tasks.iter().zip(times).map(|(task, time)| Ran::of(task, Some(time)));
        Ok(Report { migrations: ran.collect::<Result<_>>()?, dry_run: false })
    }

    /// Runs tasks; how long each took, in milliseconds.
    async fn timed(
        &self,
        tasks: &[Task<'_>],
        done: impl Fn(&Task<'_>, i64) -> Event,
        progress: Progress<'_>,
    ) -> Result<Vec<i64>> {
        if self.options.single_transaction {
            let times = self.together(tasks, progress).await?;
            tasks.iter().zip(&times).for_each(|(task, time)| progress(done(task, *time)));
            return Ok(times);
        }
        let mut times = Vec::new();
        for (index, task) in tasks.iter().enumerate() {
            progress(task.started(index, tasks.len()));
            let time = self.task(task, progress).await?;
            progress(done(task, time));
            times.push(time);
        }
        Ok(times)
    }

    /// Runs a task and notes it; how long it took, in milliseconds.
    async fn task(&self, task: &Task<'_>, progress: Progress<'_>) -> Result<i64> {
        let mut course = Course::new(task, 1);
        self.clean().await?;
        let closes = |unit: &Unit| unit.ending == Ending::Commit;
        for (index, unit) in task.units.iter().enumerate() {
            let closing = index + 1 == task.units.len() && closes(unit);
            let mut bound = Bound::of(task.text, unit);
            loop {
                let affected = self.pass(&mut course, unit, closing, progress).await?;
                if affected == 0 || unit.ending != Ending::Batch {
                    break;
                }
                let within = self.is_within(&mut bound, unit, course.batched).await;
                within.map_err(|failure| course.told(failure, self.client.is_closed(), 1))?;
            }
            course.advance(unit);
        }
        if !task.units.last().is_some_and(closes) {
            let noted = async {
                self.clean().await?;
                task.note(self.client, &self.options.history, milliseconds(course.begin)).await
            };
            let told = |error: Error| course.told(error.into(), self.client.is_closed(), 1);
            noted.await.map_err(told)?;
        }
        Ok(milliseconds(course.begin))
    }

    /// Runs a unit once; how many rows its last statement affected.
    async fn pass(
        &self,
        course: &mut Course<'_>,
        unit: &Unit,
        closing: bool,
        progress: Progress<'_>,
    ) -> Result<u64> {
        let mut affected = 0;
        let mut watched = |event: Event| {
            if let Event::Finished { rows, .. } = event {
                affected = rows;
            }
            progress(event);
        };
        let part = Part { course, unit, closing, announcement: None };
        self.transaction(&[part], &mut watched).await?;
        if unit.ending == Ending::Batch {
            course.passes += 1;
            course.batched += affected;
            let (passes, rows) = (course.passes, course.batched);
            progress(Event::Batch { statement: course.committed + 1, passes, rows, done: affected == 0 });
        }
        Ok(affected)
    }

    /// Runs tasks in one transaction; how long each took, in milliseconds.
    async fn together(&self, tasks: &[Task<'_>], progress: Progress<'_>) -> Result<Vec<i64>> {
        let units = tasks.iter().map(Task::single_unit).collect::<Result<Vec<Unit>>>()?;
        let courses: Vec<_> = tasks.iter().map(|task| Course::new(task, tasks.len())).collect();
        let part = |(index, (course, unit)): (usize, _)| {
            let announcement = Some(tasks[index].started(index, tasks.len()));
            Part { course, unit, closing: true, announcement }
        };
        let parts: Vec<_> = courses.iter().zip(&units).enumerate().map(part).collect();
        self.clean().await?;
        match parts.is_empty() {
            true => Ok(Vec::new()),
            false => self.transaction(&parts, progress).await,
        }
    }

    async fn clean(&self) -> Result<()> {
        session::reset(self.client).await.map_err(server)?;
        session::lift_limits(self.client).await.map_err(server)
    }

    /// Runs what takes effect together until it has; how long each part took in the end.
    async fn transaction(&self, parts: &[Part<'_>], progress: Progress<'_>) -> Result<Vec<i64>> {
        let mut backoff = Backoff::new(Duration::from_millis(250), Duration::from_secs(10));
        let attempts = self.options.lock_attempts.max(1);
        let mut attempt = 1;
        loop {
            let mut times = Vec::new();
            let failure = match self.attempt(parts, &mut times, progress).await {
                Ok(()) => return Ok(times),
                Err(failure) => failure,
            };
            if parts[0].unit.ending != Ending::Alone {
                // Fails only with the connection, and the failure says so already.
                let _ = self.client.batch_execute("ROLLBACK").await;
            }
            let locked = failure.error.sqlstate().is_some_and(|state| {
                *state == SqlState::LOCK_NOT_AVAILABLE || *state == SqlState::T_R_DEADLOCK_DETECTED
            });
            if !locked || attempt >= attempts || !parts.iter().all(|part| part.unit.is_repeatable()) {
                let failed = &parts[times.len().min(parts.len() - 1)];
                return Err(failed.course.told(failure, self.client.is_closed(), attempt));
            }
            let wait = backoff.next_wait();
            let wait_ms = wait.as_millis() as u64;
            progress(Event::Retry { attempt, attempts, wait_ms, blockers: failure.blockers });
            tokio::time::sleep(wait).await;
            attempt += 1;
        }
    }

    /// Runs the parts once; `times` grows by one for each that is through.
    async fn attempt(
        &self,
        parts: &[Part<'_>],
        times: &mut Vec<i64>,
        progress: Progress<'_>,
    ) -> Result<(), Failure> {
        self.lock.check().await?;
        let Part { course, unit, .. } = &parts[0];
        if unit.ending != Ending::Alone {
            let begin = unit.opening.clone().map_or("BEGIN", |range| &course.task.text[range]);
            self.client.batch_execute(begin).await?;
        }
        let mut waiting = Waiting::default();
        for part in parts {
            if !times.is_empty() {
                self.clean().await?;
                waiting.reset();
            }
            part.announcement.clone().into_iter().for_each(&mut *progress);
            let begin = if parts.len() > 1 { Instant::now() } else { part.course.begin };
            self.statements(part, &mut waiting, progress).await?;
            if part.closing {
                self.client.batch_execute(AS_CONNECTED).await?;
                part.course.task.note(self.client, &self.options.history, milliseconds(begin)).await?;
            }
            times.push(milliseconds(begin));
        }
        match unit.ending {
            Ending::Commit | Ending::Batch => self.client.batch_execute("COMMIT").await?,
            Ending::Rollback => self.client.batch_execute("ROLLBACK").await?,
            Ending::Alone => {}
        }
        Ok(())
    }

    async fn statements(
        &self,
        part: &Part<'_>,
        waiting: &mut Waiting,
        progress: Progress<'_>,
    ) -> Result<(), Failure> {
        let Part { course, unit, .. } = part;
        for (index, statement) in unit.statements.iter().enumerate() {
            if let Some(patience) = waiting.before(statement) {
                self.limit_waiting(patience, unit.ending).await?;
            }
            let number = course.committed + index + 1;
            progress(Event::Statement {
                statement: number,
                statements: course.task.len(),
                line: statement.line,
                sql: course.task.text[statement.range.clone()].to_owned(),
            });
            self.statement(number, course.task.text, statement, progress).await?;
            self.is_built(course.task.text, statement).await?;
        }
        Ok(())
    }

    async fn limit_waiting(&self, patience: Patience, ending: Ending) -> Result<(), Failure> {
        let limit = if patience == Patience::Short { self.limit() } else { 0 };
        let scope = if ending == Ending::Alone { "SESSION" } else { "LOCAL" };
        Ok(self.client.batch_execute(&format!("SET {scope} lock_timeout = {limit}")).await?)
    }

    /// The limit in milliseconds. One that is shorter than that must not become 0, which is none.
    fn limit(&self) -> u128 {
        let limit = self.options.lock_timeout;
        if limit.is_zero() { 0 } else { limit.as_millis().max(1) }
    }
}

fn server(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Apply, error)
}
