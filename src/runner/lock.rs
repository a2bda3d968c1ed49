//! One runner at a time: an advisory lock that is asked for again and again, never waited for.
//!
//! A session that waits inside the server for an advisory lock holds a snapshot, and CREATE INDEX CONCURRENTLY in the
//! session that has the lock waits for that snapshot: a deadlock. Between two questions there is no snapshot.

use std::time::{Duration, Instant};

use tokio_postgres::Client;

use crate::error::{Error, ErrorKind, Result};
use crate::postgres::advisory::{self, Asked};
use crate::postgres::session::Session;
use crate::retry::Backoff;

/// The right to run migrations, until it is given back or the connection ends. Where the work is given up half-way (a
/// future that is dropped), its transaction is undone and the lock is given back as well.
#[derive(Debug)]
#[must_use = "the lock is held until it is released"]
pub struct Lock<'a> {
    client: &'a Client,
    key: i64,
    released: bool,
}

impl<'a> Lock<'a> {
    /// Takes the advisory lock `key`, asking for up to `wait`; `waiting` is told, once, who has it.
    ///
    /// # Errors
    ///
    /// It is still held after `wait`, this session holds it already, or the server cannot be asked.
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
        loop {
            match advisory::try_lock(client, key).await.map_err(server)? {
                Asked::Granted => return Ok(Lock { client, key, released: false }),
                Asked::Own => return Err(shared()),
                Asked::Held => {}
            }
            if holder.is_none() {
                holder = advisory::holder(client, key).await.map_err(server)?;
                holder.iter().for_each(&mut waiting);
            }
            if begin.elapsed() >= wait {
                let who = advisory::holder(client, key).await.map_err(server)?.or(holder);
                let who = who.map_or(String::new(), |session| format!("\nit is {session}"));
                let message =
                    format!("another `schemadiff` is still at work after {} s{who}", wait.as_secs_f64());
                return Err(
                    Error::new(ErrorKind::Apply, message).hint("wait longer with `--wait`; nothing was run")
                );
            }
            tokio::time::sleep(backoff.next_wait().min(wait.saturating_sub(begin.elapsed()))).await;
        }
    }

    /// Sees to it that no other runner can have begun.
    ///
    /// # Errors
    ///
    /// A migration gave the lock away while it ran, or the connection is lost.
    pub async fn check(&self) -> Result<()> {
        match advisory::holds(self.client, self.key).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(given_away()),
            Err(error) => Err(Error::server(ErrorKind::Apply, error)),
        }
    }

    /// Gives the lock back.
    ///
    /// # Errors
    ///
    /// The connection is lost (and the lock with it), or a migration gave the lock away while it ran.
    pub async fn release(mut self) -> Result<()> {
        let held = advisory::unlock(self.client, self.key).await;
        self.released = true;
        if held.map_err(|error| Error::server(ErrorKind::Apply, error))? { Ok(()) } else { Err(given_away()) }
    }
}

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        if !self.released {
            advisory::abandon(self.client, self.key);
        }
    }
}

fn given_away() -> Error {
    Error::new(ErrorKind::Apply, "a migration released the lock that keeps other runners out")
        .hint("`DISCARD ALL` and the function that unlocks all advisory locks do not belong in a migration")
}

fn shared() -> Error {
    let message = "this session has the lock of a runner already: somebody else is using it";
    Error::new(ErrorKind::Connect, message)
        .hint("give each runner a connection of its own, to PostgreSQL itself or to a pool with `pool_mode = session`; nothing was run")
}
