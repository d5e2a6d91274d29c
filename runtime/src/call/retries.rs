//! Whether a failed call is retried, and after which delay.
//!
//! It is safe to retry a throttled call and one without a connection: the service has done nothing. After any other
//! failure, it may have acted, so only operations that are safe to repeat are retried.

use std::time::Duration;

use crate::error::failure::{Failure, Phase};
use crate::operation::description::Operation;
use crate::system::clock::Delay;

/// The maximum number of attempts of a call, and the delays between them.
///
/// Throttled calls and failed connections are always retried. After a timeout, a broken connection, or a response with
/// status 500, 502, 503 or 504, an operation is retried only if that is safe: it reads, the spec calls it idempotent,
/// or it has a `ClientToken`. Each attempt is signed again. If the response says how long to wait, that is the delay.
/// Otherwise, the delay is random, up to a limit that doubles with each attempt ("full jitter"). All calls of a client
/// and its clones share a retry budget: while many calls fail, at most one in five is retried, plus ten per second.
///
/// ```
/// use std::time::Duration;
/// use alicloud_runtime::Retries;
///
/// let patient = Retries::new().attempts(6).longest_delay(Duration::from_secs(60));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    attempts: u32,
    longest_delay: Duration,
}

impl Retries {
    /// The defaults: at most 3 attempts, and delays of at most 20 s.
    pub const fn new() -> Self {
        Self { attempts: 3, longest_delay: Duration::from_secs(20) }
    }

    /// One attempt: no retries.
    pub const fn none() -> Self {
        Self { attempts: 1, ..Self::new() }
    }

    /// Sets the maximum number of attempts, 3 by default. 0 is treated as 1.
    #[must_use]
    pub const fn attempts(mut self, most: u32) -> Self {
        self.attempts = most;
        self
    }

    /// Sets the maximum delay between two attempts, 20 s by default. If the service asks for a longer one, the call
    /// fails.
    #[must_use]
    pub const fn longest_delay(mut self, limit: Duration) -> Self {
        self.longest_delay = limit;
        self
    }

    pub(crate) fn allows(self, made: u32) -> bool {
        made < self.attempts
    }

    /// The delay after `made` attempts. `None` if the service asks for a longer delay than the maximum.
    pub(crate) fn delay(self, cause: Cause, made: u32, asked: Option<Duration>) -> Option<Delay> {
        match asked {
            Some(asked) => (asked <= self.longest_delay).then_some(Delay::Exactly(asked)),
            None => {
                let first = match cause {
                    Cause::Throttled => Duration::from_millis(500),
                    Cause::Unsent | Cause::Unclear => Duration::from_millis(100),
                };
                let doubled = 2_u32.saturating_pow(made.saturating_sub(1));
                Some(Delay::UpTo(first.saturating_mul(doubled).min(self.longest_delay)))
            }
        }
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::new()
    }
}

/// Why an attempt that can be retried failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The service rejected the call for the number of calls, or because it is busy with another one, and did nothing.
    Throttled,
    /// The service never saw it.
    Unsent,
    /// The service may have acted.
    Unclear,
}

/// Why a retry may succeed. `None` if it would fail like this attempt.
///
/// Only a throttling code or the status 429 shows that the service has not acted. A header that asks for a delay does
/// not: gateways add it to responses of every kind.
pub(crate) fn cause(failure: &Failure, operation: &Operation<'_>) -> Option<Cause> {
    match failure {
        Failure::Transport(transport) => match transport.phase {
            Phase::Connect => Some(Cause::Unsent),
            // The next handshake would fail in the same way.
            Phase::Tls => None,
            Phase::Timeout | Phase::Interrupted => Some(Cause::Unclear),
        },
        Failure::Service(refusal) if is_throttling(&refusal.code) || is_busy(&refusal.code, operation) => {
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

/// `Throttling`, `Throttling.User`, `Rejected.Throttling` and the like, under HTTP 400 as often as under 429.
fn is_throttling(code: &str) -> bool {
    code.split('.').any(|part| part == "Throttling")
}

/// Codes by which any service says that it has not acted, because it is busy with another call for the same resource or
/// the same `ClientToken`. The official Terraform provider retries after them.
const BUSY: [&str; 5] =
    ["IdempotenceProcessing", "LastTokenProcessing", "OperationConflict", "SystemBusy", "TaskConflict"];

/// Whether the operation can be retried after this code.
fn is_busy(code: &str, operation: &Operation<'_>) -> bool {
    [&BUSY[..], operation.retried, operation.service.retried].iter().any(|codes| codes.contains(&code))
}
