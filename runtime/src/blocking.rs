//! Calls for programs without an async runtime.

#[cfg(feature = "pagination")]
pub(crate) mod pages;
pub(crate) mod runtime;
