//! How the scratch database's sessions are opened, and what they are told first.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tokio_postgres::{Client, Config, NoTls};

use crate::error::{Error, ErrorKind, Result};

/// Opens a session, and sees to it that its connection is driven. The program gives one that knows about TLS.
pub type Connect = Arc<dyn Fn(Config) -> Pin<Box<dyn Future<Output = Result<Client>>>> + Send + Sync>;

/// So that both sides are printed alike, and bodies of functions may mention what comes later.
const SETTINGS: &str = "SET timezone = 'UTC'; SET datestyle = 'ISO, MDY'; SET intervalstyle = 'postgres';
SET check_function_bodies = off; SET client_min_messages = warning";

/// Connects without TLS.
///
/// # Errors
///
/// `Connect`, with what the server said.
pub async fn plain(config: Config) -> Result<Client> {
    let failed = |error| Error::server(ErrorKind::Connect, error);
    let (client, connection) = config.connect(NoTls).await.map_err(failed)?;
    tokio::spawn(connection);
    Ok(client)
}

/// Runs something to its end where nothing can be awaited: in a runtime of its own.
///
/// # Errors
///
/// Those of the work, and `Connect` where there is no runtime to be had.
pub fn apart<W: Future<Output = Result<()>>>(work: impl FnOnce() -> W + Send) -> Result<()> {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::new(ErrorKind::Connect, error.to_string()))?;
        runtime.block_on(work())
    };
    std::thread::scope(|scope| match scope.spawn(run).join() {
        Ok(done) => done,
        Err(_) => Err(Error::new(ErrorKind::Connect, "giving back a scratch database was cut short")),
    })
}

/// Gives a new session the settings of every scratch session.
///
/// # Errors
///
/// `Connect`, with what the server said.
pub async fn settle(client: &Client) -> Result<()> {
    client.batch_execute(SETTINGS).await.map_err(|error| Error::server(ErrorKind::Connect, error))
}
