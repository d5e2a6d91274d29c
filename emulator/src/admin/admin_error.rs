//! Errors of the admin API.

use hyper::StatusCode;

/// The status and the message of an error.
pub(crate) type AdminError = (StatusCode, String);
