//! A client and its calls: attempts, retries, limits and interceptors.

pub(crate) mod attempts;
pub(crate) mod client;
pub(crate) mod config;
pub(crate) mod error_variants;
pub(crate) mod interceptor;
#[cfg(feature = "limits")]
pub(crate) mod limits;
pub(crate) mod options;
pub(crate) mod presigned_url;
pub(crate) mod request;
pub(crate) mod retry_policy;
#[cfg(feature = "tracing")]
pub(crate) mod spans;
pub(crate) mod typed;
pub(crate) mod untyped;
