//! One runner at a time: an advisory lock that is asked for again and again, never waited for.
//!
//! A session that waits inside the server for an advisory lock holds a snapshot, and CREATE INDEX CONCURRENTLY in the
//! session that has the lock waits for that snapshot: a deadlock. Between two questions there is no snapshot.

use std::time::{Duration, Instant};

use tokio_postgres::Client;

use crate::error::{Error, ErrorKind, Result};
use crate::postgres::session::{self, Session};
use crate::retry::Backoff;

/// The right to run migrations, until it is given back or the connection ends.
#[derive(Debug)]
#[must_use = "the lock is held until it is released"]
pub struct Lock<'a> {
    client: &'a Client,
    key: i64,
}

impl<'a> Lock<'a> {
    /// Takes the advisory lock `key`, asking for up to `wait`; `waiting` is told, once, who has it.
    ///
    /// # Errors
    ///
    /// It is still held after `wait`, or the server cannot be asked.
    pub async fn acquire(
        client: &'a Client,
        key: i64,
        wait: Duration,
        mut waiting: impl FnMut(&Session),
    ) -> Result<Lock<'a>> {
        let server = |error| Error::server(ErrorKind::Apply, error);
        let begin = Instant::now();
        let mut backoff = Backoff::new(Duration::from_millis(25), Duration::from_secs(1));
        let mut holder = None;
        while !session::try_lock(client, key).await.map_err(server)? {
            if holder.is_none() {
                holder = session::holder(client, key).await.map_err(server)?;
                holder.iter().for_each(&mut waiting);
            }
            if begin.elapsed() >= wait {
                let who = session::holder(client, key).await.map_err(server)?.or(holder);
                let who = who.map_or(String::new(), |session| format!("\nit is {session}"));
                let message =
                    format!("another `schemadiff` is still at work after {} s{who}", wait.as_secs_f64());
                return Err(
                    Error::new(ErrorKind::Apply, message).hint("wait longer with `--wait`; nothing was run")
                );
            }
            tokio::time::sleep(backoff.next_wait().min(wait.saturating_sub(begin.elapsed()))).await;
        }
        Ok(Lock { client, key })
    }

    /// Gives the lock back.
    ///
    /// # Errors
    ///
    /// The connection is lost (and the lock with it), or a migration gave the lock away while it ran.
    pub async fn release(self) -> Result<()> {
        let held = session::unlock(self.client, self.key).await;
        if held.map_err(|error| Error::server(ErrorKind::Apply, error))? {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Apply, "a migration released the lock that keeps other runners out").hint(
            "`DISCARD ALL` and the function that unlocks all advisory locks do not belong in a migration",
        ))
    }
}
