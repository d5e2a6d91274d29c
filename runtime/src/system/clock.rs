//! The clock and the source of randomness: the only file that reads either.

use std::future::Future;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

/// The time now.
pub(crate) fn now() -> SystemTime {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    SystemTime::now()
}

/// A text that no other request has: a random UUID without hyphens.
pub(crate) fn nonce() -> uuid::fmt::Simple {
    uuid::Uuid::new_v4().simple()
}

/// Waits.
pub(crate) async fn sleep(delay: Duration) {
    tokio::time::sleep(delay).await;
}

/// A delay of the wanted kind.
pub(crate) fn chosen(delay: Delay) -> Duration {
    match delay {
        Delay::Exactly(delay) => delay,
        // The last 32 bits of a random UUID are all random.
        Delay::UpTo(most) => most.mul_f64(f64::from(uuid::Uuid::new_v4().as_u128() as u32) / f64::from(u32::MAX)),
    }
}

/// Measures how long something takes.
#[derive(Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// When a call is given up.
pub(crate) struct Deadline {
    limit: Duration,
    at: Option<Instant>,
}

impl Deadline {
    /// So long from now; never if no clock goes that far, and outside of tokio, which has the timers.
    pub(crate) fn after(limit: Duration) -> Self {
        let has_timers = tokio::runtime::Handle::try_current().is_ok();
        Self { limit, at: Instant::now().checked_add(limit).filter(|_| has_timers) }
    }

    /// How long it was away when the call began.
    pub(crate) fn limit(&self) -> Duration {
        self.limit
    }

    /// Whether there is time left after this delay.
    pub(crate) fn is_later_than(&self, delay: Duration) -> bool {
        self.at.is_none_or(|at| Instant::now().checked_add(delay).is_some_and(|then| then < at))
    }

    /// What the work gives, or `None` where it takes too long.
    pub(crate) async fn cut<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        match self.at {
            Some(at) => tokio::time::timeout_at(at, work).await.ok(),
            None => Some(work.await),
        }
    }
}

/// The time between two attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delay {
    Exactly(Duration),
    UpTo(Duration),
}
