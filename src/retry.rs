//! How long to wait before trying again.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

/// Waits that double from `first` up to `longest`; each is cut by up to a quarter, at random, so that two runners that
/// failed together do not try together.
#[derive(Debug)]
pub(crate) struct Backoff {
    next: Duration,
    longest: Duration,
}

impl Backoff {
    pub fn new(first: Duration, longest: Duration) -> Backoff {
        Backoff { next: first, longest }
    }

    /// The wait before the next try.
    pub fn next_wait(&mut self) -> Duration {
        let wait = self.next;
        self.next = (wait * 2).min(self.longest);
        // A fresh hasher is seeded by the operating system, which is all the chance this needs.
        let chance = RandomState::new().build_hasher().finish() as f64 / u64::MAX as f64;
        wait.mul_f64(1.0 - chance / 4.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Backoff;
    use std::time::Duration;

    #[test]
    fn waits_double_up_to_the_longest() {
        let mut backoff = Backoff::new(Duration::from_millis(25), Duration::from_secs(1));
        let waits: Vec<u128> = (0..8).map(|_| backoff.next_wait().as_millis()).collect();
        for (wait, longest) in waits.into_iter().zip([25, 50, 100, 200, 400, 800, 1000, 1000]) {
            assert!(wait <= longest && wait >= longest * 3 / 4 - 1, "{wait} of {longest}");
        }
    }
}
