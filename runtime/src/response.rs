//! Converts an HTTP response into a decoded response or an error.

pub(crate) mod hints;
pub(crate) mod reading;
pub(crate) mod redaction;
