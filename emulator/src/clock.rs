//! The only place that reads the clock.

use std::time::SystemTime;

/// Tells the time that calls are checked against.
pub(crate) type Clock = Box<dyn Fn() -> SystemTime + Send + Sync>;

/// The machine's own clock.
#[expect(clippy::disallowed_methods, reason = "this is the one file of the crate that may")]
pub(crate) fn system() -> Clock {
    Box::new(SystemTime::now)
}
