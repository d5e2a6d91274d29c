//! The clock and the source of randomness. No other file reads them.

use std::future::Future;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

/// The current time.
pub(crate) fn now() -> SystemTime {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    SystemTime::now()
}

/// A nonce, which is different for each request: a random UUID without hyphens.
pub(crate) fn nonce() -> uuid::fmt::Simple {
    uuid::Uuid::new_v4().simple()
}

/// Completes after the delay.
pub(crate) async fn sleep(delay: Duration) {
    tokio::time::sleep(delay).await;
}

/// Chooses the duration of a delay.
pub(crate) fn resolve(delay: Delay) -> Duration {
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

/// The time at which a call times out.
pub(crate) struct Deadline {
    limit: Duration,
    at: Option<Instant>,
}

impl Deadline {
    /// Creates a deadline from now. It is never reached if the clock cannot represent it, or outside of a tokio
    /// runtime, which has the timers.
    pub(crate) fn after(limit: Duration) -> Self {
        let has_timers = tokio::runtime::Handle::try_current().is_ok();
        Self { limit, at: Instant::now().checked_add(limit).filter(|_| has_timers) }
    }

    /// The timeout that the deadline was created with.
    pub(crate) fn limit(&self) -> Duration {
        self.limit
    }

    /// Whether there is time left after this delay.
    pub(crate) fn is_later_than(&self, delay: Duration) -> bool {
        self.at.is_none_or(|at| Instant::now().checked_add(delay).is_some_and(|then| then < at))
    }

    /// Runs the work, and returns `None` if it does not complete before the deadline.
    pub(crate) async fn timeout<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        match self.at {
            Some(at) => tokio::time::timeout_at(at, work).await.ok(),
            None => Some(work.await),
        }
    }
}

/// The delay between two attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delay {
    Exactly(Duration),
    UpTo(Duration),
}
