//! Interceptors: a hook before an attempt is signed, and one after it has ended.

use std::fmt;
use std::time::Duration;

use crate::error::failure::Failure;
use crate::operation::description::{Operation, Place};
use crate::request::extra::Extra;

/// Runs before and after each attempt of each call of a client. See
/// [`Config::interceptor`](crate::Config::interceptor).
///
/// Both functions run in the task of the call, which waits for them.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use alicloud_runtime::{AttemptReport, AttemptToSign, Config, Credentials, Failure, Intercept};
///
/// /// Adds a trace ID, and counts the errors of the service.
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
    /// Runs before the request of an attempt is built and signed.
    ///
    /// # Errors
    ///
    /// The call fails with this error, and nothing is sent.
    #[expect(unused_variables, reason = "the default does nothing")]
    fn before_signing(&self, attempt: &mut AttemptToSign<'_>) -> Result<(), Failure> {
        Ok(())
    }

    /// Runs after an attempt, whether it succeeded or failed. Use it for metrics.
    #[expect(unused_variables, reason = "the default does nothing")]
    fn after_attempt(&self, attempt: &AttemptReport<'_>) {}
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

    /// The number of the attempt in its call, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Adds a query parameter, or replaces its value.
    pub fn parameter(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.extras.push(Extra { name: name.into(), value: value.into(), place: Place::Query });
    }

    /// Adds a header, or replaces its value. Headers that begin with `x-acs-` are signed.
    pub fn header(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.extras.push(Extra { name: name.into(), value: value.into(), place: Place::Header });
    }
}

/// An attempt that has ended.
///
/// It contains no secrets: no parameters, credentials or signature.
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

    /// The region, if one is set.
    pub fn region(&self) -> Option<&str> {
        self.region
    }

    /// The host that was called.
    pub fn host(&self) -> Option<&str> {
        self.host
    }

    /// The number of the attempt in its call, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The time from the start of the attempt to the end of the response, including waiting for credentials and limits.
    pub fn latency(&self) -> Duration {
        self.latency
    }

    /// The HTTP status, if there was a response.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The RequestId, if the response has it in a header or in its error.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id
    }

    /// The failure, if the attempt failed.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure
    }

    /// The delay before the retry, if there is one.
    pub fn retried_after(&self) -> Option<Duration> {
        self.retried_after
    }
}
