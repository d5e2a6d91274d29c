//! Errors of the admin API.

use hyper::StatusCode;

/// A status with what is wrong.
pub(crate) type AdminError = (StatusCode, String);
