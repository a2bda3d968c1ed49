//! A runner's turn: the lock that keeps other runners out, and a session that is left as it was found.

use tokio_postgres::Client;

use super::apply::Options;
use super::event::{Event, Progress};
use super::lock::Lock;
use super::run::Run;
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::session::{self, Session};

/// The right to run, until it is given back.
pub(crate) struct Turn<'a> {
    pub(super) run: Run<'a>,
}

impl<'a> Turn<'a> {
    /// Waits for other runners, as the options say.
    ///
    /// # Errors
    ///
    /// The connection is not a session of its own, or inside a transaction; another runner does not end, or the connection
    /// is lost.
    pub async fn begin(
        client: &'a Client,
        options: &'a Options<'a>,
        progress: Progress<'_>,
    ) -> Result<Turn<'a>> {
        no_transaction(client).await?;
        own_session(client, options.observer).await?;
        session::reset(client).await.map_err(server)?;
        let wait = |holder: &Session| progress(Event::Waiting { holder: holder.clone() });
        let lock = Lock::acquire(client, options.history.key(), options.wait, wait).await?;
        session::lift_limits(client).await.map_err(server)?;
        let pid = session::backend(client).await.map_err(server)?;
        Ok(Turn { run: Run { client, pid, options, lock } })
    }

    /// Lets others have their turn, whatever came of this one; a transaction that failed is undone.
    ///
    /// # Errors
    ///
    /// What came of it, else what is wrong with the session.
    pub async fn end<T>(self, outcome: Result<T>) -> Result<T> {
        if outcome.is_err() {
            // Fails only with the connection, and the failure says so already.
            let _ = self.run.client.batch_execute("ROLLBACK").await;
        }
        let reset = session::reset(self.run.client).await.map_err(server);
        let released = self.run.lock.release().await;
        let value = outcome?;
        reset.and(released)?;
        Ok(value)
    }
}

/// A pooler that hands out sessions by the transaction gives the lock to whoever comes next.
async fn own_session(client: &Client, observer: Option<&Client>) -> Result<()> {
    if session::is_own(client, observer).await.map_err(server)? {
        return Ok(());
    }
    let message = "this connection has no session of its own: a pooler, such as PgBouncer in transaction mode, stands before the server";
    Err(Error::new(ErrorKind::Connect, message)
        .hint("connect to PostgreSQL itself, or to a pool with `pool_mode = session`; nothing was run"))
}

/// What somebody has begun is theirs to commit.
async fn no_transaction(client: &Client) -> Result<()> {
    if !session::is_in_transaction(client).await.map_err(server)? {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Connect, "this connection is inside a transaction")
        .hint("end it first: migrations have transactions of their own; nothing was run"))
}

fn server(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Apply, error)
}
