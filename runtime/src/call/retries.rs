//! Whether a call that failed is made again, and after how long.
//!
//! A refusal for too many calls, and a connection that never came about, are safe to repeat: the service has done
//! nothing. After anything else it may have acted, so that only what may be done twice is repeated.

use std::time::Duration;

use crate::error::failure::{Failure, Phase};
use crate::operation::description::Operation;
use crate::system::clock::Delay;

/// How often, and after how long, a call is made again.
///
/// A throttled call and one that found no connection are made again; after a time limit, a broken connection or an answer
/// of 500, 502, 503 or 504 only operations that may be done twice: those that read, that the spec calls idempotent, or
/// that take a `ClientToken`. Each attempt is signed anew. Where the service says how long to wait, that is waited;
/// otherwise a random time up to twice the one before ("full jitter"). All calls of a client and its clones share a
/// budget: while many fail, at most one in five is made again, and ten a second on top.
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
    /// The defaults: 3 attempts in all, no delay longer than 20 s.
    pub const fn new() -> Self {
        Self { attempts: 3, longest_delay: Duration::from_secs(20) }
    }

    /// One attempt only.
    pub const fn none() -> Self {
        Self { attempts: 1, ..Self::new() }
    }

    /// How often a call is made in all. 3 by default; 0 is taken as 1.
    #[must_use]
    pub const fn attempts(mut self, most: u32) -> Self {
        self.attempts = most;
        self
    }

    /// The longest time between two attempts, 20 s by default. Where the service asks for more, the call is given up.
    #[must_use]
    pub const fn longest_delay(mut self, limit: Duration) -> Self {
        self.longest_delay = limit;
        self
    }

    pub(crate) fn allows(self, made: u32) -> bool {
        made < self.attempts
    }

    /// What to wait before the attempt after `made` others; `None` where the service asks for too long.
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

/// Why an attempt failed that may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The service rejected the call for the number of calls, or because it is busy with another one, and did nothing.
    Throttled,
    /// The service never saw it.
    Unsent,
    /// The service may have acted.
    Unclear,
}

/// Why another attempt may succeed; `None` if it would fail as this one did.
///
/// Only a throttling code or the status 429 shows that the service has not acted. A header that asks for a delay does not:
/// gateways add it to responses of every kind.
pub(crate) fn cause(failure: &Failure, operation: &Operation<'_>) -> Option<Cause> {
    match failure {
        unsent if unsent.is_unsent() => None,
        Failure::Transport(transport) => match transport.phase {
            Phase::Connect => Some(Cause::Unsent),
            // The next handshake would fail in the same way.
            Phase::Tls => None,
            Phase::Timeout | Phase::Interrupted => Some(Cause::Unclear),
        },
        Failure::Service(refusal) if is_throttling(&refusal.code) || is_busy(&refusal.code, operation) => {
            Some(Cause::Throttled)
        }
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

/// Codes by which any service says that it has not acted, because it is busy with another call for the same resource or the
/// same `ClientToken`. The official Terraform provider calls again after them.
const BUSY: [&str; 5] =
    ["IdempotenceProcessing", "LastTokenProcessing", "OperationConflict", "SystemBusy", "TaskConflict"];

/// Whether the operation may be asked again after this code.
fn is_busy(code: &str, operation: &Operation<'_>) -> bool {
    [&BUSY[..], operation.retried, operation.service.retried].iter().any(|codes| codes.contains(&code))
}
