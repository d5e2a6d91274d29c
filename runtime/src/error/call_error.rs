//! The error of a call, with the operation's documented codes.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::error::failure::Failure;
use crate::http_message::HttpResponse;

/// Why a call failed, with the operation's documented codes to match on.
///
/// `E` is the operation's own error type, such as `DeleteActivationError`. Everything else about the failure is in
/// [`Error::failure`], which is the same type for all operations.
pub struct Error<E> {
    // Shared, so that the error types of operations need no `Clone`, which would cost compile time for each of them.
    documented: Option<Arc<E>>,
    failure: Failure,
    attempts: u32,
    http_response: Option<Box<HttpResponse>>,
}

impl<E> Error<E> {
    pub(crate) fn new(failed: Failed, documented: Option<E>) -> Self {
        let Failed { failure, attempts, http_response } = failed;
        Self { documented: documented.map(Arc::new), failure, attempts, http_response: http_response.map(Box::new) }
    }

    /// The error of the service as the operation's error type. `None` if the call failed for another reason.
    pub fn service_error(&self) -> Option<&E> {
        self.documented.as_deref()
    }

    /// The failure without the operation's own error type.
    pub fn failure(&self) -> &Failure {
        &self.failure
    }

    /// The failure alone, for functions that call several operations.
    pub fn into_failure(self) -> Failure {
        self.failure
    }

    /// The number of attempts. This is the failure of the last one. 0 if nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The HTTP response of the last attempt, if there was one.
    pub fn http_response(&self) -> Option<&HttpResponse> {
        self.http_response.as_deref()
    }

    /// See [`Failure::code`].
    pub fn code(&self) -> Option<&str> {
        self.failure.code()
    }

    /// See [`Failure::message`].
    pub fn message(&self) -> Option<&str> {
        self.failure.message()
    }

    /// See [`Failure::request_id`].
    pub fn request_id(&self) -> Option<&str> {
        self.failure.request_id()
    }

    /// See [`Failure::status`].
    pub fn status(&self) -> Option<u16> {
        self.failure.status()
    }

    /// See [`Failure::host`].
    pub fn host(&self) -> Option<&str> {
        self.failure.host()
    }

    /// See [`Failure::recommend`].
    pub fn recommend(&self) -> Option<&str> {
        self.failure.recommend()
    }
}

impl<E> Clone for Error<E> {
    fn clone(&self) -> Self {
        let Self { documented, failure, attempts, http_response } = self;
        Self {
            documented: documented.clone(),
            failure: failure.clone(),
            attempts: *attempts,
            http_response: http_response.clone(),
        }
    }
}

/// The same text as `Display`, because a `main` that returns an error prints this.
impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        match &self.documented {
            Some(documented) => write!(f, " ({documented:?})"),
            None => Ok(()),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure.fmt(f)?;
        if self.attempts > 1 { write!(f, ", in the last of {} attempts", self.attempts) } else { Ok(()) }
    }
}

/// `source` returns `None`, because `Display` includes the causes: reports that print both would repeat them.
impl<E: fmt::Debug> StdError for Error<E> {}

impl<E> From<Error<E>> for Failure {
    fn from(error: Error<E>) -> Self {
        error.failure
    }
}

/// A call that failed for good.
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    pub(crate) attempts: u32,
    /// The HTTP response of the last attempt, if there was one.
    pub(crate) http_response: Option<HttpResponse>,
}
