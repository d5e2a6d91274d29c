//! HTTP: the trait that sends, and the client that implements it by default.

pub(crate) mod http_client;
pub(crate) mod sending;
pub(crate) mod tls;
