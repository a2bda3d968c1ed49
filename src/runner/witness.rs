//! Sessions that stand in the way of a statement, so that it has to wait and its locks can be seen.
//!
//! They take turns: while the statement waits for one, the other takes its stand, and only then the first one leaves. So
//! every stage of a statement is seen that waits for those who read the tables.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use tokio_postgres::{Client, Error};

use crate::postgres::measure::{Lock, Relations, locks, stand_in_the_way};

/// How often it is looked whether the statement waits.
const LOOK: Duration = Duration::from_millis(2);

/// The tables that both sessions read in turn.
pub(super) struct Witnesses<'a> {
    sessions: &'a [Client; 2],
    tables: Vec<&'a str>,
}

impl<'a> Witnesses<'a> {
    /// Witnesses of what happens to the tables among these relations.
    pub fn new(sessions: &'a [Client; 2], relations: &'a Relations) -> Witnesses<'a> {
        let tables = relations.values().filter(|relation| relation.is_table);
        Witnesses { sessions, tables: tables.map(|relation| relation.name.as_str()).collect() }
    }

    /// Runs what the backend `pid` does to its end; with it, the locks that it was seen with.
    pub async fn watch<T>(
        &self,
        pid: i32,
        running: impl Future<Output = Result<T, Error>>,
    ) -> Result<(T, Vec<Lock>), Error> {
        let mut running = pin!(running);
        let (mut standing, mut seen) = (0, Vec::new());
        self.stand(standing).await;
        let outcome = loop {
            tokio::select! {
                outcome = &mut running => break outcome,
                () = tokio::time::sleep(LOOK) => {}
            }
            let other = 1 - standing;
            // What is not seen is not known; the statement still has to end.
            let found = locks(&self.sessions[other], pid).await.unwrap_or_default();
            let waits = found.iter().any(|lock| !lock.granted);
            seen.extend(found.into_iter().filter(|lock| lock.relation.is_some()));
            if waits {
                self.stand(other).await;
                self.leave(standing).await;
                standing = other;
            }
        };
        for session in [0, 1] {
            self.leave(session).await;
        }
        outcome.map(|done| (done, seen))
    }

    async fn stand(&self, session: usize) {
        if stand_in_the_way(&self.sessions[session], &self.tables).await.is_err() {
            self.leave(session).await;
        }
    }

    async fn leave(&self, session: usize) {
        let _ = self.sessions[session].batch_execute("ROLLBACK").await;
    }
}
