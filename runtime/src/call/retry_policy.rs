//! Decides whether a failed call is retried, and after which delay.
//!
//! After throttling or a failed connection, a retry is always safe: the service has done nothing. After any other
//! failure, the service may have acted, so only reads and idempotent operations are retried.

use std::time::Duration;

use crate::error::failure::{Failure, TransportPhase, is_throttling};
use crate::operation::description::Operation;
use crate::system::clock::Delay;

/// The maximum number of attempts of a call, and the delays between them.
///
/// Throttled calls and failed connections are always retried. After a timeout, a broken connection, or a response with
/// status 500, 502, 503 or 504, an operation is retried only if that is safe: it is a read, the spec marks it as
/// idempotent, or it has a `ClientToken`. Each attempt is signed again. If the response sets a delay, that is used.
/// Otherwise, the delay is random, up to a limit that doubles with each attempt ("full jitter"). All calls of a client
/// and its clones share a retry budget: while many calls fail, at most one in five is retried, plus ten per second.
///
/// ```
/// use std::time::Duration;
/// use alicloud_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::new().max_attempts(6).max_delay(Duration::from_secs(60));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    max_delay: Duration,
}

impl RetryPolicy {
    /// Creates the default policy: at most 3 attempts, and delays of at most 20 s.
    pub const fn new() -> Self {
        Self { attempts: 3, max_delay: Duration::from_secs(20) }
    }

    /// Creates a policy without retries.
    pub const fn none() -> Self {
        Self { attempts: 1, ..Self::new() }
    }

    /// Sets the maximum number of attempts, including the first. Defaults to 3. 0 is treated as 1.
    #[must_use]
    pub const fn max_attempts(mut self, most: u32) -> Self {
        self.attempts = most;
        self
    }

    /// Sets the maximum delay between two attempts. Defaults to 20 s. If the service asks for a longer delay, the call
    /// is not retried.
    #[must_use]
    pub const fn max_delay(mut self, limit: Duration) -> Self {
        self.max_delay = limit;
        self
    }

    pub(crate) fn allows(self, attempts: u32) -> bool {
        attempts < self.attempts
    }

    /// The delay after the attempt with this number. `None` if the service asks for a longer delay than the maximum.
    pub(crate) fn delay(self, cause: Cause, attempts: u32, retry_after: Option<Duration>) -> Option<Delay> {
        match retry_after {
            Some(asked) => (asked <= self.max_delay).then_some(Delay::Exactly(asked)),
            None => {
                let first = match cause {
                    Cause::Throttled => Duration::from_millis(500),
                    Cause::Unsent | Cause::Unclear => Duration::from_millis(100),
                };
                let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
                Some(Delay::UpTo(first.saturating_mul(doubled).min(self.max_delay)))
            }
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// Why an attempt that can be retried failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The service throttled the call, or is busy with another one. It did nothing.
    Throttled,
    /// The request did not reach the service.
    Unsent,
    /// The service may have acted.
    Unclear,
}

/// The reason for a retry. `None` if a retry would fail in the same way.
///
/// Only a throttling code or the status 429 shows that the service has not acted. A header that asks for a delay does
/// not: gateways add it to responses of every kind.
pub(crate) fn cause(failure: &Failure, operation: &Operation<'_>) -> Option<Cause> {
    match failure {
        Failure::Transport(transport) => match transport.phase {
            TransportPhase::Connect => Some(Cause::Unsent),
            // The next handshake would fail in the same way.
            TransportPhase::Tls => None,
            TransportPhase::Timeout | TransportPhase::Interrupted => Some(Cause::Unclear),
        },
        Failure::Service(error) if is_throttling(&error.code) || is_busy(&error.code, operation) => {
            Some(Cause::Throttled)
        }
        // Without a response, nothing was sent.
        _ => match failure.status()? {
            429 => Some(Cause::Throttled),
            500 | 502 | 503 | 504 => Some(Cause::Unclear),
            _ => None,
        },
    }
}

/// Error codes that mean, in any service, that it has not acted because it is busy with another call for the same
/// resource or the same `ClientToken`. The official Terraform provider retries after them.
const BUSY: [&str; 5] =
    ["IdempotenceProcessing", "LastTokenProcessing", "OperationConflict", "SystemBusy", "TaskConflict"];

/// Whether any operation is retried after this code: it says that the service has not acted.
pub fn is_always_retried(code: &str) -> bool {
    is_throttling(code) || BUSY.contains(&code)
}

/// Whether the operation can be retried after this code.
fn is_busy(code: &str, operation: &Operation<'_>) -> bool {
    [&BUSY[..], operation.retried, operation.service.retried].iter().any(|codes| codes.contains(&code))
}
