//! Two sessions that share the queries of one reading: with many objects, the server's own work takes most of the time, and a
//! session has one process of the server.

use std::pin::pin;
use std::sync::OnceLock;

use futures_util::future::{Either, select};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_postgres::Client;

/// How many queries either is given at once, so that neither waits for the next one.
const DEPTH: usize = 4;

/// Who answers the next query: the first session, or the second once it takes part.
#[derive(Debug)]
pub struct Sharing {
    second: OnceLock<Client>,
    /// The places that each has left.
    places: [Semaphore; 2],
}

/// The right to put one query to a session.
pub struct Place<'a> {
    /// The second session, if the place is there.
    pub second: Option<&'a Client>,
    _permit: SemaphorePermit<'a>,
}

impl Sharing {
    /// The first session is given everything at once.
    pub fn alone() -> Sharing {
        Sharing::with_places(Semaphore::MAX_PERMITS)
    }

    /// The first session leaves something to the second.
    pub fn between_two() -> Sharing {
        Sharing::with_places(DEPTH)
    }

    fn with_places(count: usize) -> Sharing {
        Sharing { second: OnceLock::new(), places: [Semaphore::new(count), Semaphore::new(0)] }
    }

    /// From now on this session, which sees what the first sees, answers too.
    pub fn admit(&self, session: Client) {
        if self.second.set(session).is_ok() {
            self.places[1].add_permits(DEPTH);
        }
    }

    /// The session that takes part beside the first.
    pub fn second(&self) -> Option<&Client> {
        self.second.get()
    }

    /// The next place that is free.
    pub async fn place(&self) -> Place<'_> {
        let [first, second] = &self.places;
        let (second, permit) = match select(pin!(second.acquire()), pin!(first.acquire())).await {
            Either::Left((permit, _)) => (self.second.get(), permit),
            Either::Right((permit, _)) => (None, permit),
        };
        Place { second, _permit: permit.expect("nobody closes it") }
    }
}
