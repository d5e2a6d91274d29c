//! The recorded calls.

pub(crate) mod call;
pub(crate) mod log;
