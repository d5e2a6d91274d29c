//! The only place that reads the clock.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// Tells the time that calls are checked against.
pub(crate) type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// The machine's own clock.
#[expect(clippy::disallowed_methods, reason = "this is the one file of the crate that may")]
pub(crate) fn system() -> Clock {
    Arc::new(SystemTime::now)
}

/// Tells how long something takes.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "this is the one file of the crate that may")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
