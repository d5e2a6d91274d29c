//! What a response says about another attempt.

use std::time::{Duration, SystemTime};

/// What a response says about another attempt.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    /// How long to wait before it.
    pub(crate) retry_after: Option<Duration>,
    /// `Date`: the service's clock.
    pub(crate) date: Option<SystemTime>,
}
