//! What an application sees and changes of every call: a hook before an attempt is signed, and one after it ended.

use std::fmt;
use std::time::Duration;

use crate::error::failure::Failure;
use crate::operation::description::{Operation, Place};
use crate::request::extra::Extra;

/// Takes part in every attempt of every call of a client: [`Config::interceptor`](crate::Config::interceptor).
///
/// Both functions are called on the task that makes the call, and hold it up.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use alicloud_runtime::{AttemptReport, AttemptToSign, Config, Credentials, Failure, Intercept};
///
/// /// Marks calls for tracing, and counts the refusals.
/// #[derive(Debug, Default)]
/// struct Marks {
///     refusals: AtomicU64,
/// }
///
/// impl Intercept for Marks {
///     fn before_signing(&self, attempt: &mut AttemptToSign<'_>) -> Result<(), Failure> {
///         attempt.header("x-trace-id", "4bf92f3577b34da6");
///         Ok(())
///     }
///
///     fn after_attempt(&self, attempt: &AttemptReport<'_>) {
///         if attempt.failure().is_some_and(|failure| failure.code().is_some()) {
///             self.refusals.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
///
/// let config = Config::new(Credentials::new("id", "secret")).interceptor(Marks::default());
/// ```
pub trait Intercept: fmt::Debug + Send + Sync {
    /// Before an attempt is put together and signed.
    ///
    /// # Errors
    ///
    /// What the call then fails with; nothing is sent.
    fn before_signing(&self, attempt: &mut AttemptToSign<'_>) -> Result<(), Failure> {
        let _ = attempt;
        Ok(())
    }

    /// After an attempt has ended, well or not. Metrics are made of this.
    fn after_attempt(&self, attempt: &AttemptReport<'_>) {
        let _ = attempt;
    }
}

/// An attempt that is about to be signed.
#[derive(Debug)]
pub struct AttemptToSign<'a> {
    pub(crate) operation: &'a Operation<'a>,
    pub(crate) number: u32,
    pub(crate) extras: Vec<Extra>,
}

impl AttemptToSign<'_> {
    /// The product, such as `Iot`.
    pub fn product(&self) -> &str {
        self.operation.service.product
    }

    /// The operation, such as `ResetThing`.
    pub fn operation(&self) -> &str {
        self.operation.name
    }

    /// Which attempt of its call it is, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Adds a parameter in the query, in place of one of the same name.
    pub fn parameter(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.extras.push(Extra { name: name.into(), value: value.into(), place: Place::Query });
    }

    /// Adds a header, in place of one of the same name. Those that begin with `x-acs-` are signed.
    pub fn header(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.extras.push(Extra { name: name.into(), value: value.into(), place: Place::Header });
    }
}

/// An attempt that has ended.
///
/// Nothing in it is secret: no parameters, no credentials, no signature.
#[derive(Debug)]
pub struct AttemptReport<'a> {
    pub(crate) operation: &'a Operation<'a>,
    pub(crate) region: Option<&'a str>,
    pub(crate) host: Option<&'a str>,
    pub(crate) number: u32,
    pub(crate) latency: Duration,
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<&'a str>,
    pub(crate) failure: Option<&'a Failure>,
    pub(crate) retried_after: Option<Duration>,
}

impl AttemptReport<'_> {
    /// The product, such as `Iot`.
    pub fn product(&self) -> &str {
        self.operation.service.product
    }

    /// The operation, such as `ResetThing`.
    pub fn operation(&self) -> &str {
        self.operation.name
    }

    /// The region that was called, where one was named.
    pub fn region(&self) -> Option<&str> {
        self.region
    }

    /// The host that was called.
    pub fn host(&self) -> Option<&str> {
        self.host
    }

    /// Which attempt of its call it was, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// From its beginning to the end of the answer, with what was waited for credentials and a documented limit.
    pub fn latency(&self) -> Duration {
        self.latency
    }

    /// The HTTP status, where an answer came.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The ID of the request, where an answer came that has it in a header or in its error.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id
    }

    /// Why it failed, where it did.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure
    }

    /// How long is waited until the next attempt, where there will be one.
    pub fn retried_after(&self) -> Option<Duration> {
        self.retried_after
    }
}
