//! One private server for the tests of one binary, a database for each of them; gone when the last of them ends.
#![allow(dead_code, reason = "each binary of tests uses a part")]

#[path = "programs.rs"]
pub mod programs;

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use schemadiff::postgres::scratch::plain;
use schemadiff::postgres::server::{SUPERUSER, Server};
use tokio_postgres::Client;
use tokio_postgres::config::Host;

use programs::programs;

static RUNNING: Mutex<Weak<Server>> = Mutex::new(Weak::new());
static DATABASES: AtomicUsize = AtomicUsize::new(0);

/// A database of the server, which stays while this or a session in it does.
pub struct Database {
    name: String,
    server: Arc<Server>,
}

impl Database {
    /// How to connect to it as the superuser, in libpq's form.
    #[allow(dead_code, reason = "not every test runs the binary")]
    pub fn connection_string(&self) -> String {
        let config = self.server.config(&self.name);
        let Some(Host::Unix(socket)) = config.get_hosts().first() else { panic!("it listens on a socket") };
        let port = config.get_ports().first().copied().unwrap_or(5432);
        format!("host={} port={port} user={SUPERUSER} dbname={}", socket.display(), self.name)
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// A client, whose server stays as long as it does.
pub struct Session {
    client: Client,
    _server: Arc<Server>,
}

impl Deref for Session {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl DerefMut for Session {
    fn deref_mut(&mut self) -> &mut Client {
        &mut self.client
    }
}

/// The running server, or a new one.
pub fn server() -> Arc<Server> {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    running.upgrade().unwrap_or_else(|| {
        let server = Arc::new(Server::start(&programs()).unwrap_or_else(|error| panic!("{error}")));
        *running = Arc::downgrade(&server);
        server
    })
}

/// A new, empty database.
pub async fn database() -> Database {
    let server = server();
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    server.create_database(&name).await.unwrap();
    Database { name, server }
}

/// A connection to a database, as the superuser.
pub async fn connect(database: &Database) -> Session {
    connect_as(database, SUPERUSER).await
}

/// A connection to a database.
pub async fn connect_as(database: &Database, role: &str) -> Session {
    let mut config = database.server.config(&database.name);
    config.user(role).application_name("a test");
    Session { client: plain(config).await.unwrap(), _server: database.server.clone() }
}
