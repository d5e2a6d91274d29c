//! The error of a call, with the operation's documented codes.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::error::failure::Failure;
use crate::http_message::HttpResponse;

/// The error of a call.
///
/// `E` is the error type of the operation, such as `DeleteActivationError`, with a variant for each documented error
/// code. [`Error::failure`] contains all other details, in a type that is the same for all operations.
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

    /// Returns the service error as the operation's error type. `None` if the call failed for another reason.
    pub fn service_error(&self) -> Option<&E> {
        self.documented.as_deref()
    }

    /// Returns the failure, in a type that is the same for all operations.
    pub fn failure(&self) -> &Failure {
        &self.failure
    }

    /// Converts the error into the failure, for functions that call several operations.
    pub fn into_failure(self) -> Failure {
        self.failure
    }

    /// Returns the number of attempts that were sent. 0 if nothing was sent. The error is that of the last attempt.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the HTTP response of the last attempt, if there was one.
    pub fn http_response(&self) -> Option<&HttpResponse> {
        self.http_response.as_deref()
    }

    /// Returns the error code. See [`Failure::code`].
    pub fn code(&self) -> Option<&str> {
        self.failure.code()
    }

    /// Returns the error message. See [`Failure::message`].
    pub fn message(&self) -> Option<&str> {
        self.failure.message()
    }

    /// Returns the RequestId. See [`Failure::request_id`].
    pub fn request_id(&self) -> Option<&str> {
        self.failure.request_id()
    }

    /// Returns the HTTP status. See [`Failure::status`].
    pub fn status(&self) -> Option<u16> {
        self.failure.status()
    }

    /// Returns the host. See [`Failure::host`].
    pub fn host(&self) -> Option<&str> {
        self.failure.host()
    }

    /// Returns the URL of a page with help for this error. See [`Failure::recommend`].
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

/// Writes the same text as `Display`, because a `main` function that returns an error prints it with `Debug`.
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

/// `source` returns `None`, because `Display` includes the causes. A report that prints both would repeat them.
impl<E: fmt::Debug> StdError for Error<E> {}

impl<E> From<Error<E>> for Failure {
    fn from(error: Error<E>) -> Self {
        error.failure
    }
}

/// The failure of a call that is not retried.
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    pub(crate) attempts: u32,
    /// The HTTP response of the last attempt, if there was one.
    pub(crate) http_response: Option<HttpResponse>,
}
