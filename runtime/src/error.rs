//! The errors of a call.

pub(crate) mod call_error;
pub(crate) mod credentials_failure;
pub(crate) mod failure;
