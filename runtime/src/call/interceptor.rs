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
/// use alicloud_runtime::{AttemptReport, AttemptToSign, Config, Credentials, Failure, Interceptor};
///
/// /// Adds a trace ID, and counts the errors of the service.
/// #[derive(Debug, Default)]
/// struct Tracing {
///     service_errors: AtomicU64,
/// }
///
/// impl Interceptor for Tracing {
///     fn before_signing(&self, attempt: &mut AttemptToSign<'_>) -> Result<(), Failure> {
///         attempt.header("x-trace-id", "4bf92f3577b34da6");
///         Ok(())
///     }
///
///     fn after_attempt(&self, attempt: &AttemptReport<'_>) {
///         if attempt.failure().is_some_and(|failure| failure.code().is_some()) {
///             self.service_errors.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
///
/// let config = Config::new(Credentials::new("id", "secret")).interceptor(Tracing::default());
/// ```
pub trait Interceptor: fmt::Debug + Send + Sync {
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
    /// Returns the product, such as `Iot`.
    pub fn product(&self) -> &str {
        self.operation.service.product
    }

    /// Returns the operation, such as `ResetThing`.
    pub fn operation(&self) -> &str {
        self.operation.name
    }

    /// Returns the number of the attempt in its call, from 1.
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
    /// Returns the product, such as `Iot`.
    pub fn product(&self) -> &str {
        self.operation.service.product
    }

    /// Returns the operation, such as `ResetThing`.
    pub fn operation(&self) -> &str {
        self.operation.name
    }

    /// Returns the region, if one is set.
    pub fn region(&self) -> Option<&str> {
        self.region
    }

    /// Returns the host that was called.
    pub fn host(&self) -> Option<&str> {
        self.host
    }

    /// Returns the number of the attempt in its call, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the time from the start of the attempt to the end of the response. It includes waiting for credentials
    /// and rate limits.
    pub fn latency(&self) -> Duration {
        self.latency
    }

    /// Returns the HTTP status, if there was a response.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns the RequestId, if a header or the error of the response contains it.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id
    }

    /// Returns the failure, if the attempt failed.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure
    }

    /// Returns the delay before the retry, if the attempt is retried.
    pub fn retried_after(&self) -> Option<Duration> {
        self.retried_after
    }
}
