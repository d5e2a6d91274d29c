//! The transport: the trait that sends requests, and the default HTTP client.

pub(crate) mod http_client;
pub(crate) mod sending;
pub(crate) mod tls;
