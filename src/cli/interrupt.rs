//! What becomes of a run when somebody ends it: with Ctrl-C, or with the signal that stops a container.

use std::pin::pin;
use std::time::Duration;

use tokio_postgres::Client;

use crate::postgres::session;
use crate::{Error, ErrorKind, Result};

/// How long a run that is between two statements, or waits for its turn, may take to notice.
const NOTICE: Duration = Duration::from_secs(2);

/// Runs until the end, or until somebody ends it: then the statement that the backend `pid` runs is cancelled, and the run
/// tells what came of that.
///
/// # Errors
///
/// Those of the run, and that it was interrupted.
pub async fn interruptible<T>(
    observer: &Client,
    pid: i32,
    run: impl Future<Output = Result<T>>,
) -> Result<T> {
    let mut run = pin!(run);
    tokio::select! {
        outcome = &mut run => return outcome,
        () = signal() => {}
    }
    // Fails only with the connection, and then the server notices by itself.
    let _ = session::cancel(observer, pid).await;
    tokio::select! {
        outcome = &mut run => outcome,
        () = tokio::time::sleep(NOTICE) => Err(Error::new(ErrorKind::Apply, "interrupted")
            .hint("what was committed stays; the next run goes on from there")),
    }
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
