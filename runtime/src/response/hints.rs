//! The hints for a retry in the headers of a response.

use std::time::{Duration, SystemTime};

/// The hints for a retry in the headers of a response.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    /// The delay before the retry.
    pub(crate) retry_after: Option<Duration>,
    /// The time of the service's clock, from the header `Date`.
    pub(crate) date: Option<SystemTime>,
}
