//! Reads the clock. No other file does.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// Returns the time that calls are checked against.
pub(crate) type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Returns the clock of the machine.
#[expect(clippy::disallowed_methods, reason = "only this file reads the clock")]
pub(crate) fn system() -> Clock {
    Arc::new(SystemTime::now)
}

/// Measures a duration.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "only this file reads the clock")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
