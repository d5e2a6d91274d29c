//! The recorded calls.

pub(crate) mod call;
pub(crate) mod call_file;
pub(crate) mod log;
pub(crate) mod packed_call;
